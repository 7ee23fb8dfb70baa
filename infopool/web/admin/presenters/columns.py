"""What the columns of a list may hold, in words for a curator."""

from __future__ import annotations

from infopool.messages import N_

LABELS: dict[str, str] = {
    "number": N_("Number in your list"),
    "title": N_("Title of the offer"),
    "summary": N_("Short description"),
    "description": N_("Description"),
    "registration_words": N_("How to register"),
    "documents": N_("What to bring"),
    "provider": N_("Provider"),
    "provider_kind": N_("Kind of provider"),
    "topics": N_("Topics"),
    "audiences": N_("For whom"),
    "languages": N_("Languages spoken"),
    "level": N_("German level"),
    "level_required": N_("German level needed"),
    "level_taught": N_("German level taught"),
    "cost": N_("Cost"),
    "formats": N_("On site or from home"),
    "childcare": N_("Childcare"),
    "women_only": N_("For women only"),
    "wheelchair": N_("Wheelchair access"),
    "registration": N_("Whether one must register"),
    "times": N_("Times"),
    "weekdays": N_("Weekdays"),
    "clock": N_("Time of day"),
    "starts_on": N_("First day"),
    "ends_on": N_("Last day"),
    "register_by": N_("Register by"),
    "street": N_("Street"),
    "house_number": N_("House number"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "address": N_("Whole address in one cell"),
    "venue": N_("Name of the building or room"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "places": N_("Where it applies"),
    "confidential": N_("Secret address (yes or no)"),
    "phones": N_("Phone"),
    "mobile": N_("Mobile phone"),
    "emails": N_("E-mail"),
    "websites": N_("Website"),
    "contact": N_("Contact of any kind"),
    "residence": N_("Residence status"),
    "working_group": N_("Working group"),
    "checked_on": N_("Checked on"),
    "checked_by": N_("Checked by"),
    "checked_how": N_("How it was checked"),
    "valid_until": N_("Valid until"),
    "free_places": N_("Free places"),
    "waiting": N_("Waiting time"),
    "capacity_as_of": N_("Free places: as of"),
    "source": N_("Source"),
}
"""Field of the importer -> what it is called; in this order they can be chosen."""

ASIDE = N_("Keep aside as a note")
"""What happens to a column that holds none of them."""
