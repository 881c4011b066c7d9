"""Which word of a sentence transfers a military item, how far along it is, and how real the voice says it is.

A transfer is read from the inside out. The act ("deliver", "sale", "contract for") gives a first stage by its
tense; each word outside it that acts on a transfer ("suspended the", "has approved the", "plans to", "turned down
a request for") changes stage and status. The words are in `data/transfer_acts.tsv` and the tables below.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.fact_tables import table
from onrecord.record import Attribution, Stage, Status
from onrecord.status import DENIED, PLANNED, POSSIBLE, REPORTING, chain, further, mood, reports, within

if TYPE_CHECKING:
    from spacy.tokens import Token

Role = Literal["give", "take", "ask", "arrive", "return", "build", "train", "mend"]
"""Who the subject of an act is: the supplier, the recipient, the one who asks, the item itself, …"""

_PARTICLES = {
    ("hand", "over"), ("pass", "on"), ("hand", "out"), ("turn", "over"), ("sign", "over"), ("hold", "back"),
}  # fmt: skip
_NEEDS_PARTICLE = {"hand": {"over"}, "pass": {"on", "along"}, "hold": {"back"}}
_NEEDS_PREPOSITION = {
    "sign": {"for"}, "contract": {"for"}, "ask": {"for"}, "deal": {"for", "on", "over"}, "agreement": {"for", "on"},
    "appeal": {"for"}, "embargo": {"on"}, "ban": {"on"}, "commit": {"for"},
}  # fmt: skip
"""Acts that take their item after a preposition only: "a contract for 16 fighters"."""

_RETURNS = {"send": {"back"}, "give": {"back"}, "hand": {"back"}, "take": {"back"}}
_LIGHT_TAKE = frozenset({"take", "receive", "accept", "get", "expect", "await"})
"""Verbs that make their subject the recipient of a delivery: "took delivery of"."""

_CREWS = frozenset(
    "crew pilot soldier troop officer operator force airman sailor unit gunner personnel army".split()
)
"""People who are trained on what is supplied."""

PARTITIVES = frozenset(
    """
    dozen hundred thousand score ten number total last first second third rest remainder part lot bulk half majority
    pair couple range variety type kind version model quantity amount stock worth billion million value most some
    many several all each one series list handful array collection mix tonne ton squadron regiment battery battalion
    batch load crate container planeload shipload truckload squadron unit set fleet flotilla tranche billions millions
    """.split()
)
"""Nouns that only count the noun after their "of"."""

Change = tuple[Stage, Status]
_CHANGES: dict[str, Change] = {
    **dict.fromkeys(
        "suspend halt freeze withhold cancel postpone delay stop cease embargo scrap shelve hold end suspension halting "
        "pause interrupt annul".split(),
        ("suspended", "asserted"),
    ),
    **dict.fromkeys(
        "approve authorise authorize clear pledge promise vow agree plan intend prepare decide hope want aim seek commit "
        "schedule poise set due expect ready undertake announce approval plan pledge intention decision mean willing "
        "readiness promise commitment".split(),
        ("planned", "planned"),
    ),
    **dict.fromkeys(
        "consider weigh discuss mull study contemplate debate explore negotiate ponder talk talks negotiation "
        "discussion proposal propose possibility prospect option interest eye idea".split(),
        ("planned", "possible"),
    ),
    **dict.fromkeys("request ask urge appeal beg press lobby call demand".split(), ("requested", "asserted")),
    **dict.fromkeys(["offer"], ("offered", "asserted")),
    **dict.fromkeys(["contract", "deal", "agreement", "order", "sign"], ("ordered", "asserted")),
    **dict.fromkeys(["begin", "start", "continue", "resume", "keep"], ("delivering", "asserted")),
    **dict.fromkeys(["complete", "finish"], ("delivered", "asserted")),
}
_REFUSING = frozenset(
    "refuse reject block veto decline bar prevent forbid rebuff ban oppose prohibit".split()
)
_FAILING = {"break": "down", "fall": "through", "rule": "out", "turn": "down", "call": "off"}
_SIGNED = frozenset({"agreement", "contract", "deal", "pact", "accord", "treaty", "arrangement"})
_FUTURE_WORDS = frozenset(
    "planned proposed future upcoming possible potential pending prospective intended".split()
)
_ONGOING_WORDS = frozenset("ongoing continuing continued current regular steady recent".split())


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that transfers an item: its word, the part that its subject plays, and its stage and status."""

    act: Token
    role: Role
    stage: Stage
    status: Status


@functools.cache
def _acts() -> dict[tuple[str, bool], tuple[Role, Stage]]:
    """Give role and stage by lemma and whether it is a verb."""
    rows = table("transfer_acts.tsv")
    return {(row["word"], row["pos"] == "verb"): (row["role"], row["stage"]) for row in rows}  # type: ignore[misc]


def _entry(token: Token) -> tuple[Role, Stage] | None:
    is_verb = token.pos_ in ("VERB", "AUX")
    if not is_verb and token.pos_ not in ("NOUN", "PROPN"):
        return None
    return _acts().get((token.lemma_.lower(), is_verb))


def _particles(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")}


def find_act(item: Token) -> tuple[Token, Role, Stage] | None:
    """Find the act that an item noun is the theme of, climbing from the item; null where there is none."""
    through, crew = "", False
    token = item
    for _ in range(8):
        if token != item and (found := _accept(token, item, "on" if crew and through == "dobj" else through)):
            return found
        head = token.head
        if head == token:
            return None
        if token == item and (verb := _garden_path(item)) is not None:
            token, through = verb, "dobj"
            continue
        if token.dep_ == "conj":
            if head.pos_ in ("VERB", "AUX") and token.pos_ not in ("VERB", "AUX", "NUM"):
                # The parse has tied a coordinated noun to the verb itself.
                token, through = head, "dobj"
                continue
            if token.pos_ in ("VERB", "AUX"):
                return None
            token = head
            continue
        if token.dep_ in ("pobj", "pcomp"):
            above, through = _through_preposition(head)
            if above is None:
                return None
            if (
                above.pos_ in ("NOUN", "PROPN")
                and above.lemma_.lower() not in PARTITIVES
                and not _entry(above)
            ):
                if above.lemma_.lower() not in _CREWS or through not in ("on", "in"):
                    return None
                crew = True
            token = above
            continue
        if token.dep_ in ("compound", "nmod", "nummod", "quantmod", "appos", "npadvmod"):
            through = token.dep_
        elif token.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "dative", "oprd", "dep", "acl", "ccomp"):
            through = token.dep_
        else:
            return None
        if token != item and token.lemma_.lower() not in PARTITIVES and not _entry(head):
            return None
        token = head
    return None


def _garden_path(item: Token) -> Token | None:
    """Give the verb before an item that the parse has made the subject of a participle: "withholds [tanks ordered]"."""
    clause = item.head
    if item.dep_ not in ("nsubj", "nsubjpass") or clause.tag_ not in ("VBN", "VBD") or clause.dep_ != "ccomp":
        return None
    verb = clause.head
    bare = not any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)
    has_object = any(c.dep_ == "dobj" for c in verb.children)
    return verb if bare and not has_object and verb.i < item.i and _entry(verb) is not None else None


def _through_preposition(preposition: Token) -> tuple[Token | None, str]:
    """Give what a preposition hangs on, and the preposition (the first of a chain such as "up to")."""
    word = preposition.lower_
    for _ in range(3):
        head = preposition.head
        if head.pos_ not in ("ADP", "SCONJ") or head == preposition:
            return head, word
        preposition = head
    return None, word


def _accept(token: Token, item: Token, through: str) -> tuple[Token, Role, Stage] | None:
    """Say whether a word that an item hangs on transfers it."""
    entry = _entry(token)
    if entry is None:
        return None
    role, stage = entry
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX"):
        particles = _particles(token)
        if lemma in _RETURNS and particles & _RETURNS[lemma]:
            return token, "return", "returned"
        if lemma in _NEEDS_PARTICLE and not particles & _NEEDS_PARTICLE[lemma]:
            return None
        if lemma in _NEEDS_PREPOSITION:
            return (token, role, stage) if through in _NEEDS_PREPOSITION[lemma] else None
        return (token, role, stage) if _fits(token, role, through) else None
    if lemma in _NEEDS_PREPOSITION:
        return (token, role, stage) if through in _NEEDS_PREPOSITION[lemma] else None
    if lemma == "order" or role == "ask":
        return (token, role, stage) if through in ("for", "of", "compound") else None
    if through not in ("of", "for", "compound", "nmod", "in", "on"):
        return None
    if role == "give" and token.dep_ == "dobj" and token.head.lemma_.lower() in _LIGHT_TAKE:
        return token.head, "take", "delivered"
    return token, role, stage


def _fits(verb: Token, role: Role, through: str) -> bool:
    """Say whether an item stands where the verb has its theme."""
    match role:
        case "arrive":
            if verb.lemma_.lower() == "come" and "ashore" not in _particles(verb):
                return False
            return through in ("nsubj", "nsubjpass")
        case "train":
            return through in ("on", "in")
        case "give":
            return through in ("dobj", "nsubjpass", "with", "attr", "oprd", "dep", "dative")
        case "take" | "ask" | "return" | "build" | "mend":
            return through in ("dobj", "nsubjpass", "attr", "oprd", "dep")


def clause_acts(item: Token) -> Iterator[tuple[Token, Role, Stage]]:
    """Give the acts in relative clauses and participles of an item: "drones supplied by", "tanks that it sent"."""
    if _garden_path(item) is not None and (found := _accept(item.head, item, "nsubjpass")):
        yield found
    for child in item.children:
        if child.dep_ not in ("acl", "relcl") or child.pos_ not in ("VERB", "AUX"):
            continue
        if child.dep_ == "acl" and child.tag_ == "VBG":
            continue
        theme = "nsubjpass" if child.dep_ == "acl" else "dobj"
        own_subject = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")]
        relative = own_subject and own_subject[0].lower_ in ("which", "that", "who")
        if relative:
            theme = own_subject[0].dep_
        found = _accept(child, item, theme)
        if found is not None:
            yield found


def read_deed(act: Token, role: Role, stage: Stage, voice: Attribution | None) -> Deed:
    """Give stage and status of an act relative to the voice that vouches for it."""
    status: Status
    stage, status = _at_act(act, role, stage)
    for word in list(chain(act, through_nouns=True))[1:]:
        inside = voice is None or within(word, voice)
        change = change_by(word, stage)
        if change is not None:
            stage, status = change[0], further(change[1], mood(word))
        elif inside:
            status = further(status, _around(word, outlet=voice is None))
        if not inside and change is None and word.lemma_.lower() in REPORTING:
            break
    if voice is not None and voice.cue is not None and _denying(voice.cue.text):
        status = "denied"
    return Deed(act, role, stage, status)


def change_by(word: Token, stage: Stage) -> Change | None:
    """Give the stage and status that a word outside a transfer makes of it; null where it makes none."""
    lemma = word.lemma_.lower()
    particles = _particles(word)
    if lemma in _FAILING and _FAILING[lemma] in particles:
        return ("requested" if stage == "requested" else "planned"), "denied"
    if lemma == "hold" and "back" not in particles and "off" not in particles:
        return None
    if lemma in _REFUSING or lemma in ("collapse", "fail"):
        return ("requested" if stage == "requested" else "planned"), "denied"
    if lemma == "sign" and stage not in ("ordered", "planned", "delivered"):
        return None
    if lemma in ("begin", "start", "continue", "resume", "keep", "complete", "finish") and stage == "ordered":
        return "ordered", "asserted"
    if lemma in ("order", "contract", "deal", "agreement") and word.pos_ == "VERB":
        return None
    change = _CHANGES.get(lemma)
    if (
        change is not None
        and word.pos_ == "NOUN"
        and lemma in ("set", "hold", "end", "call", "stop", "study")
    ):
        return None
    return change


def _denying(cue: str) -> bool:
    words = cue.lower().split()
    return any(w.startswith(("deni", "deny", "refut")) for w in words) and not {"not", "n't", "never"} & set(
        words
    )


def _around(word: Token, *, outlet: bool) -> Status:
    """Give what a word around a transfer says about its reality, where it does not change its stage."""
    lemma, own = word.lemma_.lower(), mood(word)
    if lemma in DENIED and lemma != "rule":
        return "possible" if own == "denied" else "denied"
    if reports(word):
        return "possible" if outlet else "asserted"
    if lemma in PLANNED:
        return further(own, "planned")
    return further(own, "possible") if lemma in POSSIBLE else own


def _at_act(act: Token, role: Role, stage: Stage) -> Change:
    """Give stage and status by the act's own tense, mood and modifiers."""
    if act.pos_ not in ("VERB", "AUX"):
        return _at_noun(act, stage)
    own = mood(act)
    if own == "asserted":
        return (stage, "planned") if stage == "planned" else (_in_progress(act, role, stage), "asserted")
    if _signed(act) and own == "planned":
        return "ordered", "asserted"
    if own == "denied" and not _lies_ahead(act):
        return stage, "denied"
    if stage in ("requested", "offered", "suspended"):
        return stage, own
    return "planned", own


def _at_noun(act: Token, stage: Stage) -> Change:
    words = {c.lower_ for c in act.children if c.dep_ in ("amod", "compound")}
    if words & {"possible", "potential"}:
        return "planned", "possible"
    if words & _FUTURE_WORDS:
        return "planned", "planned"
    verb = act.head if act.dep_ in ("nsubj", "nsubjpass") else None
    under_way = verb is not None and any(
        c.dep_ == "prep"
        and c.lower_ == "under"
        and any(g.lower_ in ("way", "discussion") for g in c.children)
        for c in verb.children
    )
    if stage == "delivered" and (words & _ONGOING_WORDS or under_way):
        return "delivering", "asserted"
    if verb is not None:
        own = mood(verb)
        if own == "denied":
            return stage, "denied"
        if own in ("planned", "possible", "conditional"):
            return "planned", own
    return stage, "asserted"


def _in_progress(act: Token, role: Role, stage: Stage) -> Stage:
    aux = [c for c in act.children if c.dep_ in ("aux", "auxpass")]
    perfect = any(c.lemma_.lower() == "have" for c in aux)
    if act.tag_ == "VBG" and not any(c.lemma_.lower() == "be" for c in aux):
        # A participle has the time of the verb that it hangs on: "helped by supplying".
        governor = next((a for a in act.ancestors if a.pos_ in ("VERB", "AUX") and a.tag_ != "VB"), None)
        return (
            stage if perfect or governor is None or governor.tag_ in ("VBD", "VBN") else _moving(stage, role)
        )
    if act.tag_ == "VBG" and not perfect:
        return _moving(stage, role)
    if stage == "delivered" and act.tag_ in ("VBP", "VBZ") and not aux and role in ("give", "take"):
        return "delivering"
    return stage


def _moving(stage: Stage, role: Role) -> Stage:
    return "delivering" if stage == "delivered" and role in ("give", "take", "arrive") else stage


def _lies_ahead(act: Token) -> bool:
    return any(
        c.dep_ == "aux" and c.lower_ in ("will", "wo", "would", "shall", "to", "could") for c in act.children
    )


def _signed(act: Token) -> bool:
    """Say whether the act happens under a signed agreement, which makes it an order."""
    for child in act.children:
        if child.dep_ == "prep" and child.lower_ == "under":
            return any(
                n.lemma_.lower() in _SIGNED
                and any(c.lemma_.lower() in ("sign", "conclude") for c in n.children)
                for n in child.children
            )
    return False
