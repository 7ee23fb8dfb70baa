"""What is made of the vocabulary is kept, and is the same when it is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from infopool.search import compiled, concepts, text
from infopool.search.compiled import Plain
from infopool.search.concepts import Terms
from infopool.search.translating import Translations


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "made")
    return tmp_path / "made"


class Counting:
    def __init__(self, answer: Plain) -> None:
        self.answer = answer
        self.calls = 0

    def __call__(self) -> Plain:
        self.calls += 1
        return self.answer


def test_what_is_kept_is_made_once() -> None:
    make = Counting({"wort": "haus:1"})
    assert [compiled.kept("one", make) for _ in range(3)] == [{"wort": "haus:1"}] * 3
    assert make.calls == 1


def test_what_another_version_kept_is_made_anew_and_goes(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    compiled.kept("one", Counting({"old": 1}))
    monkeypatch.setattr(compiled, "recipe", lambda: "another")
    assert compiled.kept("one", Counting({"new": 1})) == {"new": 1}
    assert [path.name for path in folder.iterdir()] == ["one.another.json"]


@pytest.mark.parametrize("damage", ["", "{", "[]", "\x00\x01"])
def test_what_is_damaged_is_made_anew(folder: Path, damage: str) -> None:
    compiled.kept("one", Counting({"good": 1}))
    [path] = folder.iterdir()
    path.write_text(damage)
    assert compiled.kept("one", Counting({"good": 2})) == {"good": 2}
    assert compiled.kept("one", Counting({"good": 3})) == {"good": 2}


def test_where_nothing_can_be_written_it_is_made_every_time(folder: Path) -> None:
    folder.write_text("a file where a folder should be")
    make = Counting({"wort": "haus:1"})
    assert [compiled.kept("one", make) for _ in range(2)] == [{"wort": "haus:1"}] * 2
    assert make.calls == 2


@pytest.mark.parametrize("language", ["de", "ku", "ti"])
def test_terms_read_again_are_the_same(language: str) -> None:
    first, again = (concepts.load().terms[language] for _ in range(2))
    assert again.plain()["rows"] == first.plain()["rows"]
    assert again.labels == first.labels
    assert list(again.spellings.items()) == list(first.spellings.items())
    stems = [text.analysed(word, language) for word in first.spellings]
    for stem in stems[::50]:
        assert (again.reach(stem), again.meanings([stem])) == (first.reach(stem), first.meanings([stem]))
    assert again.scattered(stems) == first.scattered(stems) != {}
    assert again.beginning("k", 5) == first.beginning("k", 5)


def test_translations_read_again_are_the_same() -> None:
    words = ("школ", "курс", "робот", "лікар")
    first, again = ([Translations().german(word, "uk") for word in words] for _ in range(2))
    assert first == again
    assert all(first)


def test_a_word_added_by_curators_is_known_at_once() -> None:
    plain = concepts.load().terms["en"]
    added = concepts.load(extra=[("en", "dentist", "gnasher fixer")]).terms["en"]
    assert isinstance(plain, Terms)
    assert not plain.knows("gnasher")
    assert added.meanings(["gnasher", "fixer"]) == (("dentist", 1.0),)
