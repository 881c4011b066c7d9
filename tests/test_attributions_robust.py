"""Any text, with any marks in any nesting, gives spans inside it, in time that grows with its length."""

import datetime as dt
import gc
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Furniture
from onrecord.attributions import find_attributions
from onrecord.record import Attribution

MARKS = "“ ” ‘ ’ \" ' « » ‹ › „ ‚ ‟ ‛ `` '' ` ´ 「 」 『 』 《 》 〝 〞 ＂ ＇".split()
PAIRS = [("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"), ("«", "»"), ("„", "“"), ("``", "''"), ("''", "''")]
CUES = (
    "said told according to added claimed asked: warned that vowed to called for denied having wants".split()
)
WORDS = (
    "the ships Holt Marta he she who Ghana’s won't ministry in of on Monday 30 sold are old I think".split()
)
ENDS = [". ", ", ", "? ", "! ", "…", ": ", "; ", " — ", "\n", "\n\n", "\r\n", "\t", " ", "\xa0", "(", ")"]
STRANGE = [
    "e\u0301\u0323",  # combining marks
    "\u0301",
    "\u200b",  # zero width
    "\u200d",
    "\ufeff",
    "\u2028",
    "\x85",
    "\x00",
    "\u202eсказал\u202c",  # written from right to left
    "אמר שרה:",
    "قال",
    "說「不」",
    "𝔑𝔬𝔯𝔴𝔞𝔶",  # beyond the basic plane
    "🚢👩‍✈️",
    "\U0010ffff",
    "ﬁ",
    "ß",
    "İ",
]
PIECES = st.sampled_from([*MARKS, *CUES, *WORDS, *ENDS, *STRANGE]) | st.text(max_size=6)
NESTED = st.recursive(
    PIECES,
    lambda inner: st.builds(
        lambda pair, parts, closes, glue: pair[0] + glue.join(parts) + (pair[1] if closes else ""),
        st.sampled_from(PAIRS),
        st.lists(inner, max_size=5),
        st.booleans(),
        st.sampled_from([" ", ""]),
    ),
    max_leaves=12,
)
TEXTS = st.builds(
    lambda parts, glue: glue.join(parts), st.lists(NESTED, max_size=25), st.sampled_from([" ", ""])
)


def article(text: str, *furniture: Furniture) -> Article:
    now = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    return Article(id="t", sha256="", text=text, retrieved=now, furniture=furniture)


def said_in(one: Article) -> tuple[Attribution, ...]:
    doc = language.annotate(one.text)
    return find_attributions(one, doc, Cast(find_actors(one, doc)))


@settings(max_examples=120, deadline=None)
@given(TEXTS)
@example("")
@example("”")
@example("“" * 40)
@example("“‘" * 12 + "no,” he said.")
@example('"No," "he" "said" "."')
@example("He said: «“‘No’»”")
@example("\u200b“\u200b”\u200b said\u200b he")
@example("e\u0301“e\u0301”\u0301 said Holt")
def test_spans_are_of_the_text_whatever_the_text(text: str) -> None:
    found = said_in(article(text))
    for one in found:
        for m in (one.source, one.cue, *one.content):
            assert m is None or (0 <= m.start < m.end <= len(text) and m.text == text[m.start : m.end])
        assert one.content
        assert all(a.end <= b.start for a, b in zip(one.content, one.content[1:], strict=False))
        assert 0 <= one.confidence <= 1
        assert one.kind in ("direct", "mixed", "indirect")
    outside = {one.id: one.within for one in found}
    for name in outside:
        chain = [name]
        while (around := outside[chain[-1]]) is not None:
            assert around not in chain
            chain.append(around)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.data())
def test_furniture_says_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = [m.span for a in said_in(article(text, Furniture("pull_quote", (start, end)))) for m in a.content]
    assert not any(s < end and start < e for s, e in spans)


@settings(max_examples=20, deadline=None)
@given(TEXTS, TEXTS)
def test_what_was_read_before_changes_nothing(text: str, other: str) -> None:
    first = said_in(article(text))
    said_in(article(other))
    assert said_in(article(text)) == first


@settings(max_examples=10, deadline=None)
@given(st.lists(NESTED, min_size=3, max_size=6), st.integers(50, 200))
def test_no_sentence_is_endless(parts: list[str], times: int) -> None:
    doc = language.annotate(" ".join(parts * times)[:4000])
    assert all(len(s) <= language.LONGEST_SENTENCE for s in doc.sents)


def test_a_long_paragraph_is_cut_after_a_full_stop() -> None:
    doc = language.load().make_doc(
        "The ships of Norway would sail to Ghana in May, and nobody knew why. " * 20
    )
    language.start_sentences(doc)
    (start,) = (t.i for t in doc[1:] if t.is_sent_start)
    assert doc[start - 1].text == "."
    assert start < language.LONGEST_SENTENCE


# --- time

SMALL = 600
"""Words of the shorter text; the longer has four times as many."""


def least(work: Callable[[], object]) -> float:
    """Give the CPU time of some work: the least of three."""
    spent = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def seconds(text: str) -> float:
    """Give the CPU time of finding attributions in a parsed text."""
    one = article(text)
    doc = language.annotate(text)
    cast = Cast(find_actors(one, doc))
    return least(lambda: find_attributions(one, doc, cast))


def repeated(words: str, total: int) -> str:
    return " ".join([words] * (total // len(words.split())))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("“We have signed nothing,” Marta Holt said.", id="quotations"),
        pytest.param("“ships” ‘sail’ \"to\" ''Ghana''", id="every word quoted"),
        pytest.param("“He said", id="never closed"),
        pytest.param("he said” ’ »", id="never opened"),
        pytest.param("“‘ no ’” said", id="marks"),
        pytest.param("“We sail.\n", id="paragraphs of one quotation"),
        pytest.param("Holt: no", id="colons"),
        pytest.param("said", id="cues"),
        pytest.param("he said,", id="cues in one sentence"),
        pytest.param("and that the ships of Norway would sail", id="one sentence"),
    ],
)
def test_four_times_the_text_takes_about_four_times_as_long(words: str) -> None:
    said_in(article("“No,” Marta Holt said."))  # whatever is loaded is loaded now
    short = seconds("Marta Holt said that " + repeated(words, SMALL))
    long = seconds("Marta Holt said that " + repeated(words, 4 * SMALL))
    assert long < 6 * short + 0.02


@pytest.mark.parametrize("words", ["“ships” ‘sail’ \"to\" ''Ghana''", "“We sail.\n", "said", "No, sir."])
def test_where_sentences_start_is_fixed_in_linear_time(words: str) -> None:
    nlp = language.load()
    short, long = nlp.make_doc(repeated(words, 2000)), nlp.make_doc(repeated(words, 8000))
    language.start_sentences(short)
    assert (
        least(lambda: language.start_sentences(long))
        < 6 * least(lambda: language.start_sentences(short)) + 0.02
    )
