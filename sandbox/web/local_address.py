"""Addresses a browser may be sent to: only ones of this house."""

from urllib.parse import urlsplit


def local_address(address: str | None, otherwise: str = "/") -> str:
    """The address when it is a path of this house (path and query kept), else `otherwise`.

    Browsers read `//host`, `/\\host` and addresses with control characters as other hosts,
    so those are refused along with everything that names a scheme or a host.
    """
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return otherwise
    if "\\" in address or any(ord(character) < 0x20 or ord(character) == 0x7F for character in address):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    if parts.scheme or parts.netloc:
        return otherwise
    return address
