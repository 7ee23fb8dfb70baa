"""How hard a German text is to read: sentence length and hard words, counted. A hint for whoever writes, never a lock.

The first Wiener Sachtextformel (Richard Bamberger, Erich Vanecek: Lesen – Verstehen – Lernen – Schreiben, 1984) gives
the school year in which a child understands a factual text; it was made for years 4 to 15:

    0.1935 MS + 0.1672 SL + 0.1297 IW - 0.0327 ES - 0.875

The coefficients are the same in other programs that count it (textstat: `wiener_sachtextformel`, variant 1).

MS: percentage of words with three or more syllables. SL: words per sentence. IW: percentage of words with more than six
letters. ES: percentage of words with one syllable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from infopool.messages import N_, Message

LONG_SENTENCE = 15
"""Words from which on a sentence is named to its writer; a threshold of our own, twice what Leichte Sprache aims at."""
LONG_WORD = 6
"""Letters up to which a word counts as short, by the formula."""
HARD_SYLLABLES = 5
"""Syllables from which on a word is named to its writer; a threshold of our own: from three on there are too many."""
FEWEST_WORDS = 10
"""Under this a formula of percentages says nothing."""
EASY, FAIR = 6.0, 10.0
"""School years up to which we call a text easy or fair."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NEW_SENTENCE = re.compile(r"[.!?:;…]+(?=\s|$|[\"“”»«)])|\n+")
_SHORTENED = re.compile(
    r"\b(?:z\. ?B|d\. ?h|u\. ?a|o\. ?ä|i\. ?d\. ?R|bzw|ca|etc|evtl|ggf|inkl|max|min|mind"
    r"|Nr|St|Str|Tel|usw|vgl|Dr|Prof|\d{1,2})\."
)
_VOWELS = re.compile(r"ai|au|ei|eu|äu|ie|aa|ee|oo|[aeiouyäöüáàâéèêëíîïóòôúùû]")


class Ease(StrEnum):
    """Lesbarkeit, in three steps."""

    EASY = "easy"
    FAIR = "fair"
    HARD = "hard"


@dataclass(frozen=True)
class Readability:
    """What was counted in a text."""

    sentences: int
    words: int
    score: float | None
    """School year by the first Wiener Sachtextformel; None for a text too short to say."""
    longest: str = ""
    """The longest sentence, where it has more than LONG_SENTENCE words."""
    hard_words: tuple[str, ...] = ()
    """Words of HARD_SYLLABLES or more syllables, in the order of the text, each once."""

    @property
    def words_per_sentence(self) -> float:
        """The average; 0 for an empty text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def ease(self) -> Ease | None:
        """The score in three steps, or None where there is none."""
        if self.score is None:
            return None
        return Ease.EASY if self.score <= EASY else Ease.FAIR if self.score <= FAIR else Ease.HARD

    def hints(self) -> Iterator[Message]:
        """What the writer could do, a sentence each; nothing for a text that reads well."""
        if self.ease is Ease.HARD:
            sentence = N_("This text is hard to read. Short sentences and everyday words help.")
            yield Message(sentence)
        if self.longest:
            count = len(words_in(self.longest))
            yield Message(
                N_("This sentence has %(count)s words; can it be two? “%(sentence)s”"),
                {"count": count, "sentence": self.longest},
            )
        if self.hard_words:
            sentence = N_("Long words are hard to read; explain them or say it otherwise: %(words)s")
            yield Message(sentence, {"words": ", ".join(self.hard_words)})


def readability(text: str) -> Readability:
    """Count sentences, words and syllables of a German text."""
    sentences = sentences_in(text)
    words = [word for sentence in sentences for word in words_in(sentence)]
    hard = dict.fromkeys(word for word in words if syllables(word) >= HARD_SYLLABLES)
    longest = max(sentences, key=lambda sentence: len(words_in(sentence)), default="")
    return Readability(
        len(sentences),
        len(words),
        wiener_sachtextformel(words, len(sentences)) if len(words) >= FEWEST_WORDS else None,
        longest if len(words_in(longest)) > LONG_SENTENCE else "",
        tuple(hard),
    )


def wiener_sachtextformel(words: list[str], sentences: int) -> float:
    """The first Wiener Sachtextformel over the words of this many sentences; both must be more than nothing."""
    counted = [syllables(word) for word in words]
    share = 100 / len(words)
    ms = share * sum(count >= 3 for count in counted)
    iw = share * sum(letters(word) > LONG_WORD for word in words)
    es = share * sum(count == 1 for count in counted)
    return 0.1935 * ms + 0.1672 * (len(words) / sentences) + 0.1297 * iw - 0.0327 * es - 0.875


def sentences_in(text: str) -> list[str]:
    """The sentences of a text that hold a word. A line of a list ends one too; the point of "z. B." does not."""
    guarded = _SHORTENED.sub(lambda found: found[0].replace(".", "\0"), text)
    parts = (part.replace("\0", ".").strip() for part in _NEW_SENTENCE.split(guarded))
    return [part for part in parts if words_in(part)]


def words_in(text: str) -> list[str]:
    """The words of a text; numbers, times and addresses are none."""
    plain = re.sub(r"\S{1,64}@\S{1,255}|https?://\S+|www\.\S+", " ", text)
    return _WORD.findall(plain)


def letters(word: str) -> int:
    """How many letters a word has; hyphens are none."""
    return sum(sign.isalpha() for sign in word)


def syllables(word: str) -> int:
    """How many syllables a German word has: its groups of vowels, at least one.

    Double vowels and diphthongs count once; "qu" holds no vowel of its own.
    """
    return max(1, len(_VOWELS.findall(word.casefold().replace("qu", "k"))))
