"""The bits of a status list: one for each credential, written as the Bitstring Status List standard says."""

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

FEWEST = 131_072
"""Entries that a list has at least, so that a place in it tells nothing about who holds it."""
MOST_BYTES = 4_000_000
"""What an encoded list may unfold to: a small file can claim to be very long."""
_GZIP = 31
_TRIES = 64


class BadBits(ValueError):
    """An encoded list that is not one; the message is a code: `encoding`, `too_long`, `too_short`."""


class ListFull(ValueError):
    """Every place of the list is taken."""


@dataclass(frozen=True, slots=True)
class Bits:
    """The entries of a list from the first on; the first is the highest bit of the first byte."""

    data: bytes

    @classmethod
    def cleared(cls, entries: int = FEWEST) -> "Bits":
        """A list with no bit set; raises `ValueError` for fewer entries than a list must have."""
        if entries < FEWEST or entries % 8:
            raise ValueError(f"A list has {FEWEST} entries or more, in whole bytes.")
        return cls(bytes(entries // 8))

    def __len__(self) -> int:
        return len(self.data) * 8

    def __getitem__(self, index: int) -> bool:
        if not 0 <= index < len(self):
            raise IndexError(index)
        return bool(self.data[index >> 3] & (0x80 >> (index & 7)))

    def value(self, index: int, size: int) -> int:
        """The number in the `index`-th field of `size` bits; raises `IndexError` beyond the end."""
        number = 0
        for place in range(index * size, (index + 1) * size):
            number = number << 1 | self[place]
        return number

    def having(self, indices: Iterable[int], *, set_to: bool) -> "Bits":
        """The same list with these entries set, or cleared; raises `IndexError` beyond the end."""
        data = bytearray(self.data)
        for index in indices:
            if not 0 <= index < len(self):
                raise IndexError(index)
            mask = 0x80 >> (index & 7)
            data[index >> 3] = data[index >> 3] | mask if set_to else data[index >> 3] & ~mask
        return Bits(bytes(data))

    def encoded(self) -> str:
        """The list as credentials carry it: `u`, then base64url of the gzipped bytes; always the same."""
        packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
        packed = packer.compress(self.data) + packer.flush()
        return "u" + urlsafe_b64encode(packed).rstrip(b"=").decode()


def decoded(text: str) -> Bits:
    """The list that a text encodes, unfolded no further than allowed; raises `BadBits`."""
    if not text.startswith("u") or "=" in text:
        raise BadBits("encoding")
    try:
        packed = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        unpacker = zlib.decompressobj(_GZIP)
        data = unpacker.decompress(packed, MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise BadBits("encoding") from error
    if len(data) > MOST_BYTES:
        raise BadBits("too_long")
    if not unpacker.eof or unpacker.unused_data:
        raise BadBits("encoding")
    if len(data) * 8 < FEWEST:
        raise BadBits("too_short")
    return Bits(data)


def free_index(taken: Container[int], entries: int, draw: Callable[[int], int]) -> int:
    """A place that is not taken, by chance: `draw(n)` gives a random number below n. Raises `ListFull`."""
    for _ in range(_TRIES):
        index = draw(entries)
        if index not in taken:
            return index
    free = [index for index in range(entries) if index not in taken]
    if not free:
        raise ListFull
    return free[draw(len(free))]
