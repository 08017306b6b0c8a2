"""`tauliah keys`: the keys of institutions."""

import typer

from tauliah.cli.keys_check import keys_check_command
from tauliah.cli.keys_list import keys_list_command
from tauliah.cli.keys_new import keys_new_command
from tauliah.cli.keys_revoke import keys_revoke_command
from tauliah.cli.keys_rotate import keys_rotate_command
from tauliah.cli.language import words

keys = typer.Typer(no_args_is_help=True, help=words("Kunci institusi.", "The keys of institutions."))
keys.command("new")(keys_new_command)
keys.command("list")(keys_list_command)
keys.command("rotate")(keys_rotate_command)
keys.command("revoke")(keys_revoke_command)
keys.command("check")(keys_check_command)
