"""Who stands where on a relation between actors: is it unprecedented, an alliance, durable?

A position is read from a word that judges ("unprecedented", "an axis", "short-lived") in what a voice says about a
relation ("partnership", "ties"). Negation, doubt and hedging around the word turn it into disagreement or hedging.
A question in the outlet's own voice is no position, and a voice that the text has lost holds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.actors import Cast
from onrecord.arguments import SUBJECTS, coordinated, prepositions, subject
from onrecord.article import Article, Mention
from onrecord.parties import Scene, parties, sentence_of
from onrecord.record import Attribution, Party, Position, Predicate, Proposition, Speaker, Stance, identify
from onrecord.status import vouching, within

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_RELATIONS = frozenset(
    """
    alignment alliance arrangement axis bloc bond collaboration cooperation co-operation coalition entente friendship
    interaction partnership relation relations relationship rapprochement tie ties union
    """.split()
)
_NEW = frozenset("historic innovation new novel novelty unparalleled unprecedented".split())
_WEAK = frozenset({"new", "old"})
_OLD = frozenset("age-old decades-old familiar longstanding long-standing old precedented routine".split())
_ALLIED = frozenset("alliance axis bloc".split())
_LASTING = frozenset("durable enduring lasting long-lasting long-term permanent irreversible unbreakable".split())
_PASSING = frozenset(
    "brittle ephemeral expedient fleeting fragile opportunistic provisional short-lived short-term tactical temporary "
    "transactional transient".split()
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
    "challenge contest deny disagree dispute doubt doubtful myth question reject sceptical skeptical scepticism "
    "skepticism unconvinced wrong".split()
)
_OVERSTATING = frozenset("exaggerate exaggeration overestimate overstate oversell overblown".split())
"""Whether one overstates it or would not: either way the judgement is said to go too far."""

_DISTANCING = frozenset("appear billed bill depict portray present seem tout supposed so-called".split())
"""Words that report a judgement without making it: "is presented as novel"."""

_HEDGING = frozenset(
    "nascent perhaps possibly potentially potential possible probably tentative test testing experiment emerging "
    "budding embryonic somewhat likely partly yet".split()
)
_MODAL = frozenset({"may", "might", "could"})
_NAMING = frozenset("brand call characterise characterize deem describe dub hail label term".split())
_NOBODY = frozenset({"nobody", "none", "nothing"})
_BECOMING = frozenset({"as", "to", "into"})
_FAR = 8


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One word that judges a relation, with what it says of whom in whose voice."""

    predicate: Predicate
    stance: Stance
    subject: tuple[str, ...]
    names: tuple[str, ...]
    holder: Speaker | None
    voice: Attribution | None
    evidence: Mention


def find_positions(
    article: Article, doc: Doc, cast: Cast, attributions: Sequence[Attribution]
) -> tuple[Position, ...]:
    """Give one position for each holder and proposition, in the order of the text; conflicting stances hedge."""
    scene = Scene(article, doc, cast, (), attributions)
    grouped: dict[tuple[str, tuple[str, ...], Predicate], list[_Judgement]] = {}
    sentences = list(doc.sents)
    pairs = [_pair_in(sentence, scene) for sentence in sentences]
    main = _main_pair(pairs)
    for i, sentence in enumerate(sentences):
        pair = pairs[i] or (pairs[i - 1] if i and "\n" not in sentences[i - 1].text else ()) or main
        for one in _judgements(sentence, pair, scene):
            grouped.setdefault((_key(one.holder), tuple(sorted(one.subject)), one.predicate), []).append(one)
    return tuple(_position(article, group) for group in grouped.values())


def _main_pair(pairs: Sequence[tuple[Party, ...]]) -> tuple[Party, ...]:
    """Give the pair that most sentences are about: what "this partnership" means far from any name."""
    counts: dict[frozenset[str], list[tuple[Party, ...]]] = {}
    for pair in pairs:
        if pair:
            counts.setdefault(frozenset(p.country or p.name for p in pair), []).append(pair)
    return max(counts.values(), key=len)[0] if counts else ()


def _key(holder: Speaker | None) -> str:
    return "" if holder is None else holder.actor or holder.name


def _judgements(sentence: Span, pair: tuple[Party, ...], scene: Scene) -> Iterator[_Judgement]:
    for token in sentence:
        if not token.is_alpha and "-" not in token.text:
            continue
        for predicate, says_yes in _judges(token):
            if scene.skips(token) or not _about_relation(token, predicate):
                continue
            one = _judge(token, predicate, says_yes, pair, scene)
            if one is not None:
                yield one


def _judges(token: Token) -> Iterator[tuple[Predicate, bool]]:
    """Give what a word judges. A hyphenated word may be three tokens to the parser."""
    words = {token.lower_, token.lemma_.lower()}
    doc, i = token.doc, token.i
    if i + 2 < len(doc) and doc[i + 1].text == "-":
        words = {f"{token.lower_}-{doc[i + 2].lower_}"}
    for predicate, lexicon, says_yes in _JUDGED:
        if words & lexicon:
            yield predicate, says_yes
    if token.lower_ in ("decades", "centuries") and token.dep_ == "pobj" and token.head.lower_ == "for":
        yield "unprecedented", False


def _about_relation(token: Token, predicate: Predicate) -> bool:
    """Say whether a judging word is said of a relation: beside it, or in a predicate whose subject it is."""
    if predicate == "alliance":
        return _predicated(token)
    if token.dep_ == "pobj":
        verb = token.head.head
        return _is_relation_clause(verb)
    noun = token.head if token.dep_ in ("amod", "compound", "nmod") else None
    if token.i + 2 < len(token.doc) and token.doc[token.i + 1].text == "-":
        # "long-term partnership": the first half hangs on the second.
        noun = token.head.head if token.head.i == token.i + 2 else noun
    if noun is not None:
        if noun.lemma_.lower() in _RELATIONS or _type_of_relation(noun):
            return True
        token = noun if noun.dep_ in ("attr", "oprd") or _after(noun) else token
    if token.dep_ in ("attr", "acomp", "oprd") or _after(token):
        return _is_relation_clause(next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token))
    return False


def _after(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in _BECOMING


def _predicated(noun: Token) -> bool:
    """Say whether an alliance is asserted of somebody, and not just mentioned: "is an axis", "lead to an alliance"."""
    if any(c.lower_ in ("the", "this", "that", "its", "their") for c in noun.children if c.dep_ in ("det", "poss")):
        return False
    object_of = noun.head.lemma_.lower() in ("form", "constitute", "become", "build", "forge") and noun.dep_ == "dobj"
    return noun.dep_ in ("attr", "oprd") or _after(noun) or object_of or (noun.dep_ == "ccomp" and noun.pos_ == "NOUN")


def _type_of_relation(noun: Token) -> bool:
    if noun.lemma_.lower() not in ("type", "kind", "form", "level", "stage", "phase", "era", "chapter"):
        return False
    return any(n.lemma_.lower() in _RELATIONS for p, n in prepositions(noun) if p in ("of", "in"))


def _is_relation_clause(verb: Token) -> bool:
    """Say whether the subject of a clause is a relation, or points back to one."""
    for noun in subject(verb):
        if noun.lemma_.lower() in _RELATIONS or noun.lower_ == "this":
            return True
        if any(c.lemma_.lower() in _RELATIONS for c in noun.children if c.dep_ in ("compound", "nmod")):
            return True
    return any(c.dep_ in ("attr", "oprd") and c.lemma_.lower() in _RELATIONS for c in verb.children)


def _judge(
    token: Token, predicate: Predicate, says_yes: bool, pair: tuple[Party, ...], scene: Scene
) -> _Judgement | None:
    voice = vouching(token.idx, token.idx + len(token), scene.attributions)
    above = [token, *list(token.ancestors)[:_FAR]]
    if voice is None and _asked(token):
        return None
    if voice is None and any(w.lemma_.lower() in _DISTANCING for w in above):
        return None
    known, holder = _holder(token, above, voice, scene)
    if not known:
        return None
    stance = _stance(above, says_yes, voice)
    if stance == "agrees" and token.lemma_.lower() in _WEAK and token.head.lemma_.lower() in _RELATIONS:
        # "a new partnership" in passing judges nothing.
        return None
    about = tuple(p for p in pair if p.actor and (holder is None or p.actor != holder.actor))
    if stance is None or len(about) < 2:
        return None
    ids = tuple(p.actor for p in about if p.actor)
    names = tuple(p.name for p in about)
    evidence = sentence_of(token, scene) if voice is None else _content(token, voice)
    return _Judgement(predicate, stance, ids, names, holder, voice, evidence)


def _content(token: Token, voice: Attribution) -> Mention:
    return next(part for part in voice.content if part.start <= token.idx < part.end)


def _asked(token: Token) -> bool:
    return any(t.text == "?" for t in token.sent[-3:])


def _holder(
    token: Token, above: Sequence[Token], voice: Attribution | None, scene: Scene
) -> tuple[bool, Speaker | None]:
    """Give whether the holder is known, and the holder (null is the outlet)."""
    if _is_nobody_voice(voice):
        return True, None
    if voice is not None:
        if voice.speaker is not None:
            return True, voice.speaker
        return voice.source is not None, Speaker(None, voice.source.text) if voice.source else None
    for word in above:
        if word.lemma_.lower() in _NAMING and word.pos_ == "VERB":
            named = parties([c for c in word.children if c.dep_ in SUBJECTS], scene)
            if named:
                one = named[0]
                return True, Speaker(one.actor, one.name, country=one.country)
            return not any(c.dep_ in SUBJECTS and not _is_nobody(c) for c in word.children), None
    return token.is_alpha or "-" in token.text, None


def _stance(above: Sequence[Token], says_yes: bool, voice: Attribution | None) -> Stance | None:
    """Read negation, doubt and hedging from the judging word outwards; null where it is only reported."""
    said = [word for word in above if voice is None or within(word, voice)]
    if any(word.lemma_.lower() in _OVERSTATING for word in said):
        return "disagrees" if says_yes else "agrees"
    turns = _doubts(above, voice) + sum(map(_negated, said)) + _is_nobody_voice(voice)
    yes = says_yes == (turns % 2 == 0)
    if yes and any(word.lemma_.lower() in _DISTANCING for word in said):
        return None
    not_yet = any(c.lower_ == "yet" and c.dep_ == "advmod" for word in said for c in word.children)
    if not_yet or (yes and any(map(_hedges, said))):
        return "hedges"
    return "agrees" if yes else "disagrees"


def _is_nobody_voice(voice: Attribution | None) -> bool:
    return voice is not None and voice.source is not None and voice.source.text.lower() in ("no one", "nobody")


def _doubts(above: Sequence[Token], voice: Attribution | None) -> int:
    """Count the words of doubt that govern the judging word: verbs, and adjectives beside them ("are sceptical")."""
    words = {w.i: w for word in above for w in (word, *(c for c in word.children if c.dep_ == "acomp"))}
    return sum(w.lemma_.lower() in _DOUBTING and _heard(w, voice) for w in words.values())


def _heard(word: Token, voice: Attribution | None) -> bool:
    """Say whether a word belongs to a voice: to what it says, or to the cue, whose own doubt counts."""
    if voice is None or within(word, voice):
        return True
    return voice.cue is not None and voice.cue.start <= word.idx < voice.cue.end


def _negated(word: Token) -> bool:
    """Say whether a word is negated; "not as new" and "no one has called" included, "not only" not."""
    for child in word.children:
        following = word.doc[child.i + 1].lower_ if child.i + 1 < len(word.doc) else ""
        if child.dep_ == "neg" and following not in ("only", "just", "merely"):
            return True
        if child.lower_ in ("hardly", "scarcely", "neither") and child.dep_ in ("advmod", "cc", "preconj"):
            return True
        if child.dep_ == "det" and child.lower_ == "no":
            return True
        if child.dep_ in SUBJECTS and (_is_nobody(child) or any(c.lower_ == "neither" for c in child.children)):
            return True
    return False


def _is_nobody(noun: Token) -> bool:
    return noun.lower_ in _NOBODY or (
        noun.lemma_.lower() in ("one", "nobody") and any(c.lower_ == "no" for c in noun.children)
    )


def _hedges(word: Token) -> bool:
    if word.lemma_.lower() in _HEDGING or word.lower_ in _HEDGING:
        return True
    for child in word.children:
        if child.dep_ == "aux" and child.lower_ in _MODAL:
            return True
        if child.dep_ in ("advmod", "amod") and child.lower_ in _HEDGING:
            return True
    # "is in a nascent stage and might lead to": a coordinated predicate tempers the other.
    return any(n.lower_ in _HEDGING for _, noun in prepositions(word) for n in noun.children)


def _pair_in(sentence: Span, scene: Scene) -> tuple[Party, ...]:
    """Give the two or more states whose relation a sentence speaks of; none where it does not make them plain."""
    for token in sentence:
        if token.lemma_.lower() in _RELATIONS:
            related = _related(token, scene)
            if len(related) > 1:
                return related
    for token in sentence:
        if token.dep_ in SUBJECTS:
            together = _states(coordinated(token), scene)
            if len(together) > 1:
                return together
    if not any(token.lemma_.lower() in _RELATIONS for token in sentence):
        return ()
    named = _named_in(sentence.start_char, sentence.end_char, scene)
    return named if len(named) == 2 else ()


def _related(relation: Token, scene: Scene) -> tuple[Party, ...]:
    """Give the states that a relation is told to be between, surest first: beside it, then around its verb."""
    start = min((c.left_edge.idx for c in relation.children if c.i < relation.i), default=relation.idx)
    beside = list(_named_in(start, relation.idx, scene))
    beside += _states([n for p, n in prepositions(relation) if p in ("between", "with", "of")], scene)
    beside = list({p.country: p for p in beside}.values())
    if len(beside) > 1:
        return tuple(beside)
    verbs = [a for a in relation.ancestors if a.pos_ in ("VERB", "AUX") and a.lemma_.lower() not in _NAMING]
    verb = next(iter(verbs), None)
    if verb is None:
        return tuple(beside)
    sides = [n for p, n in prepositions(verb) if p in ("with", "to")]
    sides += [c for c in verb.children if c.dep_ in ("dative", "dobj") and c.pos_ != "ADP"]
    around = [*_states(subject(verb), scene), *beside, *_states(sides, scene)]
    return tuple({p.country: p for p in around}.values())


def _states(heads: Sequence[Token], scene: Scene) -> tuple[Party, ...]:
    return tuple(p for p in parties(heads, scene) if p.country and p.actor and _is_state(p.actor, scene))


def _is_state(actor: str, scene: Scene) -> bool:
    found = scene.cast.by_id(actor)
    return found is not None and found.kind == "state"


def _named_in(start: int, end: int, scene: Scene) -> tuple[Party, ...]:
    named: dict[str, Party] = {}
    for words, actor in scene.cast.mentions_in(start, end) if start < end else ():
        if actor.kind == "state" and actor.country:
            one = Party(actor.id, actor.name, actor.country, actor.sector, words.span, words.text)
            named.setdefault(actor.country, one)
    return tuple(named.values())


def _position(article: Article, group: Sequence[_Judgement]) -> Position:
    first = group[0]
    stances = {one.stance for one in group}
    stance: Stance = first.stance if len(stances) == 1 else "hedges"
    order = sorted(range(len(first.subject)), key=lambda i: first.names[i])
    actors = tuple(first.subject[i] for i in order)
    names = [first.names[i] for i in order]
    proposition = Proposition(
        id=identify(article, "proposition", (), first.predicate, *names),
        subject=actors,
        predicate=first.predicate,
        text=_sentence(names, first.predicate),
    )
    evidence = tuple(dict.fromkeys(one.evidence for one in group))
    return Position(
        id=identify(article, "position", evidence[:1], first.predicate, _name(first.holder), *names),
        proposition=proposition,
        holder=first.holder,
        stance=stance,
        attributions=tuple(dict.fromkeys(one.voice.id for one in group if one.voice is not None)),
        evidence=evidence,
    )


def _name(holder: Speaker | None) -> str:
    return "" if holder is None else holder.name


def _sentence(names: Sequence[str], predicate: Predicate) -> str:
    who = f"{', '.join(names[:-1])} and {names[-1]}"
    match predicate:
        case "unprecedented":
            return f"The relation between {who} is unprecedented"
        case "alliance":
            return f"The relation between {who} is an alliance"
        case "durable":
            return f"The relation between {who} is durable"
        case "other":
            return f"The relation between {who}"
