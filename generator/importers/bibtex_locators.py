"""Find identifiers and URLs in a BibTeX entry, in whatever field they are."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from generator.importers.bibtex_entry import Source, shortened
from generator.importers.raw_paper import Unread
from generator.text.identifiers import Identifier, identifier, is_doi, is_web_address, read_identifier

# ``arXiv:2301.00017``, ``arxiv.org/abs/math/0309136``, ``arXiv preprint arXiv:2301.00017``
_ARXIV = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|[\s:.,/_-]{0,9}(?:preprint|e-?prints?|abs|pdf|id)?[\s:.,/_-]{0,9})"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/[0-9]{7})(?![0-9])",
    re.IGNORECASE,
)
# ``abs/2301.00017``, as DBLP writes the volume of CoRR
_ABS = re.compile(r"\s*abs/([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?\s*")
_NUMBERS = frozenset({"volume", "number", "pages"})
# ``2301.00017v2 [cs.LG]``, in fields that are known to have an arXiv id
_BARE = re.compile(r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\s*\[.*\])?")
# The suffix may contain commas, but does not end with one.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[^\s,]++(?:,[^\s,]++)*+")
# ``doi: 10.1000/182``; without the word, numbers in running text are too ambiguous
_DOI_IN_TEXT = re.compile(r"\bdoi[:\s/.]{0,3}(?:https?://(?:dx\.)?doi\.org/)?\s*(10\.[0-9]{4,9}/[^\s,}]+)", re.I)
_ADDRESS = re.compile(r"(?:https?://|(?<![\w./])www\.)[^\s\"<>{}\\]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[|^`\[\]]")  # characters that URLs must encode
_ESCAPED = re.compile(r"\\([_%#&$~{}])")
# ``\~{}`` and ``$\sim$`` stand for the tilde of home pages
_TILDE = re.compile(r"\{?\$?\\(?:sim|textasciitilde)\b\$?(?:\{\})?\}?|\{?\\~(?:\{\})?\}?")
# Fields with URLs, and the kind of link of each. The first four are standard, the others are those of home pages.
_LINKS = {
    "url": "page", "pdf": "pdf", "link": "page", "ee": "page", "html": "page", "website": "project",
    "project": "project", "projectpage": "project", "code": "code", "github": "code", "video": "video",
    "slides": "slides", "poster": "poster", "blog": "blog", "dataset": "data",
}  # fmt: skip
# Fields whose text may mention an arXiv id.
_MENTIONS = (
    "journal", "journaltitle", "note", "howpublished", "number", "pages", "volume", "publisher", "type", "series",
)  # fmt: skip
# ``arXiv preprint …``, ``CoRR, abs/2301.00017``
_PREPRINTS = re.compile(r"(?:(?:the )?arxiv(?:\.org)?\b.*|corr(?:[, ]+abs/.*)?|computing research repository.*)", re.I)
_ARCHIVES = {"arxiv": "arXiv", "biorxiv": "bioRxiv", "medrxiv": "medRxiv", "chemrxiv": "ChemRxiv"}


@dataclass
class Locators:
    """Identifiers, the most certain first; links by kind; and the archive that the entry names, or ''."""

    identifiers: list[Identifier] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    preprint: str = ""


def venue_of_preprint(name: str) -> str:
    """``arXiv`` if a venue's name means arXiv, as in ``arXiv preprint arXiv:2301.00017`` or ``CoRR``; else ''."""
    return "arXiv" if _PREPRINTS.fullmatch(name.strip()) else ""


def locators_of(source: Source) -> Locators:
    """Return the identifiers and links of an entry; fields that were read are marked as used."""
    locators = Locators()
    _archive(source, locators)
    _doi(source, locators)
    for name, kind in _LINKS.items():
        if value := source.peek(name):
            _addresses(source, name, kind, _bare_address(value), locators)
    for name in ("howpublished", "note"):
        if not locators.links.get("page") and "http" in (value := source.peek(name)).lower():
            _addresses(source, name, "page", _bare_address(value), locators)
    for name in _MENTIONS:
        _mention(source, name, locators)
    return locators


def _archive(source: Source, locators: Locators) -> None:
    archive = _plain(source.peek("archiveprefix") or source.peek("eprinttype") or source.peek("archive")).lower()
    source.used |= {"archiveprefix", "eprinttype", "primaryclass", "eprintclass"} if archive in _ARCHIVES else set()
    locators.preprint = _ARCHIVES.get(archive, "")
    for name in ("eprint", "arxiv", "arxivid", "arxiv_id"):
        value = _plain(source.peek(name))
        if not value or (name == "eprint" and archive not in ("", "arxiv")):
            continue
        written = _ARXIV.search(value)
        if registry_id := read_identifier(value) or identifier("arxiv", written[1] if written else value.split()[0]):
            _take(source, name, registry_id, locators)
        elif name == "eprint":
            _addresses(source, name, "page", _bare_address(value), locators)


def _doi(source: Source, locators: Locators) -> None:
    value = _plain(source.peek("doi"))
    match = _DOI.search(unquote(value) if "%2f" in value.lower() else value)
    if match is None:
        return
    doi = match[0].rstrip(".;")
    if registry_id := identifier("doi", doi):
        _take(source, "doi", registry_id, locators)
    elif not is_doi(doi):  # old DOIs of Wiley contain < and >; their URL works as well
        address = f"https://doi.org/{quote(doi, safe='/:;()')}"
        locators.links.setdefault("page", address)
        source.used.add("doi")


def _take(source: Source, name: str, registry_id: Identifier, locators: Locators) -> None:
    locators.identifiers.append(registry_id)
    source.used.add(name)


def _addresses(source: Source, name: str, kind: str, value: str, locators: Locators) -> None:
    """Sort the URLs in a field: those of known registries are identifiers, the first of the others is a link."""
    unread = []
    for match in _ADDRESS.finditer(value):
        written = match[0].rstrip(".,;:)") if match[0].count("(") < match[0].count(")") else match[0].rstrip(".,;:")
        full = written if written[:4].lower() == "http" else f"http://{written}"
        address = _UNSAFE.sub(lambda unsafe: quote(unsafe[0], safe=""), full)
        if registry_id := read_identifier(address):
            _take(source, name, registry_id, locators)
        elif is_web_address(address) and (locators.links.setdefault(kind, address) == address):
            source.used.add(name)
        else:
            unread.append(Unread(source.lines.get(name, source.line), f"address in {name}", shortened(written)))
    if name in source.used:  # otherwise the whole field is reported as unread
        source.unread += unread


def _mention(source: Source, name: str, locators: Locators) -> None:
    """Find an arXiv id, or a DOI after the word "doi", in running text."""
    value = _plain(source.peek(name)) if source.peek(name) else ""
    if not value:
        return
    match = _ARXIV.search(value) or (_ABS.fullmatch(value) if name == "volume" else None)
    if match is None and name in _NUMBERS and venue_of_preprint(_plain(source.peek("journal"))):
        match = _BARE.fullmatch(value)
    if match and (registry_id := identifier("arxiv", match[1])):
        _take(source, name, registry_id, locators)
        if name in ("howpublished", "number", "publisher", "pages"):
            locators.preprint = locators.preprint or "arXiv"
    elif name in ("publisher", "howpublished") and venue_of_preprint(value):
        locators.preprint = locators.preprint or "arXiv"
        source.used.add(name)
    elif (
        name == "note"
        and (match := _DOI_IN_TEXT.search(value))
        and (registry_id := identifier("doi", match[1].rstrip(".")))
    ):
        _take(source, name, registry_id, locators)


def _plain(value: str) -> str:
    """An identifier without braces and backslashes."""
    if "\\" not in value and "{" not in value and "$" not in value:
        return value.strip()
    value = _ESCAPED.sub(r"\1", _TILDE.sub("~", value))
    return re.sub(r"[{}$]|\\(?:textless|textgreater|url|href)\b|\\", _unescaped, value).strip()


def _unescaped(match: re.Match[str]) -> str:
    return {"\\textless": "<", "\\textgreater": ">"}.get(match[0], "")


def _bare_address(value: str) -> str:
    r"""A URL without ``\url``, braces, escapes and line breaks."""
    text = _ESCAPED.sub(r"\1", re.sub(r"\{?\\_\}?", "_", _TILDE.sub("~", value)))
    text = re.sub(r"\\(?:url|href|path|nolinkurl)\s*|\}\s*\{", " ", text).replace("{", "").replace("}", "")
    return re.sub(r"(?<=[/_-])\s*\n\s*", "", text).strip()
