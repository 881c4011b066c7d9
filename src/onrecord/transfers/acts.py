"""Which word of a sentence transfers a military item, how far along it is, and how real the voice says it is.

A transfer is read from the inside out. The act ("deliver", "sale", "contract for") gives a first stage by
its tense; each word outside it that acts on a transfer ("suspended the", "has approved the", "plans to",
"turned down a request for") changes stage and status. The words are in `data/transfer_acts.tsv` and the
tables below.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.data import table
from onrecord.events.arguments import after_money
from onrecord.events.status import (
    OCCURRING,
    REPORTING,
    asks,
    chain,
    denies,
    further,
    is_yet_to_be,
    leaves,
    mood,
    said_of,
)
from onrecord.record import Attribution, Stage, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

Role = Literal["give", "take", "ask", "arrive", "return", "build", "train", "mend"]
"""Who the subject of an act is: the supplier, the recipient, the one who asks, the item itself, …"""

_NEEDS_PARTICLE = {"hand": {"over"}, "pass": {"on", "along"}, "hold": {"back"}}
_FOR = frozenset({"for"})
_NEEDS_PREPOSITION = {
    **dict.fromkeys(["sign", "contract", "ask", "appeal", "commit"], _FOR),
    **dict.fromkeys(["deal", "agreement"], frozenset({"for", "on", "over"})),
    **dict.fromkeys(["embargo", "ban"], frozenset({"on"})),
}
"""Acts that take their item after a preposition only: "a contract for 16 fighters"."""

_RETURNING = frozenset({"send", "give", "hand", "take", "pay"})
_RECEIVING = frozenset({"take", "receive", "accept", "get", "expect", "await"})
"""Verbs that make their subject the recipient of a delivery: "took delivery of"."""

_DEPLOYING = frozenset({"send", "dispatch", "rush", "bring"})
_DEPLOYED = frozenset("bomber cruiser destroyer frigate ship submarine vessel warplane warship".split())
"""What states send on patrol rather than away: "sent two frigates to the Gulf" is no transfer.

Nor is what an army sends "into" a country.
"""

_CREWS = frozenset(
    "crew pilot soldier troop officer operator force airman sailor unit gunner personnel army".split()
)
"""People who are trained on what is supplied."""

PARTITIVES = frozenset(
    """
    dozen hundred thousand score ten number total last first second third rest remainder part lot bulk
    half majority pair couple range variety type kind version model quantity amount stock worth billion
    million value most some many several all each one series list handful array collection mix tonne ton
    squadron regiment battery battalion batch load crate container planeload shipload truckload squadron
    unit set fleet flotilla tranche billions millions
    """.split()
)
"""Nouns that only count the noun after their "of"."""

Change = tuple[Stage, Status]

_SUSPENDING = """
    annul cancel cease delay embargo end freeze halt halting hold interrupt pause postpone scrap shelve stop
    suspend suspension withhold
"""
_MEANING = """
    agree aim announce approval approve authorise authorize clear commit commitment decide decision due expect
    hope intend intention mean plan pledge poise prepare promise readiness ready schedule seek set undertake
    vow want willing
"""
_WEIGHING = """
    consider contemplate debate discuss discussion explore eye idea interest mull negotiate negotiation option
    ponder possibility proposal propose prospect study talk talks weigh
"""
_CHANGED_BY: tuple[tuple[str, Change], ...] = (
    (_SUSPENDING, ("suspended", "asserted")),
    (_MEANING, ("planned", "planned")),
    (_WEIGHING, ("planned", "possible")),
    ("appeal ask beg call demand lobby press request urge", ("requested", "asserted")),
    ("offer", ("offered", "asserted")),
    ("agreement contract deal order sign", ("ordered", "asserted")),
    ("begin continue keep resume start", ("delivering", "asserted")),
    ("complete finish", ("delivered", "asserted")),
)
_CHANGES = {word: change for words, change in _CHANGED_BY for word in words.split()}
"""What a word outside a transfer makes of its stage and status."""

_VERBS_ONLY = frozenset("call end eye hold set stop study".split())
_NOUNS_ONLY = frozenset("agreement contract deal interest order".split())
_PHASES = frozenset("begin complete continue finish keep resume start".split())
_REFUSING = frozenset(
    """
    ban bar block collapse decline fail forbid oppose prevent prohibit rebuff refusal refuse reject reluctance
    reluctant resist resistance unwilling veto
    """.split()
)
_FAILING = {"break": "down", "fall": "through", "rule": "out", "turn": "down", "call": "off"}
_SIGNED = frozenset("accord agreement arrangement contract deal pact treaty".split())
_ONGOING = frozenset("ongoing continuing continued current regular steady".split())


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
    found = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")}
    # "hand over 19 tanks": the parse may tie "over" to the number.
    following = verb.i + 1
    return found | {verb.doc[following].lower_} & {"over"} if following < len(verb.doc) else found


def find_act(item: Token) -> tuple[Token, Role, Stage] | None:
    """Find the act that an item noun is the theme of, climbing from the item; null where there is none."""
    token, through, help_only = item, "", False
    for _ in range(_HIGHEST):
        step = _climb(token, item)
        if step is None:
            return None
        token, way = step
        # "training crews on tanks": people between an act and its item do not hide the preposition.
        through = way if not (through == "on" and way == "dobj") or help_only else through
        help_only |= token.lemma_.lower() in _HELP
        if way and (found := _accept(token, item, through)):
            # Offered "cooperation on missiles" offers missiles; provided, it need not have brought any.
            return found if not help_only or found[2] in ("offered", "requested") else None
        if through == "on" and way == "dobj" and not help_only:
            return None
    return None


def _climb(token: Token, item: Token) -> tuple[Token, str] | None:
    """Give what a word hangs on and how; null where an item's part in a transfer ends there."""
    head = token.head
    if head == token:
        return None
    if token == item and (verb := _garden_path(item)) is not None:
        return verb, "dobj"
    if token.dep_ == "conj":
        if head.pos_ not in ("VERB", "AUX"):
            return (head, "") if token.pos_ not in ("VERB", "AUX") else None
        # The parse has tied a coordinated noun to the verb itself.
        return (head, "dobj") if token.pos_ not in ("VERB", "AUX") else None
    if token.pos_ == "NUM" and token.dep_ == "pobj" and head.lower_ in _ROUGHLY:
        # "about 20 of the tanks": to the parse the number may be the object of "about".
        return head.head, "dobj"
    if token.dep_ in ("pobj", "pcomp"):
        return _over_preposition(head)
    counts = (
        token == item
        or token.ent_type_ == "MONEY"
        or token.lemma_.lower() in PARTITIVES | _CREWS | _HELP
        or _entry(head) is not None
    )
    return (head, token.dep_) if token.dep_ in _HANGING and counts else None


def _over_preposition(preposition: Token) -> tuple[Token, str] | None:
    """Give the noun or verb that a preposition hangs on, if an item behind it can be part of its deed."""
    above, word = _through_preposition(preposition)
    if above is None:
        return None
    noun = above.pos_ in ("NOUN", "PROPN")
    if word == "with" and above.dep_ in ("dobj", "nsubjpass") and above.head.lemma_.lower() in _SUPPLYING:
        # "supplied Peru's army with tanks": the parse may tie the item to whom it is given.
        return above.head, word
    if after_money(preposition):
        # "froze $130m of aid": the amount is the object, wherever the parse ties "of".
        return above, "dobj" if above.pos_ == "VERB" else word
    if noun and above.lemma_.lower() in _HELP and word in _INCLUDING:
        return above, word
    if noun and above.lemma_.lower() not in PARTITIVES and not _entry(above):
        return (above, word) if above.lemma_.lower() in _CREWS and word == "on" else None
    return above, word


_HELP = frozenset("aid assistance collaboration co-operation cooperation help partnership support".split())
_ROUGHLY = frozenset({"about", "above", "around", "below", "over", "to", "under"})
_INCLUDING = frozenset({"in", "including", "on", "with"})
_SUPPLYING = frozenset({"arm", "equip", "furnish", "present", "provide", "supply"})
_HIGHEST = 8
_HANGING = frozenset(
    "acl appos attr ccomp compound dative dep dobj nmod npadvmod nsubj nsubjpass nummod oprd quantmod".split()
)


def _garden_path(item: Token) -> Token | None:
    """Give the verb before an item that the parse made the subject of a participle: "has [tanks ordered]"."""
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
        if (head.pos_ not in ("ADP", "SCONJ") and head.lower_ != "including") or head == preposition:
            return head, word
        preposition = head
    return None, word


def _accept(token: Token, item: Token, through: str) -> tuple[Token, Role, Stage] | None:
    """Give role and stage of a word that an item hangs on, if it transfers it from that place."""
    entry = _entry(token)
    if entry is None:
        return None
    role, stage = entry
    lemma = token.lemma_.lower()
    if lemma in _NEEDS_PREPOSITION:
        return (token, role, stage) if through in _NEEDS_PREPOSITION[lemma] else None
    if token.pos_ in ("VERB", "AUX"):
        return _accept_verb(token, item, through, role, stage)
    if lemma == "order" or role == "ask":
        return (token, role, stage) if through in ("for", "of", "compound") else None
    if through not in ("of", "for", "compound", "nmod", "in", "on"):
        return None
    if role == "give" and token.dep_ == "dobj" and token.head.lemma_.lower() in _RECEIVING:
        return token.head, "take", "delivered"
    return token, role, stage


def _accept_verb(
    verb: Token, item: Token, through: str, role: Role, stage: Stage
) -> tuple[Token, Role, Stage] | None:
    lemma, particles = verb.lemma_.lower(), _particles(verb)
    if lemma == "pass":
        particles |= {c.lower_ for c in verb.children if c.dep_ == "prep"}
    if lemma in _RETURNING and "back" in particles:
        return verb, "return", "returned"
    if not particles & _NEEDS_PARTICLE.get(lemma, particles) and lemma in _NEEDS_PARTICLE:
        return None
    if deploys(verb, item):
        return None
    return (verb, role, stage) if _fits(verb, role, through) else None


def deploys(verb: Token, item: Token) -> bool:
    """Say whether a verb sends an army's own: "sent two frigates to the Gulf", "sent tanks into Georgia"."""
    into = any(c.lower_ == "into" for c in verb.children)
    return verb.lemma_.lower() in _DEPLOYING and (into or sails(item))


def sails(item: Token) -> bool:
    """Say whether an item is one that visits and patrols: "two American destroyers arrived in Japan"."""
    return item.lemma_.lower() in _DEPLOYED


def is_help(item: Token) -> bool:
    """Say whether an item is only what help or cooperation is about: "cooperation on missiles"."""
    preposition = item.head
    return preposition.dep_ == "prep" and preposition.head.lemma_.lower() in _HELP


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
    """Give the acts in clauses that hang on an item: "drones supplied by", "tanks that it sent"."""
    if _garden_path(item) is not None and (found := _accept(item.head, item, "nsubjpass")):
        yield found
    for child in item.children:
        if child.dep_ not in ("acl", "relcl") or child.pos_ not in ("VERB", "AUX") or child.tag_ == "VBG":
            continue
        subjects = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")]
        theme = "nsubjpass" if child.dep_ == "acl" else "dobj"
        if subjects and subjects[0].lower_ in ("which", "that"):
            theme = subjects[0].dep_
        if found := _accept(child, item, theme):
            yield found


def read_deed(act: Token, role: Role, stage: Stage, voice: Attribution | None) -> Deed:
    """Give stage and status of an act relative to the voice that vouches for it."""
    stage, status = _at_verb(act, role, stage) if act.pos_ in ("VERB", "AUX") else _at_noun(act, stage)
    for word in list(chain(act, through_nouns=True))[1:]:
        if leaves(word, voice) and word.lemma_.lower() in REPORTING:
            # "announced that it had delivered" tells, and plans nothing.
            break
        change = _change(word, stage) or _change(_beside(word), stage)
        if change is not None:
            stage, status = change[0], further(change[1], mood(word))
        else:
            said = said_of(word, voice)
            if said in ("planned", "possible", "conditional") and _is_bare_infinitive(act) and stage in _DONE:
                # "would be able to send": nothing has been sent.
                stage = "planned"
            status = further(status, said)
        if leaves(word, voice):
            break
    if denies(voice, act.doc):
        status = "denied"
    return Deed(act, role, stage, further(status, "possible") if asks(act) else status)


def _beside(word: Token) -> Token:
    """Give the noun before a preposition that the parse ties to its verb: "deepened his resistance [to]"."""
    before = word.doc[word.i - 1] if word.i else word
    return before if word.dep_ == "prep" and before.dep_ == "dobj" and before.head == word.head else word


_DONE = frozenset({"delivered", "delivering"})


def _is_bare_infinitive(act: Token) -> bool:
    """Say whether an act is an infinitive without perfect: "to send", but not "to have sent"."""
    helpers = {c.lower_ for c in act.children if c.dep_ in ("aux", "auxpass")}
    return act.tag_ == "VB" and "to" in helpers and "have" not in helpers


def _change(word: Token, stage: Stage) -> Change | None:
    """Give the stage and status that a word outside a transfer makes of it; null where it makes none."""
    lemma, particles = word.lemma_.lower(), _particles(word)
    if lemma in _REFUSING or (lemma in _FAILING and _FAILING[lemma] in particles):
        return ("requested" if stage == "requested" else "planned"), "denied"
    if lemma == "hold" and not particles & {"back", "off", "up"}:
        return None
    if lemma in _PHASES and stage == "ordered":
        return "ordered", "asserted"
    if (lemma in _NOUNS_ONLY) if word.pos_ == "VERB" else (lemma in _VERBS_ONLY):
        return None
    if lemma == "sign" and stage not in ("ordered", "planned", "delivered"):
        return None
    return _CHANGES.get(lemma)


def _at_verb(act: Token, role: Role, stage: Stage) -> Change:
    """Give stage and status of a verb by its own tense and mood."""
    own = mood(act)
    if own == "asserted":
        return (stage, "planned") if stage == "planned" else (_in_progress(act, role, stage), "asserted")
    if own == "planned" and _under_contract(act):
        return "ordered", "asserted"
    if (own == "denied" and (is_yet_to_be(act) or not _lies_ahead(act))) or stage in (
        "requested",
        "offered",
        "suspended",
    ):
        return stage, own
    return "planned", own


def _at_noun(act: Token, stage: Stage) -> Change:
    """Give stage and status of a noun by its adjectives and the verb that it is the subject of."""
    own = mood(act)
    happens = act.dep_ == "nsubjpass" or (act.dep_ == "nsubj" and act.head.lemma_.lower() in OCCURRING)
    verb = act.head if happens else None
    if verb is not None:
        own = further(own, mood(verb))
    if own == "denied":
        return stage, "denied"
    if own != "asserted":
        return "planned", own
    ongoing = any(c.lower_ in _ONGOING for c in act.children) or (verb is not None and _is_under_way(verb))
    return ("delivering" if stage == "delivered" and ongoing else stage), "asserted"


def _is_under_way(verb: Token) -> bool:
    return any(c.lower_ == "under" and any(g.lower_ == "way" for g in c.children) for c in verb.children)


def _in_progress(act: Token, role: Role, stage: Stage) -> Stage:
    """Give "delivering" for a delivery in the present: "is supplying", "supplies", "by supplying"."""
    if stage != "delivered" or role not in ("give", "take", "arrive"):
        return stage
    helpers = {c.lemma_.lower() for c in act.children if c.dep_ in ("aux", "auxpass")}
    if act.tag_ in ("VBP", "VBZ") and not helpers:
        return "delivering"
    if act.tag_ != "VBG" or "have" in helpers:
        return stage
    # A bare participle has the time of the verb that it hangs on: "helped by supplying".
    governor = next((a for a in act.ancestors if a.pos_ in ("VERB", "AUX") and a.tag_ != "VB"), None)
    past = "be" not in helpers and (governor is None or governor.tag_ in ("VBD", "VBN"))
    return stage if past else "delivering"


def _lies_ahead(act: Token) -> bool:
    ahead = ("will", "wo", "would", "shall", "to", "could")
    return any(c.dep_ == "aux" and c.lower_ in ahead for c in act.children)


def _under_contract(act: Token) -> bool:
    """Say whether the act happens under a signed agreement, which makes it an order."""
    contracts = (n for c in act.children if c.dep_ == "prep" and c.lower_ == "under" for n in c.children)
    return any(
        n.lemma_.lower() in _SIGNED and any(c.lemma_.lower() in ("sign", "conclude") for c in n.children)
        for n in contracts
    )
