"""`tauliah keys rotate`: a new key in place of the present one, which goes on verifying."""

from typing import Annotated

import typer

from tauliah.cli.keys_folder import (
    Algorithm,
    Institution,
    KeysFolder,
    OfAlgorithm,
    On,
    Owner,
    UseOfKey,
    day,
    folder,
    speaking,
)
from tauliah.cli.language import Language, words
from tauliah.values.text import Text

OfUse = Annotated[UseOfKey, typer.Option("--use", help=words("Kegunaan kunci.", "The use of the key."))]
ROTATED = Text(
    "{institution} kini menandatangani dengan {name} ({use}). Kunci lama masih mengesahkan tandatangannya.",
    "{institution} now signs with {name} ({use}). The old key goes on verifying what it signed.",
)


def keys_rotate_command(
    institution: Institution,
    *,
    use: OfUse = UseOfKey.issuing,
    owner: Owner = "",
    algorithm: OfAlgorithm = Algorithm.rsa,
    on: On = None,
    keys: KeysFolder = None,
    lang: Language = None,
) -> None:
    """Gantikan kunci institusi. / Replace an institution's key."""
    with speaking(lang) as language:
        key = folder(keys).rotate(institution, use.use, day(on), owner=owner, algorithm=algorithm.value)
    told = ROTATED.fill(institution=institution, name=key.name, use=key.use)
    typer.echo(told.in_language(language))
