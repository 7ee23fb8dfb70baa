"""Word endings taken off, so that a word and its forms meet: our own light stemmers for folded words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Stem = Callable[[str], str]


@dataclass(frozen=True)
class Endings:
    """Takes known endings (and beginnings) off a folded word as long as enough of it remains.

    Deliberately light: it joins the forms of one word, not a word family. What it makes need not be a word.
    """

    endings: frozenset[str]
    keep: int = 3
    """Letters that must remain."""
    rounds: int = 1
    """How many endings may follow one another."""
    beginnings: tuple[str, ...] = ()
    roots: frozenset[str] = frozenset()
    """Words shorter than `keep` that may remain all the same."""
    last: dict[str, str] = field(default_factory=dict)
    """The last letter that remains -> the one it alternates with."""
    after_vowel: frozenset[str] = frozenset()
    """Endings that only follow a vowel (they begin with a buffer consonant)."""
    after_consonant: frozenset[str] = frozenset()
    """Endings that only follow a consonant."""

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        known = self.endings | self.after_vowel | self.after_consonant
        return tuple(sorted({len(ending) for ending in known}, reverse=True))

    def __call__(self, word: str) -> str:
        word = self._without_beginning(word) if self.beginnings else word
        for _ in range(self.rounds):
            shorter = self._without_ending(word)
            if shorter == word:
                break
            word = shorter
        if len(word) > 2 and word[-1] in self.last:
            word = word[:-1] + self.last[word[-1]]
        return word

    def _without_beginning(self, word: str) -> str:
        for beginning in self.beginnings:
            if word.startswith(beginning) and len(word) - len(beginning) >= self.keep:
                return word[len(beginning) :]
        return word

    @cached_property
    def _any(self) -> tuple[str, ...]:
        return tuple(self.endings | self.after_vowel | self.after_consonant)

    def _without_ending(self, word: str) -> str:
        if not word.endswith(self._any):
            return word
        for length in self._lengths:
            ending, rest = word[-length:], word[:-length]
            if rest and self._is_ending(ending, rest[-1]) and (len(rest) >= self.keep or rest in self.roots):
                return rest
        return word

    def _is_ending(self, ending: str, before: str) -> bool:
        if ending in self.endings:
            return True
        return ending in (self.after_vowel if before in "aeiou" else self.after_consonant)


def _endings(text: str, after_vowel: str = "", after_consonant: str = "", **how: Any) -> Endings:
    return Endings(
        frozenset(text.split()),
        after_vowel=frozenset(after_vowel.split()),
        after_consonant=frozenset(after_consonant.split()),
        **how,
    )


TURKISH = _endings(
    "lar ler lari leri larin lerin larini lerini larina lerine larda lerde lardan lerden larimiz lerimiz lariniz"
    " leriniz da de dan den",
    rounds=3,
    roots=frozenset({"ev", "is", "su", "it"}),
    last={"b": "p", "g": "k", "d": "t"},
    after_vowel="si su yi yu ye ya nin nun m n miz muz niz nuz sini sunu sine suna sinde sunda sinden sundan sinin"
    " sunun yle yla",
    after_consonant="i u e a in un im um imiz umuz iniz unuz ini unu ine una inde unda inden undan inin unun ta te tan"
    " ten le la",
)
"""Case, plural and possession; b, g, d at the end harden (çocuk, çocuğu)."""

_KURMANJI = _endings("an en in e a i u o ye ya yen yan yek yeke yeki ek eke eki ane ine", rounds=2)
_KURMANJI_VERB = re.compile("(?:di|bi)(?!kar)(....+)(?:im|in|it)")
_I_AM = re.compile("(.{5,})im")
_HEARD_IN_KURMANJI = (("sh", "s"), ("ch", "c"), ("kh", "x"))


def kurmanji(word: str) -> str:
    """Ezafe, oblique, plural and "I am": kurs, kursê, kursên, kursa; xanî, xaniyan; nexweş, nexweşim; of verbs the
    tense: dixebitim, bixebitim (but "dikarim", I can, is no work). Letters as people with an English keyboard write:
    çewa, chewa."""
    for written, meant in _HEARD_IN_KURMANJI:
        word = word.replace(written, meant)
    form = _KURMANJI_VERB.fullmatch(word) or _I_AM.fullmatch(word)
    return _KURMANJI(form.group(1) if form else word)


SORANI = _endings("هكان هكاني هكه كان كاني يك ان ي ه", keep=3)

_SOMALI = _endings(
    "yaasha yasha yada yaal yal ooyin oyin yo aha ada iga iha uha ka ga ha ta da sha ku gu hu tu du shu ki gi hi ti di"
    " shi kan tan kii gii hii tii dii shii kay gay hay ay tay day shay aday kaa gaa taa daa keed geed heed teed deed"
    " sheed kis gis his tis dis shis kiis giis tiis diis keen geen heen teen deen sheen kood good hood tood dood shood"
    " keeda keedu geeda geedu heeda heedu teeda teedu deeda deedu sheeda sheedu kiisa kiisu giisa giisu hiisa"
    " hiisu tiisa tiisu diisa diisu shiisa shiisu kayga kaygu gayga gaygu hayga haygu tayda taydu dayda daydu"
    " shayda shaydu keena keenu geena geenu heena heenu teena teenu deena deenu sheena sheenu kooda koodu gooda"
    " goodu hooda hoodu tooda toodu dooda doodu shooda shoodu kaaga kaagu gaaga gaagu haaga haagu taada taadu"
    " daada daadu shaada shaadu"
    " a i e o u naya nayo naysa",
    rounds=3,
)
"""Articles, and "my, your, her, his, our, their" before them (shaqa-day-da), and of verbs "is doing"."""
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")
_LONG = re.compile(r"([aeiou])\1+")
_TWO_SYLLABLES = re.compile(r"[aeiou]+[^aeiou]+[aeiou]")


def somali(word: str) -> str:
    """Articles and "my, his" behind the noun, plurals: guri, guriga, gurigayga, guryo; shaqo, shaqada. Double
    consonants are written by ear, and so are kh (dhakhtar, dhaqtar), ey (-kayga, -keyga) and the long vowels, which
    only in short words tell others apart (guri, guur)."""
    word = _DOUBLED.sub(r"\1", word).replace("kh", "q").replace("ey", "ay")
    shorter = _SOMALI(word)
    return _LONG.sub(r"\1", shorter) if _TWO_SYLLABLES.search(shorter) else shorter


ALBANIAN = _endings(
    "eve ave ive ve seve save sise ise ses it ut et at in un en an ne te ta se es ja je ish esh i u a e t s",
    rounds=3,
)
"""Cases and the article behind the noun: kurs, kursi, kursin, kurset, kurseve."""

UKRAINIAN = _endings(
    "ами ями ові еві єві ах ях ам ям ом ем єм ою ею єю ію ів їв ей ий ій їй ої еї их іх їх им ім їм ого ього ому ьому"
    " ими іми ння нню нням нні ннях ись тись тися ться сь ся ть у ю а я о е и і ї є ь й",
    rounds=2,
)
"""Cases of nouns and adjectives, endings of verbs: житло, житла, житлом; навчання, навчанню."""

CROATIAN = _endings(
    "ovima evima ima ama ovi evi ove eve ova eva om em og eg oga ega omu emu oj ih im ijem anje anja anju a e i o u",
    rounds=1,
)
"""Cases of nouns and adjectives; also Bosnian, Serbian, Montenegrin."""

POLISH = _endings(
    "ami iami ach iach owi owie ow om iom em iem iego iemu ego emu ymi imi ych ich ym im iej ej ie ia iu io anie ania"
    " aniu y i e a o u",
    rounds=1,
)
"""Cases of nouns and adjectives, without accents: kurs, kursy, kursów, kursach."""

ROMANIAN = _endings(
    "urilor iilor elor ilor lor urile urilor uri ului ul lui ile iile ele ea ei ii ia le a e i u",
    rounds=1,
)
"""The article behind the noun, plurals and cases, without accents: curs, cursul, cursuri, cursurile."""


_TIGRINYA_BEFORE = ("ናይ", "ንዝ", "ብዝ", "እን", "አይ", "ን", "ብ")
"""Prepositions written together with a word, and "not"."""
_TIGRINYA_PERSONS = ("ክ", "ከ", "ዝ", "ዘ", "ይ", "የ", "ት", "እ", "ም")
"""What stands before a verb: that I, who, he, she, I, to."""
_TIGRINYA_BEHIND = ("ለይ", "ልና", "ኩም", "ክን", "ዎም", "ወን", "ኒ", "ና", "ካ", "ኪ", "ኩ", "ዎ", "ዋ", "ሉ", "ላ", "ይ", "ን")
"""My, our, your, me, us, him; "and", and the end of "not"."""


def tigrinya(word: str) -> str:
    """A light stemmer for folded Tigrinya: prepositions before the word, "and", "my", "me" behind it, plurals, and the
    vowel of its last syllable. A verb with its person before it becomes its consonants behind ም, so that its forms
    meet, but not nouns of the same root: ክመሃር, ትመሃሩ, ምምሃር, but ትምህርቲ."""
    word = _without_behind(word)
    shorter = _without(word, _TIGRINYA_BEFORE)
    bare = _without(shorter, _TIGRINYA_PERSONS)
    if bare != shorter:
        for _ in range(2):
            bare = _without(bare, (*_TIGRINYA_PERSONS, "ን", "ተ"))
        return "ም" + "".join(map(_bare, bare))
    return shorter[:-1] + _bare(shorter[-1]) if len(shorter) >= 2 else shorter


def _without(word: str, beginnings: Sequence[str]) -> str:
    """A word without the first of some beginnings it has, if three syllables remain."""
    for beginning in beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= 3:
            return word[len(beginning) :]
    return word


def _without_behind(word: str) -> str:
    for _ in range(2):
        for ending in _TIGRINYA_BEHIND:
            least = 2 if ending == "ይ" else 3
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: -len(ending)]
                break
    if len(word) >= 5 and word.endswith("ታት"):
        return word[:-2]
    if len(word) >= 4 and word.endswith("ት") and _order(word[-2]) == 3:
        return word[:-1]
    return word[:-1] if len(word) >= 4 and word[-1] == "ም" and _order(word[-2]) == 6 else word


def _order(syllable: str) -> int:
    return ord(syllable) & 7 if "\u1200" <= syllable <= "\u137f" else -1


def _bare(syllable: str) -> str:
    """The syllable without its vowel (the sixth order)."""
    return chr((ord(syllable) & ~7) | 5) if "\u1200" <= syllable <= "\u1357" else syllable


def in_either_script(latin: Stem, other: Stem) -> Stem:
    """One stemmer for a language written in two scripts."""

    def stem(word: str) -> str:
        return latin(word) if word[:1] < "\u0300" else other(word)

    return stem
