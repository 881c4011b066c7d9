"""Decoding: every change is listed and can be undone, and no foreign script comes into an English text."""

import contextlib
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.decoding import DecodeError, decode, to_text
from onrecord.reading.garbling import find_garbled
from onrecord.reading.mending import Decoded, mend, restore

ENGLISH = "The minister said on Monday: “We’re ready” — and then he left for São Paulo by train."

MOJIBAKE = st.sampled_from(
    [
        *(
            "Ìý",
            "°®Âþµº",
            "â€œ",
            "â€\x9d",
            "â€™",
            "Ã©",
            "Ã ",
            "Â ",
            "Â£",
            "鈥檚",
            "聽",
            "\ufffd",
            "\x92",
            "\x00",
        ),
        *("¡°", "¡±", "ÐŸÑ€", " ", "\n", "a", "word", "é", "“", "”", "’", "\x85", "???", "ðŸ˜€", "\u2028"),
        *("&amp;", "\ud800"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(MOJIBAKE, max_size=20).map("".join))


def garbled(decoded: Decoded) -> list[str]:
    return [decoded.text[slice(*p.span)] for p in decoded.problems if p.kind == "garbled" and p.span]


@given(TEXTS)
def test_the_raw_text_can_be_had_back(raw: str) -> None:
    mended = mend(raw)
    assert restore(mended) == raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@given(TEXTS)
def test_spans_are_in_the_text_and_in_order(raw: str) -> None:
    mended = mend(raw)
    end = 0
    for repair in mended.repairs:
        assert end <= repair.span[0] < repair.span[1] <= len(mended.text)
        end = repair.span[1]
        assert repair.original
    for problem in mended.problems:
        assert problem.span is None or 0 <= problem.span[0] < problem.span[1] <= len(mended.text)


@given(TEXTS)
def test_no_foreign_script_comes_in(raw: str) -> None:
    text = f"{ENGLISH} {raw} {ENGLISH}"
    new = set(mend(text).text) - set(text)
    foreign = {c for c in new if unicodedata.category(c) == "Lo" or (c.isalpha() and ord(c) > 0x24F)}
    assert not {c for c in foreign if not unicodedata.name(c, "").startswith("LATIN")} - {"ˆ"}


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_an_error(data: bytes) -> None:
    with contextlib.suppress(DecodeError):
        assert restore(decode(data)) == to_text(data)[0]


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200))
def test_plain_ascii_stays_as_it_is(words: str) -> None:
    """Entities left over from a web page are the one thing in ASCII that is no ordinary text."""
    text = words.replace("&", "and").replace("??", "?")
    assert mend(text) == Decoded(text)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "‘Single’ and “double” quotes, an en–dash, an ellipsis… and the ’90s.",
        "Recep Tayyip Erdoğan, Ērika, Øystein Bø, Łukasz Żółć, Þórður Guðmundsson, Nguyễn Văn Đồng",
        "São Tomé, Côte d’Ivoire, naïve, façade, Ångström, Æthelred, Œuvre, ÉCLAIR, jäääär, óþýðanlegt",
        "£5, €3m, ¥900, 30 °C, 5°, ½ a mile, ±3 %, Nestlé®, ™, ©2023, §7, ¶2, 100 µg, m², N°É, Mª Ángeles",
        "«À Évian», „Größe“, ¿Árbol?, ¡Él!, Café—École, L’Été, “Él”",
        "Full-width ＡＢＣ, the ligature ﬁ, a no-break\u00a0space, a soft\u00adhyphen and U+2028\u2028stay.",
        "In Chinese the party is called 中国共产党, in Russian Россия, in Arabic العربية.",
        "What??? Really?? He said so.",
        "AT&T and R&D; <b>tags</b> stay; so does &unknown; and 5 &lt; 6.",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert mend(text) == Decoded(text)
    assert decode(text.encode()) == Decoded(text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("in 2021.Ìý\nThe", "in 2021. \nThe"),
        ("a caféÌýwas", "a café was"),
        ("it isnâ€™t â€œoverâ€\x9d yet", "it isn’t “over” yet"),
        ("Ã‰mile is naÃ¯ve Ã la mode, for Â£5", "Émile is naïve à la mode, for £5"),
        ("it isn鈥檛 over, 鈥淚 said", "it isn’t over, “I said"),
        ("¡°Yes¡± ¡ª he said", "“Yes” — he said"),
        ("FranA\u0303\x83A\u0302§ois was naÃ \u0304ve", "François was naïve"),
        ("it\x92s \x93here\x94", "it’s “here”"),
        ("R&amp;D&nbsp;&ndash; the state&rsquo;s", "R&D\u00a0– the state’s"),
        ("Ira\x07n and\x0call", "Iran and\nall"),
        ("stop\x00", "stop"),
    ],
)
def test_what_went_wrong_is_undone_and_listed(raw: str, text: str) -> None:
    mended = mend(f"The minister said so: {raw}")
    assert mended.text == f"The minister said so: {text}"
    assert mended.repairs
    assert restore(mended) == f"The minister said so: {raw}"


def test_a_no_break_space_lost_through_gbk_is_one_repair() -> None:
    mended = mend("It ended there.Ìý")
    assert [(r.span, r.original) for r in mended.repairs] == [((15, 16), "Ìý")]
    assert mended.problems == ()


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("中东之眼", "gbk"),
        ("中國時報", "big5"),
        ("조선일보", "euc_kr"),
        ("Известия", "cp1251"),
        ("Известия", "koi8_r"),
        ("Известия", "utf-8"),
        ("新华社", "utf-8"),
        ("Καθημερινή", "cp1253"),
    ],
)
def test_a_lost_name_stays_and_is_flagged(words: str, encoding: str) -> None:
    lost = words.encode(encoding).decode("latin-1")
    lost = "".join(c for c in lost if c > "\xa0")
    text = f"He told {lost} on Monday that the talks had failed."
    mended = mend(text)
    assert mended.text == text
    assert len(garbled(mended)) == 1
    assert garbled(mended)[0] in lost


def test_a_lost_name_keeps_its_characters_beside_a_repair() -> None:
    mended = mend("He told °®ÂþµºÌýon Monday.")
    assert mended.text == "He told °®Âþµº on Monday."
    assert garbled(mended) == ["°®Âþµº"]


def test_lost_characters_are_flagged() -> None:
    assert garbled(mend("He told \ufffd\ufffd\ufffd on Monday.")) == ["\ufffd\ufffd\ufffd"]
    assert garbled(mend("He told ???? on Monday.")) == ["????"]


def test_what_cannot_be_undone_whole_is_not_undone_by_half() -> None:
    mended = mend("a realÃ¢€world concern")
    assert mended.text == "a realÃ¢€world concern"
    assert garbled(mended) == ["Ã¢€"]


def test_many_garbled_runs_are_counted_not_listed() -> None:
    assert len(list(find_garbled("told \ufffd, " * 5000))) == 51


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    assert decode((ENGLISH * 3).encode(encoding)).text == ENGLISH * 3


def test_a_declared_charset_counts_where_utf_8_does_not_fit() -> None:
    assert to_text("Čeští vojáci".encode("iso8859-2"), "iso-8859-2") == ("Čeští vojáci", ())
    assert to_text(ENGLISH.encode(), "iso-8859-2") == (ENGLISH, ())
    assert to_text("it’s".encode("cp1252"), "iso-8859-1") == ("it’s", ())


def test_a_guess_says_that_it_is_one() -> None:
    _, problems = to_text(ENGLISH.encode("cp1252"), "no-such-charset")
    assert [p.kind for p in problems] == ["encoding"]


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"one\r\ntwo\rthree\n") == Decoded("one\ntwo\nthree\n")


def test_a_text_cut_in_a_character_is_truncated() -> None:
    decoded = decode("He left for a café".encode()[:-1])
    assert decoded.text == "He left for a caf"
    assert [p.kind for p in decoded.problems] == ["truncated"]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"PK\x03\x04aaaa", b"\x89PNG\r\n", bytes(range(256)), b"\0" * 50, b"a\0b"]
)
def test_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(DecodeError, match="not text"):
        decode(data)


@pytest.mark.parametrize(
    "unit",
    [
        "é°",
        "”“",
        "\ufffd a",
        "鈥",
        "聽",
        "\x92",
        " ??",
        "Ã ",
        "â€œa",
        "&amp;",
        "&",
        "Ìý",
        "Ïð ",
        "\u00a0",
        "¡°",
    ],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (150_000 // len(unit))
    start = time.perf_counter()
    mend(text)
    assert time.perf_counter() - start < 15
