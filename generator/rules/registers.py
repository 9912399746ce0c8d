"""Rules for venues, people and institutions: ids, addresses and names are unique."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.model.catalog import Content, edition_entries
from generator.model.problem import Problem
from generator.rules.finding import of_record


def editions_are_unique(content: Content) -> Iterator[Problem]:
    """The id of an edition is unique across all series, and its addresses are unique within its series."""
    first: dict[str, str] = {}
    for series in content.series:
        subject = f"venues/{series.id}"
        earlier: set[str] = set()
        for index, edition in enumerate(series.editions):
            other = first.setdefault(edition.id, series.id)
            if other != series.id or edition.id in earlier:
                message = f"the edition {edition.id} is also in {other}"
                hint = "Give one of the two another id."
                yield of_record(subject, "E312", message, hint, "editions", index, "id")
            earlier.add(edition.id)
        slugs = Counter(slug for entry in edition_entries(series) for slug in (entry.slug, *entry.edition.aliases))
        for slug in sorted(slug for slug, count in slugs.items() if count > 1):
            message = f"two editions would have the address venues/{series.id}/{slug}/"
            hint = "Give one of the two another id or year."
            yield of_record(subject, "E313", message, hint, "editions")


def names_are_claimed_once(content: Content) -> Iterator[Problem]:
    """No two institutions list the same name, nor do two people without ORCID iD and listed papers."""
    yield from _claims("people", tuple(person for person in content.people if not (person.papers or person.orcid)))
    yield from _claims("institutions", content.institutions)


def _claims(folder: str, records: tuple[Any, ...]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for record in records:
        for index, name in enumerate((record.name, *record.aliases)):
            other = first.setdefault(name.casefold(), record.id)
            if other != record.id:
                message = f"{name} is claimed by {other} too"
                hint = "Keep it in one file; two people of one name need an orcid or papers each."
                location = ("name",) if index == 0 else ("aliases", index - 1)
                yield of_record(f"{folder}/{record.id}", "E311", message, hint, *location)
