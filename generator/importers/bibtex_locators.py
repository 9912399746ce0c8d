"""Find identifiers and URLs in all fields of a BibTeX entry."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from generator.importers.bibtex_entry import BibtexEntry, shortened
from generator.importers.raw_paper import Unread
from generator.text.identifiers import Identifier, identifier, is_doi, is_web_address, read_identifier

# ``arXiv:2301.00017``, ``arxiv.org/abs/math/0309136``, ``arXiv preprint arXiv:2301.00017``
_ARXIV = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|[\s:.,/_-]{0,9}(?:preprint|e-?prints?|abs|pdf|id)?[\s:.,/_-]{0,9})"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/[0-9]{7})(?![0-9])",
    re.IGNORECASE,
)
# ``abs/2301.00017``, as DBLP writes the volume of CoRR
_DBLP_VOLUME = re.compile(r"\s*abs/([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?\s*")
# fields that may consist of an arXiv id, without the word "arXiv", if the journal is arXiv
_NUMBER_FIELDS = frozenset({"volume", "number", "pages"})
# ``2301.00017v2 [cs.LG]``, the whole field
_ARXIV_ID = re.compile(r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\s*\[.*\])?")
# The suffix may contain commas, but does not end with one.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[^\s,]++(?:,[^\s,]++)*+")
# ``doi: 10.1000/182``; without the word, numbers in running text are too ambiguous
_DOI_IN_TEXT = re.compile(r"\bdoi[:\s/.]{0,3}(?:https?://(?:dx\.)?doi\.org/)?\s*(10\.[0-9]{4,9}/[^\s,}]+)", re.I)
_ADDRESS = re.compile(r"(?:https?://|(?<![\w./])www\.)[^\s\"<>{}\\]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[|^`\[\]]")  # characters that URLs must encode
_ESCAPED = re.compile(r"\\([_%#&$~{}])")  # ``\_``
# ``\~{}`` and ``$\sim$`` stand for the tilde of home pages
_TILDE = re.compile(r"\{?\$?\\(?:sim|textasciitilde)\b\$?(?:\{\})?\}?|\{?\\~(?:\{\})?\}?")
# Fields with URLs, and the kind of link of each. ``url`` is standard, ``ee`` is DBLP's, and the others are common in
# bibliographies on home pages.
_LINK_FIELDS = {
    "url": "page", "pdf": "pdf", "link": "page", "ee": "page", "html": "page", "website": "project",
    "project": "project", "projectpage": "project", "code": "code", "github": "code", "video": "video",
    "slides": "slides", "poster": "poster", "blog": "blog", "dataset": "data",
}  # fmt: skip
# Fields whose text may mention an arXiv id.
_TEXT_FIELDS = (
    "journal", "journaltitle", "note", "howpublished", "number", "pages", "volume", "publisher", "type", "series",
)  # fmt: skip
# a journal that means arXiv: ``arXiv preprint …``, ``CoRR, abs/2301.00017``
_ARXIV_NAME = re.compile(r"(?:(?:the )?arxiv(?:\.org)?\b.*|corr(?:[, ]+abs/.*)?|computing research repository.*)", re.I)
_ARCHIVE_NAMES = {"arxiv": "arXiv", "biorxiv": "bioRxiv", "medrxiv": "medRxiv", "chemrxiv": "ChemRxiv"}


@dataclass
class Locators:
    """Identifiers, the most certain first; URLs by kind of link; and the archive of a preprint (``arXiv``) or ''."""

    identifiers: list[Identifier] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    archive: str = ""


def venue_of_preprint(name: str) -> str:
    """``arXiv`` if a venue's name means arXiv, as in ``arXiv preprint arXiv:2301.00017`` or ``CoRR``; else ''."""
    return "arXiv" if _ARXIV_NAME.fullmatch(name.strip()) else ""


def locators_of(entry: BibtexEntry) -> Locators:
    """Return the identifiers and links of an entry. Marks their fields as used."""
    locators = Locators()
    _read_archive(entry, locators)
    _read_doi(entry, locators)
    for name, kind in _LINK_FIELDS.items():
        if value := entry.peek(name):
            _read_addresses(entry, name, kind, _url_text(value), locators)
    for name in ("howpublished", "note"):
        if not locators.links.get("page") and "http" in (value := entry.peek(name)).lower():
            _read_addresses(entry, name, "page", _url_text(value), locators)
    for name in _TEXT_FIELDS:
        _read_mention(entry, name, locators)
    return locators


def _read_archive(entry: BibtexEntry, locators: Locators) -> None:
    """Read the name of the archive, and the id in fields for it: ``archiveprefix = {arXiv}, eprint = {2301.00017}``."""
    archive = _without_latex(entry.peek("archiveprefix") or entry.peek("eprinttype") or entry.peek("archive")).lower()
    entry.used |= {"archiveprefix", "eprinttype", "primaryclass", "eprintclass"} if archive in _ARCHIVE_NAMES else set()
    locators.archive = _ARCHIVE_NAMES.get(archive, "")
    for name in ("eprint", "arxiv", "arxivid", "arxiv_id"):
        value = _without_latex(entry.peek(name))
        # ``eprint`` of another archive, such as bioRxiv, is not an arXiv id.
        if not value or (name == "eprint" and archive not in ("", "arxiv")):
            continue
        match = _ARXIV.search(value)
        if registry_id := read_identifier(value) or identifier("arxiv", match[1] if match else value.split()[0]):
            _add_identifier(entry, name, registry_id, locators)
        elif name == "eprint":
            _read_addresses(entry, name, "page", _url_text(value), locators)


def _read_doi(entry: BibtexEntry, locators: Locators) -> None:
    value = _without_latex(entry.peek("doi"))
    match = _DOI.search(unquote(value) if "%2f" in value.lower() else value)
    if match is None:
        return
    doi = match[0].rstrip(".;")
    if registry_id := identifier("doi", doi):
        _add_identifier(entry, "doi", registry_id, locators)
    elif not is_doi(doi):  # old DOIs of Wiley contain < and >; their URL works as well
        address = f"https://doi.org/{quote(doi, safe='/:;()')}"
        locators.links.setdefault("page", address)
        entry.used.add("doi")


def _add_identifier(entry: BibtexEntry, field_name: str, registry_id: Identifier, locators: Locators) -> None:
    locators.identifiers.append(registry_id)
    entry.used.add(field_name)


def _read_addresses(entry: BibtexEntry, field_name: str, link_kind: str, value: str, locators: Locators) -> None:
    """Read the URLs in ``value``. URLs of known registries become identifiers; the first other URL becomes the link."""
    unread = []
    for match in _ADDRESS.finditer(value):
        # A bracket at the end belongs to the URL only if the URL opens it.
        text = match[0].rstrip(".,;:)") if match[0].count("(") < match[0].count(")") else match[0].rstrip(".,;:")
        with_scheme = text if text[:4].lower() == "http" else f"http://{text}"
        address = _UNSAFE.sub(lambda unsafe: quote(unsafe[0], safe=""), with_scheme)
        if registry_id := read_identifier(address):
            _add_identifier(entry, field_name, registry_id, locators)
        elif is_web_address(address) and (locators.links.setdefault(link_kind, address) == address):
            entry.used.add(field_name)
        else:
            unread.append(Unread(entry.lines.get(field_name, entry.line), f"address in {field_name}", shortened(text)))
    if field_name in entry.used:  # otherwise the whole field is reported as unread
        entry.unread += unread


def _read_mention(entry: BibtexEntry, field_name: str, locators: Locators) -> None:
    """Find an arXiv id in running text; in ``note``, also a DOI after the word "doi"."""
    value = _without_latex(entry.peek(field_name))
    if not value:
        return
    match = _ARXIV.search(value) or (_DBLP_VOLUME.fullmatch(value) if field_name == "volume" else None)
    if match is None and field_name in _NUMBER_FIELDS and venue_of_preprint(_without_latex(entry.peek("journal"))):
        match = _ARXIV_ID.fullmatch(value)
    if match and (registry_id := identifier("arxiv", match[1])):
        _add_identifier(entry, field_name, registry_id, locators)
        # An id in one of these fields states that the paper was published on arXiv.
        if field_name in ("howpublished", "number", "publisher", "pages"):
            locators.archive = locators.archive or "arXiv"
    elif field_name in ("publisher", "howpublished") and venue_of_preprint(value):
        locators.archive = locators.archive or "arXiv"
        entry.used.add(field_name)
    elif (
        field_name == "note"
        and (match := _DOI_IN_TEXT.search(value))
        and (registry_id := identifier("doi", match[1].rstrip(".")))
    ):
        _add_identifier(entry, field_name, registry_id, locators)


def _without_latex(value: str) -> str:
    """The value of a field with identifiers, without braces, ``$`` and LaTeX commands."""
    if "\\" not in value and "{" not in value and "$" not in value:
        return value.strip()
    value = _ESCAPED.sub(r"\1", _TILDE.sub("~", value))
    return re.sub(r"[{}$]|\\(?:textless|textgreater|url|href)\b|\\", _character_of, value).strip()


def _character_of(match: re.Match[str]) -> str:
    """The character that a command stands for, or ''."""
    return {"\\textless": "<", "\\textgreater": ">"}.get(match[0], "")


def _url_text(value: str) -> str:
    r"""The value of a field with URLs, without ``\url``, braces, escapes and line breaks in URLs."""
    text = _ESCAPED.sub(r"\1", re.sub(r"\{?\\_\}?", "_", _TILDE.sub("~", value)))  # ``{\_}`` is ``_``
    # ``\href{https://…}{text}``: a space separates the URL from the text
    text = re.sub(r"\\(?:url|href|path|nolinkurl)\s*|\}\s*\{", " ", text).replace("{", "").replace("}", "")
    # A URL may be continued on the next line after one of these characters.
    return re.sub(r"(?<=[/_-])\s*\n\s*", "", text).strip()
