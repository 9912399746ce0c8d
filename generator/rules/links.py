"""Links of a paper: checks of addresses without network access."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.rules.problems import paper_problem
from generator.text.identifiers import identifier, read_identifier

_SHORTENERS = frozenset("bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly lnkd.in rb.gy cutt.ly".split())
# Parameters that newsletters, Facebook, Google and Mailchimp append for tracking.
_TRACKING = re.compile(r"[?&](?:utm_[a-z]+|fbclid|gclid|mc_eid)=")
_ONE_ID_PER_PAPER = frozenset({"arxiv", "acl"})  # OpenReview and DOI registrants may know one paper by several
_OF_PAPER = ("page", "pdf")
"""Links to the paper itself, as opposed to code, slides and other material."""


def identifiers_agree(content: Content) -> Iterator[Problem]:
    """A DOI by arXiv or the ACL Anthology matches the entry's id there."""
    for paper in content.papers:
        doi = identifier("doi", paper.doi) if paper.doi else None
        if doi and doi.kind != "doi":
            stated = paper.identifiers.get(doi.kind)
            if stated and stated != doi.value:
                message = f"the DOI is of {doi.kind} {doi.value}, but {doi.kind} is {stated}"
                yield paper_problem(paper, "E317", message, "Open both, and keep the identifiers of this paper.", "doi")


def links_name_this_paper(content: Content) -> Iterator[Problem]:
    """A link to the paper contains the entry's own identifier, and that identifier is also a field."""
    owners = {pair: paper for paper in content.papers for pair in paper.identifiers.items()}
    for paper in content.papers:
        identifiers = dict(paper.identifiers)
        if doi := identifier("doi", paper.doi or ""):  # DOIs by arXiv and the ACL Anthology contain their id
            identifiers.setdefault(doi.kind, doi.value)
        for kind, address in paper.links.present:
            linked = read_identifier(address) if kind in _OF_PAPER else None
            if linked is None:
                continue
            stated, owner = identifiers.get(linked.kind), owners.get((linked.kind, linked.value))
            if owner is not None and owner is not paper:
                message = f"the address is that of {owner.id} ({owner.venue})"
                yield paper_problem(paper, "W332", message, "Keep one entry, or correct the address.", "links", kind)
            elif stated and linked.kind in _ONE_ID_PER_PAPER and stated != linked.value:
                message = f"the address names {linked.kind} {linked.value}, but {linked.kind} is {stated}"
                yield paper_problem(paper, "W333", message, "Correct the address or the identifier.", "links", kind)
            elif not stated:
                hint = f'Write {linked.kind}: "{linked.value}" as a field; the link follows from it.'
                identifiers[linked.kind] = linked.value  # report it only once
                yield paper_problem(paper, "W343", f"the address is its {linked.kind} id", hint, "links", kind)


def addresses_are_plain(content: Content) -> Iterator[Problem]:
    """An address uses https, occurs once, is not shortened and has no tracking parameters."""
    for paper in content.papers:
        first: dict[str, str] = {}
        for kind, address in paper.links.present:
            other = first.setdefault(address.rstrip("/"), kind)
            if other != kind:
                hint = f"Delete links.{kind}, or give its own address."
                yield paper_problem(paper, "W342", f"links.{other} has the same address", hint, "links", kind)
            yield from _address(paper, kind, address)


def _address(paper: Paper, kind: str, address: str) -> Iterator[Problem]:
    parts = urlsplit(address)
    if parts.scheme == "http":
        hint = f"Write https://{address.removeprefix('http://')}, if the site answers there."
        yield paper_problem(paper, "W341", "the link begins with http://", hint, "links", kind)
    if (parts.hostname or "").removeprefix("www.") in _SHORTENERS:
        yield paper_problem(paper, "W344", "the link is shortened", "Open it, and write where it leads.", "links", kind)
    elif tracking := _TRACKING.search(address):
        hint = "Delete the part that begins there."
        yield paper_problem(
            paper, "W344", f"the link tracks its readers, with {tracking[0][1:-1]}", hint, "links", kind
        )
