"""Who did what to whom: deeds between states and organisations, each with its status relative to a voice."""

from onrecord.events.coding import find_events

__all__ = ["find_events"]
