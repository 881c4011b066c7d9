"""onrecord in a spaCy pipeline: what it gives, what that survives, what it says where a part is missing."""

import contextlib
import datetime as dt
import io
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.vocab import Vocab

from onrecord import Attribution, Mention, examples, extract, language
from onrecord.article import LONGEST, Article
from onrecord.component import AttributionFinder, SpanAttribution, attributions_in
from onrecord.reading.identity import article_id

README = Path(__file__).parents[1] / "README.md"

TEXT = """\
Latvia will lend Fiji two radars, the defence minister, Marta Holt, said on Monday. “We keep our word,” she \
told reporters in Riga. “Always.”
According to Suva, Riga has denied that it asked for “anything at all” in return.
"""

PIECES = [
    "Latvia", "Marta Holt", "She", "the minister", "said", "said that", "told reporters", "denied", "Fiji",
    "will pay", "according to", "the radars are late", "U.S.", "“", "”", '"', "''", "'", "‘", ".", ",", ":",
    "(", "—", "-", "\n", "\n\n", "  ", "\u200b", "🚢", "said.Fiji", "not”said", "e\u0301",
]  # fmt: skip

Values = tuple[object, ...]
Place = tuple[int, int] | None


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that onrecord itself uses, with our components in it."""
    pipeline = spacy.load(language.load().path)
    pipeline.add_pipe("onrecord_sentences", before="parser")
    pipeline.add_pipe("onrecord_attributions")
    return pipeline


@pytest.fixture(scope="session")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def spans(attribution: SpanAttribution) -> list[Span]:
    parts = (attribution.source, attribution.cue, *attribution.content)
    return [s for s in parts if s is not None]


def given_in(doc: Doc) -> list[Values]:
    """Give the attributions of a document in plain values, so that those of two documents compare."""

    def place(span: Span | None) -> Place:
        return None if span is None else (span.start_char, span.end_char)

    return [values(a, place(a.source), place(a.cue), *map(place, a.content)) for a in attributions_in(doc)]


def recorded_of(doc: Doc) -> list[Values]:
    """Give the attributions that the record of the same text has, their words stretched to whole tokens."""
    text = doc.text

    def place(words: Mention | None) -> Place:
        if words is None:
            return None
        touched = [t for t in doc if words.start < t.idx + len(t) and t.idx < words.end]
        return touched[0].idx, touched[-1].idx + len(touched[-1])

    now = dt.datetime(2024, 6, 4, tzinfo=dt.UTC)
    found = extract(Article(id=article_id(text), sha256="", text=text, retrieved=now)).attributions
    return [values(a, place(a.source), place(a.cue), *map(place, a.content)) for a in found]


def values(a: SpanAttribution | Attribution, *places: Place) -> Values:
    return (a.id, a.kind, a.speaker, a.inferred, a.within, a.confidence, *places)


# --- what it gives


def test_an_attribution_has_its_parts_as_spans(doc: Doc) -> None:
    first = attributions_in(doc)[0]
    assert doc._.attributions[0] == first
    assert [s.text for s in spans(first)] == [
        "the defence minister, Marta Holt",
        "said",
        "Latvia will lend Fiji two radars",
    ]
    assert all(s.doc is doc for s in spans(first))
    assert first.speaker is not None
    assert (first.speaker.name, first.speaker.role) == ("Marta Holt", "defence minister")
    assert (first.kind, first.inferred, first.within) == ("indirect", False, None)
    assert 0 < first.confidence <= 1


def test_a_content_in_two_runs_has_two_spans(doc: Doc) -> None:
    second = attributions_in(doc)[1]
    assert [c.text for c in second.content] == ["“We keep our word,”", "“Always.”"]
    assert second.kind == "direct"


def test_a_voice_within_another_points_at_it(doc: Doc) -> None:
    outer, inner = attributions_in(doc)[2:]
    assert (str(outer.source), str(inner.source)) == ("Suva", "Riga")
    assert (inner.within, inner.kind) == (outer.id, "mixed")


def test_the_groups_hold_the_parts_with_the_ids_of_their_attributions(doc: Doc) -> None:
    found = attributions_in(doc)
    held = {key: [(s, s.id_) for s in group] for key, group in doc.spans.items()}
    assert held["onrecord_sources"] == [(a.source, a.id) for a in found]
    assert held["onrecord_cues"] == [(a.cue, a.id) for a in found]
    assert held["onrecord_contents"] == [(c, a.id) for a in found for c in a.content]
    assert held["onrecord"] == [(s, a.id) for a in found for s in spans(a)]


def test_displacy_draws_the_group_with_everything(doc: Doc) -> None:
    drawn = displacy.render(doc, style="span", options={"spans_key": "onrecord"}, jupyter=False)
    labels = re.findall(r">\s+(SOURCE|CUE|CONTENT)\s+<", drawn)
    assert sorted(labels) == sorted(s.label_ for s in doc.spans["onrecord"])
    assert "#ddd" not in drawn, "every label has a colour of its own"


def test_a_span_covers_whole_tokens(nlp: Language) -> None:
    """A record leaves out the full stop that ends a sentence; here it is part of a token."""
    parsed = nlp("Marta Holt said that the radars had been built in the U.S.")
    assert [c.text for c in attributions_in(parsed)[0].content] == [
        "that the radars had been built in the U.S."
    ]


def test_spans_taken_out_of_the_group_are_gone_from_their_attributions(nlp: Language) -> None:
    parsed = nlp(TEXT)
    first, second, *more = attributions_in(parsed)
    group = parsed.spans["onrecord"]
    kept = [s for s in group if s.id_ != second.id and (s.id_, s.label_) != (first.id, "CUE")]
    parsed.spans["onrecord"] = SpanGroup(parsed, name="onrecord", attrs=group.attrs, spans=kept)
    left = attributions_in(parsed)
    assert left[1:] == tuple(more)
    assert (left[0].source, left[0].cue, left[0].content) == (first.source, None, first.content)


def test_attributions_stay_where_they_are_when_tokens_are_merged(nlp: Language) -> None:
    parsed = nlp("The radars are late, Marta Holt said.")
    before = given_in(parsed)
    with parsed.retokenize() as retokenizer:
        retokenizer.merge(parsed[0:2])
    assert given_in(parsed) == before
    assert str(attributions_in(parsed)[0].cue) == "said"


def test_the_key_of_the_groups_is_an_option(nlp: Language) -> None:
    with nlp.select_pipes(disable="onrecord_attributions"):
        parsed = AttributionFinder("voices")(nlp(TEXT))
    assert sorted(parsed.spans) == ["voices", "voices_contents", "voices_cues", "voices_sources"]
    assert given_in(parsed) == given_in(nlp(TEXT))


def test_a_second_call_replaces_the_first(nlp: Language) -> None:
    parsed = nlp(TEXT)
    before = given_in(parsed)
    again = nlp.get_pipe("onrecord_attributions")(parsed)
    assert given_in(again) == before
    assert len(again.spans) == 4


# --- the same as the record


@pytest.mark.parametrize("text", [TEXT, examples.path().read_text(encoding="utf-8")], ids=["own", "example"])
def test_with_its_sentences_it_gives_what_the_record_has(nlp: Language, text: str) -> None:
    parsed = nlp(text)
    assert given_in(parsed) == recorded_of(parsed)
    assert len(given_in(parsed)) > 3


def test_without_its_sentences_the_parser_decides(nlp: Language) -> None:
    """A title has no full stop, and the parser reads on: the component is there to stop it."""
    text = "Radars for Fiji\nLatvia will pay, Marta Holt said."
    with nlp.select_pipes(disable="onrecord_sentences"):
        without = [s.start_char for s in nlp(text).sents]
    assert [s.start_char for s in nlp(text).sents] == [0, 16]
    assert without != [0, 16]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]))
def test_any_text_gives_what_its_record_has(nlp: Language, pieces: list[str], between: str) -> None:
    parsed = nlp(between.join(pieces))
    assert given_in(parsed) == recorded_of(parsed)
    assert given_in(Doc(parsed.vocab).from_bytes(parsed.to_bytes())) == given_in(parsed)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.booleans()), max_size=30))
def test_any_words_with_any_spacing_do(nlp: Language, words: list[tuple[str, bool]]) -> None:
    parsed = nlp(Doc(nlp.vocab, words=[w for w, _ in words], spaces=[s for _, s in words]))
    for attribution in attributions_in(parsed):
        assert attribution.content
        assert all(0 <= s.start < s.end <= len(parsed) for s in spans(attribution))


# --- what it survives


def through_bytes(doc: Doc) -> Doc:
    return Doc(Vocab()).from_bytes(doc.to_bytes())


def through_bytes_without_user_data(doc: Doc) -> Doc:
    return Doc(Vocab()).from_bytes(doc.to_bytes(exclude=["user_data"]))


def through_a_bin(doc: Doc) -> Doc:
    return next(iter(DocBin(docs=[doc]).from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(Vocab())))


def through_pickle(doc: Doc) -> Doc:
    found = pickle.loads(pickle.dumps(doc))
    assert isinstance(found, Doc)
    return found


def through_a_copy(doc: Doc) -> Doc:
    return doc.copy()


@pytest.mark.parametrize(
    "through",
    [through_bytes, through_bytes_without_user_data, through_a_bin, through_pickle, through_a_copy],
)
def test_attributions_survive_the_travels_of_a_document(doc: Doc, through: Callable[[Doc], Doc]) -> None:
    arrived = through(doc)
    assert arrived is not doc
    assert given_in(arrived) == given_in(doc)
    assert [s.id_ for s in arrived.spans["onrecord_cues"]] == [a.id for a in attributions_in(doc)]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_two_processes_give_what_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "Fiji is glad, Marta Holt said.", " \n "]
    together = [given_in(d) for d in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert together == [given_in(nlp(t)) for t in texts]


def test_a_saved_pipeline_loads_where_onrecord_is_not_imported(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    code = (
        "import spacy, sys; nlp = spacy.load(sys.argv[1]); print(nlp.pipe_names); "
        "print([a.id for a in nlp(sys.argv[2])._.attributions])"
    )
    command = [sys.executable, "-c", code, str(tmp_path), TEXT]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert printed == [str(nlp.pipe_names), str([a.id for a in attributions_in(nlp(TEXT))])]


def test_joined_documents_keep_the_spans_and_no_attributions(nlp: Language) -> None:
    joined = Doc.from_docs([nlp(TEXT), nlp("Fiji is glad, Marta Holt said.")])
    assert joined is not None
    assert (len(joined.spans["onrecord_cues"]), attributions_in(joined)) == (5, ())


# --- documents without a story


@pytest.mark.parametrize("text", ["", " ", "\n", "\t \x85\n\n", "\u200b", "…", '"', "''", "1", "Radars."])
def test_a_text_in_which_nobody_speaks_gives_nothing(nlp: Language, text: str) -> None:
    parsed = nlp(text)
    assert (attributions_in(parsed), len(parsed.spans["onrecord"])) == ((), 0)


def test_a_document_that_no_component_has_seen_has_none() -> None:
    assert spacy.blank("en")("Fiji is glad, Marta Holt said.")._.attributions == ()


def test_a_text_longer_than_an_article_is_read_all_the_same(nlp: Language) -> None:
    """The limit spares the parser, and here that has been."""
    with nlp.select_pipes(disable="onrecord_attributions"):
        parsed = nlp(TEXT)
    n = LONGEST // 5000
    long = Doc(
        nlp.vocab,
        words=["x" * 5000] * n,
        tags=["NNS"] * n,
        pos=["NOUN"] * n,
        deps=["dep"] * n,
        heads=list(range(n)),
    )
    parsed.tensor = long.tensor
    whole = Doc.from_docs([parsed, long])
    assert whole is not None
    assert len(whole.text) > LONGEST
    found = attributions_in(AttributionFinder("onrecord")(whole))
    assert [s.text for a in found for s in spans(a)] == [
        s.text for a in attributions_in(nlp(TEXT)) for s in spans(a)
    ]


# --- what it says where something is missing


def test_the_pipeline_tells_what_is_missing(nlp: Language) -> None:
    blank = spacy.blank("en")
    blank.add_pipe("onrecord_attributions")
    told = blank.analyze_pipes() or {}
    missing = ["doc.sents", "token.dep", "token.head", "token.tag", "token.lemma"]
    assert told["problems"]["onrecord_attributions"] == missing
    told = nlp.analyze_pipes() or {}
    assert not any(told["problems"].values())
    assert told["attrs"]["doc._.attributions"]["assigns"] == ["onrecord_attributions"]


def test_no_parser_is_an_error_that_says_what_to_do(nlp: Language) -> None:
    with (
        nlp.select_pipes(disable="parser"),
        pytest.raises(ValueError, match=r"without parser .* add this one last"),
    ):
        nlp(TEXT)
    blank = spacy.blank("en")
    blank.add_pipe("onrecord_attributions")
    with pytest.raises(ValueError, match="without tagger, attribute_ruler, parser, lemmatizer"):
        blank(TEXT)


def test_names_it_can_do_without(nlp: Language) -> None:
    with nlp.select_pipes(disable="ner"):
        assert len(attributions_in(nlp(TEXT))) == 4


def test_sentences_after_the_parser_are_an_error_that_says_what_to_do(nlp: Language) -> None:
    with pytest.raises(ValueError, match='before="parser"'):
        nlp.get_pipe("onrecord_sentences")(nlp(TEXT))


@pytest.mark.parametrize(
    ("config", "said"),
    [({"spans_key": 3}, "spans_key"), ({"spans_key": " "}, "spans_key"), ({"span_key": "x"}, "span_key")],
)
def test_a_wrong_option_is_refused(config: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        spacy.blank("en").add_pipe("onrecord_attributions", config=config)


def test_a_pipeline_for_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="reads English, and this pipeline is for 'de'"):
        spacy.blank("de").add_pipe("onrecord_attributions")


@pytest.fixture
def taken() -> Iterator[None]:
    """Somebody else's `doc._.attributions`, for the length of a test."""
    Doc.set_extension("attributions", default=None, force=True)
    yield
    Doc.set_extension("attributions", getter=attributions_in, force=True)


@pytest.mark.usefixtures("taken")
def test_an_attribute_that_is_taken_is_not_taken_over() -> None:
    with pytest.raises(ValueError, match="remove_extension"):
        spacy.blank("en").add_pipe("onrecord_attributions")


def test_other_peoples_pipelines_do_not_load_the_finders() -> None:
    """spaCy imports every entry point whenever it makes a pipeline, ours or not."""
    code = (
        "import spacy, sys; spacy.blank('en'); print(*(m for m in sys.modules if m.startswith('onrecord')))"
    )
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) == {
        f"onrecord{m}" for m in ("", ".article", ".component", ".language", ".quotations", ".record")
    }


# --- the README


@pytest.mark.skipif(not README.exists(), reason="the package without its documents")
def test_the_example_of_the_readme_prints_what_it_says() -> None:
    section = README.read_text(encoding="utf-8").partition("## In a spaCy pipeline")[2].partition("\n## ")[0]
    code, printed = re.findall(r"^```(?:python|text)\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    assert out.getvalue() == printed
