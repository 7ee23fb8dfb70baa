"""Yes, no, partly, or nothing said: the answers to a yes-or-no question."""

from __future__ import annotations

import re
from functools import lru_cache

from infopool.directory.facts import Answer
from infopool.directory.reading.words import Synonyms, is_blank, without_brackets

_ANSWERS = Synonyms(
    {
        Answer.YES: "ja|j|x|xx|yes|y|true|wahr|1|ok|✓|✔|☑|vorhanden|gibt es|available|ja klar|immer|possible|möglich|inklusive",
        Answer.LIMITED: "teilweise|zum teil|z. T.|teils|bedingt|eingeschränkt|begrenzt|auf anfrage|nach absprache|nach vereinbarung"
        "|nach rücksprache|bei bedarf|manchmal|partly|partially|limited|on request|by arrangement|sometimes|mit hilfe|in begrenztem umfang",
        Answer.NO: "nein|n|no|false|falsch|0|nicht|keine|kein|keiner|none|not|nicht vorhanden|leider nicht|leider nein|nie|not available",
    }
)
_TICKS = {"✓": Answer.YES, "✔": Answer.YES, "☑": Answer.YES, "✅": Answer.YES, "✗": Answer.NO, "✘": Answer.NO, "❌": Answer.NO, "☒": Answer.YES}

_OWN_WORDS = {
    "childcare": Synonyms(
        {
            Answer.YES: "mit kinderbetreuung|kinderbetreuung|kinderbetreuung vorhanden|mit kind|with childcare|kostenlos",
            Answer.NO: "ohne kinderbetreuung|keine kinderbetreuung|without childcare",
        }
    ),
    "women_only": Synonyms(
        {
            Answer.YES: "nur frauen|nur für frauen|frauen|women only|women|nur frauen und mädchen|frauen und mädchen",
            Answer.NO: "für alle|alle|gemischt|frauen und männer|offen für alle|everyone|all|mixed",
        }
    ),
    "wheelchair": Synonyms(
        {
            Answer.YES: "rollstuhlgerecht|barrierefrei|voll barrierefrei|stufenlos|ebenerdig|aufzug|mit aufzug|lift|accessible"
            "|wheelchair accessible|step-free|aufzug vorhanden|rollstuhlgeeignet|zugänglich",
            Answer.LIMITED: "teilweise barrierefrei|bedingt barrierefrei|eingeschränkt barrierefrei|eine stufe|mit einer stufe|partly accessible"
            "|teilweise rollstuhlgerecht|eingeschränkt rollstuhlgerecht|bedingt rollstuhlgerecht",
            Answer.NO: "nicht barrierefrei|nicht rollstuhlgerecht|nur über treppen|treppen|stufen|not accessible",
        }
    ),
    "registration_needed": Synonyms(
        {
            Answer.YES: "erforderlich|notwendig|nötig|pflicht|verpflichtend|anmeldung|mit anmeldung|anmeldung erforderlich|anmeldung nötig"
            "|bitte anmelden|mit termin|nur mit termin|termin|termin vereinbaren|online|telefonisch|schriftlich|persönlich|per e-mail|per mail"
            "|per telefon|vor ort|mit voranmeldung|voranmeldung|nach anmeldung|vorher anrufen|bitte anrufen|nach vereinbarung|nach terminvereinbarung"
            "|nach absprache|required|registration required|by phone|by email|in person|appointment|by appointment|telefonisch oder per e-mail|bitte vorher anrufen"
            "|nur mit anmeldung",
            Answer.LIMITED: "empfohlen|erwünscht|erbeten|gewünscht|gern mit anmeldung|recommended|bei gruppen|teilweise|wenn möglich",
            Answer.NO: "nicht nötig|nicht notwendig|nicht erforderlich|nicht erforderl|keine anmeldung|keine anmeldung nötig|ohne anmeldung"
            "|ohne termin|ohne voranmeldung|einfach kommen|einfach vorbeikommen|offen|offener treff|jederzeit|keine anmeldung erforderlich"
            "|not required|not needed|no registration|no appointment|drop in|walk in|just come|einfach anrufen|kommen sie einfach|keine",
        }
    ),
}
"""What people write instead of yes or no, by the question."""

_START = re.compile(r"^\s*(ja|nein|yes|no|teilweise|partly)\s*[,;:.(!–—-]\s*(.+)$", re.I | re.S)


@lru_cache(maxsize=5_000)
def read_answer(text: str, question: str = "") -> tuple[Answer, str]:
    """The answer to a yes-or-no question, and what was said besides ("ja, ab 3 Jahren" leaves "ab 3 Jahren").

    `question` is the name of the offer's fact (`childcare`, `women_only`, `wheelchair`, `registration_needed`); some
    questions have answers of their own. Empty is unknown, never no. What is not an answer at all is left over whole.
    """
    if is_blank(text):
        return Answer.UNKNOWN, ""
    answer = _find(text, question)
    if answer:
        return answer, ""
    bare, note = without_brackets(text)
    if note and _find(bare, question):
        return Answer(_find(bare, question)), note
    started = _START.match(text)
    if started:
        return Answer(_find(started[1], question)), started[2].strip(" )")
    pieces = [piece.strip() for piece in re.split(r"[,;/]|\soder\s", text) if piece.strip()]
    answers = {_find(piece, question) for piece in pieces}
    return (Answer(answers.pop()), "") if len(answers) == 1 and "" not in answers else (Answer.UNKNOWN, text.strip())


def _find(text: str, question: str) -> str:
    own = _OWN_WORDS.get(question)
    return _TICKS.get(text.strip(), "") or (own.find(text) if own else "") or _ANSWERS.find(text)
