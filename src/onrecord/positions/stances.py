"""Words that judge a relation, and what negation, doubt and hedging around them make of the judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.events.arguments import SUBJECTS, prepositions, subject
from onrecord.events.status import within
from onrecord.positions.relations import NAMING, RELATIONS
from onrecord.record import Attribution, Predicate, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEW = frozenset("historic innovation new novel novelty unparalleled unprecedented".split())
_OLD = frozenset("age-old decades-old familiar longstanding long-standing old precedented routine".split())
_WEAK = frozenset({"new", "old"})
_ALLIED = frozenset("alliance axis bloc".split())
_LASTING = frozenset(
    "durable enduring irreversible lasting long-lasting long-term permanent unbreakable".split()
)
_PASSING = frozenset(
    """
    brittle ephemeral expedient fleeting fragile opportunistic provisional short-lived short-term
    tactical temporary transactional transient
    """.split()
)

_JUDGED: tuple[tuple[Predicate, frozenset[str], bool], ...] = (
    ("unprecedented", _NEW, True),
    ("unprecedented", _OLD, False),
    ("alliance", _ALLIED, True),
    ("durable", _LASTING, True),
    ("durable", _PASSING, False),
)
"""Which words judge what, and whether they say yes."""

_DOUBTING = frozenset(
    """
    challenge contest deny disagree dispute doubt doubtful myth question reject sceptical scepticism
    skeptical skepticism unconvinced wrong
    """.split()
)
_FORGETTING = frozenset({"forget", "ignore", "misread", "misunderstand", "overlook"})
_OVERSTATING = frozenset("exaggerate exaggeration overestimate overstate oversell overblown".split())
"""Whether one overstates it or would not: either way the judgement is said to go too far."""

_DISTANCING = frozenset("appear billed bill depict portray present seem tout supposed so-called".split())
"""Words that report a judgement without making it: "is presented as novel"."""

_HEDGING = frozenset(
    """
    budding embryonic emerge emerging experiment likely nascent partly perhaps possible possibly potential
    potentially probably somewhat tentative test testing
    """.split()
)
_NO_ONE = frozenset({"no one", "no-one", "nobody"})
_MODAL = frozenset({"may", "might", "could"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_THINGS = frozenset({"nothing", "something", "anything", "little", "much"})
_BELIEVING = frozenset({"believe", "consider", "expect", "find", "regard", "see", "think", "view"})
_BECOMING = frozenset({"as", "to", "into"})
_MAKING = frozenset({"become", "build", "constitute", "forge", "form"})
_ARISING = frozenset({"arise", "emerge", "exist", "form"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their"})
_SORTS = frozenset("chapter era form kind level phase stage type".split())


def judges(token: Token) -> Iterator[tuple[Predicate, bool]]:
    """Give what a word judges. A hyphenated word may be three tokens to the parser."""
    words = {token.lower_, token.lemma_.lower()}
    doc, i = token.doc, token.i
    if not token.whitespace_ and i + 2 < len(doc) and doc[i + 1].text == "-":
        words = {f"{token.lower_}-{doc[i + 2].lower_}"}
    if token.lemma_.lower() == "precedent" and token.pos_ == "NOUN":
        # "without precedent"; "has no precedent" is negated where negation is read.
        yield "unprecedented", token.head.lower_ == "without"
    for predicate, lexicon, says_yes in _JUDGED:
        if words & lexicon:
            yield predicate, says_yes
    if token.lower_ in ("decades", "centuries") and token.dep_ == "pobj" and token.head.lower_ == "for":
        yield "unprecedented", False


def is_about_relation(token: Token, predicate: Predicate) -> bool:
    """Say whether a judging word is said of a relation: beside it, or in a predicate whose subject it is."""
    if predicate == "alliance":
        return _predicated(token)
    if token.dep_ == "pobj":
        verb = token.head.head
        return _is_relation_clause(verb)
    if _nothing_new(token):
        return True
    if token.dep_ == "dobj" and token.head.lemma_.lower() == "have":
        return _is_relation_clause(token.head)
    noun = token.head if token.dep_ in ("amod", "compound", "nmod") else None
    if token.i + 2 < len(token.doc) and token.doc[token.i + 1].text == "-":
        # "long-term partnership": the first half hangs on the second.
        noun = token.head.head if token.head.i == token.i + 2 and token.head.dep_ == "amod" else noun
        token = token.doc[token.i + 2]
    if noun is not None:
        if noun.lemma_.lower() in RELATIONS or _type_of_relation(noun):
            return True
        token = noun if noun.dep_ in ("attr", "oprd") or _after(noun) else token
    if token.dep_ in ("attr", "acomp", "oprd") or _after(token):
        return _is_relation_clause(next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token))
    return False


def _nothing_new(token: Token) -> bool:
    """Say whether something or nothing is said to be new about a relation: "nothing new about the pact"."""
    if token.head.lower_ not in _THINGS:
        return False
    about = [*prepositions(token), *prepositions(token.head)]
    return any(
        n.lemma_.lower() in RELATIONS or n.lower_ in _POINTING
        for p, n in about
        if p in ("about", "in", "to", "with")
    )


def _after(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in _BECOMING


def _predicated(noun: Token) -> bool:
    """Say whether an alliance is said of somebody, not just named: "is an axis", "lead to an alliance"."""
    if any(c.lower_ in _DEFINITE for c in noun.children if c.dep_ in ("det", "poss")):
        return False
    made = noun.dep_ == "dobj" and noun.head.lemma_.lower() in _MAKING
    made |= noun.dep_ in SUBJECTS and noun.head.lemma_.lower() in _ARISING
    sort = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    if sort != noun and sort.lemma_.lower() in _SORTS:
        # "a kind of alliance"
        return sort.dep_ in ("attr", "oprd")
    return (
        made or noun.dep_ in ("attr", "oprd") or _after(noun) or (noun.dep_, noun.pos_) == ("ccomp", "NOUN")
    )


def _type_of_relation(noun: Token) -> bool:
    if noun.lemma_.lower() not in _SORTS:
        return False
    return any(n.lemma_.lower() in RELATIONS for p, n in prepositions(noun) if p in ("of", "in"))


def _is_relation_clause(verb: Token) -> bool:
    """Say whether the subject of a clause is a relation, or points back to one."""
    if verb.lemma_.lower() in NAMING:
        # "called the pact transactional": it is said of the object.
        named = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        return any(n.lemma_.lower() in RELATIONS or n.lower_ in _POINTING for n in named)
    for noun in subject(verb):
        if noun.lower_ == "it" and _follows_relation(noun):
            return True
        if noun.lemma_.lower() in RELATIONS or noun.lower_ == "this":
            return True
        if any(c.lemma_.lower() in RELATIONS for c in noun.children if c.dep_ in ("compound", "nmod")):
            return True
    return any(c.dep_ in ("attr", "oprd") and c.lemma_.lower() in RELATIONS for c in verb.children)


_POINTING = frozenset({"it", "this", "that"})


def _follows_relation(pronoun: Token) -> bool:
    """Say whether the sentence before a pronoun's own is about a relation, which "it" points back to."""
    sentence = pronoun.sent
    if sentence.start == 0 or pronoun.i - sentence.start > _NEAR_START:
        return False
    before = pronoun.doc[sentence.start - 1].sent
    return any(t.lemma_.lower() in RELATIONS and t.pos_ == "NOUN" for t in before[-_WINDOW:])


_NEAR_START = 3
_WINDOW = 60


def read_stance(above: Sequence[Token], says_yes: bool, voice: Attribution | None) -> Stance | None:
    """Read negation, doubt and hedging from the judging word outwards; null where nothing is judged."""
    said = [word for word in above if voice is None or within(word, voice)]
    if any(c.lower_ == "how" for c in above[0].children):
        # "how new it is" leaves it open.
        return None
    if any(word.lemma_.lower() in _OVERSTATING for word in said):
        return "disagrees" if says_yes else "agrees"
    turns = _doubts(above, voice) + sum(map(_negated, said)) + is_nobody(voice)
    yes = says_yes == (turns % 2 == 0)
    if yes and is_distanced(said):
        return None
    not_yet = any(c.lower_ == "yet" and c.dep_ == "advmod" for word in said for c in word.children)
    # "could be short-lived" hedges, "may not be new" disagrees.
    if not_yet or ((yes or not turns) and any(map(_hedges, said))):
        return "hedges"
    if yes and above[0].lemma_.lower() in _WEAK and above[0].head.lemma_.lower() in RELATIONS:
        # "a new partnership" in passing judges nothing.
        return None
    return "agrees" if yes else "disagrees"


def is_distanced(words: Sequence[Token]) -> bool:
    """Say whether a judgement is only reported: "is presented as novel"."""
    return any(word.lemma_.lower() in _DISTANCING for word in words)


def is_nobody(voice: Attribution | None) -> bool:
    """Say whether a voice is that of nobody: "no one has called this an alliance"."""
    return voice is not None and voice.source is not None and voice.source.text.lower() in _NO_ONE


def _doubts(above: Sequence[Token], voice: Attribution | None) -> int:
    """Count the words of doubt that govern the judging word: verbs, and adjectives ("are sceptical")."""
    # "is a mistake", "is to forget": what is said of the judgement, not what is judged.
    words = {w.i: w for word in above for w in (word, *(c for c in word.children if c.dep_ == "acomp"))}
    forgetting = (c for w in above if w.lemma_ == "be" for c in w.children if c.dep_ in ("xcomp", "ccomp"))
    words |= {c.i: c for c in forgetting if c.lemma_.lower() in _FORGETTING}
    doubts = sum(w.lemma_.lower() in _DOUBTING | _FORGETTING and _heard(w, voice) for w in words.values())
    # "does not believe that", and not "disagreed: …".
    unbelieving = (w for w in words.values() if w.lemma_.lower() in _BELIEVING and _is_cue(w, voice))
    return doubts + sum(any(c.dep_ == "neg" for c in w.children) for w in unbelieving)


def _heard(word: Token, voice: Attribution | None) -> bool:
    """Say whether a word belongs to a voice: to what it says, or to the cue, whose own doubt counts."""
    if voice is None or within(word, voice):
        return True
    return _is_cue(word, voice) and voice.kind != "direct"


def _is_cue(word: Token, voice: Attribution | None) -> bool:
    return voice is not None and voice.cue is not None and voice.cue.start <= word.idx < voice.cue.end


def _negated(word: Token) -> bool:
    """Say whether a word is negated; "not as new" and "no one has called" included, "not only" not."""
    if word.dep_ in ("amod", "acomp") and word.head.lower_ in ("nothing", "little"):
        return True
    for child in word.children:
        following = word.doc[child.i + 1].lower_ if child.i + 1 < len(word.doc) else ""
        if child.dep_ == "neg" and following not in ("only", "just", "merely"):
            return True
        if child.lower_ == "nor" and child.dep_ in ("cc", "preconj", "advmod") and child.i < word.i:
            return True
        if child.lower_ in ("hardly", "scarcely", "neither") and child.dep_ in ("advmod", "cc", "preconj"):
            return True
        if child.dep_ == "det" and child.lower_ == "no":
            return True
        if child.dep_ in SUBJECTS and (
            _is_empty(child) or any(c.lower_ == "neither" for c in child.children)
        ):
            return True
    return False


def _is_empty(noun: Token) -> bool:
    return noun.lower_ in _NOBODY or (
        noun.lemma_.lower() in ("one", "nobody") and any(c.lower_ == "no" for c in noun.children)
    )


def _one_says(verb: Token) -> bool:
    """Say whether a verb is that of "one might say", which tempers nothing."""
    return verb.lemma_.lower() in ("say", "argue") and any(c.lower_ in ("one", "you") for c in verb.children)


def _hedges(word: Token) -> bool:
    if word.lemma_.lower() in _HEDGING or word.lower_ in _HEDGING:
        return True
    for child in word.children:
        if child.dep_ == "aux" and child.lower_ in _MODAL and not _one_says(word):
            return True
        if child.dep_ in ("advmod", "amod") and child.lower_ in _HEDGING:
            return True
    # "is in a nascent stage and might lead to": a coordinated predicate tempers the other.
    return any(n.lower_ in _HEDGING for _, noun in prepositions(word) for n in noun.children)
