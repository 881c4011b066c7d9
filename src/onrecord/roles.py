"""What a person is: the office or occupation that an article states beside a name, in its own words.

Four forms are read: before the name ("Foreign Minister X", "Z Council spokesperson X"), set off after it ("X, an
analyst at the Y Institute,"), set off before it ("the defence minister, X,") and said with a verb ("X is a …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.article import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.gazetteer import Hit


@dataclass(frozen=True, slots=True)
class Role:
    """A role in the words of the article, and where they stand; `affiliation` is the body that it names."""

    span: Span
    text: str
    affiliation: str | None
    country: str | None
    sector: str | None


_OFFICES = """
president premier chancellor minister secretary undersecretary under-secretary deputy vice-president king queen
prince princess emir sultan shah monarch ambassador envoy diplomat consul attaché attache negotiator senator
congressman congresswoman representative lawmaker legislator parliamentarian governor mayor official commissioner
spokesman spokeswoman spokesperson chairman chairwoman chairperson chair chief leader speaker adviser advisor aide
attorney prosecutor judge justice head member president-elect whip mp ayatollah taoiseach administrator
""".split()
_SOLDIERS = """
general commander admiral colonel captain major lieutenant brigadier marshal sergeant corporal officer soldier
gen. adm. col. lt. maj. capt. sgt. brig. commander-in-chief commandant
""".split()
_REPORTERS = """
journalist reporter editor correspondent columnist commentator broadcaster presenter anchor host writer blogger
""".split()
_SCHOLARS = """
analyst expert scholar fellow researcher professor lecturer historian economist strategist academic specialist
author scientist observer consultant associate
""".split()
_OTHERS = """
director manager executive founder co-founder owner partner entrepreneur businessman businesswoman banker lawyer
activist campaigner dissident cleric bishop archbishop cardinal pope patriarch rabbi imam pastor reverend priest
candidate nominee frontrunner front-runner strategist veteran resident student teacher doctor physician engineer
farmer worker actor actress singer artist filmmaker producer coordinator organiser organizer volunteer physicist
pilot astronaut coach player trader investor contractor pollster operative fighter rebel militant warlord oligarch
billionaire supporter critic operator staffer counsel treasurer dean rector principal publisher mother father wife
husband son daughter brother sister widow nephew lobbyist theorist inspector investigator detective sheriff
""".split()
ROLE_NOUNS: dict[str, str | None] = {
    **dict.fromkeys(_OTHERS),
    **dict.fromkeys(_SCHOLARS, "CVL"),
    **dict.fromkeys(_REPORTERS, "MED"),
    **dict.fromkeys(_OFFICES, "GOV"),
    **dict.fromkeys(_SOLDIERS, "MIL"),
}
"""Nouns for what a person does, and the PLOVER sector that the noun implies in the service of a state."""

HONORIFICS = {
    "Mr": "m", "Mr.": "m", "Mrs": "f", "Mrs.": "f", "Ms": "f", "Ms.": "f", "Miss": "f", "Sir": "m", "Lady": "f",
    "Lord": "m", "Dame": "f", "Dr": "", "Dr.": "", "Prof": "", "Prof.": "", "Rev": "", "Rev.": "", "Hon.": "",
}  # fmt: skip
"""Forms of address, and the gender that they give (none where they give none)."""

TITLES = set("""
President Vice Prime Minister Premier Chancellor Secretary Undersecretary Deputy King Queen Prince Princess Crown Emir
Sultan Ambassador Envoy Senator Sen Sen. Sens Sens. Rep Rep. Reps. Representative Congressman Congresswoman Governor
Gov Gov. Mayor General Gen Gen. Lt Lt. Maj Maj. Brig Brig. Col Col. Capt Capt. Cmdr. Adm Adm. Admiral Colonel Major
Captain Lieutenant Marshal Brigadier Commander Sgt Sgt. Sergeant Sheikh Sheik Ayatollah Grand Imam Pope Cardinal
Archbishop Bishop Judge Justice Professor Chairman Chairwoman Speaker Spokesman Spokeswoman Spokesperson Chief Leader
Foreign Defence Defense Former Then Supreme Comrade Rear Commissioner Director Attorney Officer Taoiseach Then-President
""".split()) | set(HONORIFICS)
"""Words that stand before a name and are no part of it."""

_VERBAL = {"VERB", "AUX"}
_INSIDE = {"NOUN", "PROPN", "ADJ", "PART", "NUM"}
_BREAK = {";", ":", "--", "—", "–", "(", ")", "\"", "“", "”", "''", "``", "…"}
_LONGEST = 40


def role_noun(token: Token) -> str | None:
    """Give the role noun that a token is, in the singular and lower case, None where it is none."""
    low = token.lower_
    for form in (low, low.removesuffix("s"), low.rstrip("."), token.lemma_.lower()):
        if form in ROLE_NOUNS:
            return form
    return None


def find_role(doc: Doc, first: int, last: int, names: tuple[Hit, ...]) -> Role | None:
    """Give the role stated beside the name in tokens `first` to `last` (included), None where there is none.

    `names` are the states and bodies named in the text (`gazetteer.find_names`).
    """
    for start, end in (_after(doc, last), _before(doc, first), _apart_before(doc, first, last), _copular(doc, last)):
        if start < end:
            return _role(doc, start, end, last, names)
    return None


_NOTHING = (0, 0)


def _after(doc: Doc, last: int) -> tuple[int, int]:
    """Find "X, an analyst at the Y Institute," or "X, who heads the Y Institute,": tokens after the comma."""
    i = last + 1
    if i + 1 < len(doc) and doc[i].text in ("'s", "’s"):
        return _NOTHING
    if i + 2 >= len(doc) or doc[i].text not in (",", "--", "—", "–") or doc[i + 1].is_sent_start:
        return _NOTHING
    start = i + 1
    if doc[start].is_digit and start + 2 < len(doc) and doc[start + 1].text == ",":
        start += 2  # an age
    if doc[start].lower_ == "who" and start + 1 < len(doc):
        return _relative(doc, start + 1)
    end = start
    seen = False
    while end < len(doc) and end - start < _LONGEST:
        token = doc[end]
        if token.is_space or token.text in _BREAK or (end > start and token.is_sent_start and token.text[0].isupper()):
            break
        if token.text in {",", ".", "!", "?"} and not _goes_on(doc, end, seen):
            break
        if token.pos_ in _VERBAL and token.dep_ != "amod" and (not seen or token.tag_ not in {"VBN", "VBG"}):
            return (start, end) if seen and _closed(doc, start, end) else _NOTHING
        if token.lower_ in {"and", "or", "but"} and _new_clause(doc, end):
            break
        seen = seen or role_noun(token) is not None
        end += 1
    if not seen or not any(role_noun(t) for t in doc[start : min(end, start + 12)]):
        return _NOTHING
    return (start, end)


def _closed(doc: Doc, start: int, end: int) -> bool:
    """Say whether words that run into a verb are still a role ("X, an analyst who follows Y")."""
    return doc[end - 1].lower_ in {"who", "that", "which"} and end - start > 2


def _goes_on(doc: Doc, at: int, seen: bool) -> bool:
    """Say whether a comma does not end the role: it stands before the role noun ("a former, long-time aide")."""
    if doc[at].text != ",":
        return False
    return not seen and at + 1 < len(doc) and doc[at + 1].pos_ in {"ADJ", "NOUN", "PROPN"}


def _new_clause(doc: Doc, at: int) -> bool:
    """Say whether a conjunction opens another person's name or a new clause, not more of the role."""
    following = doc[at + 1 : at + 3]
    return any(t.ent_type_ == "PERSON" for t in following[:1]) or any(t.pos_ in {"PRON", "AUX"} for t in following[:1])


def _relative(doc: Doc, start: int) -> tuple[int, int]:
    """Find the words of "who heads the Y Institute", "who is an adviser to Z"."""
    if doc[start].lemma_.lower() not in {"be", "head", "lead", "direct", "run", "chair", "found", "serve", "edit", "teach", "command"}:
        return _NOTHING
    end = start
    while end < len(doc) and end - start < _LONGEST:
        token = doc[end]
        if token.is_space or token.text in _BREAK or token.text in {",", ".", "!", "?"}:
            break
        end += 1
    return (start, end)


def _before(doc: Doc, first: int) -> tuple[int, int]:
    """Find "US National Security Council spokesperson X", "Secretary of State X": the tokens before the name."""
    start = first
    while start > 0 and first - start < 14 and _in_title(doc, start - 1, first):
        start -= 1
    while start < first and (doc[start].lower_ in {"the", "a", "an", "of", "and", "'s", "’s", "'", "for"} or doc[start].pos_ == "NUM"):
        start += 1
    nouns = [i for i in range(start, first) if role_noun(doc[i])]
    if not nouns:
        return _NOTHING
    # The role noun ends the title, or is followed by "of …" ("Minister of Defence").
    tail = doc[nouns[-1] + 1 : first]
    if len(tail) and not any(t.lower_ == "of" for t in tail[:1]) and tail.text not in {"General", "-"}:
        return _NOTHING
    if nouns[-1] == start and doc[start].lower_ in HONORIFICS:
        return _NOTHING
    return (start, first)


def _in_title(doc: Doc, i: int, first: int) -> bool:
    token = doc[i]
    if token.is_space or doc[i + 1].is_sent_start:
        return False
    if token.text in {"-", "."} or token.lower_ in {"of", "for"}:
        return True
    if token.text in {"'s", "’s"} or (token.tag_ == "POS"):
        return True
    if token.lower_ in {"the", "and"}:
        return i > 0 and (doc[i - 1].lower_ == "of" or token.lower_ == "and") and not doc[i + 1].ent_type_ == "PERSON"
    if token.text in TITLES or role_noun(token):
        return True
    if token.ent_type_ == "PERSON" and doc[i + 1].tag_ != "POS" and i + 1 != first:
        return False
    return token.pos_ in _INSIDE and not token.is_punct


def _apart_before(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Find "the Russian foreign minister, X,": the noun phrase before a comma, when one closes after the name."""
    if first < 3 or doc[first - 1].text != "," or doc[first].is_sent_start:
        return _NOTHING
    if last + 1 < len(doc) and doc[last + 1].text not in {",", ".", ";", "--", "—", "\"", "”", "''"}:
        return _NOTHING
    end = first - 1
    start = end
    while start > 0 and end - start < 14 and _in_title(doc, start - 1, end) and not doc[start].is_sent_start:
        start -= 1
    while start < end and doc[start].lower_ in {"the", "of", "and", "'s", "’s", "for"}:
        start += 1
    if not any(role_noun(t) for t in doc[start:end]):
        return _NOTHING
    return (start, end)


def _copular(doc: Doc, last: int) -> tuple[int, int]:
    """Find "X is a freelance journalist based in Y": what follows the verb, to the first comma or stop."""
    i = last + 1
    if i + 2 >= len(doc) or doc[i].lower_ not in {"is", "was"} or doc[i + 1].lower_ not in {"a", "an", "the"}:
        return _NOTHING
    start, end = i + 1, i + 1
    while end < len(doc) and end - start < _LONGEST:
        token = doc[end]
        if token.is_space or token.text in _BREAK or token.text in {",", "."}:
            break
        end += 1
    head = next((t for t in doc[start : min(end, start + 8)] if role_noun(t)), None)
    return (start, end) if head is not None else _NOTHING


def _role(doc: Doc, start: int, end: int, last: int, names: tuple[Hit, ...]) -> Role | None:
    while start < end and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in {"who", "that", "which", "and"}):
        end -= 1
    if start >= end:
        return None
    span = doc[start:end]
    inside = [h for h in names if span.start_char <= h.start and h.end <= span.end_char]
    country, sector = _service(doc, start, end, last, inside, names)
    return Role(
        (span.start_char, span.end_char), span.text, _affiliation(doc, start, end, inside), country, sector
    )


def _service(
    doc: Doc, start: int, end: int, last: int, inside: list[Hit], names: tuple[Hit, ...]
) -> tuple[str | None, str | None]:
    """Say which state a role serves, and in what sector: an office, a uniform; never a nationality alone."""
    heads = [i for i in range(start, end) if role_noun(doc[i])]
    if not heads:
        return None, None
    head = next((i for i in heads if i + 1 >= end or role_noun(doc[i + 1]) is None), heads[0])
    sector = ROLE_NOUNS[role_noun(doc[head]) or ""]
    text = doc.text
    state = next(
        (h for h in inside if h.fact.country and not re.search(r"\b(?:to|on|in|for|with|about)\s+(?:the\s+)?$", text[max(0, h.start - 12) : h.start])),
        None,
    )
    country = state.fact.country if state else None
    if sector in {"GOV", "MIL"}:
        if country is None and end <= last:
            country = _of_state(doc, last, names)
        body = next((h for h in inside if h.fact.kind == "organisation"), None)
        if body is not None and body.fact.sector not in {None, "GOV"}:
            sector = body.fact.sector
        if country is None and body is None and not _public(doc, start, end):
            sector = None
        if any(t.lower_ in {"former", "ex", "retired", "then"} for t in doc[start:end]):
            sector = None
    return country, sector


_PUBLIC = set("""
president minister premier chancellor senator congressman congresswoman lawmaker ambassador king queen emir sultan
prince governor mayor diplomat general admiral colonel lieutenant marshal brigadier secretary ayatollah gen. adm. col.
""".split())


def _public(doc: Doc, start: int, end: int) -> bool:
    """Say whether the noun is a public office by itself, whoever's ("chairman" and "head" are not)."""
    nouns = {role_noun(t) for t in doc[start:end]}
    of = any(t.lower_ in {"of", "at"} for t in doc[start:end])
    return bool(nouns & _PUBLIC) and not (of and nouns <= {"president", "secretary", "general"} and not {"state"} & {t.lower_ for t in doc[start:end]})


def _of_state(doc: Doc, last: int, names: tuple[Hit, ...]) -> str | None:
    """Give the state of "President X of Russia"."""
    if last + 2 >= len(doc) or doc[last + 1].lower_ != "of":
        return None
    at = doc[last + 2].idx + (len(doc[last + 2].text_with_ws) if doc[last + 2].lower_ == "the" else 0)
    return next((h.fact.country for h in names if h.start == at and h.fact.kind == "state"), None)


_BODY = re.compile(
    r"(?:Institut\w+|University|Universit\w+|College|School|Center|Centre|Council|Committee|Commission|Ministry|Department|"
    r"Foundation|Agency|Academy|Association|Society|Fund|Bank|Group|Corporation|Company|Co\.|Corp\.|Inc\.?|Ltd\.?|Party|"
    r"Forum|Network|Initiative|Program|Programme|Project|Board|Bureau|Office|Administration|Service|Court|Union|"
    r"League|Congress|Parliament|Senate|Assembly|House|Army|Navy|Force|Forces|Corps|Guard|Guards|Command|Police|"
    r"Times|Post|Journal|News|Herald|Tribune|Review|Magazine|Radio|Television|TV|Media|Organi[sz]ation|Alliance|Coalition|"
    r"Federation|Movement|Front|Lab|Laboratory|Observatory|Observer|Watch|International|Partners|Associates|Consulting|"
    r"Brookings|RAND|Carnegie|Chatham|Heritage|Cato|Hoover|Corporation)$"
)


def is_body(word: str) -> bool:
    """Say whether a capitalised word heads the name of an institution ("Institute", "Council", "Ministry")."""
    return _BODY.match(word) is not None


def _affiliation(doc: Doc, start: int, end: int, inside: list[Hit]) -> str | None:
    """Give the name of the body inside a role: an institution, a named organisation, else an ORG entity."""
    best: tuple[int, int] | None = None
    i = start
    while i < end:
        if not _capital(doc[i]):
            i += 1
            continue
        j = i
        while j < end and (_capital(doc[j]) or (_linking(doc, j, end) and j > i)):
            j += 1
        # In front of the role noun the body ends with its head: "National Security Council spokesperson".
        while j > i + 1 and role_noun(doc[j - 1]) and not is_body(doc[j - 1].text):
            j -= 1
        if any(is_body(t.text) for t in doc[i:j]) and j - i > 1:
            best = (i, j)
            break
        i = j
    if best is not None:
        return doc[best[0] : best[1]].text
    named = next((h for h in inside if h.fact.kind == "organisation"), None)
    if named is not None:
        return doc.text[named.start : named.end]
    ents = [e for e in doc.ents if e.label_ == "ORG" and start <= e.start and e.end <= end]
    for ent in ents:
        words = re.sub(r"^(?:the|The)\s+|['’]s$", "", ent.text).strip()
        if words and not any(role_noun(t) for t in ent):
            return words
    return None


def _capital(token: Token) -> bool:
    return token.text[0].isupper() and token.is_alpha or bool(re.fullmatch(r"(?:[A-Z]\.)+", token.text))


def _linking(doc: Doc, j: int, end: int) -> bool:
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
