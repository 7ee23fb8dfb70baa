"""Killed writers, damaged files, many readers: an engine answers rightly or says that it is broken."""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from infopool.search import generations
from infopool.search.engine import EngineBroken, Found
from infopool.search.whoosh_engine import WhooshEngine
from tests.search.conftest import found
from tests.search.entries import a_query, an_entry, plain_words
from tests.search.processes import FORK, kill_after

QUERY = a_query("kurs abend", filters={"cost": "free"}, limit=200)


def opened(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder, analyse=plain_words)


def a_filled(folder: Path, size: int = 60) -> WhooshEngine:
    engine = opened(folder)
    engine.rebuild(an_entry(n, "kurs", "abend " * (n % 4), cost="free" * (n % 2), topic="work") for n in range(size))
    return engine


class TestKilled:
    @pytest.mark.slow
    def test_fifty_kills_while_changing_lose_nothing_that_was_said_to_be_done(self, tmp_path: Path) -> None:
        a_filled(tmp_path)
        chance = random.Random(1)
        numbers = count(1000)
        done: set[int] = set()
        for _ in range(50):
            first = next(numbers) * 1000

            def work(first: int = first) -> Iterator[int]:
                engine = opened(tmp_path)
                for number in range(first, first + 1000):
                    engine.apply([an_entry(number, "kurs")])
                    yield number

            done.update(kill_after(chance.uniform(0.0, 0.12), work))
            engine = opened(tmp_path)
            assert done <= engine.ids()
            assert set(range(60)) <= engine.ids()
            engine.apply([an_entry(1, "kurs")])
        assert len(done) > 50

    @pytest.mark.slow
    def test_ten_kills_while_rebuilding_leave_the_old_or_the_new_index_whole(self, tmp_path: Path) -> None:
        a_filled(tmp_path)
        chance = random.Random(2)
        for _ in range(10):

            def work() -> Iterator[int]:
                for size in count(61):
                    a_filled(tmp_path, size)
                    yield size

            largest = max(kill_after(chance.uniform(0.0, 0.15), work))
            there = len(opened(tmp_path).ids())
            assert there >= largest
            assert opened(tmp_path).ids() == set(range(there))
            a_filled(tmp_path)

    def test_what_a_killed_writer_left_is_swept_away(self, tmp_path: Path) -> None:
        engine = a_filled(tmp_path)
        folder = tmp_path / generations.read_current(tmp_path).folder
        (folder / "offers_half.trm").write_bytes(b"half")
        shutil.copy(next(folder.glob("*.toc")), folder / "_offers_999.toc")
        engine.apply([an_entry(99, "kurs")])
        named = set(generations.read_current(tmp_path).files)
        assert {path.name for path in folder.iterdir()} - {"offers_WRITELOCK"} == named


class TestDamaged:
    def test_every_flip_and_cut_is_noticed_or_does_no_harm(self, tmp_path: Path) -> None:
        whole = tmp_path / "whole"
        expected = a_filled(whole).search(QUERY)
        chance = random.Random(3)
        files = [path.relative_to(whole) for path in sorted(whole.rglob("*")) if path.is_file()]
        noticed = sum(
            self.harm_one(whole, tmp_path / "hurt", chance.choice(files), chance, expected) for _ in range(120)
        )
        assert noticed > 60

    def harm_one(self, whole: Path, hurt: Path, name: Path, chance: random.Random, expected: Found) -> bool:
        shutil.rmtree(hurt, ignore_errors=True)
        shutil.copytree(whole, hurt)
        data = bytearray((hurt / name).read_bytes())
        if data and chance.random() < 0.6:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            del data[chance.randrange(len(data) + 1) :]
        (hurt / name).write_bytes(data)
        try:
            assert opened(hurt).search(QUERY) == expected
        except EngineBroken:
            return True
        return False

    @pytest.mark.parametrize("pattern", ["CURRENT", "*/*.toc", "*/*.trm", "*/*.pst", "*/*.row.col", "*/*.card.col"])
    def test_a_missing_file_is_noticed(self, tmp_path: Path, pattern: str) -> None:
        a_filled(tmp_path)
        next(tmp_path.glob(pattern)).unlink()
        with pytest.raises(EngineBroken):
            opened(tmp_path).search(QUERY)

    def test_an_engine_that_is_open_answers_rightly_or_says_it_is_broken(self, tmp_path: Path) -> None:
        engine = a_filled(tmp_path)
        for path in tmp_path.glob("*/*"):
            path.write_bytes(b"")
        with suppress(EngineBroken):
            assert engine.search(QUERY).total == 60

    def test_a_broken_index_is_well_again_after_a_rebuild(self, tmp_path: Path) -> None:
        a_filled(tmp_path)
        next(tmp_path.glob("*/*.pst")).write_bytes(b"")
        engine = opened(tmp_path)
        with pytest.raises(EngineBroken):
            engine.search(QUERY)
        engine.rebuild([an_entry(1, "kurs")])
        assert found(engine, a_query("kurs")) == [1]

    def test_a_break_is_not_examined_anew_for_every_visitor(self, tmp_path: Path) -> None:
        a_filled(tmp_path)
        next(tmp_path.glob("*/*.pst")).write_bytes(b"")
        engine = opened(tmp_path)
        faults = []
        for _ in range(3):
            with pytest.raises(EngineBroken) as caught:
                engine.search(QUERY)
            faults.append(caught.value)
        assert faults[0] is faults[1] is faults[2]


class TestManyAtOnce:
    def test_another_process_sees_a_change_within_a_second(self, tmp_path: Path) -> None:
        a_filled(tmp_path)
        reader = opened(tmp_path)
        assert reader.card(77) is None
        writer = FORK.Process(target=lambda: opened(tmp_path).apply([an_entry(77, "neu")]))
        writer.start()
        writer.join()
        started = time.monotonic()
        while reader.card(77) is None:
            assert time.monotonic() - started < 1
            time.sleep(0.02)

    def test_readers_meet_only_whole_states_while_others_write(self, tmp_path: Path) -> None:
        """Every state holds the offers 0 to 59 and, of the pairs, both or none."""
        engine = a_filled(tmp_path)
        faults: list[object] = []
        stop = threading.Event()

        def read(reader: WhooshEngine) -> None:
            while not stop.is_set():
                try:
                    ids = set(found(reader, a_query(limit=500)))
                    if (
                        not set(range(60)) <= ids
                        or len(ids) % 2
                        or any(n + 500 not in ids for n in ids if 100 <= n < 600)
                    ):
                        faults.append(ids)
                except Exception as fault:
                    faults.append(fault)

        readers = [threading.Thread(target=read, args=(one,)) for one in (engine, engine, opened(tmp_path))]
        for thread in readers:
            thread.start()
        for n in range(100, 125):
            engine.apply([an_entry(n, "kurs"), an_entry(n + 500, "kurs")])
        a_filled(tmp_path)
        stop.set()
        for thread in readers:
            thread.join()
        assert faults == []

    def test_several_writers_wait_for_each_other(self, tmp_path: Path) -> None:
        a_filled(tmp_path, 0)

        def write(first: int) -> Callable[[], None]:
            return lambda: [opened(tmp_path).apply([an_entry(first + n, "kurs")]) for n in range(8)] and None

        writers = [FORK.Process(target=write(first)) for first in (100, 200, 300)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert opened(tmp_path).ids() == {first + n for first in (100, 200, 300) for n in range(8)}

    def test_many_small_changes_leave_few_segments(self, tmp_path: Path) -> None:
        engine = a_filled(tmp_path)
        for n in range(60):
            engine.apply([an_entry(n, "kurs neu")])
        assert len(list(tmp_path.glob("*/*.pst"))) <= 12
