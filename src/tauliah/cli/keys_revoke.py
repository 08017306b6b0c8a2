"""`tauliah keys revoke`: a key is in other hands; nothing it signed verifies any more."""

from typing import Annotated

import typer

from tauliah.cli.keys_folder import Institution, KeysFolder, On, day, folder, speaking
from tauliah.cli.language import Language, words
from tauliah.values.text import Text

Name = Annotated[
    str, typer.Argument(metavar="NAME", help=words("Nama kunci, contohnya key-2026.", "As key-2026."))
]
Reason = Annotated[str, typer.Option("--reason", help=words("Sebab pembatalan.", "Why the key is revoked."))]
Yes = Annotated[bool, typer.Option("--yes", help=words("Jangan tanya dahulu.", "Do not ask first."))]
SURE = Text(
    "Semua yang ditandatangani dengan {name} tidak akan sah lagi dan perlu dikeluarkan semula. Teruskan?",
    "Nothing signed with {name} will be valid any more; it must be issued again. Go on?",
)
REVOKED = Text(
    "{name} dibatalkan. Keluarkan semula apa yang ditandatangani dengannya.",
    "{name} is revoked. Issue again what was signed with it.",
)
MAKE_ANOTHER = Text(
    "Sebelum itu, buat kunci baharu: tauliah keys new {institution}",
    "Before that, make a new key: tauliah keys new {institution}",
)


def keys_revoke_command(
    institution: Institution,
    name: Name,
    *,
    reason: Reason,
    yes: Yes = False,
    on: On = None,
    keys: KeysFolder = None,
    lang: Language = None,
) -> None:
    """Batalkan kunci yang terdedah. / Revoke a key that is in other hands."""
    with speaking(lang) as language:
        if not yes:
            typer.confirm(SURE.fill(name=name).in_language(language), abort=True)
        known = folder(keys)
        revoked = known.revoke(institution, name, day(on), reason)
        lasting = any(key.use == revoked.use and key.current for key in known.public_keys(institution))
    typer.echo(REVOKED.fill(name=name).in_language(language))
    if not lasting:
        typer.echo(MAKE_ANOTHER.fill(institution=institution).in_language(language))
