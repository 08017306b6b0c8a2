"""The `tauliah` program: its commands, and no traceback whatever happens."""

import sys
from io import TextIOWrapper

import typer

from tauliah.cli.audit import audit_command
from tauliah.cli.check import check_command
from tauliah.cli.compare import compare_command
from tauliah.cli.credential import credential
from tauliah.cli.evaluate import evaluate_command
from tauliah.cli.keys import keys
from tauliah.cli.new_pack import new_pack_command
from tauliah.cli.policies import policies_command
from tauliah.cli.schema import schema_command

program = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tauliah: pindah kredit yang menyebut klausanya. / Credit transfer that cites its clause.",
)
program.command("evaluate")(evaluate_command)
program.command("check")(check_command)
program.command("policies")(policies_command)
program.command("audit")(audit_command)
program.command("new-pack")(new_pack_command)
program.command("compare")(compare_command)
program.command("schema")(schema_command)
program.add_typer(keys, name="keys")
program.add_typer(credential, name="credential")


def main() -> None:
    """Runs the program; a reader that goes away or a Ctrl-C ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        program()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
