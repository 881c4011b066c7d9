"""Who did what to whom: deeds between states and organisations, each with its status relative to a voice."""

from onrecord.events.classifying import Classified, classify
from onrecord.events.coding import find_events
from onrecord.events.parties import Scene
from onrecord.events.retelling import link
from onrecord.events.status import Voices

__all__ = ["Classified", "Scene", "Voices", "classify", "find_events", "link"]
