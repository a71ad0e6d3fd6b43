"""Which addresses we talk to: every URL is hostile until its host's address is a public one."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

WEB_PORTS: Final = {"http": 80, "https": 443}


class BlockedAddressError(Exception):
    """A host that is not on the public Internet."""


def public_address(host: str, scheme: str, *, allow_private: bool) -> str:
    """An address of a host, to connect to and to no other (a second look-up could give another one).

    Raises BlockedAddressError if any address of the host is private, loopback, link-local, multicast or reserved, also
    where it is hidden in an IPv6 address; OSError if the host has no address.
    """
    found = socket.getaddrinfo(host, WEB_PORTS[scheme], type=socket.SOCK_STREAM)
    addresses = [ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise BlockedAddressError(f"{host} is not on the public Internet")
    return str(addresses[0])


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """True for addresses that routers of the public Internet carry to one host."""
    if isinstance(address, IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if hidden is not None:
            return is_public(hidden)
    return address.is_global and not address.is_multicast
