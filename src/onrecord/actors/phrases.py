"""Where a role is stated beside a name: the tokens of the office or occupation, in four forms.

Before the name ("Foreign Minister X", "Z Council spokesperson X"), set off after it ("X, an analyst at the Y
Institute,"), set off before it ("the defence minister, X,") and said with a verb ("X is a …").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.actors.titles import HONORIFICS, TITLES, role_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc

Tokens = tuple[int, int]
"""Half-open interval of tokens; an empty one where nothing was found."""

_NOTHING = (0, 0)
_LONGEST = 40
"""Tokens: no role is longer."""
_INSIDE = {"NOUN", "PROPN", "ADJ", "NUM"}
_PARTICIPLES = {
    "acting",
    "outgoing",
    "incoming",
    "ruling",
    "visiting",
    "retired",
    "jailed",
    "exiled",
    "elected",
    "based",
}
_BREAK = {";", ":", "--", "—", "–", "(", ")", '"', "“", "”", "''", "``", "…"}
_STOP = {",", ".", "!", "?"}
_ARTICLES = {"the", "a", "an", "of", "and", "for", "'s", "’s", "'", "’", "another"}
_DUTIES = {
    "be",
    "head",
    "lead",
    "direct",
    "run",
    "chair",
    "found",
    "serve",
    "edit",
    "teach",
    "command",
    "cover",
}


def after(doc: Doc, last: int) -> Tokens:
    """Find "X, an analyst at the Y Institute," or "X, who heads the Y Institute,": tokens after the comma."""
    start = last + 2
    if start >= len(doc) or doc[last + 1].text not in {",", "--", "—", "–", "-"} or doc[start].is_space:
        return _NOTHING
    if doc[start].is_digit and start + 2 < len(doc) and doc[start + 1].text == ",":
        start += 2  # an age
    if doc[start].lower_ == "who" and start + 1 < len(doc):
        return _relative(doc, start + 1)
    if doc[start].tag_ == "VBG" and doc[start].lower_ not in _PARTICIPLES:
        return _NOTHING  # "…, calling him a minister"
    end, seen = start, False
    while end < len(doc) and end - start < _LONGEST and not _ends_role(doc, end, start, seen=seen):
        seen = seen or role_noun(doc[end]) is not None
        end += 1
    if end < len(doc) and doc[end].pos_ in {"VERB", "AUX"} and not _run_on(doc, start, end):
        return _NOTHING
    if not any(role_noun(t) for t in doc[start : min(end, start + 12)]) or _another(doc, start):
        return _NOTHING
    return (start, end)


def _another(doc: Doc, start: int) -> bool:
    """Say whether another person's name begins here ("X, Y and Z"); "X, Obama's adviser" is a role."""
    end = start
    while end < len(doc) and doc[end].ent_type_ == "PERSON":
        end += 1
    return end > start and not (end < len(doc) and doc[end].tag_ == "POS") and doc[end - 1].tag_ != "POS"


def _ends_role(doc: Doc, at: int, start: int, *, seen: bool) -> bool:
    token = doc[at]
    if token.is_space or token.text in _BREAK:
        return True
    if token.text in _STOP:
        # A comma before the role noun parts adjectives: "a former, long-time aide".
        return not (token.text == "," and not seen and doc[at - 1].pos_ == "ADJ")
    if token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VBN", "VBG"}:
        return True
    if token.lower_ in {"and", "or", "but"} and at + 1 < len(doc):
        return doc[at + 1].ent_type_ == "PERSON" or doc[at + 1].pos_ in {"PRON", "AUX", "VERB"}
    return at > start and bool(token.is_sent_start)


def _run_on(doc: Doc, start: int, end: int) -> bool:
    """Say whether words before a verb may be a role: "…, an analyst who follows Y", no clause's subject."""
    return doc[end - 1].lower_ in {"who", "that", "which"} and end - start > 2


def _relative(doc: Doc, start: int) -> Tokens:
    """Find the words of "who heads the Y Institute"; of "who is an adviser to Z" what follows the verb."""
    verb = doc[start].lemma_.lower()
    if verb not in _DUTIES:
        return _NOTHING
    if verb == "be":
        start += 1
        if start >= len(doc) or doc[start].lower_ not in {"the", "a", "an"}:
            return _NOTHING
    if doc[start].lower_ in {"served", "serves"} and start + 1 < len(doc) and doc[start + 1].lower_ == "as":
        start += 2
    end = _to_stop(doc, start)
    return (start, end) if verb != "be" or any(role_noun(t) for t in doc[start:end]) else _NOTHING


def _to_stop(doc: Doc, start: int) -> int:
    end = start
    while end < len(doc) and end - start < _LONGEST:
        if doc[end].is_space or doc[end].text in _BREAK or doc[end].text in _STOP:
            break
        end += 1
    return end


def before(doc: Doc, first: int) -> Tokens:
    """Find "National Security Council spokesperson X", "Secretary of State X": tokens before the name."""
    start = _run(doc, first)
    if all(t.text in HONORIFICS or t.text == "." for t in doc[start:first]):
        return _NOTHING
    hung = _hung(doc, start)
    ends_well = role_noun(doc[first - 1]) is not None or doc[first - 2 : first].text in {
        "in chief",
        "- elect",
    }
    if hung is None and not ends_well:
        return _NOTHING
    while hung is not None and first - hung < _LONGEST:
        start = _run(doc, hung + 1)
        hung = _hung(doc, start)
    while start < first and (
        doc[start].lower_ in _ARTICLES or doc[start].text in HONORIFICS or doc[start].is_digit
    ):
        start += 1
    return (start, first) if any(role_noun(t) for t in doc[start:first]) else _NOTHING


def _run(doc: Doc, end: int) -> int:
    """Give the first of the words that stand before `end` and belong to one another as in a compound."""
    start = end
    while start > 0 and end - start < 14 and _compounds(doc, start - 1, end):
        start -= 1
    return start


def _compounds(doc: Doc, i: int, end: int) -> bool:
    token, right = doc[i], doc[i + 1]
    if token.is_space or right.is_sent_start or token.ent_type_ in {"DATE", "TIME"}:
        return False
    if token.text == "-" or token.tag_ == "POS" or token.text in {"'s", "’s"}:
        return True
    if token.ent_type_ == "PERSON" and token.text not in TITLES:
        return right.tag_ == "POS" or (
            right.ent_type_ == "PERSON" and i + 1 < end and right.text not in TITLES
        )
    if token.text in TITLES or role_noun(token) or token.lower_ in _PARTICIPLES:
        return True
    if token.lower_ == "in":
        return right.lower_ == "chief"
    # "part of the network President X built": a common noun does not go with a capitalised title.
    if token.pos_ == "NOUN" and token.text.islower() and right.text in TITLES:
        return False
    return token.pos_ in _INSIDE and not token.is_punct


def _hung(doc: Doc, start: int) -> int | None:
    """Give the role noun that the words from `start` hang on: "Minister of [the] …", "host and …"."""
    i = start - 1
    if i > 0 and doc[i].lower_ == "the":
        i -= 1
    if i > 0 and doc[i].lower_ in {"of", "and"} and role_noun(doc[i - 1]):
        return i - 1
    return None


def apart_before(doc: Doc, first: int, last: int) -> Tokens:
    """Find "the Russian foreign minister, X,": the words before a comma, when one closes after the name."""
    if first < 3 or doc[first - 1].text != "," or doc[first].is_sent_start:
        return _NOTHING
    if last + 1 < len(doc) and doc[last + 1].text not in {",", ".", ";", "--", "—", '"', "”", "''"}:
        return _NOTHING
    return before(doc, first - 1)


def copular(doc: Doc, last: int) -> Tokens:
    """Find "X is a freelance journalist based in Y": what follows the verb, to the first comma or stop."""
    i = last + 1
    if i + 2 >= len(doc) or doc[i].lower_ not in {"is", "was"} or doc[i + 1].lower_ not in {"a", "an", "the"}:
        return _NOTHING
    end = _to_stop(doc, i + 1)
    return (i + 1, end) if any(role_noun(t) for t in doc[i + 1 : min(end, i + 9)]) else _NOTHING
