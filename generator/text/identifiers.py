"""The syntax of public identifiers, and the URLs at which their registries resolve them."""

import re
from datetime import date
from urllib.parse import urlsplit

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
