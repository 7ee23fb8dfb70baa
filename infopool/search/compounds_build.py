"""Builds `compounds.tsv`, the words German compounds are made of, by counting German texts.

Run `python -m infopool.search.compounds_build CORPUS...`; each CORPUS is a file of JSON lines or of comma or semicolon
separated columns, whose German titles and descriptions are counted (never names or addresses). The demo offers and the
German vocabulary are always counted. What is kept is a list of words with counts, no text.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from infopool.paths import DEMO, VOCABULARY
from infopool.search import text
from infopool.search.languages.stopping import FUNCTION, stop_words

FEWEST = 2
"""A word seen once may be a misprint."""

_NO_PARTS = """
    ab an auf aus bei ein er ge her hin in mit nach um un ver vor wo zu be ent zer ung heit keit lich isch ig
    end ende enden ern ere eren erin innen en es te ten tes st gen chen lein los voll frei bar sam haft nis
    tum ion ionen tion ie ier ist isten ismus sch ei tor rot sei den der die das dem des nur war hat bin ihr
    wir sie man als wie was wer neu gut hoch all ohne oder und auch noch the and for you www http https html
    pdf org net com eine einer ander sein sind dar ren nen ler ner ter selbst bis dank per pro tionen ration
    pfl ger enz ans ehen reg gar erbe mind fuhrung wand viel will kur bonn weile ungen igen licher liche
    keiten heiten stellung nahme nehmen
"""
NO_PARTS = frozenset(_NO_PARTS.split())
"""Pieces that look like words but would take words apart that are none: Beratung, Unterricht."""

VOCABULARY_COUNTS = 3
"""How much a word of our own vocabulary counts: more than chance, less than a common word."""

READ = frozenset({"context_de", "question_de", "title", "text", "title_de", "description_de", "description"}) | {
    "Titel",
    "Kurzbeschreibung",
    "Beschreibung",
}
"""The fields and columns that hold German sentences."""


def build(corpora: list[Path]) -> dict[str, int]:
    """Folded words that may be parts of compounds, with their counts."""
    counts: Counter[str] = Counter()
    for path in [*corpora, DEMO / "offers.csv"]:
        for line in _texts(path):
            counts.update(text.fold(word, "de") for word in text.words(line))
    for line in (VOCABULARY / "de.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        for word in text.words(line.partition("\t")[2]):
            counts[text.fold(word, "de")] += VOCABULARY_COUNTS
    return {word: count for word, count in sorted(counts.items()) if _may_be_part(word, count)}


def _may_be_part(word: str, count: int) -> bool:
    if count < FEWEST or not 3 <= len(word) <= 20 or not (word.isascii() and word.isalpha()):
        return False
    return word not in NO_PARTS and word not in stop_words("de", FUNCTION)


def _texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        if path.suffix == ".jsonl":
            rows: Iterator[dict[str, object]] = (json.loads(line) for line in lines)
        else:
            first = lines.readline()
            lines.seek(0)
            rows = iter(csv.DictReader(lines, delimiter=";" if first.count(";") > first.count(",") else ","))
        for row in rows:
            if row.get("lang", "de") == "de":
                yield from (value for name, value in row.items() if name in READ and isinstance(value, str))


def main() -> None:
    """Write the list beside the module that reads it."""
    counts = build([Path(name) for name in sys.argv[1:]])
    lines = ["word\tcount", *(f"{word}\t{count}" for word, count in counts.items())]
    Path(__file__).with_name("compounds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
