"""Each test's text is its input: what a reader would write down of it."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Furniture
from onrecord.attributions import find_attributions
from onrecord.record import Attribution


def said_in(text: str, *furniture: Furniture) -> tuple[Attribution, ...]:
    now = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    one = Article(id="t", sha256="", text=text, retrieved=now, furniture=furniture)
    doc = language.annotate(text)
    return find_attributions(one, doc, Cast(find_actors(one, doc)))


def short(a: Attribution) -> tuple[str | None, str, str]:
    return (a.speaker.name if a.speaker else None, a.kind, " … ".join(c.text for c in a.content))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway has sold Ghana two ships, Marta Holt said on Monday.",
            ("Marta Holt", "indirect", "Norway has sold Ghana two ships"),
        ),
        (
            "“We have signed nothing,” said Marta Holt, a spokeswoman for the ministry.",
            ("Marta Holt", "direct", "“We have signed nothing,”"),
        ),
        (
            "Marta Holt said that the deal was “not a gift to anyone” and would be audited.",
            ("Marta Holt", "mixed", "that the deal was “not a gift to anyone” and would be audited"),
        ),
        (
            "The ships will sail in May, according to the Norwegian defence ministry.",
            ("Norwegian defence ministry", "indirect", "The ships will sail in May"),
        ),
        (
            "In Marta Holt's view, the purchase changes little.",
            ("Marta Holt", "indirect", "the purchase changes little"),
        ),
        (
            "The agreement, Marta Holt argued, was a mistake from the start.",
            ("Marta Holt", "indirect", "The agreement … was a mistake from the start"),
        ),
        (
            "“If they were serious, it would be easy,” Marta Holt fumed on Tuesday.",
            ("Marta Holt", "direct", "“If they were serious, it would be easy,”"),
        ),
        (
            "Marta Holt said in a statement that the ships were old.",
            ("Marta Holt", "indirect", "that the ships were old"),
        ),
        (
            "Norway has got 30 drones from Ghana, Accra's defence minister, Kofi Mensah, said on Friday.",
            ("Kofi Mensah", "indirect", "Norway has got 30 drones from Ghana"),
        ),
        (
            "The shipment left on Monday, Kofi Mensah, the Ghanaian defence minister, said.",
            ("Kofi Mensah", "indirect", "The shipment left on Monday"),
        ),
        (
            "An alliance it is not, Marta Holt told the paper.",
            ("Marta Holt", "indirect", "An alliance it is not"),
        ),
        ("Accra denied having asked for the ships.", ("Ghana", "indirect", "having asked for the ships")),
        (
            "Some diplomats are sceptical that it will last.",
            ("Some diplomats", "indirect", "that it will last"),
        ),
    ],
)
def test_finds_who_said_what(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in [short(a) for a in said_in(text)]


def test_a_quotation_goes_on_after_its_cue() -> None:
    (one,) = said_in("“We have signed nothing,” Marta Holt said. “We never will sign it.”")
    assert [c.text for c in one.content] == ["“We have signed nothing,”", "“We never will sign it.”"]


def test_pronoun_surname_and_role_lead_to_the_same_speaker() -> None:
    found = said_in(
        "Marta Holt, an analyst at the Fjord Institute, said the deal was old.\n"
        "Holt noted that the ships were older.\n"
        "She added: “Nobody else would take them.”\n"
        "The price is fair, the analyst said."
    )
    assert [a.speaker.name for a in found if a.speaker] == ["Marta Holt"] * 4
    assert len({a.speaker.actor for a in found if a.speaker}) == 1
    assert found[0].speaker is not None
    assert found[0].speaker.affiliation == "Fjord Institute"


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    (one,) = said_in("“It was a gift,” Marta Holt said. “We gave it gladly.\n“And we would do so again.”")
    assert [c.text for c in one.content][1:] == ["“We gave it gladly.", "“And we would do so again.”"]


def test_a_speaker_taken_from_the_neighbourhood_is_marked_inferred() -> None:
    found = said_in(
        "Marta Holt said the deal was old.\n“It was signed before anyone in this room was in office.”"
    )
    orphan = found[-1]
    assert orphan.cue is None
    assert orphan.inferred
    assert orphan.confidence < 0.5


def test_a_quotation_that_ends_its_sentence_is_not_the_next_speakers() -> None:
    found = said_in(
        "Accra accused Oslo of “gross contempt.” Oslo insisted that Accra “stop its games.” Lima said no."
    )
    assert ("Norway", "mixed", "that Accra “stop its games.”") in [short(a) for a in found]
    assert not any(a.source and a.source.text == "Lima" and "games" in a.content[0].text for a in found)


def test_a_lost_speaker_stays_null() -> None:
    (one,) = said_in("“It was signed before anyone in this room was in office.”")
    assert (one.speaker, one.source, one.inferred) == (None, None, False)


def test_a_voice_in_a_voice_is_chained() -> None:
    found = said_in("Marta Holt said that Ghana denied having asked for the ships.")
    inner = next(a for a in found if a.cue and a.cue.text == "denied")
    outer = next(a for a in found if a.cue and a.cue.text == "said")
    assert inner.within == outer.id


def test_a_pull_quote_says_nothing_a_second_time() -> None:
    text = "“Nobody else would take them,” Marta Holt said.\n“Nobody else would take them”"
    start = text.index("\n") + 1
    found = said_in(text, Furniture("pull_quote", (start, len(text)), (0, 29)))
    assert len(found) == 1


def test_what_i_think_in_a_quotation_is_no_second_voice() -> None:
    assert len(said_in("“I think that the deal is dead,” Marta Holt said.")) == 1


def test_who_another_quoted_person_quotes_is_a_voice() -> None:
    found = said_in("“Every officer in Oslo told me that the ships were old,” Marta Holt said.")
    assert [a.cue.text for a in found if a.cue and a.within] == ["told"]


def test_no_one_is_no_speaker() -> None:
    assert all(a.speaker is None for a in said_in("No one has said that the deal is dead."))


def test_ids_outlive_an_edit_elsewhere() -> None:
    text = "“We have signed nothing,” said Marta Holt."
    (before,) = said_in(text)
    (after,) = said_in("Rain fell on Accra.\n" + text)
    assert before.id == after.id


def test_the_same_article_gives_the_same_attributions() -> None:
    text = "Marta Holt said that the deal was “not a gift” and that Ghana denied having asked for it."
    assert said_in(text) == said_in(text)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "'", "''", "said", "Holt", "he", "that", "Iran", ".", ",", ":", "\n", " ", "(",
             "told", "according to", "adding", "in the view of", "sold ships", "—", "\x00", "°®Âþµº"]
        ),
        max_size=60,
    ).map(" ".join)
)  # fmt: skip
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for a in said_in(text):
        for m in (a.source, a.cue, *a.content):
            if m is not None:
                assert m.text == text[m.start : m.end] != ""
        assert 0 <= a.confidence <= 1
