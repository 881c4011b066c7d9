"""Readers are compared on the same articles in the same run, and none has the better place in the queue."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping

import pytest
import speed

from onrecord.article import Article

ARTICLES = [
    Article(id=name, sha256="", text=name, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for name in ("a", "b", "c", "d", "e", "f")
]


class Work:
    """Readers that need known times, and the clock that goes on while they read."""

    def __init__(self, **costs: float) -> None:
        self.now = 0.0
        self.order: list[tuple[str, str]] = []
        self.readers = {name: self._reader(name, cost) for name, cost in costs.items()}

    def _reader(self, name: str, cost: float) -> speed.Reader:
        def read(article: Article) -> None:
            self.now += cost
            self.order.append((article.id, name))

        return read

    def clock(self) -> float:
        return self.now


def test_each_reader_is_charged_what_it_spends() -> None:
    work = Work(alone=1.0, more=2.5)
    assert speed.spend(ARTICLES, work.readers, 0, work.clock) == {"alone": 6.0, "more": 15.0}


def test_all_read_an_article_before_the_next_and_each_goes_first_as_often() -> None:
    work = Work(one=1, two=1, three=1)
    for round_ in range(3):
        speed.spend(ARTICLES, work.readers, round_, work.clock)
    groups = [work.order[i : i + 3] for i in range(0, len(work.order), 3)]
    assert all(len({article for article, _ in g}) == 1 and len({n for _, n in g}) == 3 for g in groups)
    assert set(Counter(group[0] for group in groups).values()) == {1}, (
        "each of three goes first on each article"
    )


def test_speed_is_of_the_same_round() -> None:
    """A machine that slows down in a round slows all down: the ratio stays."""
    rounds = [{speed.BASE: 1.0, "attributions": 2.0}, {speed.BASE: 4.0, "attributions": 8.0}]
    assert speed.ratios(rounds)["attributions"] == (0.5, 0.5, 0.5)
    assert speed.rates(100, rounds)["attributions"] == (31.25, 12.5, 50.0)


def test_the_program_starts_again_with_one_thread_and_then_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Mapping[str, str]] = []
    monkeypatch.setattr(os, "execve", lambda _path, _arguments, environment: started.append(environment))
    for name in speed.ONE_THREAD:
        monkeypatch.setenv(name, "8")
    speed.take_one_thread()
    assert {started[0][name] for name in speed.ONE_THREAD if name.endswith("THREADS")} == {"1"}
    for name, value in started[0].items():
        monkeypatch.setenv(name, value)
    speed.take_one_thread()
    assert len(started) == 1
