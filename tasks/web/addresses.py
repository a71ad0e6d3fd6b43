"""Which addresses we talk to: every URL is hostile until its host's address is a public one."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

# A name with a letter in it (RFC 1123), so that a mistyped number is none.
HOST = re.compile(r"(?=.*[a-z])[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?", re.ASCII | re.IGNORECASE)
Address = IPv4Address | IPv6Address
# Addresses of a host name, best first. Raises OSError if there are none.
Resolve = Callable[[str], Awaitable[Sequence[str]]]


class BlockedAddressError(Exception):
    """A host that is not on the public Internet, and not on the list of the allowed."""


async def resolve(host: str) -> tuple[str, ...]:
    """Addresses of a host by the system's resolver. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))


async def safe_addresses(host: str, allowed: tuple[str, ...], look_up: Resolve = resolve) -> tuple[str, ...]:
    """Addresses of a host, to connect to and to no others (a second look-up could give another one).

    Raises BlockedAddressError if any address of the host is private, loopback, link-local, multicast or reserved, also where it
    is hidden in an IPv6 address, unless host or address is `allowed`; OSError if the host has no address.
    """
    name = host.strip("[]")
    addresses = tuple(await look_up(name))
    if name not in allowed and not all(_may_be_used(address, allowed) for address in addresses):
        raise BlockedAddressError(f"{host} is not on the public Internet")
    return addresses


def is_host_or_network(entry: str) -> bool:
    """True for what a list of allowed hosts and networks may have."""
    try:
        ip_network(entry)
    except ValueError:
        return HOST.fullmatch(entry) is not None
    return True


def _may_be_used(address: str, allowed: tuple[str, ...]) -> bool:
    parsed = ip_address(address)
    return is_public(parsed) or any(parsed in network for network in _networks(allowed))


@cache
def _networks(allowed: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    networks = []
    for entry in allowed:
        try:
            networks.append(ip_network(entry))
        except ValueError:
            continue  # a host name
    return tuple(networks)


def is_public(address: Address) -> bool:
    """True for addresses that routers of the public Internet carry to one host."""
    if isinstance(address, IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        hidden = hidden or _translated(address)
        if hidden is not None:
            return is_public(hidden)
    return address.is_global and not address.is_multicast


def _translated(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address in a NAT64 one (RFC 6052, 64:ff9b::/96), or in an IPv4-compatible one."""
    high, low = int(address) >> 32, int(address) & 0xFFFFFFFF
    return IPv4Address(low) if high == 0x64_FF9B << 64 or (high == 0 and low > 1) else None
