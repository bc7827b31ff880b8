"""The pages of somebody's PDF as images: read by a process of its own, which may fail without harm.

`images_of` starts it; the process itself takes the file from its input and writes the images to its output,
each after its length. It has little time and memory, and no page larger than `WIDEST` dots.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

MOST_PAGES, WIDEST = 60, 1160
SECONDS, MEMORY = 20, 1024 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class Unreadable(ValueError):
    """The file is damaged, locked by a password, or too much work."""


def images_of(pdf: bytes) -> list[bytes]:
    """The first pages of a PDF as PNG images; Unreadable where it cannot be read."""
    command = [sys.executable, "-m", "sandbox.kernel.pdf_pages"]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=pdf, capture_output=True, timeout=SECONDS, check=False, cwd=root
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("it takes too long") from None
    pages = list(_parted(done.stdout))
    if done.returncode or not pages:
        raise Unreadable(done.stderr.decode("utf-8", "replace")[-200:])
    return pages


def draw(pdf: bytes) -> Iterator[bytes]:
    """The pages one by one; in the process of its own."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for place in range(min(len(document), MOST_PAGES)):
        page = document[place]
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), 2 * WIDEST / max(height, 1))
        bitmap = page.render(scale=scale, rev_byteorder=True)
        yield as_png(bitmap.width, bitmap.height, bitmap.n_channels, bitmap.stride, bytes(bitmap.buffer))


def as_png(width: int, height: int, channels: int, stride: int, dots: bytes) -> bytes:
    """Rows of dots as a PNG file: grey, RGB or RGBA by the number of channels."""
    colour = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\x00" + dots[row * stride : row * stride + width * channels] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    body = b"".join(
        _LENGTH.pack(len(data)) + kind + data + _LENGTH.pack(zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _parted(stream: bytes) -> Iterator[bytes]:
    while len(stream) >= _LENGTH.size:
        (length,) = _LENGTH.unpack_from(stream)
        yield stream[_LENGTH.size : _LENGTH.size + length]
        stream = stream[_LENGTH.size + length :]


def _main() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, ValueError, OSError):
        pass  # a system without limits still has the timeout
    out = sys.stdout.buffer
    for image in draw(sys.stdin.buffer.read()):
        out.write(_LENGTH.pack(len(image)) + image)


if __name__ == "__main__":
    _main()
