"""A child that misbehaves is stopped and named; nothing of the file comes out, and the next file is read."""

import os
import resource
import time
from pathlib import Path

import pytest

from corpus.errors import TooLarge, UnreadableFile
from corpus.reading import Limits, read, read_bytes
from corpus.reading.refusals import KINDS, WORDS, Refused, worded
from corpus.reading.sandbox import call

HOSTILE = "tests.corpus.hostile_reader"


def refusal(limits: Limits | None = None, data: bytes = b"", **request) -> Refused:
    with pytest.raises(Refused) as caught:
        call(HOSTILE, request, data, limits or Limits())
    return caught.value


def test_a_call_takes_the_bytes_and_gives_the_reply():
    data = os.urandom(3_000_000)
    assert call(HOSTILE, {"do": "count"}, data, Limits()) == {"size": 3_000_000}


def test_an_endless_computation_ends_with_its_processor_time():
    start = time.monotonic()
    assert refusal(Limits(cpu=1), do="spin").reason == "time"
    assert time.monotonic() - start < 30


def test_an_endless_wait_ends_with_its_wall_clock_time():
    start = time.monotonic()
    assert refusal(Limits(wall=0.5), do="sleep").reason == "time"
    assert time.monotonic() - start < 15


def test_a_child_that_reads_nothing_more_does_not_hold_the_parent():
    assert refusal(Limits(wall=0.5), b"x" * 5_000_000, do="sleep").reason == "time"


def test_memory_is_bounded():
    caught = refusal(Limits(memory=400_000_000), do="hoard")
    assert (caught.reason, caught.facts) == ("memory", {"megabytes": 400})


def test_output_is_bounded():
    caught = refusal(Limits(output=1_000_000), do="chatter", size=5_000_000)
    assert (caught.reason, caught.facts) == ("output", {"megabytes": 1})
    assert len(call(HOSTILE, {"do": "chatter", "size": 900_000}, b"", Limits(output=1_000_000))["text"]) == 900_000


def test_size_is_bounded():
    assert refusal(Limits(size=2_000_000), b"x" * 3_000_000, do="count").facts == {"megabytes": 3, "limit": 2}


@pytest.mark.parametrize("what", ["crash", "raise"])
def test_a_crash_is_a_refusal_without_a_word_of_the_file(what):
    caught = refusal(do=what, data=b"un secret de la personne")
    assert (caught.reason, caught.facts) == ("crashed", {})


def test_a_child_cannot_write_files(tmp_path):
    target = tmp_path / "left"
    assert refusal(do="write", path=str(target), data=b"x" * 1000).reason == "crashed"
    assert not target.exists() or target.stat().st_size == 0


def test_what_a_library_prints_does_not_reach_the_reply(capfd):
    assert call(HOSTILE, {"do": "print"}, b"un secret", Limits()) == {"size": 9}
    assert "secret" not in "".join(capfd.readouterr())


def test_a_child_gets_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("ACQUIS_API_KEY", "clef")
    seen = call(HOSTILE, {"do": "look"}, b"", Limits())
    assert seen["folder"] == "/"
    assert "clef" not in str(seen)


def test_a_slow_file_is_named_with_what_to_do():
    with pytest.raises(TooLarge) as caught:
        read_bytes("gros.txt", b"ligne\n" * 100, Limits(wall=0.0))
    assert caught.value.hint.startswith("« gros.txt » : la lecture a dépassé")
    assert "Split it into smaller files" in caught.value.hint_en


def test_the_others_go_on(tmp_path):
    with pytest.raises(UnreadableFile):
        read_bytes("mauvais.pdf", b"%PDF-1.7 " + b"\0\1\2" * 100)
    (tmp_path / "bon.txt").write_text("une ligne")
    assert read(tmp_path / "bon.txt").lines == ("une ligne",)


def test_a_small_text_costs_little(tmp_path):
    path = tmp_path / "petit.txt"
    path.write_text("une ligne\n" * 50)
    best = min(_cost(path) for _ in range(5))
    assert best < 0.2, f"{best:.3f} s of processor, expected at most 0.2 s"


def _cost(path: Path) -> float:
    """Seconds of processor, which other processes on the machine do not change as they do the clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    read(path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_missing_files_and_folders_are_said(tmp_path):
    with pytest.raises(UnreadableFile, match=r"'rien\.txt': not found"):
        read(tmp_path / "rien.txt")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read(tmp_path)
    os.mkfifo(tmp_path / "tube")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read(tmp_path / "tube")


@pytest.mark.parametrize("reason", WORDS)
def test_every_refusal_is_worded_in_both_languages(reason):
    numbers = dict.fromkeys(("pages", "page", "limit", "megabytes", "seconds", "count", "line"), 7)
    for key in KINDS:
        error = worded("cv.pdf", reason, {**numbers, "seems": key, "kind": key})
        assert error.hint.startswith("« cv.pdf » : ")
        assert error.hint_en.startswith("“cv.pdf”: ")
        assert "{" not in error.hint + error.hint_en + str(error)
        assert error.hint.endswith(".")
