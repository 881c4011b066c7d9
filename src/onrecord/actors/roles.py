"""What a person is: the office or occupation that an article states beside a name, in its own words.

Four forms are read: before the name ("Foreign Minister X", "Z Council spokesperson X"), set off after it ("X,
an analyst at the Y Institute,"), set off before it ("the defence minister, X,") and said with a verb ("X is a
…").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.actors.gazetteer import is_ethnic
from onrecord.actors.phrases import Tokens, after, apart_before, before, copular
from onrecord.actors.titles import PUBLIC, ROLE_NOUNS, SERVING, is_body, role_noun
from onrecord.article import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.actors.gazetteer import Hit
    from onrecord.actors.story import Story


@dataclass(frozen=True, slots=True)
class Role:
    """A role in the words of the article, and where they stand; `affiliation` is the body that it names.

    `country` and `sector` are those of the state that the office serves. An analyst's nationality ("a Russian
    analyst") gives the country and never the sector of a state. Of "X of the Y Institute" the text is None.
    """

    span: Span
    text: str | None
    affiliation: str | None
    country: str | None
    sector: str | None


_ADJUNCTS = {"Former", "Retired", "Acting", "Senior", "Then"}
_OPENING = {"the", "a", "an", "another", "now", "currently"}
_CLOSING = {"who", "that", "which", "and", "'s", "’s"}


_MEMBER = re.compile(r"(?:\S+ )?(?:Democrat|Republican)(?: (?:from|of) .*)?")
"""A party says less than an office: of "Sen. X, a Democrat," the office is the role."""


def find_role(story: Story, first: int, last: int) -> Role | None:
    """Give the role stated beside the name in tokens `first` to `last` (included), None without one."""
    doc = story.doc
    member: Role | None = None
    for start, end in (
        after(doc, last),
        before(doc, first),
        apart_before(doc, first, last),
        copular(doc, last),
    ):
        if start < end and (role := _role(story, (start, end), last)) is not None:
            if not _MEMBER.fullmatch(role.text or ""):
                return role
            member = member or role
    return member or _belonging(story, first, last)


def _belonging(story: Story, first: int, last: int) -> Role | None:
    """Read "X of the Y Institute" and "the Y Institute's X": a body and no words for what X does there."""
    doc = story.doc
    comma = last + 2 < len(doc) and doc[last + 1].text == ","
    start = end = last + 2 + comma
    if start < len(doc) and doc[start - 1].lower_ in {"of", "from", "at"}:
        start += doc[start].lower_ == "the"
        end = start
        while (
            end < len(doc)
            and end - start < 12
            and (_capital(doc[end]) or (end > start and _links(doc, end, len(doc))))
        ):
            end += 1
    elif first > 1 and doc[first - 1].tag_ == "POS":
        start = end = first - 1
        while start > 0 and end - start < 12 and _capital(doc[start - 1]):
            start -= 1
    if end - start < 2 or end > len(doc):
        return None
    if not any(is_body(t.text) or t.ent_type_ == "ORG" for t in doc[start:end]):
        return None
    span = doc[start:end]
    return Role((span.start_char, span.end_char), None, span.text, None, None)


def _role(story: Story, tokens: Tokens, last: int) -> Role | None:
    doc = story.doc
    start, end = tokens
    while start < end and (doc[start].lower_ in _OPENING or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in _CLOSING):
        end -= 1
    if start >= end:
        return None
    head = _head(doc, start, end)
    if head is not None and doc[head].tag_ in {"NNS", "NNPS"} and doc[head].lower_.endswith("s"):
        return None  # "two analysts, X and Y": not in the words of one person
    span = doc[start:end]
    country, sector = _service(story, (start, end), head, last)
    # "an author and a former Pentagon official" has left the Pentagon.
    left = next((i for i in range(start + 1, end) if doc[i].lower_ == "former"), end)
    wrote = head is not None and doc[head].lower_ in {"author", "co-author"}
    affiliation = None if wrote else _affiliation(story, start, left) or _party(story, last)
    return Role((span.start_char, span.end_char), span.text, affiliation, country, sector)


def _head(doc: Doc, start: int, end: int) -> int | None:
    """Give the token that says what the person is: the first role noun that no other follows at once."""
    heads = [i for i in range(start, end) if role_noun(doc[i])]
    return next((i for i in heads if i + 1 >= end or role_noun(doc[i + 1]) is None), None)


_TOWARDS = re.compile(r"\b(?:to|on|in|(?<!man )(?<!person )for|with|about|from|against)\s+(?:the\s+)?$")
_NAMED_OF = re.compile(r"\b([A-Z]\w+)\s+of\s+(?:the\s+)?$")
_OF_STATE = re.compile(
    r"(?:Minist|Embassy|Government|Parliament|Republic|President|King|Queen|Army|Navy|Bank|Secretar).*"
)


def _serves(before: str) -> bool:
    """Say whether a state after these words of a role is served: not "envoy to X", not "Miners of X"."""
    name = _NAMED_OF.search(before)
    return not _TOWARDS.search(before) and (name is None or _OF_STATE.match(name[1]) is not None)


def _service(story: Story, tokens: Tokens, head: int | None, last: int) -> tuple[str | None, str | None]:
    """Say which state a role serves, and in what sector."""
    doc, (start, end) = story.doc, tokens
    if head is None:
        return None, None
    noun = role_noun(doc[head]) or ""
    sector = ROLE_NOUNS[noun]
    offset = doc[start].idx
    inside = story.names_in(offset, doc[end - 1].idx + len(doc[end - 1]))
    states = [
        h
        for h in inside
        if h.fact.kind == "state" and _serves(story.text[offset : h.start]) and not is_ethnic(story.text, h)
    ]
    body = next((h for h in inside if h.fact.kind == "organisation"), None)
    if sector not in {"GOV", "MIL"} and noun not in SERVING:
        own = next((h for h in states if h.fact.form == "adjective" and h.end <= doc[head].idx), None)
        return (own.fact.country if own and not _divided(doc, own, head) else None), sector
    country = states[0].fact.country if states else None
    if body is not None:
        country = country or body.fact.country
        sector = body.fact.sector if body.fact.sector != "GOV" else sector or "GOV"
    if country is None and end <= last:
        country = _of_state(story, last) or _led(story, start) or _american(story, tokens, last)
    vague = country is None and body is None and not _public(doc, start, end)
    if vague or (noun in SERVING and body is None) or any(t.lower_ in _PAST for t in doc[start:head]):
        sector = None
    return country, sector


_PAST = {"former", "ex", "retired", "then", "late"}


def _divided(doc: Doc, hit: Hit, head: int) -> bool:
    """Say whether a preposition stands between an adjective and the head ("head of Iranian studies")."""
    return any(t.idx > hit.end and t.pos_ == "ADP" for t in doc[max(0, head - 8) : head])


_STATE_DEPARTMENTS = {
    "state",
    "defense",
    "defence",
    "treasury",
    "commerce",
    "energy",
    "homeland",
    "army",
    "navy",
    "staff",
}


def _public(doc: Doc, start: int, end: int) -> bool:
    """Say whether the role is a public office by its noun; a president or secretary "of" a body is not."""
    nouns = {role_noun(t) for t in doc[start:end]} - {None}
    words = {t.lower_ for t in doc[start:end]}
    if {"national", "security"} <= words:
        return True
    if not nouns & PUBLIC:
        return False
    return not ({"of", "at"} & words and nouns <= {"president", "secretary", "governor"}) or bool(
        words & _STATE_DEPARTMENTS
    )


def _of_state(story: Story, last: int) -> str | None:
    """Give the state of "President X of Russia"."""
    doc, at = story.doc, last + 2
    if at < len(doc) and doc[last + 1].lower_ == "of" and doc[at].lower_ == "the":
        at += 1
    if at >= len(doc) or doc[last + 1].lower_ != "of":
        return None
    return _state_in(story, doc[at].idx, doc[at].idx + 40, first=True)


def _state_in(story: Story, start: int, end: int, *, first: bool = False) -> str | None:
    states = (
        h for h in story.names_in(start, end) if h.fact.kind == "state" and (not first or h.start == start)
    )
    return next((h.fact.country for h in states), None)


def _led(story: Story, start: int) -> str | None:
    """Give the state of "Russia's leader, President X": a second role set off before the first."""
    doc = story.doc
    if start < 3 or doc[start - 1].text != ",":
        return None
    first, end = before(doc, start - 1)
    return _state_in(story, doc[first].idx, doc[end].idx) if first < end else None


_PARTY_AND_STATE = re.compile(r"[\s,]*\(?\s*((?:D|R|I)\s*[-–—]\s*[A-Z](?:[\w.]*\w\.?)?)")
_AMERICAN = re.compile(r"(?:then-|former )?Secretary of (?:State|Defense)", re.IGNORECASE)


def _american(story: Story, tokens: Tokens, last: int) -> str | None:
    """Give USA for offices that only the United States have: "Secretary of State X", "Sen. X (R-Tenn.)"."""
    doc = story.doc
    end = doc[last].idx + len(doc[last])
    if _AMERICAN.fullmatch(doc[tokens[0] : tokens[1]].text):
        return "USA"
    return "USA" if _PARTY_AND_STATE.match(story.text[end : end + 24]) else None


def _party(story: Story, last: int) -> str | None:
    """Give party and state as they stand after a name: "Sen. X (R-Tenn.)"."""
    end = story.doc[last].idx + len(story.doc[last])
    match = _PARTY_AND_STATE.match(story.text[end : end + 24])
    return match[1] if match else None


def _affiliation(story: Story, start: int, end: int) -> str | None:
    """Give the name of the body inside a role: an institution, a named organisation, else an ORG entity."""
    doc, i = story.doc, start
    while i < end:
        if (
            not _capital(doc[i])
            or doc[i].text in _ADJUNCTS
            or (role_noun(doc[i]) and not is_body(doc[i].text))
        ):
            i += 1
            continue
        j = i
        while j < end and (_capital(doc[j]) or (j > i and _links(doc, j, end))):
            j += 1
        # In front of the person the body ends before the office: "National Security Council spokesperson".
        while (
            j > i + 1 and role_noun(doc[j - 1]) and doc[j - 2].lower_ != "of" and not is_body(doc[j - 1].text)
        ):
            j -= 1
        if j - i > 1 and any(is_body(t.text) for t in doc[i:j]):
            return doc[i:j].text
        i = j
    inside = story.names_in(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    named = next((h for h in inside if h.fact.kind == "organisation"), None)
    return story.text[named.start : named.end] if named else _entity(doc, start, end)


def _entity(doc: Doc, start: int, end: int) -> str | None:
    """Give the first name that the model takes for an organisation."""
    i = start
    while i < end:
        j = i + 1
        if doc[i].ent_type_ == "ORG":
            while j < end and doc[j].ent_type_ == "ORG" and doc[j].ent_iob_ == "I":
                j += 1
            words = re.sub(r"^(?:the|The)\s+|\s*['’]s$", "", doc[i:j].text).strip()
            office = j < end and doc[j].lower_ in {"minister", "secretary"}
            if len(words) > 1 and words != "State" and not office and not any(role_noun(t) for t in doc[i:j]):
                return words
        i = j
    return None


def _capital(token: Token) -> bool:
    return (token.text[0].isupper() and token.is_alpha) or bool(re.fullmatch(r"(?:[A-Z]\.)+", token.text))


def _links(doc: Doc, j: int, end: int) -> bool:
    """Say whether a small word goes on with a name: "Council on Foreign Relations", "Near East and …"."""
    token = doc[j]
    if token.text == "-":
        return j + 1 < end and doc[j + 1].text[0].isupper()
    if token.lower_ not in {"of", "for", "on", "and", "&", "the"}:
        return False
    k = j + 1
    while k < end and doc[k].lower_ == "the":
        k += 1
    return k < end and _capital(doc[k])
