"""Whether a judging word is said of a relation, and what negation, doubt and hedging around it make of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.events.arguments import SUBJECTS, prepositions, subject
from onrecord.events.status import within
from onrecord.positions.phrases import Phrase, denied, hedged, tells_relation_before
from onrecord.positions.relations import BODIES, NAMING, RELATIONS
from onrecord.positions.words import BREAK_UP, ENDURE, WEAK, is_ahead
from onrecord.record import Attribution, Predicate, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOUBTING = frozenset(
    """
    challenge contest deny disagree dismiss dispute doubt doubtful myth question rebut refute reject sceptical
    scepticism skeptical skepticism unconvinced wrong
    """.split()
)
_FORGETTING = frozenset({"forget", "ignore", "misread", "misunderstand", "overlook"})
_OVERSTATING = frozenset("exaggerate exaggeration overestimate overstate oversell overblown".split())
"""Whether one overstates it or would not: either way the judgement is said to go too far."""

_DISTANCING = frozenset("appear billed bill depict portray present seem tout supposed so-called".split())
"""Words that report a judgement without making it: "is presented as novel"."""

_HEDGING = frozenset(
    """
    almost arguably budding embryonic emerge emerging experiment largely likely maybe mostly nascent nearly
    partially partly perhaps possible possibly potential potentially probably somewhat tentative test testing
    virtually
    """.split()
)
_NO_ONE = frozenset({"no one", "no-one", "nobody"})
_MODAL = frozenset({"may", "might", "could"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_THINGS = frozenset({"nothing", "something", "anything", "little", "much"})
_BELIEVING = frozenset(
    """
    believe confident consider convince convinced expect find persuade persuaded regard see sure think view
    """.split()
)
_RENDERING = frozenset({"make", "render"})
_TALK = frozenset("claim idea notion possibility prospect question speak suggestion talk".split())
_BECOMING = frozenset({"as", "to", "into"})
_MAKING = frozenset({"become", "build", "constitute", "forge", "form"})
_ARISING = frozenset({"arise", "emerge", "exist", "form"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their"})
_SORTS = frozenset("chapter era form kind level phase stage type".split())


def is_about_relation(token: Token, predicate: Predicate) -> bool:
    """Say whether a judging word is said of a relation: beside it, or in a predicate whose subject it is."""
    if predicate == "alliance":
        return _predicated(token) or _spoken_of(token)
    if is_ahead(token) and token.lemma_.lower() in ENDURE | BREAK_UP | _FALL:
        return _endures(token)
    if token.head.lower_ == "as" and token.dep_ in ("amod", "pobj", "advcl", "pcomp", "acomp"):
        # "described the ties as historic"
        return any(_is_relation_clause(a) for a in list(token.head.ancestors)[:1]) or _passive_naming(token)
    if token.dep_ == "amod" and token.head.tag_ == "NNS" and token.head.lemma_.lower() in _COUNTED:
        # "transient alliances": of nobody named
        return False
    return _qualifies(token)


def _qualifies(token: Token) -> bool:
    """Say whether an adjective is a relation's, beside it or across a verb."""
    if token.dep_ == "pobj":
        verb = token.head.head
        return _is_relation_clause(verb)
    if _nothing_new(token):
        return True
    if token.dep_ == "dobj" and token.head.lemma_.lower() == "have":
        return _is_relation_clause(token.head)
    while token.dep_ == "conj" and token.pos_ == "ADJ" and token.head.pos_ == "ADJ":
        # "deep and lasting"
        token = token.head
    if _in_small_clause(token):
        return True
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


_FALL = frozenset({"fall", "come"})
_COUNTED = frozenset("alliance axis bloc coalition friendship pact partnership treaty".split())


def _in_small_clause(token: Token) -> bool:
    """Say whether a relation is the subject without a verb: "made the ties durable", "… a durable one"."""
    head = token.head if token.dep_ == "amod" and token.head.lower_ == "one" else token
    return any(c.dep_ in SUBJECTS and c.lemma_.lower() in RELATIONS for c in head.children)


def _endures(verb: Token) -> bool:
    """Say whether it is a relation that will last or not, by its subject."""
    return any(
        (noun.lemma_.lower() in RELATIONS - BODIES)
        or (noun.lower_ in ("it", "they", "this") and tells_relation_before(verb.sent))
        or (
            noun.lower_ in ("it", "this")
            and any(t.lemma_.lower() in RELATIONS - BODIES for t in verb.sent[: noun.i - verb.sent.start])
        )
        for noun in subject(verb)
    )


def _passive_naming(token: Token) -> bool:
    """Say whether a relation is the object before "as": "described the ties between them as historic"."""
    around = token.head.head
    return around.lemma_.lower() in RELATIONS or any(
        c.lemma_.lower() in RELATIONS for c in around.children if c.dep_ in ("dobj", "nsubjpass")
    )


def is_ours(noun: Token) -> bool:
    """Say whether a voice speaks of "our alliance", and so holds that there is one."""
    return noun.lower_ == "alliance" and any(c.dep_ == "poss" and c.lower_ == "our" for c in noun.children)


def _spoken_of(noun: Token) -> bool:
    """Say whether an alliance is talked or thought of: "talk of an alliance", "sees no alliance", "ours"."""
    if noun.ent_type_ in ("ORG", "PERSON") or noun.pos_ != "NOUN":
        return False
    if is_ours(noun):
        return True
    if any(c.lower_ in _DEFINITE for c in noun.children if c.dep_ in ("det", "poss")):
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _TALK:
        return True
    if noun.dep_ in SUBJECTS:
        return denied(noun, None)
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in ("see", "call", "label", "term")


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
    if verb.lemma_.lower() in NAMING | _BELIEVING | _RENDERING:
        # "called the pact transactional": it is said of the object.
        named = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        if named or verb.lemma_.lower() in NAMING:
            return any(n.lemma_.lower() in RELATIONS or n.lower_ in _POINTING for n in named)
    for noun in subject(verb):
        if noun.lower_ == "it" and (_follows_relation(noun) or _opens_with_relation(noun)):
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


def _opens_with_relation(pronoun: Token) -> bool:
    """Say whether a relation is the subject of an earlier clause of the sentence."""
    return any(
        t.dep_ in SUBJECTS and t.lemma_.lower() in RELATIONS
        for t in pronoun.sent[: pronoun.i - pronoun.sent.start]
    )


_NEAR_START = 3
_WINDOW = 60


def read_stance(above: Sequence[Token], phrase: Phrase, voice: Attribution | None) -> Stance | None:
    """Read negation, doubt and hedging from the judging word outwards; null where nothing is judged."""
    says_yes = phrase.says_yes
    said = [word for word in above if voice is None or within(word, voice)]
    if any(c.lower_ == "how" for c in above[0].children):
        # "how new it is" leaves it open.
        return None
    if any(word.lemma_.lower() in _OVERSTATING for word in said):
        return "disagrees" if says_yes else "agrees"
    doubts = _doubts(above, voice)
    tempered = hedged(above[0], voice)
    negations = sum(_negated(word, phrase) for word in said)
    if tempered and negations <= 1:
        # "not quite", "cannot say whether": the negation belongs to the hedge.
        return "hedges"
    if not doubts and denied(above[0], voice, phrase):
        # Its own "not", as in "would not go so far", is not counted again.
        doubts, negations = 1, 0
    turns = doubts + negations + is_nobody(voice)
    yes = says_yes == (turns % 2 == 0)
    if yes and is_distanced(said):
        return None
    not_yet = any(c.lower_ == "yet" and c.dep_ == "advmod" for word in said for c in word.children)
    # "could be short-lived" hedges, "may not be new" disagrees.
    open_ = not turns and any(
        c.lower_ in ("whether", "if") and c.dep_ == "mark" for w in said for c in w.children
    )
    if open_ and voice is None:
        # "Whether it will last is another matter": nobody's view.
        return None
    if not_yet or open_ or ((yes or not turns) and any(map(_hedges, said))):
        return "hedges"
    if yes and above[0].lemma_.lower() in WEAK and above[0].head.lemma_.lower() in RELATIONS:
        # "a new partnership" in passing judges nothing.
        return None
    return "agrees" if yes else "disagrees"


def is_distanced(words: Sequence[Token]) -> bool:
    """Say whether a judgement is only reported: "is presented as novel"."""
    return any(word.lemma_.lower() in _DISTANCING for word in words)


def is_nobody(voice: Attribution | None) -> bool:
    """Say whether a voice is that of nobody: "no one has called this an alliance"."""
    return voice is not None and voice.source is not None and voice.source.text.lower() in _NO_ONE


def is_partly_nobody(voice: Attribution | None) -> bool:
    """Say whether a voice is that of nobody somewhere: "nobody in Brussels" leaves the others their view."""
    if voice is None or voice.source is None or is_nobody(voice):
        return False
    return voice.source.text.lower().startswith(tuple(f"{one} " for one in _NO_ONE))


def _doubts(above: Sequence[Token], voice: Attribution | None) -> int:
    """Count the words of doubt that govern the judging word: verbs, and adjectives ("are sceptical")."""
    # "is a mistake", "is to forget": what is said of the judgement, not what is judged.
    words = {w.i: w for word in above for w in (word, *(c for c in word.children if c.dep_ == "acomp"))}
    forgetting = (c for w in above if w.lemma_ == "be" for c in w.children if c.dep_ in ("xcomp", "ccomp"))
    words |= {c.i: c for c in forgetting if c.lemma_.lower() in _FORGETTING}
    doubts = sum(w.lemma_.lower() in _DOUBTING | _FORGETTING and _heard(w, voice) for w in words.values())
    # "does not believe that", "is not convinced", "would not call it", and not "disagreed: …".
    unbelieving = (w for w in words.values() if w.lemma_.lower() in _BELIEVING | NAMING and _is_cue(w, voice))
    return doubts + any(c.dep_ == "neg" for w in unbelieving for c in (*w.children, *_copula(w)))


def _copula(word: Token) -> tuple[Token, ...]:
    """Give what hangs on the "is" of "is not convinced"."""
    return tuple(word.head.children) if word.dep_ == "acomp" else ()


def _heard(word: Token, voice: Attribution | None) -> bool:
    """Say whether a word belongs to a voice: to what it says, or to the cue, whose own doubt counts."""
    if voice is None or within(word, voice):
        return True
    return _is_cue(word, voice) and voice.kind != "direct"


def _is_cue(word: Token, voice: Attribution | None) -> bool:
    return voice is not None and voice.cue is not None and voice.cue.start <= word.idx < voice.cue.end


def _negated(word: Token, phrase: Phrase) -> bool:
    """Say whether a word is negated; "not as new" and "no one has called" included, "not only" not."""
    if word.dep_ in ("amod", "acomp") and word.head.lower_ in ("nothing", "little"):
        return True
    for child in word.children:
        if phrase.covers(child):
            continue
        following = word.doc[child.i + 1].lower_ if child.i + 1 < len(word.doc) else ""
        if child.dep_ == "neg" and following not in ("only", "just", "merely"):
            return True
        if child.lower_ == "nor" and child.dep_ in ("cc", "preconj", "advmod") and child.i < word.i:
            return True
        if child.lower_ == "little" and child.i == word.i - 1:
            # "there is little new in it"
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
