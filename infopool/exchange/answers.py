"""The answers of the JSON API as plain values, so that the command line gives the very same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from infopool import languages
from infopool.directory.topics import TOPICS
from infopool.exchange.labels import Labels
from infopool.exchange.provider_names import ProviderNames
from infopool.messages import Problem, Translator
from infopool.search.documents import Card
from infopool.search.query import Understood
from infopool.search.results import FacetValue, Hit, SearchResults, Suggestion

if TYPE_CHECKING:
    from infopool.search.finding import Search

Plain = dict[str, Any]
"""What JSON can hold."""

MOST_FACET_VALUES = 100
"""Values listed per facet, most frequent first; only providers and places can be more."""


def answer(results: SearchResults, search: Search, translator: Translator) -> Plain:
    """The answer to a search, for a caller who keeps no labels: the command line."""
    query = results.query
    names = ProviderNames(search.engine, lambda: query.today)
    return search_answer(results, Labels(translator, query.language, search.region, search.vocabulary, names))


def search_answer(results: SearchResults, labels: Labels) -> Plain:
    """The answer to a search, in the reader's words."""
    query = results.query
    return {
        "query": {
            "q": query.text,
            "lang": query.language,
            "understood": [_understood(piece, labels) for piece in query.understood],
            "not_understood": [word.typed for word in query.leftovers if word.strange],
        },
        "total": results.total,
        "limit": query.limit,
        "offset": query.offset,
        "hits": [_hit(hit, labels) for hit in results.hits],
        "facets": {name: _facet(name, values, labels) for name, values in results.facets.items()},
        "suggestions": list(results.suggestions),
    }


def _understood(piece: Understood, labels: Labels) -> Plain:
    return {"kind": str(piece.kind), "id": piece.id, "label": labels.understood(piece), "from": piece.typed}


def _hit(hit: Hit, labels: Labels) -> Plain:
    card = hit.card
    language, title, summary = shown_text(card, labels.language)
    return {
        "id": hit.offer_id,
        "title": title,
        "language": language,
        "summary": summary,
        "url": labels.page_of(hit.offer_id),
        "score": round(float(hit.score), 4),
        "why": _why(hit, labels),
        "source": {"name": card.source, "key": card.source_key},
    }


def _why(hit: Hit, labels: Labels) -> list[str]:
    reasons = [labels.reason_sentence(reason, hit.card) for reason in hit.why]
    asks = [labels.ask_sentence(facet) for facet in hit.ask]
    return list(dict.fromkeys(reasons + asks))


def shown_text(card: Card, language: str) -> tuple[str, str, str]:
    """Which text of a card a reader sees: (language tag, title, summary).

    The one in her language; else in the language hers is close to; else the German one; else any.
    """
    close = languages.BY_TAG[language].text_tag if language in languages.BY_TAG else language
    for tag in (language, close, languages.SOURCE_LANGUAGE, *card.texts):
        if tag in card.texts:
            return (tag, *card.texts[tag])
    return languages.SOURCE_LANGUAGE, "", ""


def _facet(name: str, values: Iterable[FacetValue], labels: Labels) -> list[Plain]:
    listed = list(values)[:MOST_FACET_VALUES]
    return [{"value": value.value, "label": labels.value(name, value.value), "count": value.count} for value in listed]


def topics_answer(labels: Labels, counts: SearchResults) -> Plain:
    """Every topic with its label and how many offers are under it. `counts` is the answer to an empty question."""
    numbers = {value.value: value.count for value in counts.facets.get("topic", ())}
    return {
        "topics": [
            {
                "code": topic.code,
                "label": labels.value("topic", topic.code),
                "parent": topic.parent or None,
                "count": numbers.get(topic.code, 0),
            }
            for topic in TOPICS
        ]
    }


def places_answer(labels: Labels, counts: SearchResults) -> Plain:
    """Every municipality and district with its facts and how many offers are there."""
    numbers = {value.value: value.count for value in counts.facets.get("place", ())}
    region = labels.region
    return {
        "region": {"code": region.code, "name": region.name},
        "places": [
            {
                "code": place.code,
                "name": place.name,
                "ags": place.ags,
                "parent": place.parent or None,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "postcodes": list(place.postcodes),
                "count": numbers.get(place.code, 0),
            }
            for place in region.places
        ],
        "attribution": list(region.attribution),
    }


def suggest_answer(text: str, language: str, suggestions: Iterable[Suggestion]) -> Plain:
    """What to show below a search field while somebody types."""
    rows = [{"text": row.text, "kind": row.kind, "id": row.id, "count": row.count} for row in suggestions]
    return {"query": {"q": text, "lang": language}, "suggestions": rows}


def problems_answer(problems: Iterable[Problem], translator: Translator) -> Plain:
    """What is wrong with a question, in the reader's language."""
    return {
        "problems": [{"field": problem.field, "message": problem.message.render(translator)} for problem in problems]
    }
