"""`panoh keyring`: the keys that open what is sealed."""

from __future__ import annotations

import typer
from rich.console import Console

keyring = typer.Typer(no_args_is_help=True, help="The keyring, without which no name can be read.")
out = Console()


@keyring.callback()
def keys() -> None:
    """The keyring, without which no name can be read."""


@keyring.command()
def make() -> None:
    """Make the keyring of a database in which nothing is sealed yet; one that exists is never replaced."""
    from panoh.web.serving import make_new_keyring, set_up

    set_up()
    out.print(f"The keyring was made: {make_new_keyring()}", soft_wrap=True, markup=False, highlight=False)
    out.print(
        "Back it up now, apart from the database and in other hands: without it no name can ever be read again, and"
        " whoever has both can read every name.",
        soft_wrap=True,
    )
