"""What the tagger sees of an article, how its scores are decoded, and how attributions are made to agree."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import language
from onrecord.attributions import rules
from onrecord.attributions.candidates import SIGNALS, Candidate, candidates, log_odds
from onrecord.attributions.finder import find, settled
from onrecord.attributions.found import Found
from onrecord.attributions.network import Linked, Reading, shipped, words
from onrecord.attributions.network.paths import FORBIDDEN, TAGS, best_paths, stretches
from onrecord.attributions.network.words import RELATIONS, Words, region, relations, windows, words_of
from onrecord.attributions.rules.spans import Layout
from onrecord.quotations import find_quotations

TEXT = (
    "Norway will send two frigates to Estonia, the defence minister said on Monday.\n\n"
    "“We keep our word,” Ingrid Solheim told reporters. “And we keep it soon.”\n\n"
    "According to the ministry, the first ship sails in March."
)


def _words(text: str) -> Words:
    return words_of(language.annotate(text), find_quotations(text), shipped.load().tokenizer)


# --- words and windows


def test_words_are_those_of_the_text() -> None:
    found = _words(TEXT)
    texts = [TEXT[s:e] for s, e in zip(found.start, found.end, strict=True)]
    assert texts[:4] == ["Norway", "will", "send", "two"]
    assert all(t.strip() for t in texts)
    assert set(found.paragraph) == {0, 1, 2}
    assert (np.diff(found.piece_start) > 0).all()
    assert found.piece_start[-1] == len(found.pieces)
    for column, most in enumerate(words.FEATURES):
        assert found.features[:, column].min() >= 0
        assert found.features[:, column].max() < most


def test_quotation_marks_are_told_from_what_they_hold() -> None:
    found = _words(TEXT)
    state = {
        TEXT[s:e]: int(q)
        for s, e, q in zip(found.start, found.end, found.features[:, words.QUOTE_AT], strict=True)
    }
    assert (state["“"], state["word"], state["”"], state["Solheim"]) == (2, 1, 3, 0)


def test_no_words_at_all() -> None:
    for text in ("", " \n\n\t "):
        assert len(_words(text)) == 0
        assert windows(_words(text)) == []
        assert find(language.annotate(text), ()) == ()


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from(" \n“”\"'‘’«».,:abcXYZ9é\u0301\u200b\u202e😀中said"), max_size=200))
def test_any_text_becomes_words(text: str) -> None:
    found = _words(text)
    assert (np.diff(found.piece_start) > 0).all()
    assert ((found.head >= 0) & (found.head < max(1, len(found)))).all()
    covered = [i for w in windows(found) for i in range(w.first, w.last)]
    assert covered == list(range(len(found)))


def test_windows_hold_what_they_promise() -> None:
    long = " ".join(f"The envoy named place{i} and thing{i}." for i in range(300))
    endless = "word " * 900
    for text in (TEXT, "\n\n".join([TEXT] * 20), long, endless, "x" * 5000):
        found = _words(text)
        for w in windows(found):
            assert found.piece_start[w.last] - found.piece_start[w.first] <= words.LONGEST_WINDOW
            assert w.first < w.last


def test_a_window_holds_whole_paragraphs_where_they_fit() -> None:
    found = _words("\n\n".join([TEXT] * 20))
    for w in windows(found):
        assert w.first == 0 or found.paragraph[w.first] != found.paragraph[w.first - 1]


def test_relations_tell_the_branches_of_the_tree_apart() -> None:
    found = _words(TEXT)
    said = next(i for i, (s, e) in enumerate(zip(found.start, found.end, strict=True)) if TEXT[s:e] == "said")
    window = windows(found)[0]
    low, high = region(found, window, (said, said + 1))
    assert set(found.paragraph[low:high]) == {0}
    related = relations(found, (said, said + 1), (low, high), np.array([said]))
    for column, most in enumerate(RELATIONS):
        assert related[:, column].min() >= 0
        assert related[:, column].max() < most
    branch = {TEXT[found.start[i] : found.end[i]]: int(related[i - low, 1]) for i in range(low, high)}
    assert branch["defence"] == branch["the"] != branch["frigates"]
    assert branch["minister"] == branch["defence"] - 1  # the topmost word of the same branch
    assert related[said - low, 2] == 5
    assert related[said - low, 0] == (RELATIONS[0] - 1) // 2


# --- paths


_STARTS = np.array([0, 0, FORBIDDEN, 0, FORBIDDEN], np.float32)


def _steps() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    steps = np.random.default_rng(3).normal(size=(5, 5)).astype(np.float32)
    for inside in (2, 4):
        for before in range(5):
            if before not in (inside, inside - 1):
                steps[before, inside] = FORBIDDEN
    return steps


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 999))
def test_the_best_path_is_the_best_of_all(length: int, beside: int, seed: int) -> None:
    steps = _steps()
    rng = np.random.default_rng(seed)
    scores, other = (rng.normal(size=(n, len(TAGS))).astype(np.float32) for n in (length, beside))

    def total(tags: tuple[int, ...]) -> float:
        each = sum(float(scores[i, t]) for i, t in enumerate(tags))
        return float(_STARTS[tags[0]]) + each + sum(float(steps[a, b]) for a, b in itertools.pairwise(tags))

    totals = {tags: total(tags) for tags in itertools.product(range(5), repeat=length)}
    _, (path, probability) = best_paths([other, scores], steps, _STARTS)
    assert totals[tuple(path)] == pytest.approx(max(totals.values()), abs=1e-4)
    everything = math.log(sum(math.exp(t) for t in totals.values()))
    assert probability == pytest.approx(totals[tuple(path)] - everything, abs=1e-3)


def test_many_paths_are_each_what_they_are_alone() -> None:
    rng = np.random.default_rng(1)
    many = [rng.normal(size=(int(n), len(TAGS))).astype(np.float32) for n in rng.integers(1, 30, 600)]
    together = list(best_paths(many, _steps(), _STARTS))
    alone = [next(best_paths([one], _steps(), _STARTS)) for one in many]
    assert [tags for tags, _ in together] == [tags for tags, _ in alone]
    assert [p for _, p in together] == pytest.approx([p for _, p in alone])
    assert list(best_paths([], _steps(), _STARTS)) == []


def test_stretches_of_tags() -> None:
    assert list(stretches([1, 2, 0, 3, 4, 3, 4, 4], 3)) == [(3, 5), (5, 8)]
    assert list(stretches([1, 2, 0, 3, 4, 3, 4, 4], 1)) == [(0, 2)]
    assert list(stretches([], 1)) == []


# --- candidates


def _ruled(text: str) -> tuple[Found, ...]:
    return rules.cued(Layout(language.annotate(text), find_quotations(text)))


def _at(found: Words, text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    first = int(np.searchsorted(found.end, start, "right"))
    return first, int(np.searchsorted(found.start, start + len(part), "left"))


def test_a_rule_that_agrees_is_a_signal_and_no_candidate_of_its_own() -> None:
    text = "The minister said that the ships will sail in May."
    found = _words(text)
    linked = Linked(
        _at(found, text, "said"),
        (_at(found, text, "The minister"),),
        (_at(found, text, "that the ships will sail in May"),),
        0.8,
        0.5,
    )
    (alone,) = candidates(found, Reading(np.zeros(len(found), np.float32), (linked,)), ())
    (agreed,) = candidates(found, Reading(np.zeros(len(found), np.float32), (linked,)), _ruled(text))
    assert agreed.witness == alone.witness == "network"
    assert alone.signals[-3:] == (0.0, 0.0, 0.0)
    assert agreed.signals[-3] == agreed.signals[-1] == 1.0
    assert agreed.signals[-2] > 0.9
    assert len(agreed.signals) == len(SIGNALS["network"])


def test_a_rule_is_heard_where_the_network_passes_a_cue_over() -> None:
    text = "The minister said that the ships will sail in May."
    found = _words(text)
    (one,) = candidates(found, Reading(np.full(len(found), 0.01, np.float32), ()), _ruled(text))
    assert one.witness == "rules"
    assert (one.cue, one.source) == (_at(found, text, "said"), _at(found, text, "The minister"))
    assert len(one.signals) == len(SIGNALS["rules"])
    assert one.signals[1] == pytest.approx(log_odds(0.01))


# --- attributions that agree


def _candidate(cue: int, content: tuple[tuple[int, int], ...]) -> Candidate:
    return Candidate((cue, cue + 1), None, content, "network", ())


def test_the_surer_of_two_keeps_the_words_that_both_claim() -> None:
    found = _words(TEXT)
    sure, unsure = (_candidate(16, ((0, 7),)), 0.9), (_candidate(20, ((4, 14),)), 0.7)
    first, second = settled(found, [unsure, sure])
    assert (first[0].content, first[1]) == (((0, 7),), 0.9)
    assert (second[0].content, second[1]) == (((7, 14),), 0.7)


def test_one_that_loses_most_of_its_words_is_given_up() -> None:
    found = _words(TEXT)
    kept = settled(found, [(_candidate(12, ((0, 7),)), 0.9), (_candidate(20, ((2, 8),)), 0.8)])
    assert [one.cue for one, _ in kept] == [(12, 13)]


def test_the_cue_of_a_surer_one_is_no_content_and_nothing_is_left_of_punctuation() -> None:
    found = _words(TEXT)
    sure, unsure = (_candidate(2, ((3, 7),)), 0.9), (_candidate(20, ((0, 4),)), 0.7)
    assert [one.content for one, _ in settled(found, [sure, unsure])] == [((3, 7),), ((0, 2),)]
    comma = next(i for i in range(len(found)) if TEXT[found.start[i]] == ",")
    assert settled(found, [(_candidate(2, ((comma, comma + 1),)), 0.9)]) == []


# --- quotation marks


def _layout(text: str) -> Layout:
    return Layout(language.annotate(text), find_quotations(text))


def test_a_content_that_is_half_a_quotation_is_all_of_it() -> None:
    text = "“We keep our word in every year,” she said, and it was so."
    start = text.index("keep")
    free = (0, text.index("she"))
    assert _layout(text).to_marks((start, text.index(",”")), free) == (0, text.index(" she"))


def test_a_content_that_ends_with_a_word_in_marks_stays_as_it_is() -> None:
    text = "She said the plan, drawn up in June by nobody she knew, was “fair and square and good” to them."
    span = (text.index("the plan"), text.index(" and square"))
    assert _layout(text).to_marks(span, (0, len(text))) == span


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "“We will stay as long as it takes, she said.\n\n“And we will not be alone in that.”\n\nHe left."
    layout = _layout(text)
    assert layout.continued(text.index("\n")) == (text.index("“And"), text.index("\n\nHe"))
    assert layout.continued(text.index("\n\nHe")) is None


def test_quoted_sentences_without_a_cue_are_given_and_titles_are_not() -> None:
    text = (
        'The hall fell silent. "We were never asked about any of this." Then the choir sang "Silent Night".'
    )
    span = (text.index('"We'), text.index(" Then"))
    layout = _layout(text)
    assert [f.content for f in rules.unclaimed(layout, ())] == [(span,)]
    assert list(rules.unclaimed(layout, [Found(None, None, (span,), 0.5)])) == []
