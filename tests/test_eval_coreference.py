"""What counts as the right actor, on invented articles."""

import hashlib
import json
from pathlib import Path

import coreference
import pytest

from onrecord.actors import Cast
from onrecord.article import mention
from onrecord.record import Actor, Party

TEXT = "Norway attacked Chile. It also threatened Peru. It is clear that talks will go on."
CAST = Cast(
    [
        Actor("act-n", "Norway", "state", "NOR", mentions=(mention(TEXT, 0, 6),)),
        Actor("act-c", "Chile", "state", "CHL", mentions=(mention(TEXT, 16, 21),)),
    ]
)
NORWAY = coreference.Antecedent((0, 6), "NOR")
CHILE = coreference.Antecedent((16, 21), None)


def given(*actors: str) -> tuple[Party, ...]:
    found = (CAST.by_id(f"act-{a}") for a in actors)
    return tuple(Party(a.id, a.name, a.country, None, (0, 6), "Norway") for a in found if a is not None)


def test_an_answer_is_right_by_country_or_by_actor() -> None:
    assert coreference.judge((NORWAY,), given("n"), CAST) == ("right", True)
    assert coreference.judge((CHILE,), given("c"), CAST) == ("right", True)
    assert coreference.judge((NORWAY,), given("c"), CAST) == ("wrong", False)
    assert coreference.judge((NORWAY, CHILE), given("n"), CAST)[0] == "wrong"
    assert coreference.judge((NORWAY,), given("n", "c"), CAST)[0] == "wrong"
    assert coreference.judge((NORWAY,), (), CAST)[0] == "unknown"
    assert coreference.judge((), given("n"), CAST)[0] == "false actor"
    assert coreference.judge((), (), CAST)[0] == "rightly nobody"
    minister = Party("act-x", "Minister", "NOR", None, (0, 6), "Norway")
    assert coreference.judge((NORWAY,), (minister,), CAST) == ("right", False)


def lines(tmp_path: Path, sha256: str | None = None) -> list[coreference.Line]:
    sha256 = sha256 or hashlib.sha256(TEXT.encode()).hexdigest()
    told: list[dict[str, object]] = [
        {"span": [23, 25], "antecedents": [{"span": [0, 6], "country": "NOR"}]},
        {"span": [48, 50], "antecedents": []},
    ]
    path = tmp_path / "toy.jsonl"
    path.write_text("\n".join(json.dumps({"doc": "toy", "sha256": sha256, **x}) for x in told) + "\n")
    (tmp_path / "toy.txt").write_bytes(TEXT.encode())
    return coreference.read_annotation(path)


def test_an_article_is_read_and_asked(tmp_path: Path) -> None:
    outcomes = list(coreference.run(tmp_path, lines(tmp_path), folders=["."]))
    assert [o.result for o in outcomes] == ["right", "rightly nobody"]
    assert [o.kind for o in outcomes] == ["personal", "personal"]
    found = coreference.figures(outcomes)
    assert found["right actor"].value == found["right of all answers"].value == 1.0
    assert found["false actor"].n == 1


def test_another_text_than_the_annotated_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the text that was annotated"):
        list(coreference.run(tmp_path, lines(tmp_path, "0"), folders=["."]))
    with pytest.raises(FileNotFoundError):
        list(coreference.run(tmp_path, lines(tmp_path), folders=["elsewhere"]))


def test_without_the_texts_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["coreference.py", str(tmp_path)])
    assert coreference.main() == 0
    assert "skipped" in capsys.readouterr().out


def test_wilson_keeps_within_nothing_and_all() -> None:
    assert coreference.share(0, 0) == coreference.Share(0.0, 0.0, 1.0, 0)
    half = coreference.share(5, 10)
    assert half.low == pytest.approx(0.2366, abs=1e-4)
    assert half.high == pytest.approx(0.7634, abs=1e-4)
    assert coreference.share(10, 10).high == pytest.approx(1.0)


def test_the_annotation_itself_is_sound() -> None:
    told = coreference.read_annotation()
    assert len(told) == 420
    assert sum(bool(x.antecedents) for x in told) == 272
    half = coreference.halves(told)
    assert len(half) == 27
    assert sorted(half.values()).count("held") == 13
    assert len({(x.doc, x.span) for x in told}) == len(told)
    assert len({(x.doc, x.sha256) for x in told}) == 27
    for x in told:
        assert x.span[0] < x.span[1]
        for one in x.antecedents:
            assert one.span[0] < one.span[1]
            assert one.span[1] <= x.span[0] or one.span[0] >= x.span[1]
