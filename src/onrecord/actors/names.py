"""Words that may be a person's name: the model's entities, repaired, and what follows a form of address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.actors.gazetteer import given_names, may_be_person
from onrecord.actors.titles import HONORIFICS, TITLES, is_body, role_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.actors.story import Story

_NAME_WORD = re.compile(r"(?:[^\W\d_](?:[^\W\d_]|['’-])*\.?|(?:[^\W\d_]\.)+)")
PARTICLES = set(
    "al el ul bin ibn ben abu von van der den de da di du del della dos la le ter ten bint of".split()
)
SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
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


def find_names_of_people(story: Story) -> list[tuple[int, tuple[str, ...]]]:
    """Give the name-like spans as (offset, words of the name), in order."""
    doc = story.doc
    found: list[tuple[int, tuple[str, ...]]] = []
    taken = blocked(story)
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
    known = {begin for begin, _ in found}
    found += [
        (start, (story.text[start:end],))
        for start, end in story.leaders
        if start not in known | taken and not story.skipped(start, end) and is_name(doc, start, end)
    ]
    return sorted(found)


def is_name(doc: Doc, start: int, end: int) -> bool:
    """Say whether one word is used as a name and not as a word (a "Bush fire")."""
    span = doc.char_span(start, end)
    return span is not None and all(t.pos_ == "PROPN" and t.dep_ not in {"compound", "amod"} for t in span)


def _is_known(story: Story, at: int) -> bool:
    """Say whether a known name begins here ("Jordan" alone is the country)."""
    return any(h.start == at for h in story.names_in(at, at + 60)[:1])


def _is_heading(story: Story, start: int, end: int) -> bool:
    """Say whether words are a heading and no name: most of a short line, or written small elsewhere."""
    doc = story.doc
    if end - start > 1 and all(t.pos_ in {"ADJ", "NOUN", "VERB", "ADV"} for t in doc[start:end]):
        return True
    if start == 0 or doc[start - 1].is_space:
        return end == len(doc) or _ends_line(doc, end)
    return False


def _ends_line(doc: Doc, at: int) -> bool:
    """Say whether the line ends at this token, or after one stop or colon more."""
    if doc[at].text in {".", ":"}:
        at += 1
    return at == len(doc) or "\n" in doc[at].text


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
        if token.lower_ in {"in", "by"} and (span := _whose_view(doc, token.i + 1)) is not None:
            spans.append(span)
    return spans


_VIEWS = frozenset(
    "account analysis assessment estimate judgement judgment opinion reading telling view words".split()
)


def _whose_view(doc: Doc, start: int) -> tuple[int, int, str] | None:
    """Give the full name in "in X's view", which the model may take for a place."""
    end = start
    while end < len(doc) and end - start < 6 and (_name_like(doc[end]) or _hyphen(doc, end, start)):
        end += 1
    if end - start < 2 or end + 1 >= len(doc) or doc[end].tag_ != "POS":
        return None
    # What the model takes for a body is a person by a common first name or a hyphen only.
    personal = doc[start].text in given_names() or any("-" in t.text for t in doc[start:end])
    body = any(t.ent_type_ in {"ORG", "NORP"} for t in doc[start:end]) and not personal
    return (start, end, "PERSON") if doc[end + 1].lower_ in _VIEWS and not body else None


def _name_like(token: Token) -> bool:
    return token.text[0].isalpha() and (token.text[0].isupper() or "-" in token.text)


def _hyphen(doc: Doc, at: int, start: int) -> bool:
    """Say whether a token is a hyphen in a name, or what follows one ("Mi-rae")."""
    return start < at and ("-" in (doc[at].text, doc[at - 1].text) and not doc[at - 1].whitespace_)


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
        or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text not in SUFFIXES)
    ):
        end -= 1
    # "Ursula von der" + "Leyen": a name never ends with its particle.
    while (
        start < end < len(doc)
        and doc[end - 1].lower_ in PARTICLES
        and doc[end].text[:1].isalpha()
        and not doc[end].is_sent_start
    ):
        end += 1
        if doc[end - 1].text[0].isupper():
            break
    if end < len(doc) and start < end and doc[end].text in SUFFIXES:
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
        if part[0].islower() and part.split("-")[0].lower() not in PARTICLES:
            return None
    if not (parts[0][0].isupper() and surname(tuple(parts))[0].isalpha()) or len(surname(tuple(parts))) < 2:
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


def surname(parts: tuple[str, ...]) -> str:
    """Give the last word of a name that is no suffix ("Jr.")."""
    plain = [p for p in parts if p not in SUFFIXES]
    return plain[-1] if plain else parts[-1]


def key(part: str) -> str:
    """Give the form under which a part of a name is looked up: no "al-", no accents of case, no final dot."""
    return re.sub(r"^(?:al|el|ul|ash|as|an|ar|at)-", "", part.rstrip("."), flags=re.IGNORECASE)


def full_form(name: str) -> str:
    """Give the long form of a short first name ("Joe": Joseph), and any other name as it is."""
    known = given_names().get(name)
    return known.full if known and known.full else name


def blocked(story: Story) -> set[int]:
    """Give the offsets at which a known place or body stands, which no person's surname may claim."""
    closed: set[int] = set()
    for hit in story.names:
        if not may_be_person(story.text[hit.start : hit.end]):
            closed.update(range(hit.start, hit.end))
    return closed
