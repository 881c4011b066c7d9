"""Number words and expressions → bounds; money → an amount and a currency.

A quantity keeps the bounds that its words have: "at least 24" is [24, ∞), "hundreds" [200, 999], "about 40"
[36, 44]. Words that count something else than pieces (tonnes, squadrons, batteries) stay as words without
bounds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.record import Quantity, Value

if TYPE_CHECKING:
    from spacy.tokens import Token

Bounds = tuple[int | None, int | None]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_SCALE = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}

VAGUE: dict[str, Bounds] = {
    "hundreds of thousands": (200_000, 999_999),
    "tens of thousands": (20_000, 99_999),
    "several thousand": (3_000, 9_999),
    "several hundred": (300, 999),
    "several dozen": (36, 99),
    "a few thousand": (3_000, 9_999),
    "a few hundred": (300, 999),
    "a few dozen": (36, 99),
    "thousands": (2_000, 9_999),
    "hundreds": (200, 999),
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "several": (3, 9),
    "a few": (3, 9),
    "half a dozen": (6, 6),
    "a dozen": (12, 12),
    "a hundred": (100, 100),
    "a thousand": (1000, 1000),
    "a million": (1_000_000, 1_000_000),
    "a couple": (2, 2),
    "a pair": (2, 2),
    "a single": (1, 1),
    "both": (2, 2),
    "a handful": (None, None),
    "scores of thousands": (40_000, 99_999),
}
"""Expressions without a figure, and the bounds that readers give them (the design's table, carried on)."""

COLLECTIVES = frozenset(
    "tonne ton kilogram kilo kilogramme pound litre gallon truckload planeload shipload trainload container "
    "shipment consignment batch load crate squadron regiment battery battalion brigade division wing flight "
    "company unit package fleet flotilla tranche stockpile cache".split()
)
"""Nouns that count something else than pieces: "two squadrons of fighters" has no number of fighters."""

_WORD = "|".join([*_SMALL, *_SCALE])
_NUMBER = (
    r"(?:\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d{1,12})(?:\.\d{1,4})?"
    r"(?:[ -](?:hundred|thousand|million|billion|dozen))?"
    rf"|(?:{_WORD})(?:[ -](?:and )?(?:{_WORD})){{0,7}}"
)
_VAGUE = "|".join(sorted(map(re.escape, VAGUE), key=len, reverse=True))
_AT_LEAST = r"at least|no fewer than|no less than|not less than|a minimum of"
_MORE_THAN = r"more than|upwards? of|in excess of|well over|just over|over|above"
_UP_TO = r"up to|as many as|at most|no more than|not more than|a maximum of"
_LESS_THAN = r"fewer than|less than|under|below"
_NEARLY = r"almost|nearly|close to|just under|not quite"
_ABOUT = r"about|around|roughly|approximately|an estimated|estimated|circa|some|~"
_ADDING = r"another|a further|further|an additional|additional|an extra|extra"
_EXPRESSION = re.compile(
    rf"(?<![\w$€£¥-])(?:(?P<also>{_ADDING}) )?"
    rf"(?:(?P<bound>{_AT_LEAST}|{_MORE_THAN}|{_UP_TO}|{_LESS_THAN}|{_NEARLY}|{_ABOUT}) ?)?"
    rf"(?:(?P<adding>{_ADDING}) )?"
    rf"(?:between (?P<least>{_NUMBER}) and (?P<most>{_NUMBER})"
    rf"|(?:from )?(?P<first>{_NUMBER})(?: to | or |(?<=\d) ?[-–] ?(?=\d))(?P<second>{_NUMBER})"
    rf"|(?P<vague>{_VAGUE})|(?P<number>{_NUMBER}))"
    r"(?P<more> more| additional| further| extra)?(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)

_PART = re.compile(
    rf"(?P<part>(?<![\w-])(?:{_NUMBER})) of (?:the |its |their |those |these )?(?:\w+ )?(?:{_NUMBER})\b",
    re.IGNORECASE,
)

_SYMBOLS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "HK$": "HKD", "$": "USD",
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH", "₺": "TRY",
}  # fmt: skip
_CODES = (
    "AED AUD BRL CAD CHF CNY CZK DKK EGP EUR GBP HUF IDR ILS INR JPY KRW MYR NOK NZD PHP PKR PLN QAR RON RUB "
    "SAR SEK SGD THB TRY TWD UAH USD ZAR"
).split()
_CURRENCIES = {
    "dollar": "USD",
    "us dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "sterling": "GBP",
    "rouble": "RUB",
    "ruble": "RUB",
    "yuan": "CNY",
    "yen": "JPY",
    "rupee": "INR",
    "zloty": "PLN",
    "won": "KRW",
    "rial": "IRR",
    "shekel": "ILS",
}
_LARGE = r"hundred|thousand|million|billion|trillion|mn|bn|[mk](?=\b)"
_MONEY = re.compile(
    r"(?P<symbol>(?<![A-Z])(?:US|A|C|NZ|S|NT|HK)\$|[$€£¥₹₩₽₴₺]"
    rf"|(?<![A-Za-z])(?-i:{'|'.join(_CODES)})(?= ?\d)) ?"
    rf"(?P<figure>\d[\d,]*(?:\.\d+)?)(?:[ -]?(?P<large>{_LARGE})\b)?"
    rf"|(?<![\w.,])(?P<figure2>\d[\d,]*(?:\.\d+)?)(?: (?P<large2>{_LARGE}))? "
    rf"(?P<name>(?:us )?(?:{'|'.join(_CURRENCIES)}))s?\b",
    re.IGNORECASE,
)
_FACTOR = _SCALE | {"mn": 1_000_000, "m": 1_000_000, "bn": 10**9, "k": 1000, "trillion": 10**12}


def number(words: str) -> int | None:
    """Read one number, in figures or words: "6,000", "2.5 million", "twenty-four", "two hundred and six"."""
    words = words.strip().lower()
    if match := re.fullmatch(r"(\d[\d,  \u202f]*(?:\.\d+)?)(?:[ -]([a-z]+))?", words):
        figure, scale = match.groups()
        if scale is not None and scale not in _SCALE:
            return None
        return round(float(re.sub(r"[^\d.]", "", figure)) * _SCALE.get(scale or "", 1))
    total = part = 0
    for word in re.split(r"[\s-]+", words):
        if word == "and":
            continue
        if word in _SMALL:
            part += _SMALL[word]
        elif word in _SCALE:
            part = max(part, 1) * _SCALE[word]
            if _SCALE[word] >= 1000:
                total, part = total + part, 0
        else:
            return None
    return total + part


def read_quantity(words: str) -> Quantity | None:
    """Give the bounds of the last number expression in `words`, with its words; null where there is none.

    Money is no quantity.
    """
    found = None
    for match in _EXPRESSION.finditer(_MONEY.sub(lambda m: "$" * len(m.group()), words)):
        found = match
    if found is None:
        return None
    bounds = _base(found)
    if bounds is None:
        return None
    low, high = _bounded(bounds, (found["bound"] or "").lower())
    return Quantity(low, high, found.group().strip(), bool(found["also"] or found["adding"] or found["more"]))


def _base(match: re.Match[str]) -> Bounds | None:
    if match["vague"]:
        return VAGUE[match["vague"].lower()]
    if match["first"] or match["least"]:
        first, second = number(match["first"] or match["least"]), number(match["second"] or match["most"])
        return None if first is None or second is None else (min(first, second), max(first, second))
    only = number(match["number"])
    return None if only is None else (only, only)


def _bounded(bounds: Bounds, word: str) -> Bounds:
    """Apply a bounding word. A count of things that are named is at least one: "up to six" is [1, 6]."""
    low, high = bounds
    if not word or low is None or high is None:
        return bounds
    if re.fullmatch(_AT_LEAST, word):
        return low, None
    if re.fullmatch(_MORE_THAN, word):
        return (low + 1 if low == high else low), None
    if re.fullmatch(_UP_TO, word):
        return 1, high
    if re.fullmatch(_LESS_THAN, word):
        return 1, max(1, high - 1)
    if re.fullmatch(_NEARLY, word):
        return low * 9 // 10, high
    return low * 9 // 10, -(-high * 11 // 10)


def read_value(words: str) -> Value | None:
    """Give the first amount of money in `words`: "$1 billion", "€300m", "250 million dollars"."""
    match = _MONEY.search(words)
    if match is None:
        return None
    figure = match["figure"] or match["figure2"]
    large = (match["large"] or match["large2"] or "").lower()
    name = (match["name"] or "").lower()
    symbol = (match["symbol"] or "").upper()
    currency = _SYMBOLS.get(symbol, symbol) if symbol else _CURRENCIES[name]
    return Value(float(figure.replace(",", "")) * _FACTOR.get(large, 1), currency, match.group())


def find_quantity(item: Token, start: int) -> Quantity | None:
    """Give the quantity of the noun `item`, whose own words begin at token `start`.

    The words before the item are read back to the first that cannot belong to its number. A definite phrase
    has no number, except its own ("the 2,000 weapons"); an indefinite singular is one; "the second of two"
    is one.
    """
    doc, first = item.doc, start
    stop = max(item.sent.start, start - 14)
    while first > stop and _may_count(doc[first - 1]):
        first -= 1
    words = doc[first:start].text
    # Line breaks and repeated spaces stand for one space in the patterns; the words are found again below.
    flat = " ".join(words.split())
    counted = _collective(doc[first:start])
    if counted is not None:
        return Quantity(None, None, counted)
    if part := _PART.search(flat):
        # "the first two of eight", "36 of the 60"
        flat = part.group("part")
    if ordinal := re.search(r"\b(first|second|third|fourth|fifth|sixth) of\b", flat, re.IGNORECASE):
        return Quantity(1, 1, ordinal.group(1))
    found = read_quantity(flat)
    if found is not None:
        return found
    if re.search(r"\banother\b", flat, re.IGNORECASE):
        return Quantity(1, 1, "another", additional=True) if item.tag_ in ("NN", "NNP") else None
    articles = [t for t in doc[first:start] if t.tag_ == "DT"]
    single = item.tag_ in ("NN", "NNP") and item.lemma_.lower() not in MASS
    if articles and single and articles[-1].lower_ in ("a", "an"):
        return Quantity(1, 1, articles[-1].text)
    return None


MASS = frozenset(
    "artillery ammunition weaponry armour armor equipment hardware aid assistance materiel munition "
    "technology support gear".split()
)
"""Nouns that "a" does not count."""

_COUNTING = {"NUM", "ADJ", "PROPN", "DET", "ADV", "SYM", "PUNCT"}
_BOUNDING = set(
    "at least more than fewer less up to as many some about around over under nearly of no".split()
)


_OVER = frozenset({"hand", "sign", "turn"})
"""Verbs whose "over" is no number's: "handed over 19 tanks"."""


def _may_count(token: Token) -> bool:
    """Say whether a word before an item can belong to its count or its description."""
    if token.is_space or token.text in "();:\"“”'’‘—":
        return False
    lower = token.lower_
    if lower == "over" and token.i and token.doc[token.i - 1].lemma_.lower() in _OVER:
        return False
    if token.tag_ == "PRP$":
        # "200 of its tanks"
        return token.i > 0 and token.doc[token.i - 1].lower_ == "of"
    if lower in _BOUNDING or token.pos_ in {"NUM", "DET", "SYM"} or lower in {"between", "another"}:
        return True
    if _in_compound(token):
        return True
    if lower in ("and", "or"):
        return token.i > 0 and token.doc[token.i - 1].like_num
    if token.pos_ in _COUNTING or token.tag_ in ("VBN", "VBG", "HYPH"):
        return True
    if token.pos_ == "NOUN":
        following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
        if token.dep_ == "nummod" and lower in _SCALE:
            return True
        counts = token.lemma_.lower() in COLLECTIVES or lower.rstrip("s") in _SCALE or lower in _NOUN_COUNTS
        return token.dep_ in ("compound", "nmod", "npadvmod") or (counts and following == "of")
    return False


def _in_compound(token: Token) -> bool:
    """Say whether a word belongs to a hyphened one: "Soviet-built", "single-use"."""
    doc, i = token.doc, token.i
    before = i > 0 and not doc[i - 1].whitespace_
    after = i + 1 < len(doc) and not token.whitespace_
    if token.text in ("-", "–"):
        return before and after
    return (after and doc[i + 1].text in ("-", "–")) or (before and doc[i - 1].text in ("-", "–"))


_NOUN_COUNTS = {"pair", "couple", "dozens", "scores", "tens", "handful", "total", "last", "rest"}


def _collective(span: object) -> str | None:
    """Give the words of a collective count ("two squadrons", "more than 300 tonnes") at the end of a span."""
    tokens = list(span)  # type: ignore[call-overload]
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i].like_num or tokens[i].pos_ == "NUM":
            return None
        if tokens[i].lower_ == "of" and tokens[i - 1].lemma_.lower() in COLLECTIVES:
            words = " ".join(t.text for t in tokens[:i])
            return re.sub(r"^(?:the|its|their)\s+", "", words, flags=re.IGNORECASE)
    return None
