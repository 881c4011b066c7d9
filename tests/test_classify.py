"""One pair in a text: what the network is shown of it, and what it is said to be."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attributions.network import shipped
from onrecord.events import classify
from onrecord.events.network import AFTER, BEFORE, RECIPIENT, SOURCE, STATUSES, TYPES, inputs, read, sentence
from onrecord.events.plover import IMPOSE, as_coded, named


def pair(text: str, source: str, recipient: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    start, end = text.index(source), text.index(recipient)
    return text, (start, start + len(source)), (end, end + len(recipient))


@pytest.mark.parametrize(
    ("text", "source", "recipient", "event"),
    [
        ("Norway expelled a Belarusian diplomat.", "Norway", "a Belarusian diplomat", "SANCTION"),
        ("Kenya condemned Uganda for the raid.", "Kenya", "Uganda", "ACCUSE"),
        ("The tanks were given to Ghana by Norway.", "Norway", "Ghana", "AID"),
        ("Peru's foreign minister met the Chilean one in Lima.", "Peru", "the Chilean one", "CONSULT"),
        ("Armenian artillery shelled Georgian positions.", "Armenian artillery", "Georgian", "ASSAULT"),
        ("Canada slapped sanctions on Belarus.", "Canada", "Belarus", IMPOSE),
        ("Peru and Chile held joint naval exercises.", "Peru", "Chile", "COOPERATE"),
        ("Turkish police arrested nine Syrian students.", "Turkish police", "nine Syrian students", "COERCE"),
    ],
)  # fmt: skip
def test_a_pair_with_a_deed(text: str, source: str, recipient: str, event: str) -> None:
    found = classify(*pair(text, source, recipient))
    assert (found.event, found.status) == (event, "asserted")
    assert 0.3 < found.confidence <= 1


@pytest.mark.parametrize(
    ("text", "source", "recipient"),
    [
        ("Kenya condemned Uganda for the raid.", "Uganda", "Kenya"),
        ("Norway is larger than Denmark.", "Norway", "Denmark"),
        ("Wheat prices rose in Egypt and fell in Tunisia.", "Egypt", "Tunisia"),
    ],
)
def test_a_pair_without_a_deed_has_no_type(text: str, source: str, recipient: str) -> None:
    found = classify(*pair(text, source, recipient))
    assert (found.event, found.status) == (None, None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Armenia has not attacked Georgia.", "denied"),
        ("Armenia may attack Georgia.", "possible"),
        ("Armenia would attack Georgia if talks failed.", "conditional"),
        ("Armenia will visit Georgia in May.", "planned"),
        ("Armenia attacked Georgia.", "asserted"),
    ],
)
def test_the_status_of_a_pair(text: str, status: str) -> None:
    assert classify(*pair(text, "Armenia", "Georgia")).status == status


def test_a_deed_whose_recipient_is_not_named() -> None:
    assert classify("The minister agreed to resign on Monday.", (0, 12), None).event == "AGREE"


@pytest.mark.parametrize(
    ("source", "recipient"),
    [((0, 0), (2, 4)), ((0, 5), (4, 9)), ((0, 5), (6, 99)), (None, None), (None, (9, 99))],
)
def test_spans_that_are_none_are_refused(
    source: tuple[int, int] | None, recipient: tuple[int, int] | None
) -> None:
    with pytest.raises(ValueError, match=r"span|overlap"):
        classify("Kenya condemned Uganda.", source, recipient)


def test_what_the_network_is_shown() -> None:
    text, source, recipient = pair("Kenya condemned Uganda.", "Kenya", "Uganda")
    pieces, parts, offsets = inputs(sentence(text, shipped.load().tokenizer), [source], [recipient])
    assert len(pieces) == len(parts) == len(offsets)
    shown = {text[a:b]: part for (a, b), part in zip(offsets, parts.tolist(), strict=True) if a < b}
    assert shown == {"Kenya": SOURCE, "condemned": 0, "Uganda": RECIPIENT, ".": 0}


def test_a_long_sentence_is_cut_around_its_pair() -> None:
    text, source, recipient = pair(
        "word " * 400 + "Kenya condemned Uganda" + " word" * 400, "Kenya", "Uganda"
    )
    pieces, parts, _ = inputs(sentence(text, shipped.load().tokenizer), [source], [recipient])
    assert len(pieces) == 3 + BEFORE + AFTER + 2
    assert {SOURCE, RECIPIENT} <= set(parts.tolist())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_read(before: str, between: str, after: str) -> None:
    text = f"{before}Kenya{between}Uganda{after}"
    start = len(before)
    second = start + 5 + len(between)
    one = sentence(text, shipped.load().tokenizer)
    reading = read(one, [(start, start + 5)], [(second, second + 6)])
    assert np.isclose(sum(reading.types.values()), 1, atol=1e-4)
    assert set(reading.types) == set(TYPES)
    assert set(reading.statuses) == set(STATUSES)
    assert 0 <= reading.act[0] <= reading.act[1] <= len(text)


def test_the_same_pair_gives_the_same_whatever_was_read_before() -> None:
    one, other = pair("Kenya condemned Uganda.", "Kenya", "Uganda"), pair("Peru met Chile.", "Peru", "Chile")
    first = classify(*one)
    classify(*other)
    assert classify(*one) == first


def test_sanctions_count_as_the_published_mapping_has_them() -> None:
    types = dict.fromkeys(TYPES, 0.0) | {"IMPOSE": 0.6, "SANCTION": 0.2, "NONE": 0.2}
    assert named(types) == (IMPOSE, 0.6)


@pytest.mark.parametrize(
    ("event", "status", "coded"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("ASSAULT", "planned", "THREATEN"),
        ("ASSAULT", "possible", "ASSAULT"),
        ("REQUEST", "planned", "REQUEST"),
        ("AID", "asserted", "AID"),
    ],
)
def test_what_is_still_to_come(event: str, status: str, coded: str) -> None:
    assert as_coded(event, status) == coded  # type: ignore[arg-type]


README = Path(__file__).parents[1] / "README.md"


@pytest.mark.skipif(not README.exists(), reason="the package without its documents")
def test_the_readme_shows_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    example = README.read_text(encoding="utf-8").partition("One pair of actors of your own:")[2]
    code, told = (part.partition("\n")[2] for part in example.split("```")[1:4:2])
    exec(code, {})
    assert capsys.readouterr().out == told
