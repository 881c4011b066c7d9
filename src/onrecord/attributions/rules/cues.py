"""The words that report speech, thought and intention, and the complements that each takes.

The classes follow the complement frames of reporting verbs in English reference grammars: a clause or a
quotation (`say`), an infinitive (`promise`), a noun phrase (`condemn`), a prepositional phrase (`call for`).
The choice of verbs is ours; frames that did more harm than good on training articles were struck out.
"""

from __future__ import annotations

CLAUSE = frozenset(
    """
    accept acknowledge add admit advise affirm agree allege anticipate announce answer argue ask assert
    assess assure attest aver believe boast brag caution claim clarify comment complain concede conclude
    confess confide confirm contend continue counter cry declare deduce demand deny detail determine
    disclose dispute doubt elaborate emphasise emphasize estimate exclaim expect explain express fear
    find forecast foresee gather guess grumble highlight hint hope imagine imply indicate inform insist
    insinuate interject intimate joke judge lament learn maintain mention muse mutter note notify object
    observe opine phone plead pledge point ponder posit post predict presume proclaim promise propose
    protest prove quip quote read realise realize reason reassure recall reckon recognise recognize
    recommend recount reflect regret reiterate relate relay remark remind repeat reply report request
    respond retort reveal rule say scoff show shout sigh signal speculate state stipulate stress submit
    suggest summarise summarize suppose surmise suspect swear tell testify text theorise theorize think
    threaten tweet understand underline underscore urge verify volunteer vow warn whisper wish wonder
    worry write
    """.split()
)
"""Verbs that take a clause (with or without *that*)."""

QUOTED = CLAUSE - frozenset("show find prove learn determine".split()) | frozenset(
    """
    begin chime call conclude describe echo interrupt intone offer open pronounce rejoin sum thunder
    yell begin finish sneer snap gush implore
    """.split()
)
"""Verbs that may stand beside a quotation."""

INFINITIVE = frozenset(
    """
    agree ask beg call decline demand direct expect hope implore instruct invite offer order plan pledge
    prefer promise propose refuse request swear threaten urge vow warn wish advise
    """.split()
)
"""Verbs that take *to* and a verb, with or without somebody who is to do it."""

GERUND = frozenset("acknowledge admit consider deny oppose propose recommend regret suggest".split())
"""Verbs that take a gerund: *denies having supplied*."""

OBJECT = frozenset(
    """
    accuse acknowledge advocate allege announce blame blast call cite condemn confirm criticise
    criticize decry defend demand denounce deny deplore describe disclose dismiss dispute doubt
    emphasise emphasize endorse express fear forecast hail highlight lament lambast lambaste mention
    note oppose predict praise promise propose question quote recall recommend regret reject
    reiterate reveal slam stress suggest tout underline underscore urge voice vow warn
    """.split()
)
"""Verbs whose object is what was said or wanted."""

PREPOSITION = {
    "accuse": ("of",),
    "argue": ("for", "against"),
    "call": ("for", "on"),
    "complain": ("about", "of"),
    "hope": ("for",),
    "insist": ("on",),
    "object": ("to",),
    "plan": ("for",),
    "point": ("to",),
    "press": ("for",),
    "push": ("for",),
    "refer": ("to",),
    "speak": ("about", "of"),
    "talk": ("about", "of"),
    "urge": ("against",),
    "warn": ("of", "about", "against"),
    "worry": ("about",),
}
"""Prepositions that lead to what was said, by verb."""

PASSIVE = frozenset(
    "allege assume believe consider estimate expect fear forecast hope know project report rumour rumor say "
    "suspect think understand".split()
)
"""Verbs whose passive reports without a source: *is expected to*, *it is believed that*."""

NOUNS = frozenset(
    """
    accusation admission allegation announcement argument assertion assessment assumption assurance
    belief claim comment complaint conclusion concern contention conviction declaration demand denial
    estimate expectation fear forecast hint hope insistence pledge
    prediction promise proposal remark report request saying statement suggestion suspicion
    testimony threat view vow warning word
    """.split()
)
"""Nouns that take a *that*-clause or *to*-infinitive that somebody holds: *Tehran's claim that*."""

ADJECTIVES = frozenset(
    """
    adamant afraid aware cautious certain concerned confident convinced doubtful hopeful optimistic
    pessimistic sceptical skeptical sure unconvinced unsure wary worried
    """.split()
)
"""Adjectives of holding or doubting a clause: *sceptical that*."""

VIEW = frozenset("account assessment judgement judgment opinion reading telling view words".split())
"""Nouns of *in X's view*."""

SPEECH = frozenset(
    """
    accuse admit announce argue assert call claim complain confirm declare deny insist pledge promise report
    say state tell threaten vow warn write
    """.split()
)
"""Verbs of saying proper, which make a voice even inside somebody's quotation."""

ADDING = frozenset(
    "add argue call claim complain explain insist note say stress suggest tell urge warn".split()
)
"""Verbs whose participle goes on with what the same source says: *he said …, adding that …*."""
