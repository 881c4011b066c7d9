"""How a record's values read in English: dates, quantities, parties, and whose word it is.

The brief, the page, the listings and the footnotes say the same thing in the same words: all ask here.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.article import Article, Mention, Published
from onrecord.record import (
    Attribution,
    Event,
    Party,
    Quantity,
    Record,
    Speaker,
    Status,
    Transfer,
    Value,
    When,
)
from onrecord.show import outline

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MARKS = {"“": "”", "‘": "’", '"': '"', "„": "“", "«": "»", "``": "''", "''": "''"}
OPENING = tuple(_MARKS)
"""The marks that a quotation can begin with."""
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HARMLESS = {"\u00ad", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2060"}
"""Format characters that print as nothing, as they should: soft hyphen, joiners, byte order mark."""
OUTLET = "the outlet"
"""The voice of what nobody else is said to vouch for."""


UNCERTAIN = 0.5
"""Under this confidence a thing is more likely wrong than right, and is shown as uncertain."""


def uncertain(confidence: float) -> str:
    """Say how unsure we are: "uncertain (43 %)"."""
    return f"uncertain ({100 * confidence:.0f} %)"


def day(date: dt.date) -> str:
    """Give a date as "14 March 2024"."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def month(date: dt.date) -> str:
    """Give the month of a date as "Mar 2024", whatever the locale."""
    return f"{_MONTHS[date.month - 1][:3]} {date.year}"


def interval(start: dt.date, end: dt.date) -> str:
    """Give an interval of days (both included) as its shortest exact words: "2022", "March–May 2024"."""
    if start == end:
        return day(start)
    whole_months = start.day == 1 and _is_last_of_month(end)
    if whole_months and start.month == 1 and end.month == 12:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    one_year = start.year == end.year
    if whole_months and one_year and start.month == end.month:
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if whole_months:
        first = _MONTHS[start.month - 1] + ("" if one_year else f" {start.year}")
        return f"{first}–{_MONTHS[end.month - 1]} {end.year}"
    if one_year and start.month == end.month:
        return f"{start.day}–{day(end)}"
    first = f"{start.day} {_MONTHS[start.month - 1]}" if one_year else day(start)
    return f"{first} – {day(end)}"


def when(time: When | None) -> str:
    """Give a time as "March 2024" or "from December 2022"; where no date is known, its words or "undated"."""
    match time:
        case None:
            return "undated"
        case When(start=None, end=None):
            return f"“{time.mention.text}”"
        case When(start=dt.date() as start, end=dt.date() as end):
            return interval(start, end)
        case When(start=start, end=end):
            bound = start or end
            assert bound is not None  # noqa: S101  (the first case took the time that has neither)
            return f"{'from' if start else 'until'} {_as_coarse(bound, time)}"


def published_on(publication: Published) -> str:
    """Give a publication date: "14 March 2024", "1 January 2014 or later", "date unknown"."""
    match publication:
        case Published(earliest=None, latest=None):
            return "date unknown"
        case Published(earliest=dt.date() as earliest, latest=dt.date() as latest):
            return interval(earliest, latest)
        case Published(earliest=earliest, latest=latest):
            bound = earliest or latest
            assert bound is not None  # noqa: S101  (the first case took the date that has neither)
            return f"{day(bound)} or {'later' if earliest else 'earlier'}"


def published_briefly(publication: Published) -> str:
    """Give a publication date, and whether it is inferred: "1 January 2014 or later (inferred)"."""
    return published_on(publication) + " (inferred)" * (publication.how == "inferred")


def published(publication: Published) -> str:
    """Give a publication date and how it is known: "14 March 2024 (inferred from “14 March 2024”)"."""
    text = published_on(publication)
    if publication.earliest is None and publication.latest is None:
        return text
    match publication.how:
        case "given":
            return f"{text} (given)"
        case "metadata":
            return f"{text} (from the page's metadata)"
        case "inferred":
            basis = f" from “{publication.mention.text}”" if publication.mention else ""
            return f"{text} (inferred{basis})"
        case "unknown":
            return f"{text} (not known how)"


def bounds(quantity: Quantity) -> str:
    """Give what a quantity's words allow: "46", "≥ 24", "200–999", "12 more"; its words where no bound is."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        text = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    elif low is not None:
        text = f"≥ {low:,}"
    elif high is not None:
        text = f"≤ {high:,}"
    else:
        return quantity.text
    return f"{text} more" if quantity.additional else text


def money(value: Value) -> str:
    """Give an amount as "EUR 1,200,000"."""
    return f"{value.currency} {value.amount:,.0f}"


def party(who: Party | None) -> str:
    """Name a party by its country's code, for want of one by its name; "?" where the text does not say."""
    if who is None:
        return "?"
    return who.country or who.name or who.text


def parties(who: Sequence[Party]) -> str:
    """Name several parties, each once, with the PLOVER sector of those who are not their government."""
    return ", ".join(dict.fromkeys(_with_sector(one) for one in who)) or "?"


def _with_sector(who: Party) -> str:
    apart = who.country is not None and who.sector not in (None, "GOV")
    return f"{party(who)} {who.sector}" if apart else party(who)


def stage(transfer: Transfer) -> str:
    """Give how far a transfer has come, with its kind where it is more than handing over."""
    stage = "stage unknown" if transfer.stage == "unknown" else transfer.stage
    return stage if transfer.kind == "transfer" else f"{transfer.kind}: {stage}"


def particulars(transfer: Transfer) -> list[str]:
    """Give the terms of a transfer, who pays, which way it goes, and what a reader should know of the row."""
    told = ["second-hand"] if transfer.second_hand else []
    told += [transfer.terms] if transfer.terms != "unknown" else []
    told += [f"paid for by {party(transfer.payer)}"] if transfer.payer is not None else []
    told += [f"via {', '.join(party(one) for one in transfer.via)}"] if transfer.via else []
    told += [f"made in {transfer.origin}"] if transfer.origin is not None else []
    # That a side is not told shows anyway.
    return told + [flag for flag in transfer.flags if not flag.startswith("no ")]


def who_whom(event: Event) -> str:
    """Give the parties of an event: "LVA → FIN", or "LVA ↔ FIN" where both do it."""
    if event.reciprocal:
        return " ↔ ".join(dict.fromkeys(_with_sector(one) for one in event.source)) or "?"
    if not event.recipient:
        return parties(event.source)
    return f"{parties(event.source)} → {parties(event.recipient)}"


def event_type(event: Event) -> str:
    """Give the PLOVER type of an event with its mode: "AGREE (treaty)"."""
    return f"{event.event} ({event.mode})" if event.mode else event.event


def deed(thing: Event | Transfer) -> str:
    """Give a deed on one line, without its status; print that beside it with `standing`."""
    match thing:
        case Transfer():
            quantity = f"{bounds(thing.quantity)} " if thing.quantity else ""
            sides = f"{party(thing.supplier)} → {party(thing.recipient)}"
            return f"{sides} {quantity}{thing.item.text}, {stage(thing)}"
        case Event():
            return f"{who_whom(thing)} {event_type(thing)} “{thing.act.text}”"


def introduce(speaker: Speaker) -> str:
    """Give what the article says of a speaker besides the name: role and affiliation."""
    role, affiliation = speaker.role, speaker.affiliation
    told = [part for part in (role, affiliation) if part]
    if role and affiliation and affiliation.casefold() in role.casefold():
        told = [role]
    return ", ".join(told)


def name(attribution: Attribution) -> str:
    """Name who is reported to speak, for want of a name by the words of the source; a guess says so."""
    if attribution.speaker is not None:
        return attribution.speaker.name + (" (inferred)" if attribution.inferred else "")
    if attribution.source is not None:
        return f"“{attribution.source.text}”"
    return "a speaker the text does not name"


def voice(according_to: str | None, said: Mapping[str, Attribution]) -> str:
    """Name whose word it is, from the nearest voice outwards: "intelligence, as told by A. Speaker".

    `said` holds the record's attributions by id. Null is the outlet's own voice.
    """
    if according_to is None:
        return OUTLET
    names: list[str] = []
    seen: set[str] = set()
    step: str | None = according_to
    while step is not None and step not in seen:
        seen.add(step)
        attribution = said.get(step)
        if attribution is None:
            names.append(f"a voice that the record lacks ({step})")
            break
        names.append(name(attribution))
        step = attribution.within
    return ", as told by ".join(names)


def standing(status: Status, who: str) -> str:
    """Give a status together with the voice that it is relative to, for the one means nothing alone."""
    match status:
        case "asserted":
            return f"asserted by {who}"
        case "denied":
            return f"denied by {who}"
        case "planned":
            return f"planned, says {who}"
        case "possible":
            return f"possible, says {who}"
        case "conditional":
            return f"conditional, says {who}"


def found(record: Record) -> list[str]:
    """Say how much a record holds, of each kind that it holds anything of."""
    speakers = sum(group.speaker is not None for group in outline.by_speaker(record.attributions))
    said = len(record.attributions)
    counts = [f"{count(said, 'attribution')} by {count(speakers, 'speaker')}"] if said else []
    others = {"transfer": record.transfers, "event": record.events, "position": record.positions}
    return counts + [count(len(items), thing) for thing, items in others.items() if items]


def kinds(names: Iterable[str]) -> list[str]:
    """Name each kind once, and how many there are of it: "garbled (3)", "pull quote"."""
    counts = Counter(name.replace("_", " ") for name in names)
    return [kind if number == 1 else f"{kind} ({number})" for kind, number in counts.items()]


def count(number: int, thing: str) -> str:
    """Give a number of things: "1 event", "1,200 events"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def content(article: Article, attribution: Attribution) -> str:
    """Give what was said in its exact words, direct speech in quotation marks; ` … ` joins separate runs.

    The marks are the text's own. Only direct speech that the text prints without any is given a pair.
    """
    runs = [_with_marks(article, words) for words in attribution.content]
    if attribution.kind == "direct" and not any(is_quoted(run) for run in runs):
        runs = [f"“{run}”" for run in runs]
    return " … ".join(runs)


def is_quoted(words: str) -> bool:
    """Say whether words bring quotation marks of their own."""
    return any(mark in words for mark in _MARKS)


def visible(text: str) -> str:
    r"""Give words on one line, with what could steer a terminal or turn the text around spelt as "\x1b"."""
    return "".join(c if _prints(c) else _spell(c) for c in _BREAKS.sub(" ", text))


def _with_marks(article: Article, words: Mention) -> str:
    """Give the words with the quotation marks around them, which the mention may have left out."""
    if words.text.startswith(OPENING):
        return words.text
    before = article.text[words.start - 1 : words.start] if words.start else ""
    after = article.text[words.end : words.end + 1]
    closing = _MARKS.get(before)
    if closing is None or closing not in (after, words.text[-1:]):
        return words.text
    return before + words.text + (closing if after == closing else "")


def _is_last_of_month(date: dt.date) -> bool:
    return date == dt.date.max or (date + dt.timedelta(days=1)).day == 1


def _as_coarse(bound: dt.date, time: When) -> str:
    """Give the one bound of an open interval no finer than its words have it."""
    match time.granularity:
        case "day" | "unknown":
            return day(bound)
        case "month" | "season":
            return f"{_MONTHS[bound.month - 1]} {bound.year}"
        case "year" | "years":
            return str(bound.year)


def _prints(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    return character in _HARMLESS or unicodedata.category(character) not in _INVISIBLE


def _spell(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
