"""`tauliah credential`: credentials of any issuer."""

import typer

from tauliah.cli.credential_verify import credential_verify_command
from tauliah.cli.language import words

credential = typer.Typer(no_args_is_help=True, help=words("Kelayakan digital.", "Digital credentials."))
credential.command("verify")(credential_verify_command)


@credential.callback()
def _credential() -> None:
    """Kelayakan digital. / Digital credentials."""
