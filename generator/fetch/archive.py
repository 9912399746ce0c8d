"""Copies of pages in the Internet Archive: https://archive.org/help/wayback_api.php."""

import json
from urllib.parse import quote

from generator.fetch.client import Client

API = "https://archive.org/wayback/available?url="
PAUSE = 2.0
_COPIES = "https://web.archive.org/web/"


def copies_of(address: str) -> str:
    """Return the address of the archive's list of copies. Sends no request."""
    return f"{_COPIES}*/{address}"


def copy_of(address: str, client: Client, api: str = API) -> str | None:
    """Return the newest copy of an address, or None. Raises FetchFailed if the archive does not answer."""
    text = client.get(api + quote(address, safe=""), PAUSE, _wrong)
    closest = json.loads(text)["archived_snapshots"].get("closest", {})
    # The API returns http:// addresses. Only an address of the archive itself is proposed to people.
    copy = str(closest.get("url", "")).replace("http://", "https://", 1) if closest.get("available") is True else ""
    return copy if copy.startswith(_COPIES) else None


def _wrong(text: str) -> str:
    try:
        copies = json.loads(text)["archived_snapshots"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "the answer is not about copies"
    closest = copies.get("closest", {}) if isinstance(copies, dict) else None
    return "" if isinstance(closest, dict) else "the answer is not about copies"
