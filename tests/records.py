"""Records made by hand, and a strategy that makes any record at all, for the tests of store and export."""

from __future__ import annotations

import datetime as dt
import hashlib

from hypothesis import strategies as st

from onrecord.article import Article, Furniture, Mention, Problem, Published, mention
from onrecord.record import (
    Actor,
    Attribution,
    Event,
    Party,
    Position,
    Proposition,
    Quantity,
    Record,
    Speaker,
    Transfer,
    Value,
    When,
    identify,
)

BOATS = """\
Home › Navies
Portugal will send Brazil at least 40 patrol boats, Defence Minister Inês Gonçalves said on Tuesday.
“We have never done anything like this,” Gonçalves told reporters.
Brazil denied having asked for the boats. Portugal and Brazil signed an accord in 2019.
“A long road lies ahead.”
"""
CABLES = """\
Estonia laid two cables to Iceland, a ministry official said. “They work,” he added.
"""
RETRIEVED = dt.datetime(2022, 6, 2, 8, 15, 30, 250000, tzinfo=dt.UTC)


def words(text: str, wanted: str, occurrence: int = 0) -> Mention:
    """Give the mention of `wanted` where it occurs for the nth time."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(wanted, start + 1)
    return mention(text, start, start + len(wanted))


def article(text: str = BOATS, known_as: str = "boats", **fields: object) -> Article:
    given: dict[str, object] = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "retrieved": RETRIEVED,
        "url": f"https://example.org/{known_as}",
        "title": "Boats for Brazil",
        "outlet": "The Lagoon",
        "authors": ("A. Writer",),
        "language": "en",
        "published": Published(dt.date(2022, 5, 31), dt.date(2022, 5, 31), "given"),
    }
    return Article(id=known_as, text=text, **{**given, **fields})  # type: ignore[arg-type]


def boats(text: str = BOATS, extractor: str = "hand 1", **fields: object) -> Record:
    """Give the record of an article with one of everything; `text` must keep the sentences of `BOATS`."""
    read = article(text, **fields)  # type: ignore[arg-type]
    minister = Actor(
        "act-minister",
        "Inês Gonçalves",
        "person",
        "PRT",
        "GOV",
        "Defence Minister",
        mentions=(words(text, "Inês Gonçalves"), words(text, "Gonçalves", 1)),
    )
    portugal = Actor("act-portugal", "Portugal", "state", "PRT", mentions=(words(text, "Portugal"),))
    brazil = Actor(
        "act-brazil", "Brazil", "state", "BRA", mentions=(words(text, "Brazil"), words(text, "Brazil", 1))
    )
    speaker = Speaker("act-minister", "Inês Gonçalves", "Defence Minister", None, "PRT")
    promise = Attribution(
        identify(read, "attribution", [words(text, "Portugal will send")]),
        "indirect",
        words(text, "Defence Minister Inês Gonçalves"),
        words(text, "said"),
        (words(text, "Portugal will send Brazil at least 40 patrol boats"),),
        speaker,
        inferred=False,
        within=None,
        confidence=0.9,
    )
    boast = Attribution(
        identify(read, "attribution", [words(text, "We have never")]),
        "direct",
        words(text, "Gonçalves", 1),
        words(text, "told"),
        (words(text, "We have never done anything like this,"),),
        speaker,
        inferred=False,
        within=None,
        confidence=0.95,
    )
    lost = Attribution(
        identify(read, "attribution", [words(text, "A long road")]),
        "direct",
        None,
        None,
        (words(text, "A long road lies ahead."),),
        None,
        inferred=False,
        within=None,
        confidence=0.4,
    )
    giver = party(portugal, words(text, "Portugal"))
    taker = party(brazil, words(text, "Brazil"))
    sending = Event(
        identify(read, "event", [words(text, "will send")]),
        "AID",
        (giver,),
        (taker,),
        words(text, "will send"),
        "planned",
        promise.id,
        (words(text, "Portugal will send Brazil at least 40 patrol boats"),),
        0.8,
        contexts=("military",),
    )
    accord = Event(
        identify(read, "event", [words(text, "signed")]),
        "AGREE",
        (party(portugal, words(text, "Portugal", 1)), party(brazil, words(text, "Brazil", 2))),
        (),
        words(text, "signed"),
        "asserted",
        None,
        (words(text, "Portugal and Brazil signed an accord in 2019"),),
        0.7,
        reciprocal=True,
        when=When(dt.date(2019, 1, 1), dt.date(2019, 12, 31), "year", words(text, "2019")),
        background=True,
    )
    shipment = Transfer(
        identify(read, "transfer", [words(text, "patrol boats")]),
        sending.id,
        giver,
        taker,
        words(text, "patrol boats"),
        Quantity(40, None, "at least 40"),
        "transfer",
        "planned",
        "planned",
        None,
        promise.id,
        (words(text, "Portugal will send Brazil at least 40 patrol boats"),),
        0.8,
        value=Value(2.5e6, "EUR", "2.5 million euros"),
    )
    unheard_of = Position(
        identify(read, "position", [words(text, "never")]),
        Proposition(
            "pro-1", ("act-portugal", "act-brazil"), "unprecedented", "the shipment is unprecedented"
        ),
        speaker,
        "agrees",
        (boast.id,),
        (words(text, "We have never done anything like this"),),
    )
    breadcrumb = words(text, "Home › Navies")
    return Record(
        Article(
            **{
                **{f: getattr(read, f) for f in read.__struct_fields__},
                "furniture": (Furniture("breadcrumb", breadcrumb.span),),
                "problems": (Problem("lost_text", "a speaker is missing", words(text, "“A long").span),),
            }
        ),
        (minister, portugal, brazil),
        (promise, boast, lost),
        (sending, accord),
        (shipment,),
        (unheard_of,),
        extractor,
    )


def cables(known_as: str = "cables", extractor: str = "hand 1", **fields: object) -> Record:
    """Give the record of a short article about other states, without a date."""
    read = article(CABLES, known_as, **{"title": None, "outlet": None, "published": Published(), **fields})
    estonia = Actor("act-estonia", "Estonia", "state", "EST", mentions=(words(CABLES, "Estonia"),))
    iceland = Actor("act-iceland", "Iceland", "state", "ISL", mentions=(words(CABLES, "Iceland"),))
    claim = Attribution(
        identify(read, "attribution", [words(CABLES, "Estonia laid")]),
        "indirect",
        words(CABLES, "a ministry official"),
        words(CABLES, "said"),
        (words(CABLES, "Estonia laid two cables to Iceland"),),
        Speaker(None, "a ministry official"),
        inferred=True,
        within=None,
        confidence=0.6,
    )
    return Record(read, (estonia, iceland), (claim,), extractor=extractor)


def party(actor: Actor, named: Mention) -> Party:
    return Party(actor.id, actor.name, actor.country, actor.sector, named.span, named.text)


def any_text(**size: int) -> st.SearchStrategy[str]:
    """Give any text that UTF-8 can hold, formulas and quotation marks among it."""
    letters = st.one_of(st.sampled_from("ab éİß=+-@\"'*\t\n\r\0“”,;\\%_"), st.characters(codec="utf-8"))
    return st.text(letters, **size)


@st.composite
def any_records(draw: st.DrawFn) -> Record:
    """Give any record whose words are at their spans and whose ids are unique, sensible or not."""
    text = draw(any_text(min_size=1, max_size=60))
    optional = st.none() | any_text(max_size=8)
    days = st.dates(dt.date(1, 1, 1))

    def some() -> Mention:
        start = draw(st.integers(0, len(text) - 1))
        return mention(text, start, draw(st.integers(start + 1, len(text))))

    def several() -> tuple[Mention, ...]:
        return tuple(some() for _ in range(draw(st.integers(0, 3))))

    states = st.sampled_from([None, "RUS", "IRN", "EST"])
    actors = tuple(
        Actor(f"act-{n}", draw(any_text(max_size=8)), "state", draw(states), mentions=several())
        for n in range(draw(st.integers(0, 3)))
    )
    speakers = st.none() | st.builds(Speaker, optional, any_text(max_size=8), optional, optional, states)
    attributions = tuple(
        Attribution(
            f"att-{n}",
            draw(st.sampled_from(["direct", "mixed", "indirect"])),
            draw(st.sampled_from([None, some()])),
            draw(st.sampled_from([None, some()])),
            several(),
            draw(speakers),
            draw(st.booleans()),
            draw(optional),
            draw(st.floats(0, 1)),
        )
        for n in range(draw(st.integers(0, 3)))
    )

    def parties() -> tuple[Party, ...]:
        named = several()
        return tuple(Party(None, m.text, draw(states), None, m.span, m.text) for m in named)

    voices = st.sampled_from([None, "att-0", "att-9"])
    dates = st.none() | st.builds(
        When, st.none() | days, st.none() | days, st.sampled_from(["day", "unknown"]), st.just(some())
    )
    events = tuple(
        Event(
            f"eve-{n}",
            draw(st.sampled_from(["AID", "AGREE", "ACCUSE"])),
            parties(),
            parties(),
            some(),
            "asserted",
            draw(voices),
            several(),
            draw(st.floats(0, 1)),
            reciprocal=draw(st.booleans()),
            when=draw(dates),
        )
        for n in range(draw(st.integers(0, 2)))
    )
    numbers = st.none() | st.integers(0, 2**63 - 1)
    transfers = tuple(
        Transfer(
            f"tra-{n}",
            "eve-0",
            next(iter(parties()), None),
            next(iter(parties()), None),
            some(),
            draw(st.none() | st.builds(Quantity, numbers, numbers, any_text(max_size=5), st.booleans())),
            "transfer",
            "unknown",
            "denied",
            draw(dates),
            draw(voices),
            several(),
            0.5,
        )
        for n in range(draw(st.integers(0, 2)))
    )
    day = draw(st.none() | days)
    read = article(
        text,
        draw(any_text(min_size=1, max_size=6)),
        title=draw(optional),
        outlet=draw(optional),
        published=Published(day, day, "unknown" if day is None else "given"),
        retrieved=draw(st.datetimes(timezones=st.just(dt.UTC))),
    )
    return Record(read, actors, attributions, events, transfers, extractor=draw(any_text(max_size=5)))
