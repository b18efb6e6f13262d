"""`panoh roles`: how the roles of this program differ from those in force, and how they come into force."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

roles = typer.Typer(no_args_is_help=True, help="What roles may do: the version that waits, and adopting it.")
out = Console()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]


@roles.callback()
def versions() -> None:
    """What roles may do: the version that waits, and adopting it."""


@roles.command()
def diff(as_json: AsJson = False) -> None:
    """Say, role by role, what the roles of this program add to those in force and take away."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.role_versions import difference, waiting_version

    waiting = waiting_version()
    found = difference(waiting) if waiting else []
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    elif waiting is None:
        out.print("The roles in force are those of this program.")
    for one in found if not as_json else ():
        mark = " (new)" if one.is_new else " (no more)" if one.is_gone else ""
        out.print(f"{one.label}{mark}", markup=False, highlight=False, style="bold")
        for sign, told in (("+", one.more), ("-", one.less)):
            for sentence in told:
                out.print(f"  {sign} {sentence}", soft_wrap=True, markup=False, highlight=False)


@roles.command()
def adopt() -> None:
    """Put the roles of this program in force, where there are no two colleagues who could do it on the page Roles."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.role_versions import adopt_alone

    adopted = adopt_alone()
    out.print(f"Version {adopted.number} of the roles is signed and in force. This is in the audit.", highlight=False)
