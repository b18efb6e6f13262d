"""`panoh audit`: seal the account of what was done, sign it, and look whether it still is what it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

audit = typer.Typer(no_args_is_help=True, help="The audit: seal it, sign it, and look whether it was altered.")
out, err = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]


@audit.callback()
def account() -> None:
    """The audit: seal it, sign it, and look whether it was altered."""


@audit.command()
def seal(as_json: AsJson = False) -> None:
    """Seal what was written since the last time; the worker of “panoh serve” does it every five minutes."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.seals import seal_all

    with Progress(console=err, disable=as_json, transient=True) as bar:
        task = bar.add_task("Sealing", total=None)
        sealed = seal_all(lambda done: bar.update(task, completed=done))
    print(json.dumps({"sealed": sealed})) if as_json else out.print(f"Sealed: {sealed:,} entries.", highlight=False)


@audit.command()
def checkpoint(as_json: AsJson = False) -> None:
    """Seal, sign the newest seal and add it to the file of checkpoints; print the line, to be kept elsewhere."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access import checkpoints
    from panoh.access.seals import seal_all

    seal_all()
    line = json.dumps(asdict(checkpoints.checkpoint()))
    print(line)
    if not as_json:
        err.print(f"Added to {checkpoints.file()}. Keep a copy away from this machine.", soft_wrap=True, markup=False)


@audit.command()
def key() -> None:
    """Print the public key of the checkpoints, for somebody else to keep; the key is made if there is none."""
    from panoh.web.serving import set_up

    set_up()
    from panoh.access.checkpoints import public_key

    print(public_key())


@audit.command()
def verify(
    checkpoints: Annotated[
        Path | None, typer.Option("--checkpoints", exists=True, dir_okay=False, help="Checkpoints kept elsewhere.")
    ] = None,
    public_key: Annotated[
        list[str] | None, typer.Option("--public-key", help="Key that was kept elsewhere; again for a former one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare entries with their seals, and the seals with each other and the checkpoints; say what is wrong, where."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.checkpoints import file, read_key, read_lines
    from panoh.access.verifying import verify_database

    keys = [read_key(given) for given in public_key or [""]]
    lines = list(read_lines(checkpoints or file()))
    with Progress(console=err, disable=as_json, transient=True) as bar:
        task = bar.add_task("Comparing entries with their seals", total=None)
        found = verify_database(lines, keys, lambda done, total: bar.update(task, completed=done, total=total))
    if as_json:
        print(json.dumps({"well": not found.faults, **asdict(found)}))
    else:
        for fault in found.faults:
            out.print(fault.says, style="bold red", soft_wrap=True, markup=False, highlight=False)
        out.print(
            f"Sealed entries: {found.entries:,}, in batches: {found.batches:,}. Not sealed yet: {found.unsealed:,}."
            f" Checkpoints: {found.checkpoints:,}."
            f" {'Something is wrong, as said above.' if found.faults else 'Nothing was altered.'}",
            soft_wrap=True,
            highlight=False,
        )
    raise typer.Exit(1 if found.faults else 0)
