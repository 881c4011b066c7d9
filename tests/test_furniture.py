"""Furniture, repeats and losses: what is not the story, what stands there twice, and what is gone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.furniture import find_furniture
from onrecord.reading.losses import find_losses
from onrecord.reading.paragraphs import find_paragraphs, is_wrapped

STORY = "\n".join(
    (
        "Officials in Freedonia said on Tuesday that the first boats had reached the northern port.",
        '"We are building a navy that nobody in this region has seen before, and it will stay," Admiral'
        " Ana Roe told reporters.",
        "Sylvania has not commented on the shipment, which its neighbours regard as a breach of the treaty.",
        '"It is a small step in a long and costly contest," said Tom Poe, who teaches naval history.',
        "The ministry expects ten more boats before the winter, and crews are being trained in both ports.",
    )
)

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "Breadcrumb",
                    "Home > World",
                    "By Jane Doe",
                    "OSLO, March 3 (Agency) — It began.",
                    "Read more: this",
                ),
                *('"We are building a navy that nobody has seen"', '"," .', "that he said it was so", ""),
                *("Follow us on X:", *STORY.split("\n")),
            ]
        ),
        st.text(max_size=80),
    ),
    max_size=14,
).map("\n".join)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(f.kind, text[slice(*f.span)]) for f in find_furniture(text)]


@given(LINES)
def test_spans_are_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for item in find_furniture(text):
        assert end <= item.span[0] < item.span[1] <= len(text)
        end = item.span[1]
        if item.repeats:
            assert 0 <= item.repeats[0] < item.repeats[1] <= len(text)
            assert item.repeats[1] <= item.span[0] or item.span[1] <= item.repeats[0]
    for problem in find_losses(text, find_furniture(text)):
        assert problem.span is not None
        assert 0 <= problem.span[0] < problem.span[1] <= len(text)


def test_a_story_has_no_furniture() -> None:
    assert find_furniture(STORY) == ()
    assert find_losses(STORY) == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Breadcrumb", "breadcrumb"),
        ("Home > World > Northern Seas", "breadcrumb"),
        ("News | World", "breadcrumb"),
        ("Home › Defence › First boats reach the northern port", "breadcrumb"),
        ("Politics", "breadcrumb"),
        ("By Jane Doe", "byline"),
        ("By Jane Doe and Jan van der Berg", "byline"),
        ("Jane Doe, Diplomatic Correspondent", "byline"),
        ("Jane Doe in Fredville", "byline"),
        ("Last updated on 3 March 2023 at 12:00", "other"),
        ("Photo: Jane Doe/Agency", "caption"),
        ("A boat leaves the northern port. (Jane Doe/AFP)", "caption"),
        ("Read more: Why the treaty failed", "related"),
        ("Follow us on Twitter and Facebook", "share"),
        ("Share this article", "share"),
    ],
)
def test_furniture_above_the_story(line: str, kind: str) -> None:
    assert kinds(f"{line}\n{STORY}") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "The treaty was signed by Jane Doe in Fredville.",
        "By 2030 the ministry wants a hundred boats, it said.",
        "Sylvania: A country that shares a border and little else",
        "Live rounds were fired at the border on Sunday, both sides said.",
        "Related cases have come up in other ports, the police said.",
        "Home prices rose, and the ministry of trade was pleased.",
        "Follow-up talks are to be held on Friday in the capital.",
        "“Share the burden or leave,” he said.",
        "Comments by the minister caused an outcry, but he stood by them.",
    ],
)
def test_sentences_that_look_like_it_are_story(line: str) -> None:
    head, rest = STORY.split("\n", 1)
    assert find_furniture(f"{line}\n{STORY}") == ()
    assert find_furniture(f"{head}\n{line}\n{rest}") == ()


@pytest.mark.parametrize(
    "dateline",
    [
        "FREDVILLE, March 3 (Agency) —",
        "FREDVILLE (Reuters) -",
        "FREDVILLE --",
        "NEW FREDVILLE, Sylvania —",
        "Fredville (AFP) –",
        "FREDVILLE, 3 March 2023 (Agency) —",
    ],
)
def test_a_dateline_is_a_prefix(dateline: str) -> None:
    text = f"Boats reach port\n\n{dateline} {STORY}"
    assert kinds(text) == [("dateline", dateline)]


@pytest.mark.parametrize(
    "bio",
    [
        "Jane Doe is a freelance journalist based in Fredville, who writes about the sea.",
        "Jane Doe is director of the Sea Institute at the University of Fredville.",
        "The author is a fellow at the Sea Institute.",
        "Jane Doe covers defence for The Example.",
    ],
)
def test_a_bio_stands_after_the_story(bio: str) -> None:
    assert kinds(f"{STORY}\n{bio}\nFollow her on Twitter: @janedoe") == [
        ("bio", bio),
        ("share", "Follow her on Twitter: @janedoe"),
    ]


def test_a_person_of_the_story_has_no_bio() -> None:
    text = f"{STORY}\nTom Poe is a professor at the Sea Institute in Fredville."
    assert find_furniture(text) == ()
    first, *rest = STORY.split("\n")
    middle = "\n".join([first, "Jane Doe is a professor at the Sea Institute in Fredville.", *rest])
    assert find_furniture(middle) == ()


def test_the_author_on_the_byline_has_a_bio() -> None:
    text = f"By Jane Doe\n{STORY}\nJane Doe is a reporter in Fredville."
    assert [k for k, _ in kinds(text)] == ["byline", "bio"]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        (  # exact
            '"We are building a navy that nobody in this region has seen before, and it will stay"',
            "We are building a navy that nobody in this region has seen before, and it will stay",
        ),
        (  # a prefix of the passage, with other marks
            "“We are building a navy that nobody in this region has seen before”",
            "We are building a navy that nobody in this region has seen before",
        ),
        (  # a word replaced
            '"They are building a navy that nobody in this region has ever seen before, and it will stay"',
            "We are building a navy that nobody in this region has seen before, and it will stay",
        ),
        (  # the outlet's own sentence
            '"Sylvania has not commented on the shipment, which its neighbours regard as a breach"',
            "Sylvania has not commented on the shipment, which its neighbours regard as a breach",
        ),
        (  # signed
            '"It is a small step in a long and costly contest" - Tom Poe, historian',
            "It is a small step in a long and costly contest",
        ),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3, 5])
def test_a_pull_quote_is_linked_to_its_passage(quote: str, passage: str, place: int) -> None:
    lines = STORY.split("\n")
    text = "\n".join([*lines[:place], quote, *lines[place:]])
    (item,) = find_furniture(text)
    assert (item.kind, text[slice(*item.span)]) == ("pull_quote", quote)
    assert item.repeats is not None
    assert text[slice(*item.repeats)] == passage


def test_a_pull_quote_drops_the_attribution_in_the_middle() -> None:
    body = '"The treaty is dead," Ms Roe said on Sunday, "and nobody in either capital will bury it."'
    quote = '"The treaty is dead and nobody in either capital will bury it"'
    text = f"{STORY}\n{quote}\n{body}\nThe talks go on."
    (item,) = find_furniture(text)
    assert text[slice(*item.span)] == quote
    assert item.repeats is not None
    assert text[slice(*item.repeats)].startswith("The treaty is dead,")


def test_of_two_that_stand_alone_the_one_that_goes_on_is_the_passage() -> None:
    """The second paragraph of a quotation has no cue of its own, and neither has its pull quote."""
    lines = STORY.split("\n")
    goes_on = '"This port is only the first of five, and the others will be larger."'
    quote = '"This port is only the first of five, and the others will be larger"'
    for text in (
        "\n".join([*lines[:2], goes_on, *lines[2:4], quote, lines[4]]),
        "\n".join([lines[0], quote, lines[1], goes_on, *lines[2:]]),
    ):
        (item,) = find_furniture(text)
        assert text[slice(*item.span)] == quote


def test_two_pull_quotes_of_one_passage_are_linked_to_the_passage() -> None:
    quote = '"It is a small step in a long and costly contest"'
    text = f"{quote}\n{STORY}\n{quote}"
    passage = text.index("It is a small step in a long and costly contest,")
    assert [f.repeats and f.repeats[0] for f in find_furniture(text)] == [passage, passage]


def test_quotations_that_share_a_phrase_are_no_repeats() -> None:
    text = "\n".join(
        [
            STORY,
            '"We are building a navy that nobody in this region has seen before, but we shall need ten years,'
            ' more money and a great deal of patience from our friends abroad."',
            '"It is a small step."',
        ]
    )
    assert find_furniture(text) == ()


def test_a_paragraph_printed_twice_counts_once() -> None:
    lines = STORY.split("\n")
    text = "\n".join([*lines, lines[2]])
    (item,) = find_furniture(text)
    assert (item.kind, item.span[0]) == ("other", len(STORY) + 1)


def losses(text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[slice(*p.span)]) for p in find_losses(text, find_furniture(text)) if p.span]


def test_a_stripped_speaker_is_flagged() -> None:
    gone = '"The boats have left the port and will not be back," . "Nor will we."'
    assert losses(f"{STORY}\n{gone}\nThe talks go on.") == [
        ("lost_text", '"The boats have left the port and will not be back," .')
    ]
    comma = '"The boats have left the port and will not be back,"'
    assert losses(f"{STORY}\n{comma}\nThe talks go on.") == [("lost_text", comma)]


def test_a_paragraph_without_its_beginning_is_flagged() -> None:
    gone = 'that "the boats have left the port", and that none of them would be back.'
    assert losses(f"{STORY}\n{gone}\nThe talks go on.") == [("lost_text", gone)]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The demands were:",
            "an end to the raids on all the islands",
            "a treaty that is kept by both sides",
        ],
        ["He was seen there.", "al-Masri denied that he had ever been to the port."],
        ["He was seen there.", "iPhone users were the first to notice it, the firm said."],
        ['"The boats have left," he said.', "The talks go on ."],
    ],
)
def test_ordinary_lower_case_is_not(lines: list[str]) -> None:
    assert losses("\n".join([STORY, *lines, "The talks go on."])) == []


def test_a_label_and_a_name_that_are_gone_are_flagged() -> None:
    assert losses(f"{STORY}\nFollow her on Twitter: ") == [("lost_text", "Follow her on Twitter:")]
    assert losses(f"{STORY}\nThe talks go on, Mr Roe told .") == [("lost_text", "told .")]
    assert losses(f"{STORY}\nFollow her on Twitter: @janedoe") == []


def test_a_text_that_breaks_off_is_truncated() -> None:
    assert losses(f"{STORY}\nThe talks go… [+2314 chars]") == [("truncated", "[+2314 chars]")]


def test_a_wrapped_text_has_blocks_for_paragraphs() -> None:
    block = "\n".join(
        ["The ministry said that the first boats had reached the northern port in"] * 6 + ["the end."]
    )
    text = f"{block}\n\n{block}\n"
    assert is_wrapped(text)
    assert [text[a:b] for a, b in find_paragraphs(text)] == [block, block]
    assert not is_wrapped(STORY)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300_000,
        "“”" * 150_000,
        '"the cat sat on the mat and then it went"\n' * 7_000,
        '"a b a c a b a d a c a b"\n' * 12_000,
        "A B C D E F G " * 21_000,
        "Jane Doe is a reporter in Fredville.\n" * 8_000,
        "By A B and C D and E F\n" * 12_000,
        " " * 300_000,
        "\n" * 300_000,
        '"a," . ' * 40_000,
        "Home > " * 40_000,
        "x " * 150_000 + "\n",
    ],
    ids=range(12),
)
def test_time_is_near_linear(text: str) -> None:
    start = time.perf_counter()
    find_losses(text, find_furniture(text))
    assert time.perf_counter() - start < 15
