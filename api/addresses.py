"""Who asks, and whether by https: a proxy's word is taken only where an operator trusts it."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from settings import Network

UNKNOWN = "unknown"
# Who has one address of IPv6 has as many as there are in such a network.
ONE_SUBSCRIBER = 64


def address_of(request: Request, trusted: Sequence[Network] = ()) -> str:
    """The address that a request comes from, or the network of it where one person has many addresses."""
    peer = request.client.host if request.client else ""
    if _is_in(peer, trusted):
        # Each proxy adds at the end whom it heard from; the last one that is no proxy of ours is who asks.
        told = [one.strip() for one in ",".join(request.headers.getlist("x-forwarded-for")).split(",")]
        peer = next((one for one in reversed(told) if one and not _is_in(one, trusted)), peer)
    return _grouped(peer)


def is_https(request: Request, trusted: Sequence[Network] = ()) -> bool:
    """Whether the person's own browser speaks https."""
    peer = request.client.host if request.client else ""
    if _is_in(peer, trusted) and (told := request.headers.get("x-forwarded-proto")):
        return told.strip().lower() == "https"
    return request.url.scheme == "https"


def _is_in(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def _grouped(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, ONE_SUBSCRIBER), strict=False))
    return str(found)
