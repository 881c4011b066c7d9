"""What history says of two states: published datasets and chronologies, each with its vintage."""

from onrecord.history.shipped import embedded

__all__ = ["embedded"]
