"""Small charts drawn on the server: bars of weeks, with the same numbers as a table behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from infopool.curation.counting import Sums, Week
from infopool.exchange.labels import Labels
from infopool.messages import N_, NN_
from infopool.web.wording import Wording

WIDTH, HEIGHT, GAP = 640, 160, 4
"""Of the drawing, in its own units; the page gives it its size."""


@dataclass(frozen=True)
class Bar:
    """One week as a bar: all searches, and at its foot those that found nothing."""

    x: float
    width: float
    y: float
    height: float
    vain_y: float
    vain_height: float


@dataclass(frozen=True)
class WeekLine:
    """One week as a line of the table."""

    week: str
    searches: str
    in_vain: str


@dataclass(frozen=True)
class Share:
    """One language, topic or place."""

    label: str
    searches: str
    in_vain: str
    percent: int
    """Length of its bar beside the longest, 0 to 100."""


@dataclass(frozen=True)
class NumbersView:
    """The page of numbers."""

    headline: str
    summary: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    most: str
    weeks: tuple[WeekLine, ...]
    languages: tuple[Share, ...]
    topics: tuple[Share, ...]
    places: tuple[Share, ...]


def numbers_view(sums: Sums, labels: Labels, wording: Wording) -> NumbersView:
    """The sums, made ready."""
    headline = wording.count(sums.searches, NN_("%(count)s search in half a year", "%(count)s searches in half a year"))
    summary = wording.count(sums.in_vain, NN_("%(count)s of them found nothing.", "%(count)s of them found nothing."))
    return NumbersView(
        headline=headline,
        summary=summary,
        bars=bars(sums.weeks),
        first=_week(sums.weeks[0].week, wording),
        last=_week(sums.weeks[-1].week, wording),
        most=wording.number(max(week.searches for week in sums.weeks)),
        weeks=tuple(
            WeekLine(_week(week.week, wording), wording.number(week.searches), wording.number(week.in_vain))
            for week in reversed(sums.weeks)
            if week.searches
        ),
        languages=_shares([(wording.language_name(tag), all_, vain) for tag, all_, vain in sums.languages], wording),
        topics=_shares([(labels.value("topic", code), all_, vain) for code, all_, vain in sums.topics], wording),
        places=_shares([(labels.value("place", code), all_, vain) for code, all_, vain in sums.places], wording),
    )


def bars(weeks: Sequence[Week]) -> tuple[Bar, ...]:
    """The bars of a chart, as high as the drawing for the week with the most searches."""
    highest = max([week.searches for week in weeks] + [1])
    step = WIDTH / len(weeks)
    made = []
    for number, week in enumerate(weeks):
        height = round(week.searches / highest * HEIGHT, 1)
        vain = round(week.in_vain / highest * HEIGHT, 1)
        x = round(number * step + GAP / 2, 1)
        made.append(Bar(x, round(step - GAP, 1), HEIGHT - height, height, HEIGHT - vain, vain))
    return tuple(made)


def _week(week: str, wording: Wording) -> str:
    year, number = week.split("-W")
    return wording.translator.gettext(N_("week %(number)s of %(year)s")) % {"number": int(number), "year": year}


def _shares(rows: list[tuple[str, int, int]], wording: Wording) -> tuple[Share, ...]:
    highest = max([searches for _, searches, _ in rows] + [1])
    return tuple(
        Share(label, wording.number(searches), wording.number(vain), round(searches / highest * 100))
        for label, searches, vain in rows[:20]
    )
