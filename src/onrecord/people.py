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

from onrecord.article import Span
from onrecord.gazetteer import given_names, may_be_person
from onrecord.titles import HONORIFICS, TITLES, is_body, role_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.story import Story

_WORD = re.compile(r"[^\W\d_](?:[\w.'’]*[^\W_])?(?:-[^\W\d_](?:[\w'’]*\w)?)*")
_PIECE = re.compile(r"[^\W\d_][\w'’]*")
_NAME_WORD = re.compile(r"(?:[^\W\d_](?:[^\W\d_]|['’-])*\.?|(?:[^\W\d_]\.)+)")
_PARTICLES = set(
    "al el ul bin ibn ben abu von van der den de da di du del della dos la le ter ten bint of".split()
)
_SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
_NAMESAKES = 8
"""Persons with one surname that an article may have; more are noise."""
_SIGNS = re.compile(r"[°®µº¹²³¼½¾¡¿§¶†‡©™×÷¤¦¨¯´¸ª]")
_NOT_NAMES = set(
    """
    the a an and or but of in on at for with by from to as is are was were this that these those it he she
    they we you i his her their its our my your monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december democrat democrats
    republican republicans twitter facebook instagram google youtube coronavirus covid brexit islam
    christianity judaism god allah jesus muhammad internet email congress parliament senate house abstract
    text full

    """.split()
)


@dataclass(slots=True, eq=False)
class Person:
    """One person while the article is read: every form of the name, and where the mentions are."""

    parts: tuple[str, ...]
    mentions: list[Span] = field(default_factory=list)
    gender: str = ""
    last_full: int = -1

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
    candidates = _candidates(story)
    for _, parts in sorted(candidates, key=lambda c: (-len(c[1]), c[0])):
        bearers = by_surname[_key(_surname(parts))]
        if len(parts) > 1 and len(bearers) < _NAMESAKES and not any(_same(p, parts) for p in bearers):
            person = Person(parts)
            people.append(person)
            bearers.append(person)
    known = _index(people)
    small = {t.text for t in story.doc if t.text.islower()}
    often = Counter(parts[0] for _, parts in candidates if len(parts) == 1)
    for start, parts in candidates:
        part = parts[0]
        plural = part.endswith("s") and _key(part[:-1]) in known
        if len(parts) > 1 or _key(part) in known or plural or part.lower() in small:
            continue
        if _stands_alone(story, start, part, often[part]):
            person = Person((part,))
            people.append(person)
            known[_key(part)].append(person)
    _place(story, people)
    return sorted((p for p in people if p.mentions), key=lambda p: p.mentions[0])


def _candidates(story: Story) -> list[tuple[int, tuple[str, ...]]]:
    """Give the name-like spans as (offset, words of the name), in order."""
    doc = story.doc
    found: list[tuple[int, tuple[str, ...]]] = []
    taken = _blocked(story)
    for first, after, label in _spans(doc):
        start, end = _trim(doc, first, after)
        if start >= end or any(t.idx in taken for t in doc[start:end]):
            continue
        begin, stop = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        parts = _parts(story.text[begin:stop])
        if parts is None or story.skipped(begin, stop) or any(is_body(p) for p in parts):
            continue
        if _is_heading(story, start, end):
            continue
        if len(parts) == 1:
            after_article = start > 0 and doc[start - 1].lower_ in {"the", "a", "an"}
            if label != "PERSON" or after_article or _is_known(story, begin):
                continue
        elif label != "PERSON" and not _introduced(doc, start, end) and not _by_form(doc, start, parts):
            continue
        found.append((begin, parts))
    return sorted(found)


def _is_known(story: Story, at: int) -> bool:
    """Say whether a known name begins here ("Jordan" alone is the country)."""
    return any(h.start == at for h in story.names_in(at, at + 60)[:1])


def _is_heading(story: Story, start: int, end: int) -> bool:
    """Say whether words are a heading and no name: most of a short line, or written small elsewhere."""
    doc = story.doc
    if end - start > 1 and all(t.pos_ in {"ADJ", "NOUN", "VERB", "ADV"} for t in doc[start:end]):
        return True
    if start == 0 or doc[start - 1].is_space:
        stop = doc[end - 1].idx + len(doc[end - 1])
        return not story.text[stop : stop + 3].split("\n", 1)[0].strip(" .:")[:1] and "\n" in (
            story.text[stop : stop + 3] + "\n" * (len(story.text) <= stop + 3)
        )
    return False


def _by_form(doc: Doc, start: int, parts: tuple[str, ...]) -> bool:
    """Say whether words that the model took for a body begin with a common first name."""
    if doc[start - 1].lower_ == "the" if start else False:
        return False
    return (
        len(parts) <= 4 and parts[0] in given_names() and not any(p.isupper() and len(p) > 3 for p in parts)
    )


def _spans(doc: Doc) -> list[tuple[int, int, str]]:
    """Give the entities that may be people, and the capitalised words after a form of address."""
    spans = [
        (e.start, e.end, e.label_)
        for e in doc.ents
        if e.label_ in {"PERSON", "ORG", "GPE", "FAC", "NORP", "PRODUCT", "LOC"}
    ]
    for token in doc[:-1]:
        if token.text in HONORIFICS and token.text not in {"Hon.", "Lady", "Lord", "Miss"}:
            end = token.i + 1
            while end < len(doc) and end - token.i < 5 and doc[end].text[0].isupper() and doc[end].is_alpha:
                end += 1
            if end > token.i + 1:
                spans.append((token.i + 1, end, "PERSON"))
    return spans


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut titles, possessives, headings and stray signs from a name; grow it over what the model cut off."""
    for i in range(start, end):
        if doc[i].is_space and "\n" in doc[i].text:
            end = i
            break
    while start < end and (
        doc[start].text in TITLES
        or doc[start].lower_ in {"the", "a"}
        or not doc[start].text[0].isalpha()
        or (role_noun(doc[start]) is not None and doc[start].text[0].islower())
    ):
        start += 1
    while end > start and (
        doc[end - 1].text in {"'s", "’s", "'", "’"}
        or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text not in _SUFFIXES)
    ):
        end -= 1
    # "Ursula von der" + "Leyen": a name never ends with its particle.
    while (
        start < end < len(doc)
        and doc[end - 1].lower_ in _PARTICLES
        and doc[end].text[:1].isalpha()
        and not doc[end].is_sent_start
    ):
        end += 1
        if doc[end - 1].text[0].isupper():
            break
    if end < len(doc) and start < end and doc[end].text in _SUFFIXES:
        end += 1
    return start, end


def _parts(words: str) -> tuple[str, ...] | None:
    """Give the words of a name, None where they cannot be one."""
    words = re.sub(r"['’]s$", "", words)
    parts = words.split()
    if any(re.search(r"['’]s$", part) for part in parts):
        return None
    if not 1 <= len(parts) <= 6 or _SIGNS.search(words):
        return None
    for part in parts:
        if part.lower() in _NOT_NAMES or not _NAME_WORD.fullmatch(part):
            return None
        if part[0].islower() and part.split("-")[0].lower() not in _PARTICLES:
            return None
    if not (parts[0][0].isupper() and _surname(tuple(parts))[0].isalpha()) or len(_surname(tuple(parts))) < 2:
        return None
    if len(parts) == 1 and parts[0].isupper() and len(parts[0]) > 1:
        return None
    return tuple(parts)


def _introduced(doc: Doc, start: int, end: int) -> bool:
    """Say whether words that the model took for something else are set out like a person's name."""
    if doc[start].lower_ == "the" or end - start > 5:
        return False
    before = doc[start - 1] if start else None
    if (
        before is not None
        and (before.text in TITLES or role_noun(before))
        and before.pos_ in {"NOUN", "PROPN"}
    ):
        return True
    if end + 2 < len(doc) and doc[end].text == ",":
        window = doc[end + 1 : end + 9]
        stop = next(
            (t.i for t in window if t.is_punct or t.pos_ in {"VERB", "AUX"}),
            window[-1].i + 1 if len(window) else end,
        )
        return doc[end + 1].lower_ in {
            "the",
            "a",
            "an",
            "who",
            "his",
            "her",
            "their",
            "its",
            "former",
        } and any(role_noun(t) for t in doc[end + 1 : stop])
    return False


def _surname(parts: tuple[str, ...]) -> str:
    plain = [p for p in parts if p not in _SUFFIXES]
    return plain[-1] if plain else parts[-1]


def _key(part: str) -> str:
    """Give the form under which a part of a name is looked up: no "al-", no accents of case, no final dot."""
    return re.sub(r"^(?:al|el|ul|ash|as|an|ar|at)-", "", part.rstrip("."), flags=re.IGNORECASE)


def _same(person: Person, parts: tuple[str, ...]) -> bool:
    """Say whether two full names with one surname are one person's: first names equal, short or initials."""
    if [p.lower() for p in parts] == [p.lower() for p in person.parts[-len(parts) :]]:
        return True  # "Bin Salman" of Mohammed bin Salman
    ours, theirs = person.parts[0].rstrip("."), parts[0].rstrip(".")
    if ours == theirs or _full(ours) == _full(theirs):
        return True
    return min(len(ours), len(theirs)) == 1 and ours[0] == theirs[0]


def _full(name: str) -> str:
    known = given_names().get(name)
    return known.full if known and known.full else name


def _index(people: list[Person]) -> defaultdict[str, list[Person]]:
    """Give the persons by every single word that may stand for them: surname, or the first name.

    A first name alone stands for the first person who has it, and for nobody where it is also a surname.
    """
    known: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        key = _key(_surname(person.parts))
        if _may_stand(key) and len(known[key]) < _NAMESAKES:
            known[key].append(person)
    for person in people:
        key = _key(person.parts[0])
        if _may_stand(key) and not known[key]:
            known[key].append(person)
    return known


def _may_stand(key: str) -> bool:
    return len(key) > 1 and key.lower() not in _PARTICLES


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
    blocked = _blocked(story)
    places = {h.start for h in story.names if h.fact.kind == "state"}
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    for k, (start, end, _) in enumerate(words):
        for i, (piece_start, piece_end) in enumerate(_pieces(text, start, end)):
            bearers = known.get(_key(text[piece_start:piece_end]))
            if not bearers or piece_start in blocked or story.skipped(piece_start, piece_end):
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


def _blocked(story: Story) -> set[int]:
    """Give the offsets at which a known place or body stands, which no person's surname may claim."""
    blocked: set[int] = set()
    for hit in story.names:
        if not may_be_person(story.text[hit.start : hit.end]):
            blocked.update(range(hit.start, hit.end))
    return blocked


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
    others = {form.lower() for p in person.parts for form in (_key(p), _full(p))}
    while k - count - 1 >= 0:
        start, end, word = words[k - count - 1]
        gap = text[end:begin]
        initial = len(word) == 1 and word.isupper()
        if gap not in {" ", "\u00a0", "-"} and not (initial and gap in {". ", ".\u00a0"}):
            break
        if not {_key(word).lower(), _full(word).lower()} & others and not (initial and gap.startswith(".")):
            break
        begin, count = start, count + 1
    return begin, count


def _followed_by_more(text: str, words: list[tuple[int, int, str]], k: int, person: Person) -> bool:
    """Say whether a first name only begins a name: the person's own (taken at its surname) or another's."""
    if k + 1 >= len(words) or text[words[k][1] : words[k + 1][0]] not in {" ", "\u00a0"}:
        return False
    word, following = words[k][2], words[k + 1][2]
    if following in _SUFFIXES or _key(word) == _key(_surname(person.parts)):
        return False
    if _key(following) in {_key(p) for p in person.parts[1:]}:
        return True
    # "Paul Smith" is no mention of a known Paul Jones.
    return following[0].isupper() and following not in TITLES


def _with_suffix(text: str, end: int) -> int:
    match = re.compile(r",? (?:Jr\.|Sr\.|Jr|Sr|III|II|IV)(?![\w])").match(text, end)
    return match.end() if match else end
