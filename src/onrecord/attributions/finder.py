"""Who said what, as spans: what the network links and the rules find, brought to agree."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions import rules
from onrecord.attributions.candidates import Candidate, candidates
from onrecord.attributions.confidence import Fitted, confidence
from onrecord.attributions.found import Found
from onrecord.attributions.network import Range, read, shipped
from onrecord.attributions.network.words import DATE, ENT_AT, NO_LETTER, SHAPE_AT, Words, words_of
from onrecord.attributions.rules.spans import Layout

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.quotations import Quotation

_PLAIN = ("according", "view")
"""The rules whose frames are nothing but attributions: heard however little they weigh, since what they
attribute would stand as the outlet's own words. A surer one may still claim theirs."""

_NEAR = 16
"""How many spans away others are looked for: they do not overlap, so the nearest ones are enough."""

_SURE = ("quotation", "clause", "according", "view", "infinitive")
"""The rules whose word is enough for a voice within a voice."""


def find(doc: Doc, quotations: Sequence[Quotation]) -> tuple[Found, ...]:
    """Give the attributions of an article in the order of their first words.

    `quotations` are those of the same text. A quotation without any cue comes with neither source nor cue.
    Confidences are calibrated probabilities, but for those quotations and for voices within a voice, which
    nobody marked in the data: they keep the rank of the rule that found them.
    """
    loaded = shipped.load()
    words = words_of(doc, quotations, loaded.tokenizer)
    if not len(words):
        return ()
    layout = Layout(doc, quotations)
    ruled = rules.cued(layout)
    seen = candidates(words, read(words, loaded.graphs, loaded.decoder.least_cue), ruled)
    found = assemble(words, seen, loaded.decoder, layout)
    found.extend(within(found, ruled, layout))
    return tuple(sorted(found, key=lambda f: (f.content, f.cue or (0, 0))))


def assemble(words: Words, seen: Sequence[Candidate], fitted: Fitted, layout: Layout) -> list[Found]:
    """Give the attributions that candidates come to, in no order.

    A quotation that nobody claims is weightier than the doubts about a cue: the likeliest candidate for it is
    given however unlikely, and where there is none it stands alone.
    """
    scored = [(one, confidence(one, fitted)) for one in seen]
    likely = [s for s in scored if _is_likely(*s, fitted)]
    kept = settled(words, likely)
    found = _to_marks(words, kept, layout)
    alone = list(rules.unclaimed(layout, found))
    quoted = [s for f in alone for s in f.content]
    doubtful = [s for s in scored if not _is_likely(*s, fitted) and _claims(words, s[0], quoted)]
    if doubtful:
        kept = settled(words, [*likely, *doubtful])
        found = _to_marks(words, kept, layout)
        alone = list(rules.unclaimed(layout, found))
    return [*found, *alone]


def _is_likely(one: Candidate, sure: float, fitted: Fitted) -> bool:
    return sure >= fitted.least or one.rule in _PLAIN


def within(found: Sequence[Found], ruled: Sequence[Found], layout: Layout) -> Iterator[Found]:
    """Give the voices within a voice, where a rule of the surer kind finds one and a name is its source.

    *She said that Peru denied that …*: PolNeAR marks the outer voice alone, so the network passes them over.
    """
    contents = sorted(s for f in found for s in f.content)
    starts = [s for s, _ in contents]
    cues = {i for f in found if f.cue is not None for i in range(*f.cue)}
    for one in ruled:
        if one.rule not in _SURE or one.source is None or one.cue is None:
            continue
        if not cues.isdisjoint(range(*one.cue)):
            continue
        spans = (one.source, one.cue, *one.content)
        at = bisect.bisect_right(starts, min(s for s, _ in spans)) - 1
        if at < 0 or max(e for _, e in spans) > contents[at][1]:
            continue
        source = layout.doc.char_span(*one.source, alignment_mode="expand")
        if any(t.pos_ == "PROPN" for t in source or ()):
            yield one


def _claims(words: Words, one: Candidate, quoted: Sequence[Span]) -> bool:
    """Say whether most of a candidate's content lies in `quoted`, which nobody else claims."""
    inside = [i for part in one.content for i in range(*part)]
    own = 0
    for i in inside:
        at = bisect.bisect_right(quoted, words.start[i], key=lambda s: s[0]) - 1
        own += at >= 0 and words.start[i] < quoted[at][1]
    return 2 * own > len(inside)


def settled(words: Words, scored: Sequence[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Give the candidates, the surest first, no word the content of two of them.

    The surer one keeps a word that two claim, and its source and cue; one that loses half its
    content that way is given up.
    """
    taken: set[int] = set()
    result = []
    for one, sure in sorted(scored, key=lambda s: (-s[1], s[0].cue)):
        inside = [i for part in one.content for i in range(*part)]
        own = [i for i in inside if i not in taken]
        if 2 * len(own) < len(inside):
            continue
        content = _joined(words, _without_date(words, own))
        content = tuple(c for c in content if (words.features[slice(*c), SHAPE_AT] != NO_LETTER).any())
        if content:
            taken.update(own, range(*one.cue), range(*one.source or (0, 0)))
            result.append((replace(one, content=content), sure))
    return result


def _without_date(words: Words, inside: Sequence[int]) -> Sequence[int]:
    """Drop a date that a content begins with and that belongs to the cue: *agreed in | 2022 to sell*."""
    dated = list(itertools.takewhile(lambda i: words.features[i, ENT_AT] == DATE, inside))
    outside = any(words.head[i] < inside[0] for i in dated)
    return inside[len(dated) :] if outside and len(dated) < len(inside) else inside


def _joined(words: Words, inside: Sequence[int]) -> tuple[Range, ...]:
    """Give the stretches that words form, joined across punctuation that stands alone between them."""
    parts: list[Range] = []
    for i in inside:
        if parts and (words.features[parts[-1][1] : i, SHAPE_AT] == NO_LETTER).all():
            parts[-1] = (parts[-1][0], i + 1)
        else:
            parts.append((i, i + 1))
    return tuple(parts)


def _found(words: Words, candidate: Candidate, sure: float) -> Found:
    def span(stretch: Range) -> Span:
        return int(words.start[stretch[0]]), int(words.end[stretch[1] - 1])

    return Found(
        None if candidate.source is None else span(candidate.source),
        span(candidate.cue),
        tuple(span(c) for c in candidate.content),
        round(sure, 3),
        candidate.rule,
    )


# --- what the quotation marks say


def _to_marks(words: Words, kept: Sequence[tuple[Candidate, float]], layout: Layout) -> list[Found]:
    """Stretch contents to the quotation marks around them, and into the quotations that go on with them."""
    found = [_found(words, c, p) for c, p in kept]
    owned = sorted(s for f in found for s in (f.source, f.cue, *f.content) if s is not None)
    return _continued([_whole(f, owned, layout) for f in found], layout)


def _whole(found: Found, owned: Sequence[Span], layout: Layout) -> Found:
    """Stretch contents to the quotation marks around them, as far as all that is `owned` leaves room."""
    content: list[Span] = []
    for span in found.content:
        at = bisect.bisect_left(owned, span)
        low = max((e for _, e in owned[max(0, at - _NEAR) : at] if e <= span[0]), default=0)
        high = min((s for s, _ in owned[at : at + _NEAR] if s >= span[1]), default=len(layout.text))
        content.append(layout.to_marks(span, (low, high)))
    return replace(found, content=tuple(content))


def _continued(found: Sequence[Found], layout: Layout) -> list[Found]:
    """Add to each quotation the quoted sentences that follow it, where nobody else claims them.

    *"No," he said. "Never."* is one attribution with two contents.
    """
    contents = sorted(s for f in found for s in f.content)
    taken: set[int] = set()
    result = []
    for f in sorted(found, key=lambda f: f.content):
        content = list(f.content)
        while layout.ends_quoted(content[-1]):
            end = max(content[-1][1], *(s[1] for s in (f.cue, f.source) if s is not None))
            more = layout.next_quoted_sentence(end)
            if more is None or more.start in taken:
                break
            after = bisect.bisect_left(contents, (more.end, 0))
            if any(e > more.start for _, e in contents[max(0, after - _NEAR) : after]):
                break
            taken.add(more.start)
            content.append((more.start, more.end))
        result.append(replace(f, content=tuple(content)))
    return result
