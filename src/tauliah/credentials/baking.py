"""A badge image that carries its credential: what is baked into a PNG or SVG, and taken out again."""

import json
import re

from tauliah.credentials.baked_png import bake_png, unbake_png
from tauliah.credentials.baked_svg import bake_svg, unbake_svg
from tauliah.credentials.not_baked import NotBaked
from tauliah.credentials.strict_json import Json

__all__ = ["NotBaked", "bake_png", "bake_svg", "credential_text", "unbake", "unbake_png", "unbake_svg"]

_NOT_IN_XML = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def credential_text(credential: Json) -> str:
    """A credential as the JSON text to bake: without anything that ends a CDATA section or breaks XML."""
    text = json.dumps(credential, ensure_ascii=False, separators=(",", ":"))
    text = _NOT_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.replace("]]>", "]]\\u003e")


def unbake(image: bytes) -> str:
    """The credential in a PNG or SVG, as text: JSON, or a signed token (JWT). Raises `NotBaked`."""
    if image.startswith(b"\x89PNG"):
        return unbake_png(image)
    return unbake_svg(image)
