"""Rules for names and addresses that look like others because of letters of other scripts. All are warnings."""

import re
from collections.abc import Iterator

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


def _paper_names(paper: Paper) -> Iterator[tuple[str, Location, str]]:
    subject = f"papers/{paper.id}"
    for index, author in enumerate(paper.authors):
        yield subject, ("authors", index), author.name
        for affiliation in author.affiliation:
            yield subject, ("authors", index, "affiliation"), affiliation
    for index, affiliation in enumerate(paper.affiliations):
        yield subject, ("affiliations", index), affiliation


def _prose(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the field and the text of each of a paper's texts that may contain links."""
    for field, texts in (
        ("summary", paper.summary),
        ("significance", paper.significance),
        ("limitations", paper.limitations),
    ):
        for text in (texts or {}).values():
            yield field, text


def _addresses(content: Content) -> Iterator[tuple[str, Location, str]]:
    """Yield the subject, the location and the text of each web address."""
    for paper in content.papers:
        for kind, address in paper.links.present:
            yield f"papers/{paper.id}", ("links", kind), address
        for field, text in _prose(paper):
            for match in _WEB_ADDRESS.finditer(text):
                yield f"papers/{paper.id}", (field,), match[0]
    for person in content.people:
        if person.homepage:
            yield f"people/{person.id}", ("homepage",), person.homepage
    for series in content.series:
        if series.url:
            yield f"venues/{series.id}", ("url",), series.url
