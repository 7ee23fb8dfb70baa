"""The arrays compute what Whoosh computes: with Whoosh's formula chosen, the same score for every document."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as whoosh_query
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from infopool.search import generations
from infopool.search.inverting import ROW
from infopool.search.weights import AS_WHOOSH, WEIGHTS
from infopool.search.whoosh_engine import NAME, WhooshEngine
from tests.search.entries import a_query, an_entry, plain_words

WORDS = ["kurs", "treff", "abend", "laden", "hilfe", "wohnung", "arbeit", "schule", "kinder", "deutsch"]


def an_index_with_a_past(folder: Path) -> WhooshEngine:
    """Several segments, replaced and removed offers among them."""
    chance = random.Random(7)

    def entry(number: int) -> object:
        title = " ".join(chance.choices(WORDS, weights=range(1, 11), k=chance.randint(0, 4)))
        body = " ".join(chance.choices(WORDS, weights=range(10, 0, -1), k=chance.randint(0, 300)))
        return an_entry(number, title, body)

    engine = WhooshEngine(folder, weights=AS_WHOOSH, analyse=plain_words)
    engine.rebuild(entry(number) for number in range(120))
    engine.apply([entry(number) for number in range(100, 150)])
    engine.apply([entry(number) for number in range(0, 150, 10)], removed=range(3, 150, 10))
    return engine


def scores_of_whoosh(folder: Path, words: list[str]) -> dict[int, float]:
    """What Whoosh's own searcher says, by offer id, over the same files."""
    index = FileIndex(FileStorage(str(folder / generations.read_current(folder).folder)), indexname=NAME)
    terms = [whoosh_query.Term(field + "de", word) for word in words for field in ("text_", "title_")]
    with index.searcher() as searcher:
        column = searcher.reader().column_reader("row")
        hits = searcher.search(whoosh_query.Or(terms), limit=None)
        return {int(np.frombuffer(column[hit.docnum], ROW)["id"][0]): hit.score for hit in hits}


@pytest.mark.parametrize("words", [["kurs"], ["deutsch", "treff"], WORDS, ["mondfahrt", "schule"]])
def test_with_whooshs_formula_every_score_is_whooshs(tmp_path: Path, words: list[str]) -> None:
    engine = an_index_with_a_past(tmp_path)
    answer = engine.search(a_query(" ".join(words), limit=1000))
    ours = {offer.offer_id: offer.score for offer in answer.offers}
    theirs = scores_of_whoosh(tmp_path, words)
    assert len(theirs) > 10
    assert ours == pytest.approx(theirs, rel=1e-5)


def test_the_index_has_several_segments_and_dead_documents(tmp_path: Path) -> None:
    """Otherwise the comparison above would prove little."""
    an_index_with_a_past(tmp_path)
    index = FileIndex(FileStorage(str(tmp_path / generations.read_current(tmp_path).folder)), indexname=NAME)
    reader = index.reader()
    assert len(reader.leaf_readers()) > 1
    assert reader.has_deletions()


def by_hand(often: float, holders: int, offers: int, k1: float) -> float:
    return float(np.log(1 + (offers - holders + 0.5) / (holders + 0.5)) * often * (k1 + 1) / (often + k1))


def test_the_formula_is_bm25f_with_one_saturation_over_the_fields(tmp_path: Path) -> None:
    """Worked out by hand: texts of 4 and 2 words (mean 3), titles of 1 word each."""
    weights = replace(WEIGHTS, spoken=0.0)
    engine = WhooshEngine(tmp_path, weights=weights, analyse=plain_words)
    engine.rebuild([an_entry(1, "kurs", "kurs am abend"), an_entry(2, "treff", "abend")])
    often = weights.title / 1 + 2 / (1 - weights.text_b + weights.text_b * 4 / 3)
    offer = engine.search(a_query("kurs")).offers[0]
    assert offer.score == pytest.approx(by_hand(often, 1, 2, weights.k1), rel=1e-5)


def test_an_offer_with_half_of_the_words_loses_by_the_stated_power(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, weights=replace(WEIGHTS, coordination=0.5), analyse=plain_words)
    engine.rebuild([an_entry(1, "kurs"), an_entry(2, "treff")])
    alone = engine.search(a_query("kurs")).offers[0].score
    assert engine.search(a_query("kurs treff")).offers[0].score == pytest.approx(alone * 0.5**0.5, rel=1e-5)


def test_a_word_that_no_offer_holds_costs_nobody_anything(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyse=plain_words)
    engine.rebuild([an_entry(1, "kurs"), an_entry(2, "treff")])
    alone = engine.search(a_query("kurs")).offers[0].score
    assert engine.search(a_query("kurs mondfahrt")).offers[0].score == pytest.approx(alone, rel=1e-5)
