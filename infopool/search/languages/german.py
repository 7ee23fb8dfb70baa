"""German words: forms of one verb that share no stem (stirbt, gestorben), and different words that share one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

_VERBS = Path(__file__).with_name("german_verbs.tsv")
"""Verbs, the strong ones with their forms; those made of a strong verb and a prefix take its forms."""

Forms = tuple[str, ...]
"""Present, past and participle of a strong verb, in the third person."""

SHORTEST = 4
"""Letters of a stem that surely is a verb's."""
_PARTED = (
    "ab an auf aus bei dar dazu durch ein entgegen fern fest fort frei gut heim her heraus herein herum herunter hin"
    " hinaus hinein hinunter hoch kaputt kennen klar krank los mit nach nieder ran raus rauf rein rüber rum runter"
    " statt teil über um unter vor vorbei weg weiter wider wieder zu zurück zusammen"
)
"""What parts from its verb: abgeholt, abzuholen, kennengelernt."""
_FIXED = "be emp ent er ge hinter miss über um unter ver wider wieder zer durch"
"""What stays with its verb: besucht, verkauft."""

_NOUN_ENDINGS = frozenset(
    {"", "e", "en", "ens", "n", "s", "es", "er", "ern", "em", "m", "in", "innen", "nen", "ung", "ungen"}
)
_VERB_ENDINGS = frozenset({"t", "st", "et", "est", "te", "ten", "tet", "ete", "eten"})
_GERMAN_ENDINGS = _NOUN_ENDINGS | _VERB_ENDINGS
"""What German forms and derivations of one word differ by."""


def inflect_alike(one: str, other: str) -> bool:
    """Whether two German words with one stem may be forms of one word: Kurse and Kurs, berät and beraten; not Lehrer
    and Lehre, Trauma and Traum, Messer and Messe."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    endings = {one[shared:], other[shared:]}
    return endings <= _GERMAN_ENDINGS or endings == {"n", "r"}  # helfen, Helfer


def verb_stems(fold: Callable[[str], str], stem: Callable[[str], str]) -> dict[str, str]:
    """Stem of a verb's form -> stem of the verb: "gestorb" and "stirbt" are "sterb". `stem` is for folded words.

    Left out are forms that are, once folded, another verb's own name or belong to two verbs, and those of `_OTHERS`.
    """
    strong, names = _verbs()
    others = {stem(fold(name)) for name in names} | {stem(fold(word)) for word in _OTHERS.split()}
    found: dict[str, set[str]] = {}
    for name in names:
        own = stem(fold(name))
        for form in _forms(name, strong, names):
            key = stem(fold(form))
            if len(key) >= SHORTEST and key not in others:
                found.setdefault(key, set()).add(own)
    return {key: min(stems) for key, stems in found.items() if len(stems) == 1}


_OTHERS = (
    "Aufgabe Aussprache Bad Band Bank Befund Bekannte Betrug Deutschtest Dienst Fest Finger Floh Floß Flucht Gabe"
    " Gang Gebet Gebiss Gebot Gefahr Gehalt Geld Gelegenheit Gerät Gericht Geschichte Gestalt Getriebe Gewicht"
    " Gift Haft Halt Haut Heft Hort Lage Last Licht Liebe Luft Macht Malteser Naht Pacht Pflicht Rast Rat Recht"
    " Ritter Saat Schalter Schicht Schloss Schrift Schritt Sicht Sprache Stand Strich Sucht Tat Umgang Unterhalt"
    " Verband Verbot Vertrag weiß Wickeltisch Wiese Wucher Zuständigkeit"
)
"""Nouns written like a form of a verb: whoever has a Sucht does not look for something."""


def _verbs() -> tuple[dict[str, Forms], frozenset[str]]:
    """Strong verbs with their forms, and the names of all verbs."""
    rows = [line.split("\t") for line in _VERBS.read_text(encoding="utf-8").splitlines()[1:]]
    strong = {row[0]: tuple(row[1:4]) for row in rows if row[1]}
    return strong, frozenset(row[0] for row in rows)


def _forms(name: str, strong: dict[str, Forms], names: frozenset[str]) -> Iterator[str]:
    """The forms of a verb that are not its stem with an ending."""
    parted, fixed = _prefix(name, _PARTED, strong), _prefix(name, _FIXED, strong)
    if name in strong:
        yield from _strong(strong[name])
    elif parted or fixed:
        base = strong[name.removeprefix(parted or fixed)]
        yield from (f"{parted or fixed}{form}" for form in _strong(base)[:3])
        if parted:
            yield from (f"{parted}{base[2]}", f"{parted}zu{name.removeprefix(parted)}")
        if fixed:
            yield f"{fixed}{base[2].removeprefix('ge')}"
    else:
        yield from _weak(name, _prefix(name, _PARTED, names))


def _prefix(name: str, prefixes: str, verbs: dict[str, Forms] | frozenset[str]) -> str:
    """The longest of these prefixes that leaves another verb; empty when none does."""
    found = (prefix for prefix in prefixes.split() if name.startswith(prefix) and name.removeprefix(prefix) in verbs)
    return max(found, key=len, default="")


def _strong(forms: Forms) -> list[str]:
    present, past, participle = forms
    return [present, past, past + ("n" if past.endswith("e") else "en"), participle]


def _weak(name: str, parted: str) -> Iterator[str]:
    """Those of a verb that takes -te and ge-t: kauft, kaufte, gekauft; abgeholt, abzuholen."""
    root = name[:-2] if name.endswith("en") else name[:-1]
    ending = _ending(root)
    yield from (root + ending, root + ending + "e", root + ending + "en")
    bare = root.removeprefix(parted)
    inner = "" if bare.startswith(("be", "ent", "er", "ver", "zer")) or name.endswith("ieren") else "ge"
    yield f"{parted}{inner}{bare}{ending}"
    if parted:
        yield f"{parted}zu{name.removeprefix(parted)}"


def _ending(root: str) -> str:
    """-t, or -et where one could not speak it: arbeitet, öffnet."""
    hard = root[-1] in "td" or (root[-1] in "mn" and root[-2:-1] not in (*"aeiouäöülrhmn",))
    return "et" if hard else "t"
