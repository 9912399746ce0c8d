"""Copies of pages that the Internet Archive keeps. https://archive.org/help/wayback_api.php"""

import json
from urllib.parse import quote

from generator.fetch.client import Client

API = "https://archive.org/wayback/available?url="
PAUSE = 2.0
_COPIES = "https://web.archive.org/web/"


def copies_of(address: str) -> str:
    """The page on which the archive lists its copies of an address, if it has any. Asks nobody."""
    return f"{_COPIES}*/{address}"


def copy_of(address: str, client: Client, api: str = API) -> str | None:
    """The newest copy that the archive has of an address, or None. Raises FetchFailed if it cannot be asked."""
    text = client.get(api + quote(address, safe=""), PAUSE, _wrong)
    closest = json.loads(text)["archived_snapshots"].get("closest", {})
    copy = str(closest.get("url", "")).replace("http://", "https://", 1) if closest.get("available") is True else ""
    return copy if copy.startswith(_COPIES) else None


def _wrong(text: str) -> str:
    try:
        copies = json.loads(text)["archived_snapshots"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "the answer is not about copies"
    closest = copies.get("closest", {}) if isinstance(copies, dict) else None
    return "" if isinstance(closest, dict) else "the answer is not about copies"
