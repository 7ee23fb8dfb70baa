"""The small fixed vocabularies of an offer's facts, each with the words the pages show for it."""

from __future__ import annotations

from enum import StrEnum

from infopool.messages import N_


class Answer(StrEnum):
    """Angabe. An answer to a yes-or-no question; unknown is never no."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Stand. Where an offer is on its way to the public."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Herkunft einer Fassung. Who put a text into its language."""

    WRITTEN = "written"
    TRANSLATED = "translated"
    MACHINE = "machine"


class CostKind(StrEnum):
    """Kosten."""

    FREE = "free"
    PAID = "paid"
    BY_INCOME = "by-income"
    UNKNOWN = "unknown"


class CostPeriod(StrEnum):
    """Wofür ein Betrag gilt."""

    ONCE = "once"
    HOUR = "hour"
    SESSION = "session"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    COURSE = "course"
    YEAR = "year"


class ProviderKind(StrEnum):
    """Trägerart."""

    AUTHORITY = "authority"
    ASSOCIATION = "association"
    WELFARE = "welfare"
    CHURCH = "church"
    VOLUNTEER_CIRCLE = "volunteer-circle"
    SCHOOL = "school"
    COMPANY = "company"
    ADVICE_CENTRE = "advice-centre"
    OTHER = "other"


class ContactKind(StrEnum):
    """Kontaktweg."""

    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"


class CheckMethod(StrEnum):
    """Wie geprüft wurde."""

    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    VISIT = "visit"
    PROVIDER = "provider"
    IMPORT = "import"


class Format(StrEnum):
    """Format. How one takes part."""

    ON_SITE = "on-site"
    ONLINE = "online"
    PHONE = "phone"
    HOME_VISIT = "home-visit"


class TimeOfDay(StrEnum):
    """Tageszeit, as the search offers it; computed from the schedule, never typed."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"
    BY_APPOINTMENT = "by-appointment"


LEVELS: tuple[str, ...] = ("A0", "A1", "A2", "B1", "B2", "C1", "C2")
"""German levels of the Common European Framework; A0 is: no German yet, literacy included."""

AUDIENCES: dict[str, str] = {
    "everyone": N_("everyone"),
    "adults": N_("adults"),
    "women": N_("women"),
    "men": N_("men"),
    "families": N_("families"),
    "parents": N_("parents"),
    "children": N_("children"),
    "youth": N_("young people"),
    "seniors": N_("older people"),
    "refugees": N_("refugees"),
    "eu-citizens": N_("people from the EU"),
    "disability": N_("people with disabilities"),
    "trainees": N_("trainees"),
    "jobseekers": N_("people looking for work"),
    "students": N_("students"),
    "volunteers": N_("volunteers"),
    "queer": N_("queer people"),
}
"""Zielgruppen."""

RESIDENCE: dict[str, str] = {
    "everyone": N_("open to everyone"),
    "asylum-seeker": N_("people in the asylum procedure"),
    "tolerated": N_("people with a Duldung"),
    "permit": N_("people with a residence permit"),
    "settled": N_("people with permanent residence"),
    "ukraine": N_("people with protection under § 24"),
    "eu": N_("citizens of the EU"),
    "no-papers": N_("people without papers"),
}
"""Aufenthaltsstatus, as inclusion: who is welcome. An empty list means unknown: ask."""

TIMES: dict[str, str] = {
    TimeOfDay.MORNING: N_("in the morning"),
    TimeOfDay.AFTERNOON: N_("in the afternoon"),
    TimeOfDay.EVENING: N_("in the evening"),
    TimeOfDay.WEEKEND: N_("at the weekend"),
    TimeOfDay.BY_APPOINTMENT: N_("by appointment"),
}

FORMATS: dict[str, str] = {
    Format.ON_SITE: N_("on site"),
    Format.ONLINE: N_("online"),
    Format.PHONE: N_("by phone"),
    Format.HOME_VISIT: N_("at your home"),
}

COSTS: dict[str, str] = {
    CostKind.FREE: N_("free of charge"),
    CostKind.PAID: N_("costs money"),
    CostKind.BY_INCOME: N_("depends on your income"),
    CostKind.UNKNOWN: N_("ask about the cost"),
}

PROVIDER_KINDS: dict[str, str] = {
    ProviderKind.AUTHORITY: N_("public office"),
    ProviderKind.ASSOCIATION: N_("association"),
    ProviderKind.WELFARE: N_("welfare organisation"),
    ProviderKind.CHURCH: N_("church or religious community"),
    ProviderKind.VOLUNTEER_CIRCLE: N_("volunteer circle"),
    ProviderKind.SCHOOL: N_("school"),
    ProviderKind.COMPANY: N_("company"),
    ProviderKind.ADVICE_CENTRE: N_("advice centre"),
    ProviderKind.OTHER: N_("other provider"),
}
