"""Imports as the desk shows them: the list of runs, the columns of a file, its rows with their differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from infopool import languages
from infopool.curation.imports import BUSY, OPEN, RunState
from infopool.curation.imports_plan import Choice, message_from_plain
from infopool.curation.models import ImportRun
from infopool.directory.drafts import OfferDraft, Unreadable
from infopool.directory.intake import Fate, Row
from infopool.directory.regions import Region
from infopool.directory.wording import Change, Piece, what_changed
from infopool.exchange import csv_xlsx
from infopool.exchange.labels import german
from infopool.messages import N_, NN_, Message
from infopool.queue import Job, JobState
from infopool.web.admin.presenters.columns import ASIDE, LABELS
from infopool.web.wording import Wording

STATES: dict[RunState, str] = {
    RunState.READING: N_("being read"),
    RunState.READ: N_("columns to be confirmed"),
    RunState.PLANNING: N_("being compared"),
    RunState.PLANNED: N_("rows to be chosen"),
    RunState.RUNNING: N_("being taken in"),
    RunState.DONE: N_("taken in"),
    RunState.UNDOING: N_("being undone"),
    RunState.UNDONE: N_("undone"),
    RunState.FAILED: N_("could not be read"),
    RunState.DROPPED: N_("put aside"),
}

FATES: dict[Fate, str] = {
    Fate.NEW: N_("New"),
    Fate.CHANGED: N_("Changed"),
    Fate.PROTECTED: N_("Edited here"),
    Fate.REFUSED: N_("Refused"),
    Fate.UNCHANGED: N_("As before"),
}
"""What becomes of rows, as tabs; those that ask for a decision first."""

WAITING: dict[RunState, str] = {
    RunState.READING: N_("The file is being looked at."),
    RunState.PLANNING: N_("The rows are being compared with what is there."),
    RunState.RUNNING: N_("The offers are being taken in."),
    RunState.UNDOING: N_("The import is being undone."),
}


@dataclass(frozen=True)
class RunLine:
    """One run of the list."""

    id: int
    filename: str
    source: str
    by: str
    at: str
    state: str
    open: bool
    busy: bool


def run_line(run: ImportRun, region: Region, wording: Wording) -> RunLine:
    """A run, made ready."""
    at = run.at.astimezone(region.timezone)
    state = RunState(run.state)
    return RunLine(
        run.id,
        run.filename,
        run.source,
        run.by,
        f"{at:%d.%m.%Y %H:%M}",
        wording.translator.gettext(STATES[state]),
        state in OPEN,
        state in BUSY,
    )


@dataclass(frozen=True)
class Progress:
    """How far the work in the background is."""

    says: str
    done: int
    steps: int
    fault: str


def progress(run: ImportRun, job: Job | None, wording: Wording) -> Progress:
    """How far a busy run is; `fault` says that nobody will go on by herself."""
    failed = job is not None and job.state == JobState.FAILED
    says = wording.translator.gettext(WAITING[RunState(run.state)])
    return Progress(says, job.done if job else 0, job.steps if job else 0, job.fault if job and failed else "")


@dataclass(frozen=True)
class ColumnLine:
    """One column with what it was understood as."""

    number: int
    name: str
    examples: tuple[str, ...]
    field: str
    language: str
    aside: bool


MOST_COLUMNS = 80
"""Columns that can be corrected; those behind are kept aside and only counted."""


def column_lines(
    columns: Sequence[Mapping[str, object]], told: Mapping[str, Sequence[str]] | None = None
) -> list[ColumnLine]:
    """The columns of a file, made ready; with what somebody has just said of them."""
    lines = []
    for number, column in enumerate(columns[:MOST_COLUMNS]):
        name = str(column["name"])
        field, language = (told or {}).get(name, (str(column["field"]), str(column["language"])))
        examples = column["examples"]
        assert isinstance(examples, list)
        lines.append(ColumnLine(number, name, tuple(map(str, examples)), field, language, not field))
    return lines


def fields(wording: Wording) -> list[tuple[str, str]]:
    """What a column may hold, to choose from."""
    gettext = wording.translator.gettext
    return [("", gettext(ASIDE)), *((code, gettext(label)) for code, label in LABELS.items())]


def text_languages(wording: Wording) -> list[tuple[str, str]]:
    """The languages a column of texts may be in, to choose from."""
    own = wording.translator.gettext(N_("language of the list"))
    return [("", own), *((tag, wording.language_name(tag)) for tag in languages.BY_TAG if tag != "de")]


@dataclass(frozen=True)
class Difference:
    """One thing a row says otherwise than the offer that is there."""

    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class RowLine:
    """One row of the plan."""

    line: int
    title: str
    detail: str
    offer_id: int | None
    ticked: bool
    can_tick: bool
    problems: tuple[str, ...]
    differences: tuple[Difference, ...]
    facts: tuple[tuple[str, str], ...]


NOT_TOLD = frozenset({"Nr"})
"""Headings whose differences say nothing to a curator."""


def row_line(row: Row, there: OfferDraft | None, choice: Choice, region: Region, wording: Wording) -> RowLine:
    """A row, made ready; `there` is what the offer says now."""
    labels = german(region)
    after = csv_xlsx.row_of(row.draft, labels)
    before = csv_xlsx.row_of(_as_the_source_would(there, row.draft), labels) if there else None
    return RowLine(
        line=row.line,
        title=row.title,
        detail=", ".join(part for part in (after["Träger"], after["Ort"]) if part),
        offer_id=row.offer_id,
        ticked=choice.takes(row),
        can_tick=row.fate in Choice.POSSIBLE,
        problems=tuple(wording.say(problem.message) for problem in row.problems),
        differences=tuple(_differences(before, after)) if before is not None else (),
        facts=tuple((name, _short(words)) for name, words in after.items() if words and name not in _IN_SIGHT)
        if before is None
        else (),
    )


_IN_SIGHT = frozenset({"Nr", "Titel", "Träger", "Ort"})


def _as_the_source_would(there: OfferDraft, said: OfferDraft) -> OfferDraft:
    """What is there, without the translations that the source knows nothing of and that stay."""
    brought = {text.language for text in said.texts}
    kept = tuple(text for text in there.texts if text.language in brought or text.origin == "written")
    return replace(there, texts=kept or there.texts)


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[Difference]:
    for heading in dict.fromkeys([*after, *before]):
        old, new = before.get(heading, ""), after.get(heading, "")
        if old != new and heading not in NOT_TOLD:
            yield Difference(heading, tuple(map(_shortened, what_changed(old[:LONGEST], new[:LONGEST]))))


LONGEST = 4_000
"""Characters of a text that are compared word by word."""
AROUND = 40
"""Characters shown of what stays the same, on each side of a change."""


def _shortened(piece: Piece) -> Piece:
    if piece.change is not Change.KEPT or len(piece.words) <= 2 * AROUND + 5:
        return piece
    return Piece(piece.change, f"{piece.words[:AROUND]} … {piece.words[-AROUND:]}")


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[:most]} …"


def note_lines(notes: Iterable[Unreadable], wording: Wording) -> list[tuple[int, str, str]]:
    """What could not be read: line, column, why."""
    return [(note.line, note.column, wording.say(note.why)) for note in notes]


def outcome_lines(run: ImportRun, wording: Wording) -> list[str]:
    """What an import has done, a sentence at a time; and what undoing it has done."""
    lines: list[str] = []
    outcome = run.report.get("outcome")
    if outcome:
        counts = outcome["counts"]
        for fate, forms in _TAKEN.items():
            if counts.get(fate):
                lines.append(wording.count(counts[fate], forms))
        for name, forms in _ALSO.items():
            if outcome.get(name):
                lines.append(wording.count(outcome[name], forms))
        if not lines:
            lines.append(wording.translator.gettext(N_("Nothing was changed.")))
    undo = run.report.get("undo", {})
    for name, forms in _UNDONE.items():
        if undo.get(name):
            lines.append(wording.count(undo[name], forms))
    return lines


_TAKEN: dict[str, tuple[str, str]] = {
    "new": NN_("%(count)s new offer was taken in.", "%(count)s new offers were taken in."),
    "changed": NN_("%(count)s offer was changed.", "%(count)s offers were changed."),
    "protected": NN_(
        "%(count)s offer that was edited here says again what the list says.",
        "%(count)s offers that were edited here say again what the list says.",
    ),
}
_ALSO: dict[str, tuple[str, str]] = {
    "withdrawn": NN_(
        "%(count)s offer that the list no longer has was withdrawn.",
        "%(count)s offers that the list no longer has were withdrawn.",
    ),
    "for_review": NN_(
        "%(count)s change waits for a second person to approve it.",
        "%(count)s changes wait for a second person to approve them.",
    ),
}
_UNDONE: dict[str, tuple[str, str]] = {
    "restored": NN_("%(count)s offer is again as it was before.", "%(count)s offers are again as they were before."),
    "withdrawn": NN_("%(count)s new offer was withdrawn.", "%(count)s new offers were withdrawn."),
    "left_count": NN_(
        "%(count)s offer was changed by somebody since; it is left as it is.",
        "%(count)s offers were changed by somebody since; they are left as they are.",
    ),
}


def refusal(run: ImportRun, wording: Wording) -> str:
    """Why the file could not be read, or nothing."""
    told = run.report.get("refused")
    return wording.say(message_from_plain(told)) if told else ""


def remark_lines(remarks: Iterable[Message], wording: Wording) -> list[str]:
    """What there is to say about the file as a whole."""
    return [wording.say(remark) for remark in remarks]
