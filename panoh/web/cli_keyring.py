"""`panoh keyring`: the keys that open what is sealed."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

keyring = typer.Typer(no_args_is_help=True, help="The keyring, without which no name can be read.")
out, err = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]


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


@keyring.command()
def status(as_json: AsJson = False) -> None:
    """Say which master keys there are, how many data keys each wraps, and which search key is used."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.vault import rotation

    found = rotation.keys()
    if as_json:
        print(json.dumps(asdict(found), default=str))
        return
    table = Table("Master key", "Wraps", "Made", "", box=None)
    for one in found.masters:
        state = "for new names" if one.is_current else "retired" if one.retired_at else "older"
        if not one.is_held and not one.retired_at:
            state = "not in this keyring"
        made = f"{one.made_at:%Y-%m-%d}" if one.made_at else ""
        table.add_row(str(one.number), f"{one.data_keys:,} data keys", made, state)
    out.print(table)
    out.print(f"Search keys: {', '.join(map(str, found.searches))}; number {found.search} is used.", highlight=False)


@keyring.command()
def rotate(
    search: Annotated[bool, typer.Option("--search", help="Add a new search key instead of a master key.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a new master key and wrap every data key by it, while people work; stopped in the middle, it goes on."""
    from panoh.vault.refusals import KeyringGiven
    from panoh.web.doctor import check_keyring
    from panoh.web.serving import prepare

    prepare()
    check_keyring()
    from panoh.vault import rotation

    try:
        if search:
            _tell(as_json, {"search": rotation.rotate_search()}, "New entries are blinded by search key {search}.")
            return
        with Progress(console=err, disable=as_json, transient=True) as bar:
            task = bar.add_task("Wrapping data keys anew", total=None)
            done = rotation.rotate(lambda now, total: bar.update(task, completed=now, total=total))
    except KeyringGiven:
        _print_for_the_environment(rotation.keyring_to_put_in_place(search=search).to_json())
        return
    begun = "Gone on with the renewal to master key {current}." if done.resumed else "Master key {current} was made."
    _tell(
        as_json,
        asdict(done),
        begun + " Wrapped anew: {rewrapped} data keys in {seconds} s. Back the keyring up now, and when no backup from"
        " before is needed any more: panoh keyring retire",
    )
    if done.left:
        err.print(
            f"{done.left} data keys could not be wrapped anew: others hold them, or they do not open. Run it again, and"
            " “panoh doctor”.",
            style="bold red",
            soft_wrap=True,
        )
        raise typer.Exit(1)


@keyring.command()
def retire(
    search: Annotated[bool, typer.Option("--search", help="Destroy older search keys instead of master keys.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Destroy older keys that nothing here needs; backups from before the last renewal do not open without masters."""
    from panoh.vault.refusals import KeyringGiven
    from panoh.web.serving import prepare

    prepare()
    from panoh.vault import rotation

    kind = "search" if search else "master"
    if not yes:
        typer.confirm(f"{_BEFORE_RETIRING[kind]} Destroy the older {kind} keys?", abort=True, err=True)
    try:
        retired = rotation.retire_searches() if search else rotation.retire()
    except KeyringGiven:
        _print_for_the_environment(rotation.keyring_to_put_in_place(search=search, retired=True).to_json())
        return
    numbers = ", ".join(map(str, retired))
    said = f"Destroyed: {kind} key {numbers}. Destroy the copies of the older keyring as well."
    _tell(as_json, {"retired": retired}, said if retired else f"There is no older {kind} key; nothing was changed.")


_BEFORE_RETIRING = {
    "master": "No backup of the database made before the last renewal opens any more after this. Make a backup now, if"
    " there is none since.",
    "search": "In a backup made before the last “panoh vault rekey” nobody is found until it is run there too.",
}


def _print_for_the_environment(text: str) -> None:
    print(text)
    err.print(
        "The keyring stands in PANOH_KEYRING, and nothing was changed. Put the one above in its place on every machine,"
        " back it up, start Panoh again, and run this command once more.",
        soft_wrap=True,
    )


def _tell(as_json: bool, done: dict[str, Any], sentence: str) -> None:
    if as_json:
        print(json.dumps(done))
    else:
        out.print(sentence.format(**done), soft_wrap=True, markup=False, highlight=False)
