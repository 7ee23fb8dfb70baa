"""What is said about a cell that could not be read: the sentence for each field, with an example of what to write."""

from __future__ import annotations

from infopool.messages import N_

NO_TITLE = N_("This row has no title, so it was left out. Write a title and import the file again.")
TITLELESS = N_("There is a text in this language, but no title. It was kept aside; write a title in the same language.")
TITLE_CUT = N_("The title is longer than %(most)s characters; it was shortened, and the whole of it was kept aside.")
CUT = N_("This text is longer than %(most)s characters; only the beginning was taken in.")
FORMULA = N_("A formula stands here. It was kept as text and not calculated; copy the cell and paste its value.")
NOT_PLACED = N_("“%(text)s” could not be placed and was kept as a note for the curators.")
ODD_POSTCODE = N_(
    "The postcode %(postcode)s does not belong to %(town)s. Both were taken in as they are; please check."
)
ODD_COORDINATES = N_("These coordinates cannot be right. The place of the town is used instead.")
DOUBLE_NUMBER = N_(
    "The number %(number)s stands in line %(first)s already. This row was taken in with the number %(new)s."
)
ABOVE_HEADINGS = N_("This line stands above the headings and was not read.")
HEADINGS_AGAIN = N_("This line looks like a second row of headings and was not read as an offer.")
OPEN_QUOTE = N_(
    'A quotation mark (") is opened in this line and never closed. The line was read '
    "without quotation marks; please check it."
)
_DATE = N_("“%(text)s” could not be read as a date. Write for example 01.09.2026.")
_YES_OR_NO = N_("“%(text)s” could not be read as yes or no, and was kept as a note. Write “ja”, “nein” or “teilweise”.")

ADVICE: dict[str, str] = {
    "topics": N_("“%(text)s” is not one of the topics. Write for example “Deutschkurs” or “Wohnungssuche”."),
    "audiences": N_("“%(text)s” is not one of the audiences. Write for example “Frauen, Eltern”."),
    "languages": N_(
        "“%(text)s” could not be read as a language. Write for example “Deutsch, Arabisch (nach Absprache)”."
    ),
    "level": N_(
        "“%(text)s” could not be read as a German level. Write for example “Kurs A2, ab A1” or “keine Vorkenntnisse”."
    ),
    "level_required": N_(
        "“%(text)s” could not be read as a German level. Write for example “Kurs A2, ab A1” or “keine Vorkenntnisse”."
    ),
    "level_taught": N_(
        "“%(text)s” could not be read as a German level. Write for example “Kurs A2, ab A1” or “keine Vorkenntnisse”."
    ),
    "cost": N_(
        "“%(text)s” names no cost we can read; the words are shown as they are. Write for "
        "example “kostenlos” or “20 € pro Monat”."
    ),
    "times": N_(
        "“%(text)s” could not be read as times; the words are shown as they are. Write for "
        "example “Mo und Mi 18:00-20:00”."
    ),
    "formats": N_("“%(text)s” could not be read. Write for example “vor Ort”, “online” or “telefonisch”."),
    "childcare": _YES_OR_NO,
    "women_only": _YES_OR_NO,
    "wheelchair": _YES_OR_NO,
    "registration": N_(
        "It is not clear whether one must register; “%(text)s” is shown as it is. Write “ja” or “nein”."
    ),
    "confidential": N_(
        "It is not clear whether the address is confidential (“%(text)s”), so it will not be "
        "shown. Write “ja” or “nein”."
    ),
    "residence": N_(
        "“%(text)s” could not be read as a residence status. Write for example “für alle” or “Aufenthaltserlaubnis”."
    ),
    "starts_on": _DATE,
    "ends_on": _DATE,
    "register_by": _DATE,
    "checked_on": _DATE,
    "valid_until": _DATE,
    "capacity_as_of": _DATE,
    "places": N_("“%(text)s” is not a place of the region. Write the names of municipalities, or “ganzer Landkreis”."),
    "postcode": N_("“%(text)s” is not a postcode. Write five digits, for example 79761."),
    "phones": N_(
        "“%(text)s” could not be read as a telephone number, and was kept as a note. Write for example 07751 123456."
    ),
    "mobile": N_(
        "“%(text)s” could not be read as a telephone number, and was kept as a note. Write for example 07751 123456."
    ),
    "emails": N_(
        "“%(text)s” could not be read as an e-mail address, and was kept as a note. Write for example name@example.org."
    ),
    "websites": N_(
        "“%(text)s” could not be read as a web address, and was kept as a note. Write for example https://example.org."
    ),
    "working_group": N_("“%(text)s” is not one of the working groups, and was kept as a note."),
    "provider_kind": N_("“%(text)s” is not one of the kinds of providers. Write for example “Verein” or “Behörde”."),
    "free_places": N_("“%(text)s” could not be read as a number of places. Write a number, 0 when all are taken."),
    "checked_how": N_("“%(text)s” could not be read as a way of checking. Write for example “Telefon” or “Website”."),
}
"""Field -> sentence; %(text)s is what could not be read."""
