"""Who an article is about: states, persons with their offices, organisations, groups; by all their names."""

from onrecord.actors.cast import Cast
from onrecord.actors.finding import find_actors

__all__ = ["Cast", "find_actors"]
