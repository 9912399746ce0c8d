"""Public identifiers: their syntax, the URLs at which registries resolve them, and how people write them.

``read_identifier`` reads ``arxiv:2501.12345`` or the URL of a known site as the kind of identifier and the bare id.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from generator.text.characters import find_forbidden

# https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV_NEW = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}")
# ``math.GT/0309136``, until March 2007
_ARXIV_OLD = re.compile(r"[a-z-]+(\.[A-Z]{2})?/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3}")
# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html; the suffix must not contain spaces or < > " { }
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/[!#-;=?-z|~]+")
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{6,20}")
# https://aclanthology.org/info/ids/
_ACL_NEW = re.compile(r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9]+\.[0-9]+")
_ACL_OLD = re.compile(r"[A-Z][0-9]{2}-[0-9]{4,5}")
_ORCID = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
# the check digits are not verified, since the public list decides
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
_HOST = re.compile(r"(?=.{1,253}\Z)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
# A host of two to four short ASCII labels, without a port. Nearly all hosts match, and need no further checks.
_PLAIN_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,3}[a-z]{2,40}(?:/[^\s\\\"<>^`{|}\x00-\x20\x7f]*)?"
)

_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
}


def public_address(kind: str, value: str) -> str:
    """Return the URL of a bare identifier of ``kind`` (``arxiv``, ``doi``, ``openreview``, ``acl``)."""
    return _ADDRESSES[kind].format(value)


def is_arxiv(value: str) -> bool:
    """Whether ``value`` is an arXiv id without a version: ``2501.12345`` or ``math.GT/0309136``."""
    return bool(_ARXIV_NEW.fullmatch(value) or _ARXIV_OLD.fullmatch(value))


def arxiv_month(value: str) -> date:
    """Return the first day of the month in which arXiv assigned an id of the old or the new form.

    arXiv opened in 1991, so two-digit years from 91 on are of the last century.
    """
    digits = value.rpartition("/")[2]
    year = int(digits[:2])
    return date(1900 + year if year >= 91 else 2000 + year, int(digits[2:4]), 1)


def is_doi(value: str) -> bool:
    """Whether ``value`` is a bare DOI (no ``https://doi.org/``)."""
    return bool(_DOI.fullmatch(value))


def is_openreview(value: str) -> bool:
    """Whether ``value`` is the id of an OpenReview forum."""
    return bool(_OPENREVIEW.fullmatch(value))


def is_acl(value: str) -> bool:
    """Whether ``value`` is an ACL Anthology id of the old or the new form."""
    return bool(_ACL_NEW.fullmatch(value) or _ACL_OLD.fullmatch(value))


def is_orcid(value: str) -> bool:
    """Whether ``value`` is an ORCID iD with a correct ISO 7064 MOD 11-2 check character."""
    if not _ORCID.fullmatch(value):
        return False
    digits = value.replace("-", "")
    total = 0  # https://support.orcid.org/hc/en-us/articles/360006897674
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))


def is_ror(value: str) -> bool:
    """Whether ``value`` is the last part of a ROR address, e.g. ``02njgxr09``."""
    return bool(_ROR.fullmatch(value))


def is_web_address(value: str) -> bool:
    """Whether ``value`` is a complete http(s) URL with a host name, without user name, spaces or controls."""
    if not value.isascii() and find_forbidden(value) is not None:
        return False
    return bool(_PLAIN_ADDRESS.fullmatch(value)) or _is_whole_address(value)


def _is_whole_address(value: str) -> bool:
    if not re.fullmatch(r"https?://[^\s\\\"<>^`{|}\x00-\x20\x7f]+", value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return bool(_HOST.fullmatch(host)) and "@" not in parts.netloc and (port is None or port > 0)


class Identifier(NamedTuple):
    """A public identifier: ``kind`` is the entry's field (arxiv, doi, openreview, acl), ``value`` the bare id."""

    kind: str
    value: str


_RULES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"arxiv": is_arxiv, "doi": is_doi, "openreview": is_openreview, "acl": is_acl}
)
KINDS = tuple(_RULES)

_VERSION = re.compile(r"v[0-9]+$")
# Registrants whose DOIs contain an identifier: https://info.arxiv.org/help/doi.html, https://aclanthology.org/info/ids/
_ASSIGNED_DOIS = (
    (re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE), "arxiv"),
    (re.compile(r"10\.(?:18653|3115)/v1/(.+)", re.IGNORECASE), "acl"),
)
_PREFIX = {
    "arxiv": re.compile(r"^(?:arxiv:\s*)+", re.IGNORECASE),
    "doi": re.compile(r"^(?:doi:?\s+|doi:|https?://(?:www\.)?(?:dx\.)?doi\.org/|(?:dx\.)?doi\.org/)+", re.IGNORECASE),
    "acl": re.compile(r"^acl:\s*", re.IGNORECASE),
}
_ENCODED = re.compile(r"10\.[0-9.]+%2f", re.IGNORECASE)  # DOIs whose slash is percent-encoded, as in some links


def identifier(kind: str, value: str) -> Identifier | None:
    """Return the bare identifier of a kind: without version, prefix, braces or spaces; None if it is malformed.

    A DOI that arXiv or the ACL Anthology assigned becomes their own id, so that each paper has one identifier.
    """
    bare = value.strip().strip("{}").strip()
    if prefix := _PREFIX.get(kind):
        bare = prefix.sub("", bare)
    if kind == "arxiv":
        bare = _VERSION.sub("", bare)
    elif kind == "acl":
        bare = _acl_case(_VERSION.sub("", bare))
    elif kind == "doi":
        bare = unquote(bare) if _ENCODED.match(bare) else bare
        for pattern, kind_of_suffix in _ASSIGNED_DOIS:
            if (match := pattern.fullmatch(bare)) and (assigned := identifier(kind_of_suffix, match[1])):
                return assigned
    return Identifier(kind, bare) if kind in _RULES and _RULES[kind](bare) else None


def _acl_case(bare: str) -> str:
    """Restore the capitals of an Anthology id: DOIs and some sites write it in lower case."""
    if _ACL_OLD.fullmatch(bare.upper()):
        return bare.upper()
    return bare.lower() if _ACL_NEW.fullmatch(bare.lower()) else bare


def read_identifier(text: str) -> Identifier | None:
    """Return the identifier that a person or a record wrote as ``kind:id`` or as a URL; None if there is none.

    An arXiv id, a DOI or an id of the ACL Anthology needs no prefix, because their forms differ.
    """
    text = text.strip()
    if text.lower().startswith(("http://", "https://")):
        return _from_url(text)
    kind, colon, value = text.partition(":")
    if colon and kind.strip().lower() in _RULES:
        return identifier(kind.strip().lower(), value)
    if text.lower().partition("/")[0].removeprefix("www.") in _HOSTS:
        return _from_url(f"https://{text}")
    bare = (identifier(kind, text) for kind in ("arxiv", "doi", "acl"))
    return next((identified for identified in bare if identified), None)


def page_of(text: str) -> Identifier | None:
    """Return the paper to which the URL of a page or PDF in the PMLR, CVF or NeurIPS proceedings leads; else None.

    ``kind`` is then the site (``pmlr``, ``cvf``, ``neurips``) and ``value`` the path of the page on it.
    """
    parts = _host_and_path(text.strip())
    if parts is None:
        return None
    host, path = parts
    for site, hosts, pattern, page in _PAGES:
        if host in hosts and (match := pattern.fullmatch(path)):
            return Identifier(site, match.expand(page))
    return None


_PAGES = (
    (
        "pmlr",
        ("proceedings.mlr.press", "jmlr.org"),
        re.compile(r"(?:proceedings/papers/)?v(\d{1,4})/([a-z0-9-]+?)(?:\.html|\.pdf|/[a-z0-9-]+\.pdf)?"),
        r"v\1/\2",
    ),
    (
        "pmlr",
        ("raw.githubusercontent.com",),
        re.compile(r"mlresearch/v(\d{1,4})/[a-z]+/assets/([a-z0-9-]+)/[a-z0-9-]+\.pdf"),
        r"v\1/\2",
    ),
    (
        "cvf",
        ("openaccess.thecvf.com",),
        re.compile(r"(content[A-Za-z0-9_/]{0,80}?)/(?:html|papers)/((?:w\d{1,3}/)?[^/]+_paper)\.(?:html|pdf)"),
        r"\1/html/\2.html",
    ),
    (
        "neurips",
        ("proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"),
        re.compile(r"((?:paper_files/)?paper)/(\d{4})/(?:hash|file)/([0-9a-f]{32})-(?:Abstract|Paper|Supplemental|Bibtex)"
                   r"((?:-[A-Za-z_]+)?)\.[a-z]+"),
        r"\1/\2/hash/\3-Abstract\4.html",
    ),
    (
        "neurips",
        ("proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"),
        re.compile(r"paper/(\d{1,5}-[a-z0-9-]+?)(?:\.pdf|\.html)?"),
        r"paper/\1",
    ),
)  # fmt: skip
_HOSTS = frozenset(
    "arxiv.org export.arxiv.org alphaxiv.org huggingface.co hf.co doi.org dx.doi.org openreview.net aclanthology.org "
    "aclweb.org ar5iv.org ar5iv.labs.arxiv.org".split()
)
# hosts whose article pages have the DOI in their path
_PUBLISHERS = frozenset(
    "dl.acm.org link.springer.com onlinelibrary.wiley.com tandfonline.com journals.sagepub.com epubs.siam.org "
    "science.org pnas.org pubs.acs.org".split()
)
_DOI_IN_PATH = re.compile(
    r"(?:doi|article|chapter|book)/(?:(?:abs|pdf|full|fullHtml|epdf|epub|10\.1007/)?/?)?(10\.\d{4,9}/.+)"
)
_ARXIV_PAGES = frozenset(
    {"abs", "pdf", "html", "ps", "format", "src", "e-print", "overview", "papers", "audio", "resources"}
)


def _host_and_path(address: str) -> tuple[str, str] | None:
    """Host and path of a web address in normal form; None if it is not a web address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https"):
        return None
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).strip("/")


def _from_url(address: str) -> Identifier | None:
    parts = _host_and_path(address)
    if parts is None:
        return None
    host, path = parts
    page, _, value = path.partition("/")
    match host:
        case "arxiv.org" | "export.arxiv.org" | "alphaxiv.org" | "ar5iv.org" | "ar5iv.labs.arxiv.org":
            return identifier("arxiv", value.removesuffix(".pdf")) if page in _ARXIV_PAGES else None
        case "huggingface.co" | "hf.co":
            return identifier("arxiv", value.partition("/")[0]) if page == "papers" else None
        case "doi.org" | "dx.doi.org":
            return identifier("doi", path)
        case "openreview.net":
            query = parse_qs(urlsplit(address).query)
            return (
                identifier("openreview", query.get("id", [""])[0]) if path in ("forum", "pdf", "attachment") else None
            )
        case "aclanthology.org" | "aclweb.org" | "aclanthology.info" | "acl-arc.comp.nus.edu.sg":
            return identifier("acl", re.sub(r"\.(pdf|bib|xml|html|endf|ris)$", "", path.rpartition("/")[2]))
    if host in _PUBLISHERS and (match := _DOI_IN_PATH.fullmatch(path)):
        return identifier("doi", match[1].removesuffix(".pdf"))
    return None


_PAGE_URLS = {
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "cvf": "https://openaccess.thecvf.com/{}",
    "neurips": "https://proceedings.neurips.cc/{}",
}


def page_address(page: Identifier) -> str:
    """Return the URL of a page that `page_of` returned."""
    return _PAGE_URLS[page.kind].format(page.value)
