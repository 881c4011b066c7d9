"""What counts as the right speaker, on invented articles."""

import hashlib
import json
from pathlib import Path

import msgspec
import pytest
import speakers
from scenes import scene

from onrecord.actors import Cast
from onrecord.article import mention
from onrecord.record import Actor, Attribution, Speaker

TEXT = "The Fjord Institute met on Monday. Marta Ozola said that talks would go on. She hoped to win."


def actor(name: str, kind: str, *words: str) -> Actor:
    spans = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]
    return Actor(f"act-{name}", name, kind, mentions=tuple(mention(TEXT, *s) for s in spans))  # type: ignore[arg-type]


CAST = Cast(
    [
        actor("Fjord Institute", "organisation", "Fjord Institute"),
        actor("Marta Ozola", "person", "Marta Ozola"),
    ]
)


def truth(
    kind: str, name: str | None = None, span: tuple[int, int] | None = None, **also: object
) -> speakers.Truth:
    others = speakers.Others(**{k: v for k, v in also.items() if k in ("names", "roles", "affiliations")})  # type: ignore[arg-type]
    return speakers.Truth(kind, name, span, also.get("role"), also.get("affiliation"), others)  # type: ignore[arg-type]


def speaker(name: str, *, known: bool = True, **more: str) -> Speaker:
    return Speaker(f"act-{name}" if known else None, name, **more)


@pytest.mark.parametrize(
    ("given", "is_hers"),
    [
        ("Marta Ozola", True),
        ("Ozola", True),
        ("M. Ozola", True),
        ("OZOLA", True),
        ("Marta Ilze Ozola", False),
        ("Janis Ozola", False),
        ("Marta", False),
        ("The minister", False),
        ("…", False),
    ],
)
def test_a_person_is_known_by_the_surname_and_no_foreign_name(given: str, is_hers: bool) -> None:
    assert speakers.is_person(given, ["Marta Ozola"]) is is_hers


def test_a_surname_that_two_bear_is_nobodys() -> None:
    assert not speakers.is_person("Ozola", ["Marta Ozola"], ["Marta Ozola", "Janis Ozola"])
    assert speakers.is_person("Marta Ozola", ["Marta Ozola"], ["Marta Ozola", "Janis Ozola"])


def test_a_full_name_has_first_and_last() -> None:
    assert speakers.is_full("Marta M. Ozola", "Marta Ozola")
    assert not speakers.is_full("Ozola", "Marta Ozola")


@pytest.mark.parametrize(
    ("given", "stated"),
    [
        ("Prime Minister", True),
        ("minister", True),
        ("Latvian prime minister", True),
        ("envoy", False),
        (None, False),
    ],
)
def test_a_role_may_be_told_in_part(given: str | None, stated: bool) -> None:
    assert speakers.is_stated(given, ["prime minister"]) is stated


def test_an_affiliation_counts_where_the_role_or_the_country_tells_it() -> None:
    wanted = truth("person", "Marta Ozola", affiliation="Latvia", names=())
    assert speakers.is_affiliated(speaker("Marta Ozola", country="LVA"), wanted)
    assert speakers.is_affiliated(speaker("Marta Ozola", role="prime minister of Latvia"), wanted)
    assert not speakers.is_affiliated(speaker("Marta Ozola", country="EST", role="prime minister"), wanted)
    assert not speakers.is_affiliated(None, wanted)


def test_where_nobody_can_be_named_nobody_may_be() -> None:
    words, named = speaker("an official", known=False), speaker("Marta Ozola")
    for kind in ("unnamed", "document", "author"):
        assert speakers.is_right(truth(kind), None, CAST)
        assert speakers.is_right(truth(kind), words, CAST)
        assert not speakers.is_right(truth(kind), named, CAST)
    assert speakers.is_right(truth("none"), None, CAST)
    assert not speakers.is_right(truth("none"), words, CAST)
    assert speakers.is_right(truth("document", names=("Fjord Institute",)), speaker("Fjord Institute"), CAST)


def test_a_body_is_known_by_its_name_or_by_its_place() -> None:
    start = TEXT.index("Fjord Institute")
    wanted = truth("organisation", "The institute", (start, start + len("Fjord Institute")))
    assert speakers.is_right(wanted, speaker("Fjord Institute"), CAST)
    assert speakers.is_right(wanted, speaker("the institute", known=False), CAST)
    assert not speakers.is_right(wanted, speaker("Marta Ozola"), CAST)
    assert not speakers.is_right(wanted, None, CAST)


def test_a_group_is_known_by_most_of_its_words_and_is_no_person() -> None:
    wanted = truth("group", "senior officials")
    assert speakers.is_right(wanted, speaker("two senior officials", known=False), CAST)
    assert not speakers.is_right(wanted, speaker("farmers", known=False), CAST)
    assert not speakers.is_right(truth("group", "Marta Ozola"), speaker("Marta Ozola"), CAST)


def line(
    source: str, kind: str = "person", name: str | None = "Marta Ozola", **more: object
) -> dict[str, object]:
    def spans(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]] if words else []

    return {
        "doc": "toy",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "content": spans("that talks would go on" if source != "She" else "to win"),
        "source": spans(source),
        "cue": spans("said" if source != "She" else "hoped"),
        "speaker": {"kind": kind, "name": name, "span": None, "role": None, "affiliation": None, **more},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [line("Marta Ozola"), line("She")]
    (tmp_path / "toy.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "toy.txt").write_bytes(TEXT.encode())
    return tmp_path


def test_an_article_is_measured_with_its_spans_given_and_with_our_own(folder: Path) -> None:
    figures = speakers.measure(folder, folder / "toy.jsonl")
    assert figures["speaker, spans given"] == 1.0
    assert figures["speaker by full name, spans given"] == 1.0
    assert 0.5 <= figures["speaker, own attributions"] <= 1.0


def test_another_text_than_the_annotated_one_is_refused(folder: Path) -> None:
    (folder / "text" / "toy.txt").write_bytes(b"Something else.")
    with pytest.raises(ValueError, match="not the text that was annotated"):
        speakers.measure(folder, folder / "toy.jsonl")


def test_contents_are_aligned_one_to_one() -> None:
    text = "Ann Bell said that talks would go on. Ann Bell said that talks had ended."
    own = scene(text).attributions
    first, second = (
        (text.index("that talks"), text.index(". Ann")),
        (text.rindex("that talks"), len(text) - 1),
    )

    def wanted(start: int, end: int) -> speakers.Line:
        return speakers.Line("toy", "", ((start, end),), (), (), truth("none"))

    def starts(found: list[Attribution | None]) -> list[int | None]:
        return [a.content[0].start if a else None for a in found]

    assert starts(speakers.align(text, [wanted(*first), wanted(*second)], own)) == [first[0], second[0]]
    assert starts(speakers.align(text, [wanted(*first), wanted(*first)], own)) == [first[0], None]
    assert starts(speakers.align(text, [wanted(0, 3)], own)) == [None]


def test_the_kinds_of_source() -> None:
    def of(source: str) -> str:
        return speakers.source_type(TEXT, msgspec.convert(line(source), speakers.Line))

    assert [of("Marta Ozola"), of("She"), of(""), of("The Fjord Institute")] == [
        "name", "pronoun", "no source", "description",
    ]  # fmt: skip


def test_an_interval_holds_its_share_and_draws_whole_articles() -> None:
    def outcome(doc: str, right: bool) -> speakers.Outcome:
        return speakers.Outcome(doc, "person", "name", right, False, None, None, None, None)

    outcomes = [outcome(d, d < "e") for d in "abcdefgh" for _ in range(5)]
    test = speakers.FIGURES["right person"]
    low, high = speakers.interval(outcomes, test, 200)
    assert speakers.share(outcomes, test) == (0.5, 40)
    assert low < 0.5 < high
    assert speakers.interval([outcome("a", True)], test, 50) == (1.0, 1.0)
    assert speakers.share(outcomes, speakers.FIGURES["right group"]) == (0.0, 0)


def test_the_annotation_itself_is_sound() -> None:
    lines = speakers.read_annotation(Path(speakers.__file__).with_name("speakers.jsonl"))
    assert len(lines) == 350
    assert len({x.doc for x in lines}) == 16
    assert len({x.doc.split("_")[0] for x in lines}) == 7
    assert len({(x.doc, x.sha256) for x in lines}) == 16
    for x in lines:
        assert all(s < e for s, e in (*x.content, *x.source, *x.cue))
        assert (x.speaker.name is None) == (x.speaker.kind in ("unnamed", "document", "author", "none"))
