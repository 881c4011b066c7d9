"""Arms and aid transfers: what was supplied, by whom to whom, how much, and how far along."""

from onrecord.transfers.register import find_transfers

__all__ = ["find_transfers"]
