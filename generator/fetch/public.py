"""Is a host public? An entry is a stranger's text, and could name a host behind the firewall.

Asked of a name's addresses before a connection, and of the connection itself: the name may resolve anew in between.
"""

import ipaddress
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

Trace = Callable[[str, dict[str, Any]], None]
"""The HTTP library's extension of that name: an event, and what belongs to it."""


class NotPublic(Exception):
    """The connection led to a host that is not public, and was cut."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open network."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def only_public(then: Trace) -> Trace:
    """``then``, and a connection that leads inside is cut before anything is sent: raises NotPublic.

    A proxy may stand inside: the environment names it, and no entry.
    """
    proxies, host = _proxies(), ""

    def trace(event: str, info: dict[str, Any]) -> None:
        nonlocal host
        then(event, info)
        if event == "connection.connect_tcp.started":
            host = info["host"]
        elif event == "connection.connect_tcp.complete" and host not in proxies and not _leads_outside(info):
            info["return_value"].close()
            raise NotPublic

    return trace


def _leads_outside(info: dict[str, Any]) -> bool:
    try:
        return is_public(str(info["return_value"].get_extra_info("server_addr")[0]))
    except OSError:  # it broke already
        return False


def _proxies() -> set[str | None]:
    """The hosts of the proxies, of which some are named without a scheme."""
    named = (place for kind, place in getproxies().items() if kind != "no")
    return {urlsplit(f"//{place.rpartition('//')[2]}").hostname for place in named}
