"""CAMEO in and out: the published mapping and the way back."""

from itertools import product

import pytest

from onrecord.events.cameo import codings, from_plover, to_plover
from onrecord.events.codebook import all_contexts, all_modes, categories
from onrecord.record import EventType

EVENTS = [code for code in codings() if len(code) > 2]


@pytest.mark.parametrize(
    ("code", "coding"),
    [
        ("042", ("CONSULT", "visit", ())),
        ("1031", ("REQUEST", "assist", ("economic",))),
        ("0874", ("RETREAT", "disarm", ("military",))),
        ("083", ("CONCEDE", None, ("political_institutions",))),
        ("090", ("ACCUSE", "investigate", ())),
        ("112", ("ACCUSE", "disapprove", ())),
        ("163", ("COERCE", "restrict", ("diplomatic",))),
        ("1433", ("PROTEST", "boycott", ("rights_freedoms",))),
        ("1712", ("ASSAULT", "destroy", ("legal",))),
        ("192", ("COERCE", "confiscate", ("military",))),
        ("2042", ("ASSAULT", "unconventional", ("cbrn",))),
        ("19", ("ASSAULT", None, ())),
    ],
)
def test_in(code: str, coding: tuple[str, str | None, tuple[str, ...]]) -> None:
    assert to_plover(code) == coding


@pytest.mark.parametrize("code", ["01", "010", "015", "019", "02", "020", "0231", "028"])
def test_statements_and_appeals_are_dropped(code: str) -> None:
    assert to_plover(code) is None


@pytest.mark.parametrize("code", ["", "42", "21", "999", "0429", "042 ", "x", "1999", "AGREE"])
def test_no_such_code(code: str) -> None:
    with pytest.raises(ValueError, match="leading zero"):
        to_plover(code)


@pytest.mark.parametrize("code", EVENTS)
def test_out_and_in_again_gives_the_same_type_mode_and_contexts(code: str) -> None:
    """A type without mode and contexts goes out as its root, which the mapping may give a context."""
    told = codings()[code]
    back = to_plover(from_plover(*told))
    assert back is not None
    assert back[:2] == told[:2]
    assert set(back.contexts) == set(told.contexts) or not told.contexts


@pytest.mark.parametrize("cue", [code for code in codings() if len(code) == 2])
def test_cue_categories_keep_their_type(cue: str) -> None:
    event = codings()[cue].event
    back = to_plover(from_plover(event))
    assert back is not None
    assert back.event == event


@pytest.mark.parametrize(
    ("event", "mode", "contexts", "code"),
    [
        ("AGREE", None, (), "030"),
        ("AGREE", None, ("military",), "0312"),
        ("AGREE", None, ("humanitarian",), "030"),
        ("CONSULT", "phone", ("economic",), "041"),
        ("AID", None, ("military", "economic"), "071"),
        ("REQUEST", "assist", ("military",), "1012"),
        ("THREATEN", "violence", (), "138"),
        ("THREATEN", "relations", (), "1311"),
        ("MOBILIZE", "troops", ("military",), "154"),
        ("MOBILIZE", None, ("cyber",), "155"),
        ("SANCTION", "discontinue", ("military",), "1622"),
        ("COERCE", "restrict", ("economic",), "163"),
        ("ASSAULT", None, (), "180"),
        ("ASSAULT", None, ("military",), "190"),
        ("ASSAULT", "assassinate", (), "186"),
        ("ASSAULT", "aerial", ("military",), "195"),
        ("COERCE", "withhold", (), "170"),
        ("ACCUSE", None, (), "110"),
    ],
)
def test_out(event: EventType, mode: str | None, contexts: tuple[str, ...], code: str) -> None:
    assert from_plover(event, mode, contexts) == code


def test_whatever_the_codebook_allows_goes_out_as_a_code_of_the_same_type() -> None:
    """The type always comes back, the mode wherever the mapping has it."""
    named = {(c.event, c.mode) for c in codings().values()}
    keys = [*all_modes(), *((event, None) for event in categories())]
    for (event, mode), context in product(keys, (None, *all_contexts())):
        back = to_plover(from_plover(event, mode, (context,) if context else ()))
        assert back is not None
        assert back.event == event
        if mode is not None and (event, mode) in named:
            assert back.mode == mode


def test_no_such_mode() -> None:
    with pytest.raises(ValueError, match="its modes are: visit, host"):
        from_plover("CONSULT", "telepathy")


def test_the_mapping_uses_only_names_of_the_codebook() -> None:
    for code, coding in codings().items():
        assert coding.mode is None or (coding.event, coding.mode) in all_modes(), code
        assert set(coding.contexts) <= set(all_contexts()), code


def test_nearest_codes_exist() -> None:
    near = [m.cameo for m in all_modes().values() if m.cameo] + [c.cameo for c in categories().values()]
    assert set(near) <= set(codings())
