"""A record built by hand, with every kind of thing to show; its mentions are computed from the text."""

from __future__ import annotations

import datetime as dt

from onrecord.article import Article, Furniture, Mention, Problem, Published, Repair, mention
from onrecord.record import (
    Attribution,
    AttributionKind,
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

TEXT = """\
News > Defence
Wind over the strait
RIGA, 3 May 2021 — Latvia has received 14 radars from Finland, the army chief, Ilze Ozola, said on Friday.
“We asked for help, and help came,” Ozola said. “It came early.
“It may well come again.”
She told reporters that a pilot had said ‘the old sets were blind’ since 2004.
Finland denies having offered at least 200 missiles. Riga could order dozens of them next year.
“We asked for help and it came”
In 1998 the two states signed a treaty, worth EUR 3 million.
The name of the paper is °®Âþµº here.
“Nobody will remember this in ten years.”
Anna Berg writes about the Baltic.
"""

LATVIA = ("latvia", "Latvia", "LVA")
FINLAND = ("finland", "Finland", "FIN")
OZOLA = Speaker("ozola", "Ilze Ozola", "the army chief", None, "LVA")


def words(text: str, wanted: str, occurrence: int = 0) -> Mention:
    """Give the mention of `wanted` where it occurs for the nth time."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(wanted, start + 1)
    return mention(text, start, start + len(wanted))


def article(text: str = TEXT) -> Article:
    return Article("strait", "0" * 64, text, dt.datetime(2021, 5, 4, 9, 30, tzinfo=dt.UTC), language="en")


def full_article() -> Article:
    bare = article()
    return Article(
        bare.id,
        bare.sha256,
        bare.text,
        bare.retrieved,
        url="https://paper.example/strait?a=1&b=2",
        title="Wind over the strait",
        outlet="The Paper",
        authors=("Anna Berg",),
        language="en",
        published=Published(dt.date(2021, 5, 3), dt.date(2021, 5, 3), "inferred", words(TEXT, "3 May 2021")),
        furniture=(
            Furniture("breadcrumb", words(TEXT, "News > Defence").span),
            Furniture(
                "pull_quote",
                words(TEXT, "“We asked for help and it came”").span,
                repeats=words(TEXT, "“We asked for help, and help came,”").span,
            ),
            Furniture("bio", words(TEXT, "Anna Berg writes about the Baltic.").span),
        ),
        repairs=(Repair(words(TEXT, " — Latvia").span, "\u00a0— Latvia"),),
        problems=(
            Problem("garbled", "a name that decoding has lost", words(TEXT, "°®Âþµº").span),
            Problem("lost_text", "the speaker of a quotation is missing"),
        ),
    )


def party(who: tuple[str, str, str], said: Mention) -> Party:
    return Party(who[0], who[1], who[2], "GOV", said.span, said.text)


def show() -> Record:
    """Give the record of `TEXT`."""
    source = full_article()

    def said(
        kind: AttributionKind,
        content: list[Mention],
        cue: Mention | None = None,
        origin: Mention | None = None,
        speaker: Speaker | None = OZOLA,
        inferred: bool = False,
        within: str | None = None,
    ) -> Attribution:
        key = identify(source, "attribution", content)
        confidence = 0.3 if inferred else 0.9
        return Attribution(key, kind, origin, cue, tuple(content), speaker, inferred, within, confidence)

    radars = said(
        "indirect",
        [words(TEXT, "Latvia has received 14 radars from Finland")],
        words(TEXT, "said"),
        words(TEXT, "the army chief, Ilze Ozola"),
    )
    help_came = said(
        "direct",
        [
            words(TEXT, "“We asked for help, and help came,”"),
            words(TEXT, "“It came early."),
            words(TEXT, "“It may well come again.”"),
        ],
        words(TEXT, "said", 1),
        words(TEXT, "Ozola", 1),
    )
    told = said(
        "mixed",
        [words(TEXT, "that a pilot had said ‘the old sets were blind’ since 2004")],
        words(TEXT, "told reporters"),
        words(TEXT, "She"),
    )
    pilot = said(
        "direct",
        [words(TEXT, "the old sets were blind")],
        words(TEXT, "said", 2),
        words(TEXT, "a pilot"),
        speaker=None,
        within=told.id,
    )
    denial = said(
        "indirect",
        [words(TEXT, "having offered at least 200 missiles")],
        words(TEXT, "denies"),
        words(TEXT, "Finland", 1),
        Speaker("finland", "Finland", country="FIN"),
    )
    lost = said("direct", [words(TEXT, "“Nobody will remember this in ten years.”")], inferred=True)
    nobody = said("indirect", [words(TEXT, "Riga could order dozens of them")], speaker=None)

    received = Event(
        identify(source, "event", [words(TEXT, "received")]),
        "AID",
        (party(FINLAND, words(TEXT, "Finland")),),
        (party(LATVIA, words(TEXT, "Latvia")),),
        words(TEXT, "received"),
        "asserted",
        radars.id,
        radars.content,
        0.8,
        when=When(
            dt.date(2021, 4, 30), dt.date(2021, 4, 30), "day", words(TEXT, "Friday"), dt.date(2021, 5, 3)
        ),
    )
    treaty = Event(
        identify(source, "event", [words(TEXT, "signed")]),
        "AGREE",
        (
            party(LATVIA, words(TEXT, "two states")),
            party(FINLAND, words(TEXT, "two states")),
        ),
        (),
        words(TEXT, "signed a treaty"),
        "asserted",
        None,
        (words(TEXT, "In 1998 the two states signed a treaty"),),
        0.9,
        mode="treaty",
        reciprocal=True,
        when=When(dt.date(1998, 1, 1), dt.date(1998, 12, 31), "year", words(TEXT, "1998")),
        background=True,
    )
    asked = Event(
        identify(source, "event", [words(TEXT, "asked")]),
        "REQUEST",
        (party(LATVIA, words(TEXT, "We")),),
        (),
        words(TEXT, "asked for help"),
        "asserted",
        help_came.id,
        help_came.content[:1],
        0.7,
    )
    refused = Event(
        identify(source, "event", [words(TEXT, "offered")]),
        "AID",
        (party(FINLAND, words(TEXT, "Finland", 1)),),
        (),
        words(TEXT, "offered"),
        "denied",
        denial.id,
        denial.content,
        0.7,
    )
    order = Event(
        identify(source, "event", [words(TEXT, "order")]),
        "AGREE",
        (party(LATVIA, words(TEXT, "Riga")),),
        (),
        words(TEXT, "order"),
        "possible",
        None,
        (words(TEXT, "Riga could order dozens of them next year."),),
        0.5,
        when=When(
            dt.date(2022, 1, 1),
            dt.date(2022, 12, 31),
            "year",
            words(TEXT, "next year"),
            dt.date(2021, 5, 3),
        ),
    )
    latvia, finland = received.recipient[0], received.source[0]
    deliveries = (
        Transfer(
            identify(source, "transfer", [words(TEXT, "radars")]),
            received.id,
            finland,
            latvia,
            words(TEXT, "radars"),
            Quantity(14, 14, "14"),
            "transfer",
            "delivered",
            "asserted",
            None,
            radars.id,
            radars.content,
            0.8,
            value=Value(3e6, "EUR", "EUR 3 million"),
        ),
        Transfer(
            identify(source, "transfer", [words(TEXT, "missiles")]),
            refused.id,
            finland,
            None,
            words(TEXT, "missiles"),
            Quantity(200, None, "at least 200"),
            "transfer",
            "offered",
            "denied",
            None,
            denial.id,
            denial.content,
            0.6,
        ),
        Transfer(
            identify(source, "transfer", [words(TEXT, "them")]),
            order.id,
            None,
            latvia,
            words(TEXT, "them"),
            Quantity(24, 99, "dozens"),
            "transfer",
            "ordered",
            "possible",
            order.when,
            None,
            order.evidence,
            0.4,
        ),
    )
    lasting = Proposition("pro-lasting", ("latvia", "finland"), "durable", "the partnership will last")
    positions = (
        Position("pos-1", lasting, OZOLA, "hedges", (help_came.id,), help_came.content[2:]),
        Position("pos-2", lasting, None, "disagrees", (), (words(TEXT, "Wind over the strait"),)),
    )
    return Record(
        source,
        (),
        (radars, help_came, told, pilot, denial, lost, nobody),
        (received, treaty, asked, refused, order),
        deliveries,
        positions,
        "by hand",
    )
