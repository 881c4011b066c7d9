"""What somebody only claims is never asserted in the outlet's own voice, however it is told.

Every frame of the one list is filled with every deed of the other.
"""

import pytest
from scenes import Scene, scene

from onrecord.record import Event, Transfer

DEEDS = (
    "Peru shipped 40 tanks to Chile",
    "Peru has supplied Chile with hundreds of rockets",
    "Chile bought 12 fighter jets from Peru",
    "Peru attacked Chile",
    "Peru imposed sanctions on Chile",
    "Peru and Chile signed a treaty",
)
VERBS = (
    "said claimed alleged argued insisted reported believed suspected feared warned wrote announced".split()
)
FRAMES = (
    "{deed}, according to Marta Holt.",
    "According to Marta Holt, {deed}.",
    "In Marta Holt's view, {deed}.",
    "“{deed},” Marta Holt told reporters.",
    '"{deed}," said Marta Holt, a Kenyan minister.',
    "'{deed},' Marta Holt said.",
    "Marta Holt: “{deed}.”",
    "Officials say {deed}.",
    "On 24 February a spokesman claimed that {deed}.",
    "It is claimed that {deed}.",
    "It was alleged that {deed}.",
    "Reports that {deed} could not be confirmed.",
    "The claim that {deed} was widely shared.",
    "Kenya rejected the consensus that {deed}.",
    "Few share the view that {deed}.",
    "There are rumours that {deed}.",
    "If {deed}, the region will change.",
    "Marta Holt asked whether {deed}.",
    "It is unclear whether {deed}.",
    "Nobody knows whether {deed}.",
    "Had it been true that {deed}, the talks would have failed.",
    "Supposedly, {deed}.",
    "{deed}, it is said.",
    "{deed}, a newspaper reported.",
    "{deed}, Kenyan intelligence believes.",
    *(f"Marta Holt {verb} that {{deed}}." for verb in VERBS),
)
PHRASES = (
    "Peru is {said} to have shipped 40 tanks to Chile.",
    "Peru was {said} to have attacked Chile.",
    "Chile is {said} to have received 40 tanks from Peru.",
)
DENIALS = (
    "Peru denied that it had shipped 40 tanks to Chile.",
    "Peru denied shipping 40 tanks to Chile.",
    "Peru denies having attacked Chile.",
    "Peru has yet to deliver 40 tanks to Chile.",
    "Peru refused to sell Chile 40 tanks.",
    "Kenya accused Peru of shipping 40 tanks to Chile.",
    "Kenya accused Peru of attacking Chile.",
    "Kenya suspects Peru of having sent 40 tanks to Chile.",
    "Kenya's accusation that Peru shipped 40 tanks to Chile is not new.",
    "Peru may have shipped 40 tanks to Chile.",
    "Peru threatened to attack Chile.",
    "Peru plans to ship 40 tanks to Chile.",
    "Peru is expected to ship 40 tanks to Chile.",
    "Peru pledged to give Chile 40 tanks.",
    "Kenya urged Peru to send Chile 40 tanks.",
    "Peru is to supply Chile with 40 tanks.",
)


def asserted_by_the_outlet(found: Scene) -> list[str]:
    """Name the deeds that the outlet itself is made to vouch for, bar claims, requests and pledges."""
    spoken = {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"}
    rows = {t.event for t in found.transfers}
    events = [e for e in found.events if e.event not in spoken and e.id not in rows]
    shipped = [t for t in found.transfers if t.stage not in ("requested", "offered")]
    told: list[Event | Transfer] = [*events, *shipped]
    return [
        f"{one.evidence[0].text}: {one.status}"
        for one in told
        if one.status == "asserted" and one.according_to is None
    ]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_claim_is_not_the_outlets(frame: str) -> None:
    wrong = [name for deed in DEEDS for name in asserted_by_the_outlet(scene(frame.format(deed=deed)))]
    assert wrong == []


@pytest.mark.parametrize("said", "said alleged believed reported thought understood suspected".split())
def test_hearsay_is_not_the_outlets(said: str) -> None:
    assert [name for p in PHRASES for name in asserted_by_the_outlet(scene(p.format(said=said)))] == []


@pytest.mark.parametrize("text", DENIALS)
def test_what_has_not_happened_is_not_asserted(text: str) -> None:
    assert asserted_by_the_outlet(scene(text)) == []


def test_the_frames_are_read() -> None:
    told = [scene(f"Marta Holt said that {deed}.") for deed in DEEDS]
    assert all(s.events for s in told)
    assert sum(len(s.transfers) for s in told) == 3


def test_the_date_of_a_claim_dates_no_deed() -> None:
    found = scene("On 24 February a spokesman claimed that Peru could provide Chile with jets.")
    assert [t.when for t in found.transfers] == [None]
    found = scene("In May, a spokesman said, Peru provided Chile with jets.")
    assert [t.when.mention.text for t in found.transfers if t.when] in ([], ["May"], ["In May"])
