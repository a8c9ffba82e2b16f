"""Figures of the running service in the text format of Prometheus; no label names a person or says what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from assistant.answer import EXTRACTIVE, Answer, Status

FORMAT = CONTENT_TYPE_LATEST
SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)  # bounds of the durations that are told apart
BY_EXTRACTS, BY_MODEL, FALLEN_BACK = "extracts", "model", "fallback"


class Figures:
    """Counters since the start, and gauges that are read when somebody asks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, processor time, open files
        told = {"registry": self.registry}
        self.requests = Counter("acquis_requests", "Requests answered.", ["route", "method", "status"], **told)
        self.seconds = Histogram("acquis_request_seconds", "Time to the last byte.", ["route"], buckets=SECONDS, **told)
        self.underway = Gauge("acquis_requests_underway", "Requests being answered.", **told)
        self.questions = Counter("acquis_questions", "Questions, by result and author.", ["status", "by"], **told)
        for status in Status:
            self.questions.labels(status.value, BY_EXTRACTS)  # 0 is a figure too
        self.searches = Counter("acquis_searches", "Searches of the page.", ["result"], **told)
        self.matches = Counter("acquis_matches", "CVs matched.", **told)

    def gauge(self, name: str, told: str, value: Callable[[], float]) -> None:
        """A figure that is worked out whenever figures are asked for."""
        Gauge(name, told, registry=self.registry).set_function(value)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        self.requests.labels(route, method, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer, with_model: bool) -> None:
        by = BY_MODEL if answer.author != EXTRACTIVE else BY_EXTRACTS
        if with_model and by == BY_EXTRACTS and answer.status is Status.ANSWERED:
            by = FALLEN_BACK
        self.questions.labels(answer.status.value, by).inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)


class CountedAssistant:
    """An assistant whose answers and matches are counted; everything else is its own."""

    def __init__(self, assistant: Any, figures: Figures) -> None:
        self._assistant, self._figures = assistant, figures

    @cached_property
    def finder(self) -> CountedFinder:
        return CountedFinder(self._assistant.finder, self._figures)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def ask(self, *asked: Any, **named: Any) -> Answer:
        *_, last = self.stream(*asked, **named)
        return last

    def stream(self, *asked: Any, **named: Any) -> Iterator[Answer]:
        last = None
        for last in self._assistant.stream(*asked, **named):
            yield last
        if last is not None:
            self._figures.answered(last, getattr(self._assistant, "model", None) is not None)

    def match(self, *asked: Any, **named: Any) -> Any:
        self._figures.matches.inc()
        return self._assistant.match(*asked, **named)


class CountedFinder:
    """A finder whose searches are counted."""

    def __init__(self, finder: Any, figures: Figures) -> None:
        self._finder, self._figures = finder, figures

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)

    def find(self, *asked: Any, **named: Any) -> Any:
        found = self._finder.find(*asked, **named)
        self._figures.searches.labels("found" if found.total else "nothing").inc()
        return found
