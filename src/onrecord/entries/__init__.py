"""One transfer, once: the reports of many articles linked, with what changed, when, and who said so."""

from onrecord.entries.carriers import carriers
from onrecord.entries.entry import Change, Entry, Standing, entries
from onrecord.entries.linking import Judgement, Link
from onrecord.entries.report import Report, reports

__all__ = ["Change", "Entry", "Judgement", "Link", "Report", "Standing", "carriers", "entries", "reports"]
