"""References as BibTeX, for classic BibTeX and biber alike.

Entry types and fields: https://www.bibtex.com/g/bibtex-format/ and the BibLaTeX manual (CTAN). ``eprint`` with
``archiveprefix``: https://info.arxiv.org/help/hypertex/bibstyles/. A conference paper has no ``journal``, since
reference managers would store it as an article.
"""

from generator.citation.reference import Form, Reference
from generator.text.bibtex import for_bibtex, for_bibtex_name, for_bibtex_title, for_bibtex_verbatim

_TYPES = {Form.PROCEEDINGS: "inproceedings", Form.JOURNAL: "article", Form.PREPRINT: "misc", Form.OTHER: "misc"}
# The field for the name of the venue. ``@misc`` has neither a booktitle nor a journal.
_VENUE_FIELDS = {
    Form.PROCEEDINGS: "booktitle",
    Form.JOURNAL: "journal",
    Form.PREPRINT: "howpublished",
    Form.OTHER: "howpublished",
}


def bibtex(reference: Reference) -> str:
    """Return one entry with a line break at its end. The key is the paper's id."""
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(reference).items() if value)
    return f"@{_TYPES[reference.form]}{{{reference.id}{fields}\n}}\n"


def _fields(reference: Reference) -> dict[str, str]:
    """The encoded fields in the order of output. Fields without a value are ''."""
    names = [for_bibtex_name(name) for name in reference.names]
    if names and reference.authors_incomplete:
        names.append("others")  # BibTeX's word for "et al."
    arxiv = reference.identifiers.get("arxiv", "")
    return {
        "author": " and ".join(names),
        "title": for_bibtex_title(reference.title),
        _VENUE_FIELDS[reference.form]: for_bibtex(reference.venue),
        "year": str(reference.year or ""),
        "volume": for_bibtex(reference.volume),
        "pages": for_bibtex(reference.pages).replace("–", "--"),  # TeX's en dash
        "publisher": for_bibtex(reference.publisher),
        "doi": for_bibtex_verbatim(reference.identifiers.get("doi", "")),
        "eprint": for_bibtex_verbatim(arxiv),
        "archiveprefix": "arXiv" if arxiv else "",
        "url": for_bibtex_verbatim(_url(reference)),
        "note": for_bibtex(reference.notice),
    }


def _url(reference: Reference) -> str:
    """The first URL that is not a DOI, or ''."""
    # Styles print the DOI from its own field, so its URL would appear twice.
    return next((url for url in reference.addresses if not url.startswith("https://doi.org/")), "")
