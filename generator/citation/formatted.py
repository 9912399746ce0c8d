"""References as running text in the styles of APA, IEEE and ACM. Titles keep the capitals of the paper.

A citation processor (citeproc-py) needs 9 ms per paper for the three styles, this module less than 0.1 ms. The tests
compare the two on every paper. The rules:

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
_ENDS = (".", "?", "!")  # a title that ends with one of these gets no full stop


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
    number = _arxiv(reference) if reference.form is Form.PREPRINT else ""
    title = to_plain(reference.title) + (f" ({number})" if number else "")
    year = f"({reference.year or 'n.d.'})."
    authors = _apa_authors(names, incomplete=reference.authors_incomplete)
    # Without authors, the title comes first and the year after it.
    start = [_with_full_stop(authors), year, _with_full_stop(title)] if names else [_with_full_stop(title), year]
    return _joined(*start, _apa_venue(reference), _address(reference), _notice(reference))


def _apa_venue(reference: Reference) -> str:
    """``Journal, 10, 1–9.`` or ``Conference (Vol. 10, pp. 1–9). Publisher.``"""
    if reference.form is Form.JOURNAL:
        return _with_full_stop(_listed(reference.venue, reference.volume, reference.pages))
    inside = _listed(_labeled("Vol.", reference.volume), _labeled("pp.", reference.pages))
    venue = _with_full_stop(f"{reference.venue} ({inside})" if inside else reference.venue)
    return _joined(venue, _with_full_stop(reference.publisher) if reference.publisher else "")


def _ieee(reference: Reference) -> str:
    names = [_initials_first(name) for name in reference.names]
    listed = _ieee_authors(names, incomplete=reference.authors_incomplete)
    title = to_plain(reference.title)
    quoted = f"“{title}”" if title.endswith(("?", "!")) else f"“{title},”"
    doi = reference.identifiers.get("doi")
    venue = f"in {reference.venue}" if reference.form is Form.PROCEEDINGS else reference.venue
    year = str(reference.year or "n.d.")
    number = _arxiv(reference) if reference.form is Form.PREPRINT else ""
    volume, pages = _labeled("vol.", reference.volume), _labeled("pp.", reference.pages)
    numbers = [volume, pages, year] if reference.form is Form.JOURNAL else [volume, year, pages]
    parts = [year, number] if number else [venue, *numbers, _labeled("doi:", doi or "")]
    # A DOI or arXiv number identifies the paper, so the URL is left out.
    online = f"[Online]. Available: {_address(reference)}" if reference.addresses and not (doi or number) else ""
    start = f"{listed}, {quoted}" if listed else quoted
    return _joined(start, _with_full_stop(_listed(*parts)), online, _notice(reference))


def _acm(reference: Reference) -> str:
    listed = _series([_given_first(name) for name in reference.names], incomplete=reference.authors_incomplete)
    year = f"{reference.year or 'n.d'}."
    title = _with_full_stop(to_plain(reference.title))
    start = [_with_full_stop(listed)] if listed else []
    return _joined(*start, year, title, _acm_venue(reference), _address(reference), _notice(reference))


def _acm_venue(reference: Reference) -> str:
    """``Journal 10, 1–9.`` or ``In Conference (C 2024), Vol. 10. Publisher, 1–9.``"""
    if reference.form is Form.PROCEEDINGS:
        book = _listed(f"In {reference.venue} ({reference.event})", _labeled("Vol.", reference.volume))
        printed = _listed(reference.publisher, reference.pages)
        return _joined(_with_full_stop(book), _with_full_stop(printed) if printed else "")
    if reference.form is Form.PREPRINT:
        return _with_full_stop(_arxiv(reference) or reference.venue)
    return _with_full_stop(_listed(_joined(reference.venue, reference.volume), reference.pages))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _labeled(label: str, value: str) -> str:
    return f"{label} {value}" if value else ""


def _with_full_stop(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _arxiv(reference: Reference) -> str:
    arxiv = reference.identifiers.get("arxiv")
    return f"arXiv:{arxiv}" if arxiv else ""


def _address(reference: Reference) -> str:
    return reference.addresses[0] if reference.addresses else ""


def _notice(reference: Reference) -> str:
    return f"[{reference.notice.rstrip('.')}]" if reference.notice else ""


def _initials(given: str) -> str:
    """Shorten ``Jan-Hendrik A.K.`` to ``J.-H. A. K.``; names in scripts without capitals stay as they are."""
    # ``A.K.`` is two names without a space between them.
    parts = re.sub(r"\.(?=[^\s-])", ". ", given)
    return re.sub(r"[^\s-]+", lambda match: f"{match[0][0]}." if _has_case(match[0][0]) else match[0], parts)


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower()


def _family_first(name: Name) -> str:
    return ", ".join(part for part in (name.family, _initials(name.given), name.suffix) if part)


def _initials_first(name: Name) -> str:
    return _with_suffix(_joined(_initials(name.given), name.family), name)


def _given_first(name: Name) -> str:
    return _with_suffix(_joined(name.given, name.family), name)


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
    return _series(names, incomplete=incomplete)


def _series(names: Sequence[str], *, incomplete: bool) -> str:
    """Join names as ``A, B, and C``; with ``et al.`` if the list is incomplete."""
    if incomplete:
        return ", ".join(names) + " et al." if names else ""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
