"""Guards of requests to URLs from entries: only public hosts, and a limit on the total time.

Entries are untrusted: they could name a host behind the firewall, or one that responds endlessly.

A host is *local* if one of its IP addresses is not public. Its addresses are checked before connecting, and on the
connection, because its name may resolve differently.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

Trace = Callable[[str, dict[str, Any]], None]
"""A function for the HTTP library's extension ``trace``: it receives the name and the data of an event."""
# events of the HTTP library after which a connection is open
_OPENED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
_UNICAST = ipaddress.IPv6Network("2000::/3")  # the only range that is allocated for public hosts
_DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")  # RFC 9637, unknown to older versions of Python
# ranges whose last 32 bits are an IPv4 address
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_TEREDO = ipaddress.IPv6Network("2001::/32")  # RFC 4380
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # the 32 bits before an IPv4 address, RFC 5214


class NotPublic(Exception):
    """The connection led to a host that is not public, and was closed."""


def is_public(address: str) -> bool:
    """Whether an IP address is public, and so is the IPv4 address that it may embed.

    https://www.iana.org/assignments/iana-ipv6-special-registry/; the forms that embed an IPv4 address are those of
    RFC 4291 (mapped, compatible), 6052 (NAT64), 2765 (translated), 3056 (6to4), 4380 (Teredo) and 5214 (ISATAP). The
    local form of NAT64 (RFC 8215) is never public.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])  # without the zone of a link-local address
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_public_ipv4(ip)
    # The prefix of an ISATAP address is that of a network, which is checked like that of any other address.
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP and not _is_public_ipv4(_last_ipv4(ip)):
        return False
    if embedded := _embedded_ipv4(ip):
        return all(map(_is_public_ipv4, embedded))
    return ip in _UNICAST and ip not in _DOCUMENTATION and ip.is_global and not ip.is_multicast


def _is_public_ipv4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not address.is_multicast


def _last_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    """Return the IPv4 address in the last 32 bits."""
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _embedded_ipv4(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses in an IPv6 address whose range shows that it embeds some."""
    if any(address in network for network in _TRANSLATED):
        return [_last_ipv4(address)]
    if address.sixtofour:
        return [address.sixtofour]
    if address in _TEREDO:
        assert address.teredo
        return list(address.teredo)  # the server and the client
    return []


def is_local_host(host: str, port: int | None) -> bool:
    """Whether a host is local. Raises OSError or ValueError if its name cannot be resolved."""
    addresses = socket.getaddrinfo(host, port or 0, type=socket.SOCK_STREAM)
    return any(not is_public(str(socket_address[0])) for *_, socket_address in addresses)


def has_local_host(url: str) -> bool:
    """Whether the host of a URL is local; False if this machine cannot resolve its name, because a proxy may do so.

    It is checked before a request, because a proxy hides the host from `only_public`. Raises ValueError for an invalid
    URL, such as one with the port 99999.
    """
    parts = urlsplit(url)
    try:
        return bool(parts.hostname) and is_local_host(parts.hostname or "", parts.port)
    except (OSError, UnicodeError):
        return False


def only_public(next_trace: Trace) -> Trace:
    """Return a trace function that calls ``next_trace``, and closes connections to local hosts before anything is sent.

    The returned function raises NotPublic after it closed a connection. A proxy is allowed to be local, because
    the environment names it, not an entry.
    """
    proxies, host = _proxies(), ""

    def trace(event: str, info: dict[str, Any]) -> None:
        nonlocal host
        next_trace(event, info)
        if event == "connection.connect_tcp.started":
            host = info["host"]
        elif event == "connection.connect_tcp.complete" and host not in proxies and not _is_public_connection(info):
            info["return_value"].close()
            raise NotPublic

    return trace


def _is_public_connection(info: dict[str, Any]) -> bool:
    try:
        return is_public(str(info["return_value"].get_extra_info("server_addr")[0]))
    except OSError:  # the connection is already closed
        return False


def _proxies() -> set[str | None]:
    """Return the hosts of the proxies. The URL of a proxy may lack a scheme."""
    # The key ``no`` has the hosts that are reached without a proxy.
    urls = (url for scheme, url in getproxies().items() if scheme != "no")
    return {urlsplit(f"//{url.rpartition('//')[2]}").hostname for url in urls}


class Deadline:
    """A time limit for the request in a ``with`` block. On expiry, it sets ``passed`` and closes the connection.

    A connection that opens after the expiry is closed at once. The method ``trace`` must be passed to the HTTP library
    as its extension ``trace``.

    The library's own timeouts restart with each chunk, so a site that sends a byte now and then never triggers them.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._stream: Any = None
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True  # else a running timer would delay the end of the process

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Store the connection when it opens."""
        if event in _OPENED:  # TLS replaces the first stream by another one
            self._stream = info["return_value"]
            if self.passed:
                self._close()

    def _expire(self) -> None:
        self.passed = True
        self._close()

    def _close(self) -> None:
        raw_socket = self._stream.get_extra_info("socket") if self._stream is not None else None
        if raw_socket is not None:
            with suppress(OSError):
                raw_socket.shutdown(socket.SHUT_RDWR)  # unlike close, it wakes a thread that waits for data
