"""The topics offers are filed under: few, two levels at most, with codes that never change."""

from __future__ import annotations

from dataclasses import dataclass

from infopool.messages import N_


@dataclass(frozen=True)
class Topic:
    """Thema."""

    code: str
    label: str
    """English; a catalogue word."""
    icon: str
    """The pictogram's name in the sprite."""
    parent: str = ""
    """The code of the topic above, empty at the top."""
    working_group: str = ""
    """The working group that looks after it unless an offer says otherwise."""
    sensitive: bool = False
    """Whether a page about it should offer a quick way out and stay out of caches."""


def _under(parent: Topic, *rows: tuple[str, str], sensitive: frozenset[str] = frozenset()) -> tuple[Topic, ...]:
    below = (
        Topic(code, label, parent.icon, parent.code, parent.working_group, parent.sensitive or code in sensitive)
        for code, label in rows
    )
    return (parent, *below)


TOPICS: tuple[Topic, ...] = (
    *_under(
        Topic("language", N_("Learn German"), "language", working_group="education"),
        ("german-course", N_("German course")),
        ("integration-course", N_("Integration course")),
        ("job-german", N_("German for work")),
        ("literacy", N_("Reading and writing")),
        ("language-practice", N_("Practise speaking")),
        ("language-exam", N_("Language exam")),
        ("interpreting", N_("Interpreting and translation")),
    ),
    *_under(
        Topic("housing", N_("Housing"), "housing", working_group="housing"),
        ("housing-search", N_("Finding a home")),
        ("tenancy", N_("Renting and tenants’ rights")),
        ("social-housing", N_("Social housing")),
        ("homelessness", N_("Without a home")),
        ("furniture", N_("Furniture")),
    ),
    *_under(
        Topic("work", N_("Work"), "work", working_group="work"),
        ("job-search", N_("Finding work")),
        ("recognition", N_("Recognition of certificates")),
        ("work-rights", N_("Rights at work")),
        ("self-employment", N_("Self-employment")),
    ),
    *_under(
        Topic("training", N_("Training"), "training", working_group="work"),
        ("apprenticeship", N_("Apprenticeship")),
        ("career-guidance", N_("Career guidance")),
        ("adult-education", N_("Further training")),
        ("university", N_("University")),
    ),
    *_under(
        Topic("school", N_("School and daycare"), "school", working_group="education"),
        ("daycare", N_("Daycare")),
        ("school-enrolment", N_("Starting school")),
        ("homework-help", N_("Homework help")),
        ("school-advice", N_("Advice about school")),
    ),
    *_under(
        Topic("health", N_("Health"), "health"),
        ("doctors", N_("Doctors and clinics")),
        ("mental-health", N_("Mental health")),
        ("pregnancy", N_("Pregnancy and birth")),
        ("addiction", N_("Addiction")),
        ("disability", N_("Disability and care")),
        ("health-insurance", N_("Health insurance")),
        sensitive=frozenset({"mental-health", "pregnancy", "addiction"}),
    ),
    *_under(
        Topic("law", N_("Law and papers"), "law"),
        ("residence", N_("Residence permit")),
        ("asylum", N_("Asylum")),
        ("citizenship", N_("Citizenship")),
        ("migration-advice", N_("Migration advice")),
        ("legal-advice", N_("Legal advice")),
        ("discrimination", N_("Discrimination")),
        sensitive=frozenset({"asylum", "residence"}),
    ),
    *_under(
        Topic("family", N_("Family"), "family"),
        ("parents", N_("Parents")),
        ("children-leisure", N_("Children’s free time")),
        ("youth", N_("Young people")),
        ("women", N_("Women")),
        ("seniors", N_("Older people")),
    ),
    *_under(
        Topic("money", N_("Money and support"), "money"),
        ("benefits", N_("Benefits")),
        ("debt", N_("Debt")),
        ("food-bank", N_("Food bank")),
        sensitive=frozenset({"debt"}),
    ),
    *_under(
        Topic("people", N_("Meeting people"), "people"),
        ("meeting", N_("Meeting place")),
        ("volunteering", N_("Volunteering")),
        ("sport", N_("Sport")),
        ("culture", N_("Culture")),
    ),
    *_under(
        Topic("daily", N_("Everyday life"), "daily"),
        ("clothing", N_("Clothes")),
        ("mobility", N_("Getting around")),
        ("digital", N_("Internet and phone")),
        ("household", N_("Household and repairs")),
    ),
    *_under(
        Topic("emergency", N_("Emergency"), "emergency"),
        ("violence", N_("Violence")),
        ("crisis", N_("Crisis")),
        ("hotline", N_("Helpline")),
        sensitive=frozenset({"violence", "crisis"}),
    ),
)

BY_CODE: dict[str, Topic] = {topic.code: topic for topic in TOPICS}
TOP: tuple[Topic, ...] = tuple(topic for topic in TOPICS if not topic.parent)


def with_parents(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The given topics and the ones above them, each once, in the order of the table; unknown codes are left out."""
    wanted = set(codes) | {BY_CODE[code].parent for code in codes if code in BY_CODE}
    return tuple(topic.code for topic in TOPICS if topic.code in wanted)


def children(code: str) -> tuple[Topic, ...]:
    """The topics right below a top topic."""
    return tuple(topic for topic in TOPICS if topic.parent == code)


def is_sensitive(codes: tuple[str, ...]) -> bool:
    """Whether any of the topics asks for a quick way out of the page."""
    return any(BY_CODE[code].sensitive for code in codes if code in BY_CODE)


def is_emergency(codes: tuple[str, ...]) -> bool:
    """Whether any of the topics is about danger, so that the emergency numbers belong on the page."""
    return any("emergency" in (code, BY_CODE[code].parent) for code in codes if code in BY_CODE)
