"""Rules for the links and the DOI of a paper. They use no network."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.rules.problems import paper_problem
from generator.text.identifiers import identifier, read_identifier

_SHORTENERS = frozenset("bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly lnkd.in rb.gy cutt.ly".split())
# Parameters that Google Analytics, Facebook, Google Ads and Mailchimp append for tracking.
_TRACKING = re.compile(r"[?&](utm_[a-z]+|fbclid|gclid|mc_eid)=")
_ONE_ID_PER_PAPER = frozenset({"arxiv", "acl"})  # a paper can have several DOIs and OpenReview ids
_PAPER_LINKS = ("page", "pdf")
"""Kinds of links to the paper itself, as opposed to code, slides and other material."""


def identifiers_agree(content: Content) -> Iterator[Problem]:
    """A DOI that arXiv or the ACL Anthology assigned contains the entry's ``arxiv`` or ``acl`` id."""
    for paper in content.papers:
        canonical = identifier("doi", paper.doi) if paper.doi else None
        if canonical and canonical.kind != "doi":
            value = paper.identifiers.get(canonical.kind)
            if value and value != canonical.value:
                message = f"the DOI is that of {canonical.kind} {canonical.value}, but {canonical.kind} is {value}"
                yield paper_problem(paper, "E317", message, "Open both, and keep the identifiers of this paper.", "doi")


def links_point_to_this_paper(content: Content) -> Iterator[Problem]:
    """An identifier in a link to the paper is this entry's identifier, and is also a field of the entry."""
    owners = {kind_and_value: paper for paper in content.papers for kind_and_value in paper.identifiers.items()}
    for paper in content.papers:
        identifiers = dict(paper.identifiers)
        # A DOI that arXiv or the ACL Anthology assigned counts as its arXiv or ACL id.
        if canonical := identifier("doi", paper.doi or ""):
            identifiers.setdefault(canonical.kind, canonical.value)
        for kind, address in paper.links.present:
            linked = read_identifier(address) if kind in _PAPER_LINKS else None
            if linked is None:
                continue
            value, owner = identifiers.get(linked.kind), owners.get((linked.kind, linked.value))
            if owner is not None and owner is not paper:
                message = f"the address is that of {owner.id} ({owner.venue})"
                yield paper_problem(paper, "W332", message, "Keep one entry, or correct the address.", "links", kind)
            elif value and linked.kind in _ONE_ID_PER_PAPER and value != linked.value:
                message = f"the address names {linked.kind} {linked.value}, but {linked.kind} is {value}"
                yield paper_problem(paper, "W333", message, "Correct the address or the identifier.", "links", kind)
            elif not value:
                hint = f'Write {linked.kind}: "{linked.value}" as a field; the link follows from it.'
                identifiers[linked.kind] = linked.value  # report the identifier only once for a paper
                yield paper_problem(paper, "W343", f"the address is its {linked.kind} id", hint, "links", kind)


def addresses_are_plain(content: Content) -> Iterator[Problem]:
    """An address begins with https, occurs once in a paper, is not shortened and has no tracking parameters."""
    for paper in content.papers:
        first_kinds: dict[str, str] = {}
        for kind, address in paper.links.present:
            other = first_kinds.setdefault(address.rstrip("/"), kind)
            if other != kind:
                hint = f"Delete links.{kind}, or give its own address."
                yield paper_problem(paper, "W342", f"links.{other} has the same address", hint, "links", kind)
            yield from _check_address(paper, kind, address)


def _check_address(paper: Paper, kind: str, address: str) -> Iterator[Problem]:
    parts = urlsplit(address)
    if parts.scheme == "http":
        hint = f"Write https://{address.removeprefix('http://')} if that address works."
        yield paper_problem(paper, "W341", "the link begins with http://", hint, "links", kind)
    if (parts.hostname or "").removeprefix("www.") in _SHORTENERS:
        hint = "Open the link, and write the address of the page."
        yield paper_problem(paper, "W344", "the link is shortened", hint, "links", kind)
    elif tracking := _TRACKING.search(address):
        hint = "Delete the tracking parameters."
        yield paper_problem(paper, "W344", f"the link has the tracking parameter {tracking[1]}", hint, "links", kind)
