"""Rules for names and addresses that look like others because of letters of other scripts. All are warnings."""

import re
from collections.abc import Iterator, Mapping

from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import Location
from generator.rules.problems import record_problem
from generator.text.characters import disguised_host, find_mixed_scripts

_WEB_ADDRESS = re.compile(r"https?://[^\s)>]+")  # in Markdown: ``[text](https://…)`` or ``<https://…>``


def names_use_one_script(content: Content) -> Iterator[Problem]:
    """A word in the name of a person, an institution or a venue contains letters of one script only."""
    for subject, location, name in _names(content):
        if mixed := find_mixed_scripts(name):
            message = f"{mixed.description} letters in one word, from character {mixed.position + 1}"
            hint = "Type the word in one script, unless the name is really written this way."
            yield record_problem(subject, "W301", message, hint, *location)


def hosts_are_not_disguised(content: Content) -> Iterator[Problem]:
    """No label of a link's host mixes scripts or looks like Latin letters in another script."""
    for subject, location, address in _addresses(content):
        if label := disguised_host(address):
            message = f"the part {label} of the host looks like another name"
            hint = "Check that this is the intended site."
            yield record_problem(subject, "W302", message, hint, *location)


def _names(content: Content) -> Iterator[tuple[str, Location, str]]:
    """Yield the subject (``people/ada-byron``), the location and the text of each name."""
    for paper in content.papers:
        yield from _paper_names(paper)
    for folder, records in (("people", content.people), ("institutions", content.institutions)):
        for record in records:
            yield f"{folder}/{record.id}", ("name",), record.name
            for index, alias in enumerate(record.aliases):
                yield f"{folder}/{record.id}", ("aliases", index), alias
    for series in content.series:
        yield f"venues/{series.id}", ("name",), series.name
        if series.full_name:
            yield f"venues/{series.id}", ("full_name",), series.full_name


def _paper_names(paper: Paper) -> Iterator[tuple[str, Location, str]]:
    subject = f"papers/{paper.id}"
    for index, author in enumerate(paper.authors):
        yield subject, ("authors", index), author.name
        for affiliation in author.affiliation:
            yield subject, ("authors", index, "affiliation"), affiliation
    for index, affiliation in enumerate(paper.affiliations):
        yield subject, ("affiliations", index), affiliation


def _prose(content: Content) -> Iterator[tuple[str, Location, str]]:
    """Yield the subject, the location and the text of each text that may contain links."""
    texts: list[tuple[str, Location, Mapping[str, str] | None]] = []
    for paper in content.papers:
        for field in ("summary", "significance", "limitations"):
            texts.append((f"papers/{paper.id}", (field,), getattr(paper, field)))
    for collection in content.collections:
        subject = f"collections/{collection.id}"
        for field in ("intro", "conclusion", "disclosure"):
            texts.append((subject, (field,), getattr(collection, field)))
        texts += [(subject, ("items", index, "note"), item.note) for index, item in enumerate(collection.items)]
    texts += [(f"glossary/{term.id}", ("definition",), term.definition) for term in content.glossary]
    for subject, location, by_language in texts:
        for text in (by_language or {}).values():
            yield subject, location, text


def _addresses(content: Content) -> Iterator[tuple[str, Location, str]]:
    """Yield the subject, the location and the text of each web address in a field of its own or in a text."""
    for paper in content.papers:
        for kind, address in paper.links.present:
            yield f"papers/{paper.id}", ("links", kind), address
    for subject, location, text in _prose(content):
        for match in _WEB_ADDRESS.finditer(text):
            yield subject, location, match[0]
    for person in content.people:
        if person.homepage:
            yield f"people/{person.id}", ("homepage",), person.homepage
    for series in content.series:
        if series.url:
            yield f"venues/{series.id}", ("url",), series.url
        for index, edition in enumerate(series.editions):
            if edition.url:
                yield f"venues/{series.id}", ("editions", index, "url"), edition.url
    for institution in content.institutions:
        if institution.url:
            yield f"institutions/{institution.id}", ("url",), institution.url
