"""Who stands behind a source, whatever has found the source: spans are given here, as a tagger gives them."""

import datetime as dt
import functools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Span
from onrecord.attributions import find_attributions, speakers
from onrecord.attributions.found import Found
from onrecord.attributions.speakers.describing import offices
from onrecord.record import Attribution


@functools.cache
def read(text: str) -> tuple[Article, Doc, Cast]:
    article = Article(id="t", sha256="", text=text, retrieved=dt.datetime(2024, 6, 4, tzinfo=dt.UTC))
    doc = language.annotate(text)
    return article, doc, Cast(find_actors(article, doc))


def place(text: str, words: str) -> Span:
    """Give where words stand; "she#2" is the second "she" that is a word of its own."""
    words, _, which = words.partition("#")
    at = -1
    for _ in range(int(which or 1)):
        at = text.index(words, at + 1)
        while (text[at - 1 : at] + text[at + len(words) : at + len(words) + 1]).strip(" .,:;\n“”\"()’'"):
            at = text.index(words, at + 1)
    return at, at + len(words)


def attribution(text: str, source: str | None, cue: str | None, content: str) -> Attribution:
    """Resolve one attribution, whose parts are given in words."""
    article, doc, cast = read(text)
    found = Found(
        place(text, source) if source else None,
        place(text, cue) if cue else None,
        (place(text, content),),
        1.0,
    )
    (one,) = find_attributions(article, doc, cast, lambda *_: [found])
    return one


def who(text: str, source: str | None, cue: str | None, content: str) -> str | None:
    speaker = attribution(text, source, cue, content).speaker
    return speaker.name if speaker is not None else None


HOLT = "Sen. Marta Holt (R-Ohio) met Jonas Lind, a lawyer for the port, in Oslo on Monday. "


@pytest.mark.parametrize(
    ("told", "source", "speaker"),
    [
        ("The senator said that it was over.", "The senator", "Marta Holt"),
        ("The lawmaker said that it was over.", "The lawmaker", "Marta Holt"),
        ("The attorney said that it was over.", "The attorney", "Jonas Lind"),
        ("The former senator said that it was over.", "The former senator", "The former senator"),
        ("A senator said that it was over.", "A senator", "A senator"),
        ("The Democratic senator said that it was over.", "The Democratic senator", "Marta Holt"),
        ("Ghana's lawyer said that it was over.", "Ghana's lawyer", "Ghana's lawyer"),
        ("The Ohio Republican’s lawyers said that it was over.", "lawyers", "lawyers"),
    ],
)
def test_a_description_leads_to_whom_the_article_has_called_so(told: str, source: str, speaker: str) -> None:
    assert who(HOLT + told, source, "said", "that it was over") == speaker


def test_a_description_of_another_state_is_somebody_else() -> None:
    text = "French President Jean Roux met Polish President Jan Mazur. "
    text += "The Polish president said that it was over."
    assert who(text, "The Polish president", "said", "that it was over") == "Jan Mazur"


def test_a_headline_points_to_who_is_named_soon() -> None:
    text = "Judge rejects plan for port\n\nA plan for the port has failed. Judge Marta Holt gave no reason."
    one = attribution(text, "Judge", "rejects", "plan for port")
    assert one.speaker is not None
    assert (one.speaker.name, one.inferred) == ("Marta Holt", True)


def test_a_role_is_taken_by_its_own_noun() -> None:
    assert offices("campaign manager for Senator Holt") == ("manager",)
    assert offices("President Holt's nominee for the court") == ("nominee",)
    assert offices("chairman of the board, and a lawyer") == ("chairman",)


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        # the subject rather than the object
        ("Paul Reed met Mark Lowe on Monday. He said that it was over.", "He", "Paul Reed"),
        # first names tell the gender, and so do forms of address
        ("Paul Reed met Anna Lowe on Monday. She said that it was over.", "She", "Anna Lowe"),
        ("Mr. Reed met Mrs. Lowe on Monday. She said that it was over.", "She", "Lowe"),
        # whom a first name misleads about, for want of anybody else
        ("Paul Reed met nobody on Monday. She said that it was over.", "She", "Paul Reed"),
        # who speaks rather than who is spoken about
        ("Paul Reed said that Mark Lowe was ill. He added that it was over.", "He", "Paul Reed"),
        # who acts in a clause to come
        ("When he met Anna Lowe, Paul Reed said that it was over.", "he", "Paul Reed"),
        # a person without a name
        ("Paul Reed met a spokeswoman. She said that it was over.", "She", "a spokeswoman"),
        # several
        ("Paul Reed and Mark Lowe met. They said that it was over.", "They", "Paul Reed and Mark Lowe"),
        ("Farmers met Paul Reed. They said that it was over.", "They", "Farmers"),
        # a body
        ("The World Bank met Paul Reed. It said that it was over.", "It", "World Bank"),
        # nobody
        ("It rained. She said that it was over.", "She", None),
    ],
)
def test_a_pronoun_means_the_most_present_one(text: str, source: str, speaker: str | None) -> None:
    assert who(text, source, None, "that it was over") == speaker


def test_a_choice_between_equals_is_a_guess() -> None:
    text = "Paul Reed was there. Mark Lowe sat beside Paul Reed. It was late. He said that it was over."
    assert attribution(text, "He", "said", "that it was over").inferred
    assert not attribution(
        "Paul Reed was there. He said that it was over.", "He", "said", "that it was over"
    ).inferred


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Paul Reed, who said that it was over, left.", "who", "Paul Reed"),
        ("Farmers, many of whom said that it was over, left.", "many of whom", "Farmers"),
        ("Somebody said that it was over, which is odd.", "which", None),
        ("A number of cities that say that it was over have left.", "that", "A number of cities"),
    ],
)
def test_a_relative_pronoun_is_its_antecedent(text: str, source: str, speaker: str | None) -> None:
    assert who(text, source, None, "that it was over") == speaker


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Paul Reed spoke.\nREED: It was over.", "REED", "Paul Reed"),
        ("Columnist and author Paul Reed said: It was over.", "Columnist and author Paul Reed", "Paul Reed"),
        ("A lawyer for Ghana, Paul Reed, said: It was over.", "A lawyer for Ghana, Paul Reed,", "Paul Reed"),
        ("A man named Paul Reed said: It was over.", "A man named Paul Reed", "Paul Reed"),
        ("A lawyer for Paul Reed said: It was over.", "A lawyer for Paul Reed", "A lawyer for Paul Reed"),
        ("Paul Reed and Anna Lowe said: It was over.", "Paul Reed and Anna Lowe", "Paul Reed and Anna Lowe"),
        ("Many Mexicans said: It was over.", "Many Mexicans", "Many Mexicans"),
        ("Mexico said: It was over.", "Mexico", "Mexico"),
        ("The Food Committee met. The committee said: It was over.", "The committee", "Food Committee"),
    ],
)  # fmt: skip
def test_a_noun_phrase_is_whom_it_names(text: str, source: str, speaker: str) -> None:
    assert who(text, source, None, "It was over") == speaker


def test_a_people_is_no_state_and_keeps_its_country() -> None:
    one = attribution("Many Mexicans said: It was over.", "Many Mexicans", "said", "It was over").speaker
    assert one is not None
    assert (one.actor, one.country) == (None, "MEX")


def test_a_joined_cue_shares_its_subject() -> None:
    text = "Paul Reed left Oslo and said that it was over."
    assert who(text, None, "said", "that it was over") == "Paul Reed"
    assert who("Paul Reed is expected to leave.", None, "expected", "to leave") is None


def test_i_is_who_is_quoted() -> None:
    text = "“I know that it was over,” Paul Reed said. I doubt it."
    article, doc, cast = read(text)
    found = [
        Found(place(text, "Paul Reed"), place(text, "said"), ((0, 27),), 1.0),
        Found(place(text, "I"), place(text, "know"), (place(text, "that it was over"),), 1.0),
        Found(place(text, "I#2"), place(text, "doubt"), (place(text, "it#2"),), 1.0),
    ]
    said = find_attributions(article, doc, cast, lambda *_: found)
    assert [a.speaker.name if a.speaker else None for a in said] == ["Paul Reed", "Paul Reed", None]


def test_a_headline_lends_nobody_its_verb() -> None:
    text = "Marta Holt Says Harbour Plan Is Over\n\nMarta Holt, a senator, said that it was over. Holt left."
    assert [a.name for a in read(text)[2].actors if a.kind == "person"] == ["Marta Holt"]


def test_an_office_says_more_than_a_party() -> None:
    text = "Sen. Marta Holt, a Democrat, met Jonas Lind, the top Republican on the Harbour Committee."
    roles = {a.name: (a.role, a.affiliation) for a in read(text)[2].actors if a.kind == "person"}
    assert roles["Marta Holt"][0] == "Sen."
    assert roles["Jonas Lind"] == ("top Republican on the Harbour Committee", "Harbour Committee")


def test_party_and_state_are_an_affiliation() -> None:
    (holt, *_) = (a for a in read(HOLT)[2].actors if a.name == "Marta Holt")
    assert (holt.role, holt.affiliation, holt.country) == ("Sen.", "R-Ohio", "USA")


_STORY = (
    "Judge Says Nothing\n\nPaul Reed met Sen. Anna Lowe (D-Ohio), who said “they are late.” He and she left. "
    "The senator's aide, many of whom it is said of, told them that which I know. Its ships, Reed said, are."
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(*(st.integers(0, len(_STORY) - 1),) * 6), max_size=6))
def test_any_spans_resolve(numbers: list[tuple[int, ...]]) -> None:
    """Spans that a tagger may give, sensible or not: no crash, no endless walk up the tree."""
    _, doc, cast = read(_STORY)

    def span(a: int, b: int) -> Span | None:
        return (min(a, b), max(a, b)) if a != b else None

    found = [Found(span(a, b), span(c, d), (span(e, f) or (0, 5),), 0.5) for a, b, c, d, e, f in numbers]
    assert len(speakers.resolve(doc, cast, found)) == len(found)


def test_every_word_as_a_source_resolves() -> None:
    _, doc, cast = read(_STORY)
    found = [Found((t.idx, t.idx + len(t)), None, ((0, 5),), 0.5) for t in doc]
    assert len(speakers.resolve(doc, cast, found)) == len(found)


def test_a_long_list_of_names_takes_time_in_proportion() -> None:
    """Every name of a list hangs on the one before it, in the parse of a sentence that never ends."""

    def spent(times: int) -> float:
        text = "Presidents Paul Reed, Anna Lowe, Mark Hill and " * times + "left. The president said so."
        article = Article(id="t", sha256="", text=text, retrieved=dt.datetime(2024, 6, 4, tzinfo=dt.UTC))
        doc = language.annotate(text)
        start = time.process_time()
        cast = Cast(find_actors(article, doc))
        found = [Found((t.idx, t.idx + len(t)), None, ((0, 5),), 0.5) for t in doc if t.is_alpha]
        speakers.resolve(doc, cast, found)
        return time.process_time() - start

    assert min(spent(160) for _ in range(2)) < 12 * max(min(spent(40) for _ in range(2)), 0.02)
