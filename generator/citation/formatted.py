"""References as running text in the styles of APA, IEEE and ACM. Titles keep the capitals of the paper.

This module replaces a citation processor (citeproc-py), which is a hundred times slower. The tests compare the results
of the two for every paper. The rules:

- APA: https://apastyle.apa.org/style-grammar-guidelines/references/examples
- IEEE: https://journals.ieeeauthorcenter.ieee.org/wp-content/uploads/sites/7/IEEE_Reference_Guide.pdf
- ACM: https://www.acm.org/publications/authors/reference-formatting
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.citation.reference import Form, Reference
from generator.text.maths import to_plain
from generator.text.names import Name

_APA_LIMIT = 20  # authors; APA omits some from longer lists
_IEEE_LIMIT = 6  # authors; IEEE writes "et al." after the first one of longer lists
_SENTENCE_ENDS = (".", "?", "!")


class Citation(NamedTuple):
    """A reference in one style."""

    style: str
    text: str


def citations(reference: Reference) -> tuple[Citation, ...]:
    """Return the reference in each style, in the order in which pages offer them."""
    return (
        Citation("APA", _apa(reference)),
        Citation("IEEE", _ieee(reference)),
        Citation("ACM", _acm(reference)),
    )


def _apa(reference: Reference) -> str:
    names = [_family_first(name) for name in reference.names]
    arxiv_number = _arxiv_number(reference) if reference.form is Form.PREPRINT else ""
    title = to_plain(reference.title) + (f" ({arxiv_number})" if arxiv_number else "")
    year = f"({reference.year or 'n.d.'})."
    authors = _apa_authors(names, incomplete=reference.authors_incomplete)
    # Without authors, the title comes before the year.
    start = [_with_full_stop(authors), year, _with_full_stop(title)] if names else [_with_full_stop(title), year]
    return _with_spaces(*start, _apa_venue(reference), _address(reference), _notice(reference))


def _apa_venue(reference: Reference) -> str:
    """``Journal, 10, 1–9.`` or ``Conference (Vol. 10, pp. 1–9). Publisher.``"""
    if reference.form is Form.JOURNAL:
        return _with_full_stop(_with_commas(reference.venue, reference.volume, reference.pages))
    numbers = _with_commas(_labeled("Vol.", reference.volume), _labeled("pp.", reference.pages))
    venue = _with_full_stop(f"{reference.venue} ({numbers})" if numbers else reference.venue)
    return _with_spaces(venue, _with_full_stop(reference.publisher) if reference.publisher else "")


def _ieee(reference: Reference) -> str:
    names = [_initials_first(name) for name in reference.names]
    authors = _ieee_authors(names, incomplete=reference.authors_incomplete)
    title = to_plain(reference.title)
    quoted = f"“{title}”" if title.endswith(("?", "!")) else f"“{title},”"
    doi = reference.identifiers.get("doi")
    venue = f"in {reference.venue}" if reference.form is Form.PROCEEDINGS else reference.venue
    year = str(reference.year or "n.d.")
    arxiv_number = _arxiv_number(reference) if reference.form is Form.PREPRINT else ""
    volume, pages = _labeled("vol.", reference.volume), _labeled("pp.", reference.pages)
    numbers = [volume, pages, year] if reference.form is Form.JOURNAL else [volume, year, pages]
    parts = [year, arxiv_number] if arxiv_number else [venue, *numbers, _labeled("doi:", doi or "")]
    # A DOI or arXiv number identifies the paper, so the URL is left out.
    needs_address = reference.addresses and not (doi or arxiv_number)
    online = f"[Online]. Available: {_address(reference)}" if needs_address else ""
    start = f"{authors}, {quoted}" if authors else quoted
    return _with_spaces(start, _with_full_stop(_with_commas(*parts)), online, _notice(reference))


def _acm(reference: Reference) -> str:
    authors = _with_and([_given_first(name) for name in reference.names], incomplete=reference.authors_incomplete)
    author_part = _with_full_stop(authors) if authors else ""
    year = f"{reference.year}." if reference.year else "n.d."
    title = _with_full_stop(to_plain(reference.title))
    return _with_spaces(author_part, year, title, _acm_venue(reference), _address(reference), _notice(reference))


def _acm_venue(reference: Reference) -> str:
    """``Journal 10, 1–9.``, ``arXiv:2501.12345.`` or ``In Conference (C 2024), Vol. 10. Publisher, 1–9.``"""
    if reference.form is Form.PROCEEDINGS:
        book = _with_commas(f"In {reference.venue} ({reference.event})", _labeled("Vol.", reference.volume))
        imprint = _with_commas(reference.publisher, reference.pages)
        return _with_spaces(_with_full_stop(book), _with_full_stop(imprint) if imprint else "")
    if reference.form is Form.PREPRINT:
        return _with_full_stop(_arxiv_number(reference) or reference.venue)
    return _with_full_stop(_with_commas(_with_spaces(reference.venue, reference.volume), reference.pages))


def _with_spaces(*parts: str) -> str:
    """Join the parts that are not '' with spaces."""
    return " ".join(part for part in parts if part)


def _with_commas(*parts: str) -> str:
    """Join the parts that are not '' with commas."""
    return ", ".join(part for part in parts if part)


def _labeled(label: str, value: str) -> str:
    return f"{label} {value}" if value else ""


def _with_full_stop(text: str) -> str:
    return text if text.endswith(_SENTENCE_ENDS) else f"{text}."


def _arxiv_number(reference: Reference) -> str:
    arxiv_id = reference.identifiers.get("arxiv")
    return f"arXiv:{arxiv_id}" if arxiv_id else ""


def _address(reference: Reference) -> str:
    """The most permanent URL, or ''."""
    return reference.addresses[0] if reference.addresses else ""


def _notice(reference: Reference) -> str:
    return f"[{reference.notice.rstrip('.')}]" if reference.notice else ""


def _initials(given: str) -> str:
    """``J.-H. A. K.`` for ``Jan-Hendrik A.K.``; names in scripts without capitals are returned unchanged."""
    spaced = re.sub(r"\.(?=[^\s-])", ". ", given)  # ``A. K.``
    return re.sub(r"[^\s-]+", lambda match: f"{match[0][0]}." if _has_case(match[0][0]) else match[0], spaced)


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower()


def _family_first(name: Name) -> str:
    return ", ".join(part for part in (name.family, _initials(name.given), name.suffix) if part)


def _initials_first(name: Name) -> str:
    return _with_suffix(_with_spaces(_initials(name.given), name.family), name)


def _given_first(name: Name) -> str:
    return _with_suffix(_with_spaces(name.given, name.family), name)


def _with_suffix(text: str, name: Name) -> str:
    return f"{text}, {name.suffix}" if name.suffix else text


def _apa_authors(names: Sequence[str], *, incomplete: bool) -> str:
    if incomplete:
        return ", ".join([*names, "et al."])
    if len(names) > _APA_LIMIT:
        return f"{', '.join(names[: _APA_LIMIT - 1])}, … {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def _ieee_authors(names: Sequence[str], *, incomplete: bool) -> str:
    if len(names) > _IEEE_LIMIT:
        return f"{names[0]} et al."
    return _with_and(names, incomplete=incomplete)


def _with_and(names: Sequence[str], *, incomplete: bool) -> str:
    """Join names as ``A, B, and C``; with ``et al.`` if the list is incomplete."""
    if incomplete:
        return ", ".join(names) + " et al." if names else ""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
