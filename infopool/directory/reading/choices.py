"""The small vocabularies of an offer in people's words: topics, audiences, residence, formats, kinds of providers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from infopool.directory.facts import AUDIENCES, PROVIDER_KINDS, RESIDENCE, CheckMethod, Format, ProviderKind
from infopool.directory.reading.topic_words import TOPIC_WORDS
from infopool.directory.reading.words import Synonyms, choose, fold, is_blank
from infopool.directory.regions import WorkingGroup
from infopool.directory.topics import TOPICS

_AUDIENCE_WORDS: dict[str, str] = {
    "everyone": "alle|für alle|jeder|jede|alle interessierten|alle menschen|interessierte|offen für alle|all|everybody|anyone|bürger|bürgerinnen und bürger|alle bürger",
    "adults": "erwachsene|erwachsener|ab 18|ab 18 jahren|volljährige|adult|erwachsene ab 18",
    "women": "frauen|frau|nur frauen|mütter|mädchen und frauen|frauen und mädchen|woman|female",
    "men": "männer|mann|väter|man|male",
    "families": "familien|familie|family|familien mit kindern|alleinerziehende",
    "parents": "eltern|elternteile|parent|schwangere|werdende eltern|mütter und väter",
    "children": "kinder|kind|child|schulkinder|kleinkinder|kinder und babys|grundschulkinder|vorschulkinder",
    "youth": "jugendliche|jugend|jugendliche und junge erwachsene|junge erwachsene|junge menschen|teenager|young adults|youth|mädchen|jungen|unter 27",
    "seniors": "senioren|seniorinnen|seniorinnen und senioren|ältere|ältere menschen|ältere personen|rentner|60+|senior citizens|elderly|alte menschen",
    "refugees": "geflüchtete|flüchtlinge|geflüchtete menschen|refugee|asylbewerber|asylsuchende|asylbewerberinnen und asylbewerber|schutzsuchende|migranten"
    "|migrantinnen und migranten|zugewanderte|menschen mit migrationshintergrund|menschen mit fluchterfahrung|newcomers|migrants|neuzugewanderte|zuwanderer|ukrainer"
    "|menschen aus der ukraine|neu zugewanderte",
    "eu-citizens": "eu-bürger|eu-bürgerinnen|eu-bürgerinnen und eu-bürger|eu bürger|unionsbürger|eu citizens|eu-ausländer|menschen aus der eu|eu-zugewanderte",
    "disability": "menschen mit behinderung|menschen mit behinderungen|behinderte|menschen mit handicap|menschen mit einschränkungen|disabled people|schwerbehinderte|gehörlose",
    "trainees": "auszubildende|azubis|azubi|lehrlinge|apprentices|auszubildende und schüler",
    "jobseekers": "arbeitssuchende|arbeitsuchende|arbeitslose|jobsuchende|job seekers|jobseekers|erwerbslose|arbeitssuchende menschen",
    "students": "studierende|studenten|schüler|schülerinnen|schülerinnen und schüler|student|pupils|schüler/innen|studieninteressierte",
    "volunteers": "ehrenamtliche|freiwillige|helfer|volunteer|helferinnen und helfer|engagierte|paten",
    "queer": "queere menschen|queer|lsbtiq|lgbt|lgbtq|lgbtiq|lsbttiq|lesben und schwule|queere",
}

_RESIDENCE_WORDS: dict[str, str] = {
    "everyone": "für alle|alle|offen für alle|egal|jeder|unabhängig vom aufenthaltsstatus|unabhängig|unabhängig vom status|jeder aufenthaltsstatus|everyone|all|any|keine einschränkung"
    "|alle aufenthaltstitel|status egal|spielt keine rolle|aufenthaltsstatus egal",
    "asylum-seeker": "asylbewerber|asylbewerberinnen|asylbewerberinnen und asylbewerber|asylsuchende|aufenthaltsgestattung|gestattung|im asylverfahren|menschen im asylverfahren|gestattete"
    "|asylum seekers|asylum seeker|in the asylum procedure|ankunftsnachweis|asylverfahren",
    "tolerated": "geduldete|duldung|menschen mit duldung|mit duldung|tolerated|ausbildungsduldung|beschäftigungsduldung|toleration",
    "permit": "aufenthaltserlaubnis|mit aufenthaltserlaubnis|aufenthaltstitel|mit aufenthaltstitel|befristeter aufenthalt|residence permit|anerkannte flüchtlinge|anerkannte|anerkannt"
    "|subsidiär schutzberechtigte|subsidiärer schutz|blaue karte|blue card|flüchtlingseigenschaft|schutzberechtigte|anerkannte geflüchtete",
    "settled": "niederlassungserlaubnis|unbefristeter aufenthalt|unbefristet|daueraufenthalt|daueraufenthalt-eu|permanent residence|settlement permit|mit niederlassungserlaubnis",
    "ukraine": "ukraine|§ 24|§24|paragraf 24|§ 24 aufenthg|24 aufenthg|vorübergehender schutz|temporary protection|ukrainer|menschen aus der ukraine|geflüchtete aus der ukraine",
    "eu": "eu-bürger|eu-bürgerinnen|eu-bürgerinnen und eu-bürger|eu bürger|unionsbürger|eu citizens|eu|freizügigkeit|freizügigkeitsberechtigte|eu-staatsangehörige",
    "no-papers": "ohne papiere|auch ohne papiere|menschen ohne papiere|ohne aufenthaltsstatus|ohne status|no papers|without papers|undocumented|auch ohne aufenthaltspapiere|alle auch ohne papiere|illegalisierte",
}

_FORMAT_WORDS: dict[str, str] = {
    Format.ON_SITE: "vor ort|präsenz|in präsenz|präsenzkurs|persönlich|on site|onsite|in person|face to face|offline|gruppe|einzelberatung|einrichtung|in der einrichtung|präsenzunterricht",
    Format.ONLINE: "online|digital|per video|videokonferenz|zoom|per zoom|per chat|chat|per e-mail|e-mail|internet|onlinekurs|online-kurs|virtuell|virtual|webinar|video|videoberatung|app|teams|im internet",
    Format.PHONE: "telefonisch|telefon|per telefon|am telefon|hotline|by phone|phone|telephone|telefonberatung|anruf",
    Format.HOME_VISIT: "hausbesuch|hausbesuche|zu hause|zuhause|bei ihnen zu hause|aufsuchend|home visit|at home|at your home|aufsuchende beratung|mobil|mobile beratung",
}
_BOTH = {fold(word) for word in ("hybrid", "vor Ort/online", "präsenz/online", "gemischt", "blended learning")}

_PROVIDER_WORDS: dict[str, str] = {
    ProviderKind.AUTHORITY: "behörde|amt|landratsamt|gemeinde|stadt|rathaus|kommune|landkreis|staatlich|öffentlich|authority|public|stadtverwaltung|gemeindeverwaltung|ministerium|jobcenter|agentur"
    "|bundesbehörde|landesbehörde|öffentlicher träger|kreis|public authority",
    ProviderKind.ASSOCIATION: "verein|e. v.|e.v.|eingetragener verein|association|club|ngo|initiative|verband|stiftung|gemeinnütziger verein|interessenverband|migrantenverein|gemeinnützig",
    ProviderKind.WELFARE: "wohlfahrtsverband|wohlfahrt|wohlfahrtspflege|freie wohlfahrtspflege|caritas|diakonie|awo|drk|paritätischer|welfare|charity|sozialverband|freier träger",
    ProviderKind.CHURCH: "kirche|kirchengemeinde|pfarrei|religionsgemeinschaft|moschee|moscheegemeinde|church|mosque|gemeinde (kirche)|religiöse gemeinschaft|pfarrgemeinde|glaubensgemeinschaft|synagoge",
    ProviderKind.VOLUNTEER_CIRCLE: "helferkreis|ehrenamt|freundeskreis|asylkreis|arbeitskreis asyl|ehrenamtlicher helferkreis|volunteer circle|volunteers|helferkreis asyl|nachbarschaftshilfe|private initiative|privat"
    "|ehrenamtliche",
    ProviderKind.SCHOOL: "schule|volkshochschule|vhs|sprachschule|bildungsträger|bildungseinrichtung|hochschule|universität|kindergarten|kita|school|akademie|bildungswerk|berufsschule|college|education provider",
    ProviderKind.COMPANY: "firma|unternehmen|gmbh|betrieb|company|business|privatwirtschaft|kanzlei|praxis|arztpraxis|selbstständig|freiberufler|ggmbh|genossenschaft|wirtschaft",
    ProviderKind.ADVICE_CENTRE: "beratungsstelle|beratung|fachstelle|anlaufstelle|advice centre|advice center|counselling centre|beratungszentrum|fachdienst|counseling",
    ProviderKind.OTHER: "sonstige|sonstiges|andere|anderer|other|sonstiger träger|weitere",
}

_CHECK_WORDS: dict[str, str] = {
    CheckMethod.PHONE: "telefon|telefonisch|anruf|phone|angerufen|am telefon|call|tel",
    CheckMethod.EMAIL: "e-mail|mail|per mail|per e-mail|email",
    CheckMethod.WEB: "web|website|internet|homepage|online|webseite",
    CheckMethod.VISIT: "besuch|vor ort|persönlich|visit|besucht",
    CheckMethod.PROVIDER: "träger|vom träger|anbieter|provider|selbstauskunft|rückmeldung|vom anbieter",
    CheckMethod.IMPORT: "import|importiert|übernommen",
}


def _table(words: dict[str, str], labels: dict[str, str]) -> Synonyms:
    return Synonyms({code: [*words.get(code, "").split("|"), label, code] for code, label in labels.items()})


@cache
def _topics() -> Synonyms:
    return _table(TOPIC_WORDS, {topic.code: topic.label for topic in TOPICS})


@cache
def _audiences() -> Synonyms:
    return _table(_AUDIENCE_WORDS, AUDIENCES)


@cache
def _residence() -> Synonyms:
    return _table(_RESIDENCE_WORDS, RESIDENCE)


@cache
def _formats() -> Synonyms:
    return _table(_FORMAT_WORDS, {form.value: form.value for form in Format})


@cache
def _provider_kinds() -> Synonyms:
    return _table(_PROVIDER_WORDS, dict(PROVIDER_KINDS))


@cache
def _check_methods() -> Synonyms:
    return _table(_CHECK_WORDS, {method.value: method.value for method in CheckMethod})


@lru_cache(maxsize=10_000)
def read_topics(text: str) -> tuple[tuple[str, ...], str]:
    """Topic codes for the labels and words in a cell, German or English; and the words that name none."""
    return choose(text, _topics().find)


@lru_cache(maxsize=10_000)
def read_audiences(text: str) -> tuple[tuple[str, ...], str]:
    """Audience codes; and the words that name none."""
    return choose(text, _audiences().find)


@lru_cache(maxsize=5_000)
def read_residence(text: str) -> tuple[tuple[str, ...], str]:
    """Who is welcome by residence status, and the words that name none. Nothing said is unknown: ask."""
    return choose(re.sub(r"\b(?:auch|mit|also|with)\s+(?=\w)", "", text, flags=re.I), _residence().find)


@lru_cache(maxsize=5_000)
def read_formats(text: str) -> tuple[tuple[str, ...], str]:
    """How one takes part; "hybrid" is both on site and online. And the words that name no way."""
    if fold(text) in _BOTH:
        return (Format.ON_SITE, Format.ONLINE), ""
    codes, left = choose(text, _formats().find)
    return tuple(Format(code) for code in codes), left


@lru_cache(maxsize=1_000)
def read_provider_kind(text: str) -> tuple[ProviderKind, str]:
    """What kind of provider it is; `other` with the words left over when nobody knows them."""
    if is_blank(text):
        return ProviderKind.OTHER, ""
    code = _provider_kinds().find(text) or next((found for found in map(_provider_kinds().find, re.split(r"[,/(]", text)) if found), "")
    return (ProviderKind(code), "") if code else (ProviderKind.OTHER, text.strip())


@lru_cache(maxsize=1_000)
def read_check_method(text: str) -> tuple[CheckMethod | None, str]:
    """How somebody made sure; None with the words left over when nobody knows them."""
    if is_blank(text):
        return None, ""
    code = _check_methods().find(text)
    return (CheckMethod(code), "") if code else (None, text.strip())


_GROUP = re.compile(r"\b(?:arbeitskreis|arbeitsgruppe|ak|ag|working group|und|and|für|the)\b", re.I)


def read_working_group(text: str, groups: tuple[WorkingGroup, ...]) -> tuple[str, str]:
    """The code of the one working group of the region that the words fit ("AK Wohnen", "Bildung/Sprache"), or the words."""
    if is_blank(text):
        return "", ""
    wanted = set(fold(_GROUP.sub(" ", text)).split())
    for group in groups:
        if fold(text) in (fold(group.code), fold(group.name)):
            return group.code, ""
    fitting = [group.code for group in groups if wanted and wanted <= set(fold(_GROUP.sub(" ", group.name)).split())]
    return (fitting[0], "") if len(fitting) == 1 else ("", text.strip())
