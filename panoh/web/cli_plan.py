"""`panoh plan`: the joint plan at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

plan = typer.Typer(no_args_is_help=True, help="The joint plan of several states.")
out = Console()


@plan.callback()
def joint_plan() -> None:
    """The joint plan of several states."""


@plan.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="A plan as TOML; panoh/plan/data/jpoa.toml is one.")],
    username: Annotated[str, typer.Option("--as", help="Load as this member of staff, who edits the plan.")],
) -> None:
    """Load a plan with its bodies, milestones and statuses: whole, or not at all."""
    from panoh.access.entrances import Actor
    from panoh.access.first_steps import staff_called
    from panoh.plan import actions
    from panoh.web.cli_arrivals import content_of
    from panoh.web.serving import prepare

    prepare()
    made = actions.load_plan(Actor.of(staff_called(username)), content_of(file))
    state = f"edition {made.edition}, in force" if made.edition else "a draft"
    out.print(
        f"Loaded {made.code}, {state}: {made.actions.count()} actions in {made.pillars.count()} pillars.",
        soft_wrap=True,
        highlight=False,
    )
