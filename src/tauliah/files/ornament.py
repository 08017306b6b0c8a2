"""The frame and seal of a certificate, drawn like a security print in an institution's two colours: SVG."""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, pi, sin

WIDTH, HEIGHT = 297.0, 210.0
"""A4 on its side, in millimetres."""
BAND = 13.0
"""How far the middle of the guilloche band is from the edge of the paper."""
SWING = 2.5
WAVE = 7.6
PHASES = 4
CORNER = 6.4
HALF_WAVE_LEVER = 0.3642
"""Where the control points of a cubic stand that comes closest to half a wave of the sine."""


@lru_cache(maxsize=64)
def frame_svg(colour: str, accent: str) -> str:
    """The border and the faint rosette behind the words, for the whole page."""
    corner = BAND + CORNER
    across, down = WIDTH - 2 * corner, HEIGHT - 2 * corner
    sides = "".join(
        (
            _braid(corner, BAND, across, 0),
            _braid(corner, HEIGHT - BAND, across, 0),
            _braid(BAND, corner, down, 90),
            _braid(WIDTH - BAND, corner, down, 90),
        )
    )
    corners = "".join(
        _rosette(x, y, CORNER - 1, 2, 14) for x in (BAND, WIDTH - BAND) for y in (BAND, HEIGHT - BAND)
    )
    faint = tinted(colour, 0.06)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<rect x="6" y="6" width="{WIDTH - 12:g}" height="{HEIGHT - 12:g}" fill="{tinted(accent, 0.035)}"/>'
        f'<g fill="none" stroke="{faint}" stroke-width=".3">{_rosette(WIDTH / 2, 103, 70, 30, 40)}</g>'
        f'<g fill="none" stroke="{tinted(colour, 0.75)}" stroke-width=".2">{sides}</g>'
        f'<g fill="none" stroke="{accent}" stroke-width=".2">{corners}</g>'
        f'<g fill="none" stroke="{colour}">{_outline(6, 1.1)}{_outline(7.6, 0.25)}</g>'
        f'<g fill="none" stroke="{accent}">{_notched(17.6, 0.55)}{_notched(18.7, 0.2)}</g></svg>'
    )


@lru_cache(maxsize=64)
def seal_svg(colour: str, accent: str) -> str:
    """An embossed seal with ribbons and room for a crest in its middle; 40 by 52 units."""
    light, dark = tinted(accent, 0.55), shaded(accent, 0.72)
    ribbon = (
        f'<path d="M13 30 7 51l5.600-2.200L16 52.500 21 34z" fill="{colour}"/>'
        f'<path d="M27 30 33 51l-5.600-2.200L24 52.500 19 34z" fill="{shaded(colour, 0.8)}"/>'
    )
    rays = "".join(
        f'<path d="M20 20 {_around(20, 20, 15.8, k / 36)} {_around(20, 20, 15.8, (k + 0.5) / 36)}z"/>'
        for k in range(36)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 53">'
        f"{ribbon}"
        f'<path d="{_scallops(20, 20, 19, 17.6, 32)}" fill="{accent}" stroke="{dark}" stroke-width=".3"/>'
        f'<circle cx="20" cy="20" r="16.200" fill="{light}"/><g fill="{tinted(accent, 0.75)}">{rays}</g>'
        f'<circle cx="20" cy="20" r="16.200" fill="none" stroke="{dark}" stroke-width=".35"/>'
        f'<circle cx="20" cy="20" r="11.600" fill="#fff" stroke="{dark}" stroke-width=".35"/>'
        f'<circle cx="20" cy="20" r="10.800" fill="none" stroke="{accent}" stroke-width=".3"/></svg>'
    )


def tinted(colour: str, share: float) -> str:
    """A colour with so much of it left (0 to 1), the rest white."""
    return _mixed(colour, share, 255)


def shaded(colour: str, share: float) -> str:
    """A colour with so much of it left (0 to 1), the rest black."""
    return _mixed(colour, share, 0)


def _mixed(colour: str, share: float, other: int) -> str:
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * share + other * (1 - share)):02x}" for part in parts)


def _braid(x: float, y: float, length: float, turned: int) -> str:
    """Waves along a side, each a little behind the one before it; clipped to the side by whole waves."""
    waves = round(length / WAVE)
    half = length / waves / 2
    lever, rise = half * HALF_WAVE_LEVER, SWING * 4 / 3
    up = f"c{lever:.2f} {-rise:.2f} {half - lever:.2f} {-rise:.2f} {half:.3f} 0"
    down = f"c{lever:.2f} {rise:.2f} {half - lever:.2f} {rise:.2f} {half:.3f} 0"
    strands = "".join(
        f'<path d="M{2 * half * phase / PHASES:.2f} 0{(up + down) * (waves - (1 if phase else 0))}"/>'
        for phase in range(PHASES)
    )
    flipped = "".join(
        f'<path d="M{2 * half * phase / PHASES:.2f} 0{(down + up) * (waves - (1 if phase else 0))}"/>'
        for phase in range(PHASES)
    )
    return f'<g transform="translate({x:g} {y:g}) rotate({turned})">{strands}{flipped}</g>'


def _rosette(x: float, y: float, long: float, short: float, petals: int) -> str:
    return "".join(
        f'<ellipse rx="{long:g}" ry="{short:g}" transform="translate({x:g} {y:g}) rotate({turned:g})"/>'
        for turned in (180 * k / petals for k in range(petals))
    )


def _outline(inset: float, stroke: float) -> str:
    return (
        f'<rect x="{inset:g}" y="{inset:g}" width="{WIDTH - 2 * inset:g}" height="{HEIGHT - 2 * inset:g}"'
        f' stroke-width="{stroke:g}"/>'
    )


def _notched(inset: float, stroke: float) -> str:
    """A rectangle whose corners curve inwards, around the rosettes."""
    notch = BAND + CORNER - inset + 0.8
    right, low = WIDTH - inset, HEIGHT - inset
    arc = f"A{notch:g} {notch:g} 0 0 0"
    path = (
        f"M{inset + notch:g} {inset:g}H{right - notch:g}{arc} {right:g} {inset + notch:g}"
        f"V{low - notch:g}{arc} {right - notch:g} {low:g}H{inset + notch:g}{arc} {inset:g} {low - notch:g}"
        f"V{inset + notch:g}{arc} {inset + notch:g} {inset:g}z"
    )
    return f'<path d="{path}" stroke-width="{stroke:g}"/>'


def _scallops(x: float, y: float, outer: float, inner: float, number: int) -> str:
    return "M" + " ".join(_scallop(x, y, outer, inner, number)) + "z"


def _scallop(x: float, y: float, outer: float, inner: float, number: int) -> Iterator[str]:
    yield _around(x, y, inner, 0)
    for k in range(number):
        control, end = (
            _around(x, y, 2 * outer - inner, (k + 0.5) / number),
            _around(x, y, inner, (k + 1) / number),
        )
        yield f"Q{control} {end}"


def _around(x: float, y: float, radius: float, turn: float) -> str:
    angle = 2 * pi * turn - pi / 2
    return f"{x + radius * cos(angle):.2f} {y + radius * sin(angle):.2f}"
