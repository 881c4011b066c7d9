"""Each test's text is its input: who did what to whom, in whose words, and whether it happened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import codes, scene

from onrecord.events.plover import REVERSED
from onrecord.record import Event

Deed = tuple[str, list[str], list[str], str]


def deed(one: Event) -> Deed:
    return (one.event, codes(one.source), codes(one.recipient), one.status)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia attacked Georgia on Sunday.", ("ASSAULT", ["ARM"], ["GEO"], "asserted")),
        ("Georgia was attacked by Armenia.", ("ASSAULT", ["ARM"], ["GEO"], "asserted")),
        ("Armenia launched an attack on Georgia.", ("ASSAULT", ["ARM"], ["GEO"], "asserted")),
        ("Armenia's attack on Georgia lasted an hour.", ("ASSAULT", ["ARM"], ["GEO"], "asserted")),
        ("Canada imposed sanctions on Belarus.", ("COERCE", ["CAN"], ["BLR"], "asserted")),
        ("Canada lifted sanctions on Belarus.", ("RETREAT", ["CAN"], ["BLR"], "asserted")),
        ("Canada suspended aid to Belarus.", ("SANCTION", ["CAN"], ["BLR"], "asserted")),
        ("Kenya condemned Uganda.", ("ACCUSE", ["KEN"], ["UGA"], "asserted")),
        ("Peru asked Chile for help.", ("REQUEST", ["PER"], ["CHL"], "asserted")),
        ("Peru expelled two Chilean diplomats.", ("SANCTION", ["PER"], ["CHL"], "asserted")),
        ("Peru has threatened to cut ties with Chile.", ("THREATEN", ["PER"], ["CHL"], "asserted")),
        ("Japan massed troops on the border with China.", ("MOBILIZE", ["JPN"], ["CHN"], "asserted")),
        ("Norway will visit Sweden.", ("AGREE", ["NOR"], ["SWE"], "planned")),
        ("Armenia could attack Georgia.", ("ASSAULT", ["ARM"], ["GEO"], "possible")),
        ("Armenia will attack Georgia if talks fail.", ("ASSAULT", ["ARM"], ["GEO"], "conditional")),
        ("Armenia never attacked Georgia.", ("ASSAULT", ["ARM"], ["GEO"], "denied")),
        ("Armenia reportedly attacked Georgia.", ("ASSAULT", ["ARM"], ["GEO"], "possible")),
        ("The alleged Armenian attack on Georgia made headlines.", ("ASSAULT", ["ARM"], ["GEO"], "possible")),
    ],
)
def test_one_deed(text: str, expected: Deed) -> None:
    assert expected in [deed(e) for e in scene(text).events]


@pytest.mark.parametrize(
    ("text", "event", "parties"),
    [
        ("Peru and Chile signed a treaty in Lima.", "SUPPORT", ["PER", "CHL"]),
        ("Peru met with Chile on Monday.", "CONSULT", ["PER", "CHL"]),
        ("Cooperation between Peru and Chile has grown.", "COOPERATE", ["PER", "CHL"]),
        ("Peru and Chile held joint exercises.", "COOPERATE", ["PER", "CHL"]),
    ],
)
def test_what_all_do_together_is_reciprocal(text: str, event: str, parties: list[str]) -> None:
    (one,) = scene(text).events
    assert (one.event, codes(one.source), codes(one.recipient), one.reciprocal) == (event, parties, [], True)


def test_a_claim_is_asserted_by_its_voice_only() -> None:
    found = scene("Armenia has attacked Georgia, Kenyan officials said on Sunday.")
    (one,) = found.events
    assert (one.status, found.voice(one)) == ("asserted", "Kenyan officials")


def test_a_denial() -> None:
    found = scene("Armenia denied that it had attacked Georgia.")
    attack = next(e for e in found.events if e.event == "ASSAULT")
    assert (attack.status, found.voice(attack)) == ("denied", "Armenia")


def test_an_accusation_and_the_deed_alleged_are_two_events() -> None:
    found = scene("Georgia accused Armenia of attacking Turkey.")
    accuse = next(e for e in found.events if e.event == "ACCUSE")
    attack = next(e for e in found.events if e.event == "ASSAULT")
    assert deed(accuse)[:3] == ("ACCUSE", ["GEO"], ["ARM"])
    assert deed(attack)[:3] == ("ASSAULT", ["ARM"], ["TUR"])
    assert accuse.about == attack.id
    assert attack.according_to is not None or attack.status != "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "It is believed that Armenia attacked Georgia.",
        "Did Armenia attack Georgia?",
        "Rumours that Armenia attacked Georgia spread quickly.",
        "Armenia is suspected of attacking Georgia.",
        "Armenia is accused of attacking Georgia.",
    ],
)
def test_hearsay_is_not_asserted_by_the_outlet(text: str) -> None:
    attacks = [e for e in scene(text).events if e.event == "ASSAULT"]
    assert all(e.status != "asserted" or e.according_to is not None for e in attacks)


def test_history_is_background() -> None:
    one, two = scene("In 1995 Peru attacked Ecuador. On Sunday Peru attacked Chile.").events
    assert (one.background, two.background) == (True, False)
    assert one.when is not None
    assert one.when.mention.text.endswith("1995")


@pytest.mark.parametrize(
    "text",
    [
        "The Peruvian newspaper criticised Chile.",
        "Peru attacked the problem with vigour.",
        "Peru's economy grew by two per cent.",
        "Japan beat Kenya in the final.",
        "A storm killed nine people in Peru.",
        "Peru criticised itself.",
    ],
)
def test_no_event(text: str) -> None:
    assert scene(text).events == ()


def test_to_end_a_deed_twice_is_not_told() -> None:
    assert not set(REVERSED) & {"CONCEDE", "RETREAT", "PROTEST"}


WORDS = (
    "Iran Russia Mali attacked accused said that will not if by of talks sanctions with and , . “ ” ( - 's"
).split(" ")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_text_is_safe_and_exact(pieces: list[str]) -> None:
    found = scene(" ".join(pieces))
    text = found.article.text
    for one in found.events:
        for words in (one.act, *one.evidence):
            assert text[words.start : words.end] == words.text
        for side in (*one.source, *one.recipient):
            assert text[side.span[0] : side.span[1]] == side.text
        assert one.source
        assert one.recipient or one.reciprocal or one.contexts == ("military",)
    ids = [e.id for e in found.events]
    assert len(set(ids)) == len(ids)
    assert all(e.about in ids for e in found.events if e.about)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya slapped a fresh round of sanctions on Uganda.", ("COERCE", ["KEN"], ["UGA"], "asserted")),
        ("Kenya recalled its ambassador from Uganda.", ("SANCTION", ["KEN"], ["UGA"], "asserted")),
        ("Kenya's foreign minister flew to Uganda.", ("CONSULT", ["KEN"], ["UGA"], "asserted")),
        ("Kenyan jets struck targets in Uganda.", ("ASSAULT", ["KEN"], ["UGA"], "asserted")),
        ("Kenya blamed the bombing on Uganda.", ("ACCUSE", ["KEN"], ["UGA"], "asserted")),
        ("Kenya demanded that Uganda release the sailors.", ("REQUEST", ["KEN"], ["UGA"], "asserted")),
        ("Kenya gave Uganda $20 million in aid.", ("AID", ["KEN"], ["UGA"], "asserted")),
        ("Kenya intervened in Uganda in 2015.", ("MOBILIZE", ["KEN"], ["UGA"], "asserted")),
        ("Kenya may respond by expelling Ugandan diplomats.", ("SANCTION", ["KEN"], ["UGA"], "possible")),
    ],
)
def test_common_deeds(text: str, expected: Deed) -> None:
    assert [deed(e) for e in scene(text).events] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Tourists travelled from Kenya to Uganda.",
        "A Kenyan man arrived in Uganda.",
        "Kenya struck a pose for Uganda.",
        "Kenya recalled the rainy days in Uganda.",
        "Kenya shares a border with Uganda.",
        "Kenya released an album in Uganda.",
    ],
)
def test_other_senses_are_no_deeds(text: str) -> None:
    assert scene(text).events == ()


def test_ministers_of_two_states_meet() -> None:
    for text in ("The ministers of Kenya and Uganda met.", "Kenyan and Ugandan officials met in Oslo."):
        (one,) = scene(text).events
        assert (one.event, codes(one.source), one.reciprocal) == ("CONSULT", ["KEN", "UGA"], True)
