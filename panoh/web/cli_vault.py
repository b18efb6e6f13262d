"""`panoh vault`: the index of names at the command line."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

vault = typer.Typer(no_args_is_help=True, help="The sealed register: how its people are found.")
out, err = Console(), Console(stderr=True)


@vault.callback()
def sealed() -> None:
    """The sealed register: how its people are found."""


@vault.command()
def rekey(as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script.")] = False) -> None:
    """Make the index of names anew after an update or a new search key, while people work; stopped, it goes on."""
    from panoh.web.doctor import check_keyring
    from panoh.web.serving import prepare

    prepare()
    check_keyring()
    from panoh.vault import rekeying

    with Progress(console=err, disable=as_json, transient=True) as bar:
        task = bar.add_task("Making the index anew", total=None)
        made = rekeying.rekey(lambda done, total: bar.update(task, completed=done, total=total))
    if as_json:
        print(json.dumps({"rekeyed": made}))
    else:
        out.print(f"{made:,} people are in the index by today's rules.", highlight=False)
