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
    """Whether an IP address belongs to the open network, and so does the IPv4 address that it may stand for.

    https://www.iana.org/assignments/iana-ipv6-special-registry/; the forms that hold an IPv4 address are those of
    RFC 4291 (mapped, compatible), 6052 and 8215 (NAT64), 2765 (translated), 3056 (6to4), 4380 (Teredo), 5214 (ISATAP).
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = _inner(ip)
    if inner is not None:
        return all(part.is_global and not part.is_multicast for part in inner)
    return ip in _UNICAST and ip not in _DOCUMENTATION and ip.is_global and not ip.is_multicast


_UNICAST = ipaddress.IPv6Network("2000::/3")  # beyond it nothing has been given to anybody
_DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")  # RFC 9637, which older Pythons do not know
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_TEREDO = ipaddress.IPv6Network("2001::/32")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def _inner(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address] | None:
    """The IPv4 addresses that an IPv6 address stands for; None if it stands for itself."""
    number = int(address)
    if any(address in network for network in _TRANSLATED) or (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return [ipaddress.IPv4Address(number & 0xFFFFFFFF)]
    if address.sixtofour:
        return [address.sixtofour]
    if address in _TEREDO:
        assert address.teredo
        return list(address.teredo)
    return None


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
