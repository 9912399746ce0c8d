"""Public identifiers: their syntax, the URLs at which registries resolve them, and how people write them.

A bare identifier has no prefix, URL or version: ``2501.12345`` for ``arxiv:2501.12345v2``.
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
# The check digits are not verified: only the public list says whether an id exists.
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
# A host name (RFC 1035): at most 253 characters, labels of at most 63; the last label does not begin with a digit.
_HOST = re.compile(r"(?=.{1,253}\Z)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
# A URL whose host has two to four short ASCII labels and no port. Nearly all URLs match, and need no further checks.
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

    arXiv opened in 1991, so two-digit years from 91 on belong to the 20th century.
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
    return bool(_PLAIN_ADDRESS.fullmatch(value)) or _is_valid_address(value)


def _is_valid_address(value: str) -> bool:
    """The complete check, also for URLs with a port or with a host in another script."""
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
    """A public identifier: ``kind`` is the entry's field (arxiv, doi, openreview, acl), ``value`` the bare id.

    For a page in proceedings, ``kind`` is the site (pmlr, cvf, neurips) and ``value`` the path of the paper's page.
    """

    kind: str
    value: str


_VALIDATORS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"arxiv": is_arxiv, "doi": is_doi, "openreview": is_openreview, "acl": is_acl}
)
KINDS = tuple(_VALIDATORS)
"""The kinds of public identifiers, which are also the names of the fields of an entry."""

_VERSION = re.compile(r"v[0-9]+$")
# Forms of DOIs that contain another identifier, and its kind: https://info.arxiv.org/help/doi.html,
# https://aclanthology.org/info/ids/
_ASSIGNED_DOIS = (
    (re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE), "arxiv"),
    (re.compile(r"10\.(?:18653|3115)/v1/(.+)", re.IGNORECASE), "acl"),
)
_PREFIXES = {
    "arxiv": re.compile(r"^(?:arxiv:\s*)+", re.IGNORECASE),
    "doi": re.compile(r"^(?:doi:?\s+|doi:|https?://(?:www\.)?(?:dx\.)?doi\.org/|(?:dx\.)?doi\.org/)+", re.IGNORECASE),
    "acl": re.compile(r"^acl:\s*", re.IGNORECASE),
}
_PERCENT_ENCODED_DOI = re.compile(r"10\.[0-9.]+%2f", re.IGNORECASE)  # as in some links


def identifier(kind: str, value: str) -> Identifier | None:
    """Return the identifier of a ``kind`` that ``value`` contains, in its bare form; None if it is malformed.

    A DOI of arXiv or the ACL Anthology becomes an identifier of kind ``arxiv`` or ``acl``, so that each paper has one.
    """
    bare = value.strip().strip("{}").strip()
    if prefix := _PREFIXES.get(kind):
        bare = prefix.sub("", bare)
    if kind == "arxiv":
        bare = _VERSION.sub("", bare)
    elif kind == "acl":
        bare = _acl_case(_VERSION.sub("", bare))
    elif kind == "doi":
        bare = unquote(bare) if _PERCENT_ENCODED_DOI.match(bare) else bare
        for pattern, contained_kind in _ASSIGNED_DOIS:
            if (match := pattern.fullmatch(bare)) and (contained := identifier(contained_kind, match[1])):
                return contained
    return Identifier(kind, bare) if kind in _VALIDATORS and _VALIDATORS[kind](bare) else None


def _acl_case(bare: str) -> str:
    """Return an Anthology id in its official case, since DOIs and some sites write it in another one."""
    if _ACL_OLD.fullmatch(bare.upper()):
        return bare.upper()
    return bare.lower() if _ACL_NEW.fullmatch(bare.lower()) else bare


def read_identifier(text: str) -> Identifier | None:
    """Return the identifier in ``text``, which is ``kind:id``, the URL of a known site, or a bare id; else None.

    A bare id can be an arXiv id, a DOI or an ACL Anthology id, since their forms differ.
    """
    text = text.strip()
    if text.lower().startswith(("http://", "https://")):
        return _from_url(text)
    kind, colon, value = text.partition(":")
    if colon and kind.strip().lower() in _VALIDATORS:
        return identifier(kind.strip().lower(), value)
    if text.lower().partition("/")[0].removeprefix("www.") in _HOSTS_WITHOUT_SCHEME:
        return _from_url(f"https://{text}")
    candidates = (identifier(kind, text) for kind in ("arxiv", "doi", "acl"))
    return next((candidate for candidate in candidates if candidate), None)


def proceedings_page(text: str) -> Identifier | None:
    """Return a paper's page in the PMLR, CVF or NeurIPS proceedings, given the URL of the page or PDF; else None."""
    host, path = _host_and_path(text.strip())
    for form in _PROCEEDINGS_FORMS:
        if host in form.hosts and (match := form.path.fullmatch(path)):
            return Identifier(form.site, match.expand(form.page))
    return None


class _ProceedingsForm(NamedTuple):
    """A form of the URLs of a ``site`` with proceedings. ``path`` matches the path of a page or PDF.

    ``page`` is the template of the page's path, with references to the groups of ``path``.
    """

    site: str
    hosts: tuple[str, ...]
    path: re.Pattern[str]
    page: str


_PROCEEDINGS_FORMS = (
    _ProceedingsForm(
        "pmlr", ("proceedings.mlr.press", "jmlr.org"),
        re.compile(r"(?:proceedings/papers/)?v(\d{1,4})/([a-z0-9-]+?)(?:\.html|\.pdf|/[a-z0-9-]+\.pdf)?"),
        r"v\1/\2",
    ),
    _ProceedingsForm(
        "pmlr", ("raw.githubusercontent.com",),
        re.compile(r"mlresearch/v(\d{1,4})/[a-z]+/assets/([a-z0-9-]+)/[a-z0-9-]+\.pdf"),
        r"v\1/\2",
    ),
    _ProceedingsForm(
        "cvf", ("openaccess.thecvf.com",),
        re.compile(r"(content[A-Za-z0-9_/]{0,80}?)/(?:html|papers)/((?:w\d{1,3}/)?[^/]+_paper)\.(?:html|pdf)"),
        r"\1/html/\2.html",
    ),
    _ProceedingsForm(
        "neurips", ("proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"),
        re.compile(r"((?:paper_files/)?paper)/(\d{4})/(?:hash|file)/([0-9a-f]{32})-(?:Abstract|Paper|Supplemental|Bibtex)"
                   r"((?:-[A-Za-z_]+)?)\.[a-z]+"),
        r"\1/\2/hash/\3-Abstract\4.html",
    ),
    _ProceedingsForm(
        "neurips", ("proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"),
        re.compile(r"paper/(\d{1,5}-[a-z0-9-]+?)(?:\.pdf|\.html)?"),
        r"paper/\1",
    ),
)  # fmt: skip
# Hosts with papers, whose URLs people write without ``https://``.
_HOSTS_WITHOUT_SCHEME = frozenset(
    "arxiv.org export.arxiv.org alphaxiv.org huggingface.co hf.co doi.org dx.doi.org openreview.net aclanthology.org "
    "aclweb.org ar5iv.org ar5iv.labs.arxiv.org".split()
)
# Publishers whose article pages have the DOI in their path, such as ``doi/abs/10.1145/12345.678``.
_DOI_HOSTS = frozenset(
    "dl.acm.org link.springer.com onlinelibrary.wiley.com tandfonline.com journals.sagepub.com epubs.siam.org "
    "science.org pnas.org pubs.acs.org".split()
)
_DOI_IN_PATH = re.compile(
    r"(?:doi|article|chapter|book)/(?:(?:abs|pdf|full|fullHtml|epdf|epub|10\.1007/)?/?)?(10\.\d{4,9}/.+)"
)
# First parts of the paths of a paper on arXiv and similar sites, such as ``abs/2501.12345``.
_ARXIV_SECTIONS = frozenset(
    {"abs", "pdf", "html", "ps", "format", "src", "e-print", "overview", "papers", "audio", "resources"}
)


def _host_and_path(address: str) -> tuple[str, str]:
    """The host without ``www.`` and the decoded path of a URL without outer slashes; both are '' for other texts."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    if parts.scheme.lower() not in ("http", "https"):
        return "", ""
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).strip("/")


def _from_url(address: str) -> Identifier | None:
    """The identifier of the paper whose page or PDF on a known site has the URL ``address``; else None."""
    host, path = _host_and_path(address)
    section, _, value = path.partition("/")
    match host:
        case "arxiv.org" | "export.arxiv.org" | "alphaxiv.org" | "ar5iv.org" | "ar5iv.labs.arxiv.org":
            return identifier("arxiv", value.removesuffix(".pdf")) if section in _ARXIV_SECTIONS else None
        case "huggingface.co" | "hf.co":
            return identifier("arxiv", value.partition("/")[0]) if section == "papers" else None
        case "doi.org" | "dx.doi.org":
            return identifier("doi", path)
        case "openreview.net":
            forum_id = parse_qs(urlsplit(address).query).get("id", [""])[0]
            return identifier("openreview", forum_id) if path in ("forum", "pdf", "attachment") else None
        case "aclanthology.org" | "aclweb.org" | "aclanthology.info" | "acl-arc.comp.nus.edu.sg":
            return identifier("acl", re.sub(r"\.(pdf|bib|xml|html|endf|ris)$", "", path.rpartition("/")[2]))
    if host in _DOI_HOSTS and (match := _DOI_IN_PATH.fullmatch(path)):
        return identifier("doi", match[1].removesuffix(".pdf"))
    return None


_PROCEEDINGS_ADDRESSES = {
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "cvf": "https://openaccess.thecvf.com/{}",
    "neurips": "https://proceedings.neurips.cc/{}",
}


def proceedings_address(page: Identifier) -> str:
    """Return the URL of a page that ``proceedings_page`` returned."""
    return _PROCEEDINGS_ADDRESSES[page.kind].format(page.value)
