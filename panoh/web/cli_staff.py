"""`panoh staff`: the first coordinator's account, and a new password for who forgot it."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

staff = typer.Typer(
    no_args_is_help=True, help="Accounts: the first coordinator's, and a new password for who forgot theirs."
)
out = Console()

Username = Annotated[str, typer.Argument(help="The name to sign in with, in small letters.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password as one line from the input.")]


class AgencyKind(StrEnum):
    """What an agency is; the same words as in `Agency.Kind`."""

    ministry = "ministry"
    social_service = "social_service"
    reception_centre = "reception_centre"
    school = "school"
    clinic = "clinic"
    committee = "committee"
    ngo = "ngo"
    international = "international"
    civil_registry = "civil_registry"


@staff.command()
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="The name shown to colleagues.")],
    agency: Annotated[str, typer.Option(help="Code or name of the agency the person works for.")],
    role: Annotated[
        str, typer.Option(help="caseworker, supervisor or coordinator; of a regional instance, administrator.")
    ],
    agency_kind: Annotated[
        AgencyKind | None, typer.Option(help="What the agency is, if it is to be registered with this.")
    ] = None,
    password_stdin: FromStdin = False,
) -> None:
    """Open an account. Meant for the first coordinator, who opens all others on the page Settings."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.first_steps import check_account, open_account

    kind = agency_kind.value if agency_kind else ""
    check_account(username, display_name=name, agency=agency, role=role, agency_kind=kind)
    password = _password(password_stdin)
    opened = open_account(username, display_name=name, agency=agency, role=role, agency_kind=kind, password=password)
    out.print(
        f"{opened.display_name} can sign in as {opened.username}: {opened.role}, {opened.agency.name}"
        f" ({opened.agency.code}).",
        soft_wrap=True, markup=False, highlight=False,
    )  # fmt: skip


@staff.command()
def password(username: Username, password_stdin: FromStdin = False) -> None:
    """Give somebody who forgot it a new password, for one sign-in within 72 hours; a second factor stays."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.first_steps import set_password, staff_called

    staff_called(username)
    set_password(username, _password(password_stdin))
    out.print(f"{username} has a new password.", markup=False, highlight=False)


@staff.command()
def recover(username: Username) -> None:
    """Let the first coordinator in again who lost password and second factor, while no two colleagues could do it."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.first_steps import let_in_again

    somebody, first, second = let_in_again(username)
    out.print(
        f"{somebody.display_name} writes both halves and a new password on the page /account/recover/ within 15"
        f" minutes:\n{first}\n{second}\nTheir old second factor and their sessions end then. This is in the audit.",
        soft_wrap=True, markup=False, highlight=False,
    )  # fmt: skip


def _password(from_stdin: bool) -> str:
    from panoh.web.refusals import PasswordNotGiven, PasswordsDiffer

    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        from getpass import getpass

        given = getpass("Password, at least 12 characters: ")
        if given and getpass("The same once more: ") != given:
            raise PasswordsDiffer
    else:
        given = ""
    if not given:
        raise PasswordNotGiven
    return given
