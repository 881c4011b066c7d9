"""The persons of an article: names repaired, surnames joined to the full names that they belong to.

The statistical names are only a start. Where the model cut a name, mixed in a title or took a surname for a
place or a company, the rest of the article usually says better: a surname that stands once in a full name is
that person wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.actors.gazetteer import given_names
from onrecord.actors.leaders import leaders_named
from onrecord.actors.names import (
    PARTICLES,
    SUFFIXES,
    blocked,
    find_names_of_people,
    full_form,
    is_name,
    key,
    surname,
)
from onrecord.actors.titles import HONORIFICS, TITLES, office_before
from onrecord.article import Span

if TYPE_CHECKING:
    from onrecord.actors.story import Story

_WORD = re.compile(r"[^\W\d_](?:[\w.'’]*[^\W_])?(?:-[^\W\d_](?:[\w'’]*\w)?)*")
_PIECE = re.compile(r"[^\W\d_][\w'’]*")
_HEADLINE = 300
"""Code points of the longest line that is read as a headline."""

_NAMESAKES = 8
"""Persons with one surname that an article may have; more are noise."""


@dataclass(slots=True, eq=False)
class Person:
    """One person while the article is read: every form of the name, and where the mentions are."""

    parts: tuple[str, ...]
    mentions: list[Span] = field(default_factory=list)
    gender: str = ""
    last_full: int = -1
    office: bool = False
    """Whether only the title tells the person from a namesake: "President Bush" beside "Laura Bush"."""

    def __post_init__(self) -> None:
        """Take the gender that the first name tells, where it is a common one."""
        known = given_names().get(self.parts[0]) if len(self.parts) > 1 else None
        self.gender = known.gender if known else ""

    @property
    def name(self) -> str:
        """The fullest form of the name that the article has."""
        return " ".join(self.parts)


def find_people(story: Story) -> list[Person]:
    """Give the persons with their mentions in the order of the text.

    A person's name is never a known state or body alone ("Jordan" may be part of one).
    """
    people: list[Person] = []
    by_surname: defaultdict[str, list[Person]] = defaultdict(list)
    candidates = _without_headlines(story.text, find_names_of_people(story))
    for _, parts in sorted(candidates, key=lambda c: (-len(c[1]), c[0])):
        bearers = by_surname[key(surname(parts))]
        if len(parts) > 1 and len(bearers) < _NAMESAKES and not any(_same(p, parts) for p in bearers):
            person = Person(parts)
            people.append(person)
            bearers.append(person)
    known = _index(people)
    small = {t.text for t in story.doc if t.text.islower()}
    often = Counter(parts[0] for _, parts in candidates if len(parts) == 1)
    leaders = {start for start, end in story.leaders if is_name(story.doc, start, end)}
    for start, parts in candidates:
        part = parts[0]
        if start in leaders and _is_namesake(story.text, start, part, known.get(key(part), [])):
            person = Person((part,), office=True)
            people.append(person)
            known[key(part)].append(person)
            continue
        plural = part.endswith("s") and key(part[:-1]) in known
        if len(parts) > 1 or key(part) in known or plural or part.lower() in small:
            continue
        if start in leaders or _stands_alone(story, start, part, often[part]):
            person = Person((part,))
            people.append(person)
            known[key(part)].append(person)
    _place(story, people)
    return sorted((p for p in people if p.mentions), key=lambda p: p.mentions[0])


_ENGLISH = {"USA", "GBR", "CAN", "AUS", "NZL", "IRL"}
"""States whose leaders' names the news spells in one way, so that another first name is another person."""


def _is_namesake(text: str, start: int, part: str, known: list[Person]) -> bool:
    """Say whether a title names a leader of whom all that the article names in full have only the surname."""
    office = office_before(text, start)
    if office is None or not known or any(p.office or len(p.parts) == 1 for p in known):
        return False
    meant = [
        leader
        for leader in leaders_named((part,), addressed=True)
        if any(t.office in office.names and t.country in _ENGLISH for t in leader.terms)
    ]
    first = {full_form(leader.name.split()[0]) for leader in meant}
    return bool(first) and all(
        len(p.parts[0].rstrip(".")) > 1 and full_form(p.parts[0]) not in first for p in known
    )


def _without_headlines(
    text: str, candidates: list[tuple[int, tuple[str, ...]]]
) -> list[tuple[int, tuple[str, ...]]]:
    """Cut the verb from a name in a headline ("Holt Says Ships Are Old") that the story has without it."""
    told = [parts for at, parts in candidates if not _in_headline(text, at)]
    names = set(told)
    surnames = {key(form) for parts in told for form in (surname(parts), parts[0])}

    def cut(parts: tuple[str, ...]) -> tuple[str, ...]:
        while len(parts) > 1 and parts not in names and key(surname(parts)) not in surnames:
            shorter = parts[:-1]
            if key(surname(shorter)) not in surnames:
                break
            parts = shorter
        return parts

    return [(at, cut(parts) if _in_headline(text, at) else parts) for at, parts in candidates]


def _in_headline(text: str, at: int) -> bool:
    """Say whether a place is in a line set in capitals or Capitalised Throughout."""
    start = text.rfind("\n", max(0, at - _HEADLINE), at) + 1
    if start == 0 and at > _HEADLINE:
        return False
    end = text.find("\n", at, start + _HEADLINE)
    if end < 0 and start + _HEADLINE < len(text):
        return False
    words = [w for w in _WORD.findall(text[start : end if end >= 0 else len(text)]) if len(w) > 3]
    return 3 <= len(words) <= 40 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _same(person: Person, parts: tuple[str, ...]) -> bool:
    """Say whether two full names with one surname are one person's: first names equal, short or initials."""
    if [p.lower() for p in parts] == [p.lower() for p in person.parts[-len(parts) :]]:
        return True  # "Bin Salman" of Mohammed bin Salman
    ours, theirs = person.parts[0].rstrip("."), parts[0].rstrip(".")
    if ours == theirs or full_form(ours) == full_form(theirs):
        return True
    return min(len(ours), len(theirs)) == 1 and ours[0] == theirs[0]


def _index(people: list[Person]) -> defaultdict[str, list[Person]]:
    """Give the persons by every single word that may stand for them: surname, or the first name.

    A first name alone stands for the first person who has it, and for nobody where it is also a surname.
    """
    known: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        word = key(surname(person.parts))
        if _may_stand(word) and len(known[word]) < _NAMESAKES:
            known[word].append(person)
    for person in people:
        word = key(person.parts[0])
        if _may_stand(word) and not known[word]:
            known[word].append(person)
    return known


def _may_stand(word: str) -> bool:
    return len(word) > 1 and word.lower() not in PARTICLES


def _stands_alone(story: Story, start: int, part: str, often: int) -> bool:
    """Say whether one capitalised word is a name: addressed as one, or named so more than by chance."""
    span = story.doc.char_span(start, start + len(part), alignment_mode="expand")
    if span is None or len(part) < 2:
        return False
    token = span[0]
    if token.i and story.doc[token.i - 1].text in TITLES:
        return True
    if token.pos_ not in {"PROPN", "NOUN"} or (token.text.endswith("s") and token.tag_ in {"NNS", "NNPS"}):
        return False
    return often > 1 or (not token.is_sent_start and token.dep_ not in {"compound", "amod"})


def _place(story: Story, people: list[Person]) -> None:
    """Find every mention of every person, and decide whose surname it is where several bear it."""
    text = story.text
    known = _index(people)
    closed = blocked(story)
    places = {h.start for h in story.names if h.fact.kind == "state"}
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    for k, (start, end, _) in enumerate(words):
        for i, (piece_start, piece_end) in enumerate(_pieces(text, start, end)):
            bearers = known.get(key(text[piece_start:piece_end]))
            if not bearers or piece_start in closed or story.skipped(piece_start, piece_end):
                continue
            person, begin = _bearer(text, words, k, piece_start, bearers)
            whole = piece_start == start and piece_end == end
            if whole and _followed_by_more(text, words, k, person):
                continue
            if begin in places and begin == piece_start and not _personal(text, words, k, person):
                continue
            person.mentions.append((begin, _with_suffix(text, piece_end)))
            if i == 0:
                break
    _part(people)


def _part(people: list[Person]) -> None:
    """Keep of overlapping mentions the one that begins first, of those the longest."""
    placed = sorted(((m, p) for p in people for m in p.mentions), key=lambda pair: (pair[0][0], -pair[0][1]))
    for person in people:
        person.mentions.clear()
    end = 0
    for span, person in placed:
        if span[0] >= end:
            person.mentions.append(span)
            end = span[1]


def _personal(text: str, words: list[tuple[int, int, str]], k: int, person: Person) -> bool:
    """Say whether a surname that names a state too is the person: introduced before, not "in Jordan"."""
    before = words[k - 1][2].lower() if k else ""
    addressed = bool(_addressed(text, words, k, words[k][0]))
    return addressed or (person.last_full >= 0 and before not in _PLACING)


_PLACING = {"in", "to", "from", "of", "with", "at", "into", "across", "between", "near", "against", "outside"}


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """Give a word without its 's, and the parts of a hyphenated one ("Obama-Xi")."""
    word = text[start:end]
    bare = re.sub(r"['’]s$", "", word)
    spans = [(start, start + len(bare))]
    if "-" in bare:
        spans += [(start + m.start(), start + m.end()) for m in _PIECE.finditer(bare)]
    return spans


def _bearer(
    text: str, words: list[tuple[int, int, str]], k: int, at: int, bearers: list[Person]
) -> tuple[Person, int]:
    """Give the person whose name ends here, and where the name begins.

    A first name beside the surname decides; then Mr. or Mrs.; then who was named in full in this paragraph,
    and else whom the article names most.
    """
    grown = [_grow(text, words, k, at, person) for person in bearers]
    count = max(c for _, c in grown)
    if count:
        best = next(i for i, (_, c) in enumerate(grown) if c == count)
        person, begin = bearers[best], grown[best][0]
        person.last_full = begin
        person.gender = person.gender or _addressed(text, words, k - count, begin)
        return person, begin
    titled = next((p for p in bearers if p.office and office_before(text, at)), None)
    if titled is not None:
        titled.last_full = at
        return titled, at
    gender = _addressed(text, words, k, at)
    fitting = [p for p in bearers if gender and p.gender == gender]
    fitting = fitting or [p for p in bearers if not (gender and p.gender)] or bearers
    paragraph = text.rfind("\n", 0, at)
    chosen = max(fitting, key=lambda p: (max(p.last_full, paragraph), len(p.mentions), p.last_full))
    chosen.gender = chosen.gender or gender
    return chosen, at


def _addressed(text: str, words: list[tuple[int, int, str]], k: int, at: int) -> str:
    """Give the gender that the form of address before a name tells: "f" for "Mrs.", nothing for "Dr."."""
    if k == 0 or text[words[k - 1][1] : at] not in {" ", ". ", "\u00a0", ".\u00a0"}:
        return ""
    return HONORIFICS.get(words[k - 1][2], "")


def _grow(text: str, words: list[tuple[int, int, str]], k: int, at: int, person: Person) -> tuple[int, int]:
    """Extend a surname to the left over the person's other names: (offset, how many words)."""
    begin, count = at, 0
    others = {form.lower() for p in person.parts for form in (key(p), full_form(p))}
    while k - count - 1 >= 0:
        start, end, word = words[k - count - 1]
        gap = text[end:begin]
        initial = len(word) == 1 and word.isupper()
        if gap not in {" ", "\u00a0", "-"} and not (initial and gap in {". ", ".\u00a0"}):
            break
        if not {key(word).lower(), full_form(word).lower()} & others and not (
            initial and gap.startswith(".")
        ):
            break
        begin, count = start, count + 1
    return begin, count


def _followed_by_more(text: str, words: list[tuple[int, int, str]], k: int, person: Person) -> bool:
    """Say whether a first name only begins a name: the person's own (taken at its surname) or another's."""
    if k + 1 >= len(words) or text[words[k][1] : words[k + 1][0]] not in {" ", "\u00a0"}:
        return False
    word, following = words[k][2], words[k + 1][2]
    if following in SUFFIXES or key(word) == key(surname(person.parts)):
        return False
    if key(following) in {key(p) for p in person.parts[1:]}:
        return True
    # "Paul Smith" is no mention of a known Paul Jones.
    return following[0].isupper() and following not in TITLES


def _with_suffix(text: str, end: int) -> int:
    match = re.compile(r",? (?:Jr\.|Sr\.|Jr|Sr|III|II|IV)(?![\w])").match(text, end)
    return match.end() if match else end
