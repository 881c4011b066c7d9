"""When: an expression and the publication date give an interval with the granularity of the words."""

from onrecord.dates.finding import find_dates

__all__ = ["find_dates"]
