"""A model that keeps failing is left alone for a while, and its state can be seen."""

from datetime import UTC, datetime

import pytest
from faulty_server import running

from assistant.assistant import Assistant
from assistant.model.breaker import FAILURES, REST, Guarded, State
from assistant.model.chat import connect
from assistant.model.doubles import ScriptedModel
from assistant.model.faults import ModelFault, Reason, waiting
from assistant.model.port import ModelSettings


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Moody:
    """Raises what it is given, one after the other; then it answers."""

    name = "moody"

    def __init__(self, *faults: ModelFault) -> None:
        self.faults, self.asked = list(faults), 0

    def stream(self, prompt: str):
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        yield "[1] « oui »"


def tried(guarded: Guarded) -> Reason | None:
    """Why the model did not answer, None where it did."""
    try:
        list(guarded.stream("Bonjour"))
    except ModelFault as fault:
        return fault.reason
    return None


def test_a_model_that_keeps_failing_is_left_alone_for_a_while():
    clock, moody = Clock(), Moody(*[ModelFault(Reason.BROKEN)] * (FAILURES + 1))
    guarded = Guarded(moody, clock)
    assert [tried(guarded) for _ in range(FAILURES + 2)] == [Reason.BROKEN] * FAILURES + [Reason.RESTING] * 2
    assert moody.asked == FAILURES
    assert guarded.state == State(FAILURES, REST, Reason.BROKEN)
    clock.now += REST - 1
    assert tried(guarded) is Reason.RESTING
    clock.now += 1
    assert tried(guarded) is Reason.BROKEN  # a single trial, and the next rest is twice as long
    assert guarded.state.resting == 2 * REST
    clock.now += 2 * REST
    assert tried(guarded) is None
    assert guarded.state == State()


def test_failures_apart_do_not_add_up():
    moody = Moody(ModelFault(Reason.SLOW), ModelFault(Reason.SLOW))
    guarded = Guarded(moody, Clock())
    assert [tried(guarded) for _ in range(3)] == [Reason.SLOW, Reason.SLOW, None]
    moody.faults = [ModelFault(Reason.SLOW), ModelFault(Reason.SLOW)]
    assert [tried(guarded) for _ in range(3)] == [Reason.SLOW, Reason.SLOW, None]


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks():
    clock = Clock()
    with running() as server:
        guarded = Guarded(connect(ModelSettings(server.at("busy"), "m")), clock)
        assert tried(guarded) is Reason.BUSY
        assert guarded.state == State(1, 17.0, Reason.BUSY)
        assert tried(guarded) is Reason.RESTING
        assert len(server.asked) == 1
        clock.now += 17
        assert tried(guarded) is Reason.BUSY
        assert len(server.asked) == 2


def test_a_rest_has_an_end_whatever_a_server_asks_for():
    guarded = Guarded(Moody(ModelFault(Reason.BUSY, seconds=1e9)), Clock())
    tried(guarded)
    assert guarded.state.resting == 3600


def test_only_one_request_tries_a_model_after_its_rest():
    clock, moody = Clock(), Moody(*[ModelFault(Reason.CUT)] * FAILURES)
    guarded = Guarded(moody, clock)
    for _ in range(FAILURES):
        tried(guarded)
    clock.now += REST
    trial = guarded.stream("Bonjour")
    assert next(trial)
    assert tried(guarded) is Reason.RESTING
    trial.close()  # a reader who has what they want is no failure
    assert tried(guarded) is None


def test_a_reader_is_told_that_the_model_rests(library):
    guarded = Guarded(ScriptedModel([ModelFault(Reason.SLOW)]), Clock())
    asker = Assistant(library, guarded)
    answers = [asker.ask("Quelles sont les compétences du bloc 4 du RNCP38822 ?") for _ in range(FAILURES + 1)]
    assert "n'est pas sollicité pendant encore 60 s" in answers[-1].notices[0]
    assert len({a.text for a in answers}) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 09:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 08:00:00 GMT", 0.0),
        ("soon", None),
        ("-3", None),
        ("", None),
        (None, None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(header, seconds):
    assert waiting(header, datetime(2026, 11, 22, 9, 0, tzinfo=UTC)) == seconds
