"""The routine of the catalogues: collecting marked sentences, keeping catalogues in step, finding their faults."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from infopool import catalogues, glossary, languages, paths
from infopool.languages import Language

KEYWORDS: dict[str, Any] = {
    "_": None,
    "desk_says": None,
    "gettext": None,
    "N_": None,
    "NN_": (1, 2),
    "counted": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""The functions that mark a sentence, and which of their arguments it is."""

SOURCES: tuple[tuple[str, str], ...] = (("infopool", "python"), ("importers", "python"), ("templates", "jinja2"))
"""Where sentences stand, and how they are found there."""

FOR_CURATORS: tuple[str, ...] = (
    "importers/",
    "infopool/cli/",
    "infopool/curation/",
    "infopool/jobs/",
    "infopool/queue.py",
    "infopool/web/admin/",
    "templates/admin/",
    "infopool/directory/checks.py",
    "infopool/directory/intake.py",
    "infopool/directory/offers.py",
    "infopool/directory/reading/",
    "infopool/directory/translations.py",
    "infopool/directory/wording.py",
    "infopool/exchange/text_sheets.py",
    "infopool/exchange/xliff.py",
    "infopool/search/indexing.py",
    "infopool/search/own_words.py",
    "infopool/backups.py",
    "infopool/health.py",
    "infopool/serving.py",
    "infopool/settings.py",
)
"""Places whose sentences only curators and operators meet; they are kept in German and English alone."""
CURATORS_READ = frozenset({"de", "en"})
EASY = "easy language"
"""The context of sentences that only pages in easy language say."""

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"</?[a-z][^>]*>")


def template_file(folder: Path | None = None) -> Path:
    """Where the collected sentences lie."""
    return (folder or paths.TRANSLATIONS) / "messages.pot"


def collected(root: Path | None = None) -> Catalog:
    """All marked sentences of a checkout, in a stable order and without line numbers, which would change daily."""
    top = root or paths.PACKAGE.parent
    catalog = Catalog(project="infopool", charset="utf-8", fuzzy=False)
    found: dict[tuple[str, Any], list[str]] = {}
    for folder, method in SOURCES:
        rows = extract_from_dir(
            str(top / folder),
            [("**.py", "python")] if method == "python" else [("**.html", "jinja2"), ("**.txt", "jinja2")],
            keywords=KEYWORDS,
            comment_tags=("NOTE:",),
            strip_comment_tags=True,
        )
        for name, _line, message, notes, context in rows:
            place = f"{folder}/{name}".replace("\\", "/")
            found.setdefault((context or "", message), []).append(place)
            catalog.add(message, context=context, auto_comments=notes)
    for (context, message), places in found.items():
        entry = catalog.get(message if isinstance(message, str) else message[0], context or None)
        if entry:
            entry.locations = [(place, None) for place in sorted(set(places))]  # type: ignore[misc]
    return catalog


def wanted_in(language: Language, template: Catalog) -> Catalog:
    """What the catalogue of a language must hold: everything, or what visitors meet."""
    if language.tag in CURATORS_READ:
        return template
    public = Catalog(project="infopool", charset="utf-8", fuzzy=False)
    for message in template:
        places = [place for place, _line in message.locations]
        for_others = message.context == EASY and not language.reads
        if message.id and not for_others and not all(place.startswith(FOR_CURATORS) for place in places):
            public.add(
                message.id, context=message.context, locations=message.locations, auto_comments=message.auto_comments
            )
    return public


def extract(root: Path | None = None, folder: Path | None = None) -> str:
    """Collect the sentences anew and bring every catalogue in step; returns one line per language."""
    template = collected(root)
    _write(template_file(folder), template)
    lines = []
    for language in languages.LANGUAGES:
        path = catalogues.file_of(language.tag, folder)
        if path.is_file():
            catalog = _read(path, language)
            catalog.update(wanted_in(language, template), no_fuzzy_matching=True)
            # Sentences that went away are kept for a possible return, but only if somebody had found words for them.
            catalog.obsolete = {key: one for key, one in catalog.obsolete.items() if any(_forms(one))}
            _write(path, catalog)
            lines.append(f"{language.tag}: {len(missing(catalog))} missing")
    return "\n".join(lines)


def _read(path: Path, language: Language) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale=language.locale)


def _write(path: Path, catalog: Catalog) -> None:
    out = BytesIO()
    write_po(out, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    # Dates in the header would make every extraction a change.
    text = re.sub(r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By):.*\n', "", out.getvalue().decode(), flags=re.M)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def missing(catalog: Catalog) -> list[Message]:
    """The sentences a catalogue has no words for yet."""
    return [message for message in catalog if message.id and (message.fuzzy or not all(_forms(message)))]


def _forms(message: Message) -> tuple[str, ...]:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(string or "" for string in strings)


def check(root: Path | None = None, folder: Path | None = None) -> list[str]:
    """The faults of all catalogues, a line each; empty when there are none."""
    faults = []
    template = collected(root)
    on_file = _ids(_read(template_file(folder), languages.BY_TAG["en"]))
    if on_file != _ids(template):
        faults.append("messages.pot is stale: run “infopool translations extract”")
    for language in languages.LANGUAGES:
        path = catalogues.file_of(language.tag, folder)
        if path.is_file():
            wanted = wanted_in(language, template)
            faults += [f"{language.tag}: {fault}" for fault in _faults(_read(path, language), wanted, language)]
        elif language.offered and language.tag != "en":
            faults.append(f"{language.tag}: offered, but it has no catalogue")
    return faults


def _ids(catalog: Iterable[Message]) -> set[tuple[str, Any]]:
    return {(message.context or "", message.id) for message in catalog if message.id}


def _faults(catalog: Catalog, template: Catalog, language: Language) -> Iterator[str]:
    here, wanted = _ids(catalog), _ids(template)
    yield from (f"not in the catalogue: {name!r}" for _, name in sorted(wanted - here, key=str))
    yield from (f"no longer used: {name!r}" for _, name in sorted(here - wanted, key=str))
    if language.offered and language.tag != "en":
        yield from (f"no words yet: {message.id!r}" for message in missing(catalog))
    for message in catalog:
        if message.id and all(_forms(message)):
            yield from _faults_of(message, catalog.num_plurals)


def _faults_of(message: Message, plurals: int) -> Iterator[str]:
    ids = tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)
    forms = _forms(message)
    if len(ids) > 1 and len(forms) != plurals:
        yield f"{len(forms)} plural forms instead of {plurals}: {ids[0]!r}"
    for form in forms:
        # Babel's own check lets a dropped placeholder pass. A form for one thing may leave the number out.
        allowed = [Counter(PLACEHOLDER.findall(wanted)) for wanted in ids]
        if Counter(PLACEHOLDER.findall(form)) not in allowed and not _only_drops_the_count(form, ids):
            yield f"placeholders differ: {ids[0]!r} -> {form!r}"
        if Counter(TAG.findall(form)) not in [Counter(TAG.findall(wanted)) for wanted in ids]:
            yield f"tags differ: {ids[0]!r} -> {form!r}"


def _only_drops_the_count(form: str, ids: tuple[str, ...]) -> bool:
    if len(ids) < 2:
        return False
    lost = Counter(PLACEHOLDER.findall(ids[-1])) - Counter(PLACEHOLDER.findall(form))
    return set(lost) <= {"%(count)s"} and not Counter(PLACEHOLDER.findall(form)) - Counter(PLACEHOLDER.findall(ids[-1]))


def incomplete(folder: Path | None = None) -> list[str]:
    """The tags of offered languages whose catalogue lacks words; looks at the catalogues only, not at the code."""
    lacking = []
    for language in languages.offered():
        path = catalogues.file_of(language.tag, folder)
        if language.tag != "en" and not (path.is_file() and not missing(_read(path, language))):
            lacking.append(language.tag)
    return lacking


def hints(folder: Path | None = None) -> list[str]:
    """Where the catalogues leave the words of the glossary, a line each: for people to look at, not faults."""
    terms, found = glossary.read(folder), []
    for language in languages.LANGUAGES:
        path = catalogues.file_of(language.tag, folder)
        if path.is_file():
            found += [f"{language.tag}: {hint}" for hint in _departures(path, language, terms)]
    return found


def _departures(path: Path, language: Language, terms: tuple[glossary.Term, ...]) -> list[str]:
    return list(glossary.departures(_read(path, language), language.tag, terms))


def status(folder: Path | None = None) -> str:
    """One line per language: how many sentences have words, leave the glossary, and what its review says."""
    reviews, terms = _reviews(folder), glossary.read(folder)
    lines = [f"{'tag':10} {'complete':>9} {'missing':>8} {'off glossary':>13}  review"]
    for language in languages.LANGUAGES:
        path = catalogues.file_of(language.tag, folder)
        if language.tag == "en":
            lines.append(f"{'en':10} {'100 %':>9} {0:>8} {0:>13}  message ids")
        elif path.is_file():
            catalog = _read(path, language)
            lacking, total = len(missing(catalog)), len(_ids(catalog))
            share = f"{100 * (total - lacking) // max(total, 1)} %"
            off = len(_departures(path, language, terms))
            lines.append(
                f"{language.tag:10} {share:>9} {lacking:>8} {off:>13}  {reviews.get(language.tag, 'needs review')}"
            )
        else:
            lines.append(f"{language.tag:10} {'–':>9} {'–':>8} {'–':>13}  no catalogue yet")
    return "\n".join(lines)


def _reviews(folder: Path | None) -> dict[str, str]:
    path = (folder or paths.TRANSLATIONS) / "status.tsv"
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip())
    return {row[0]: row[1] for row in rows}
