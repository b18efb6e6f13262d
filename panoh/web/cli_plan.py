"""`panoh plan`: the joint plan and the public record at the command line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

plan = typer.Typer(no_args_is_help=True, help="The joint plan of states, its files, and published figures.")
out = Console()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Code = Annotated[str, typer.Argument(help="The plan's code, such as jpoa.")]
MARKER = ".panoh-site"


@plan.callback()
def joint_plan() -> None:
    """The joint plan of states, its files, and published figures."""


@plan.command("list")
def list_plans(as_json: AsJson = False) -> None:
    """List the plans."""
    _prepare()
    from panoh.plan.queries import plans

    found = [
        {"code": one.code, "title": str(one.title), "state": str(one.get_state_display()), "edition": one.edition}
        for one in plans()
    ]
    if as_json:
        return _print(found)
    table = Table("Code", "Title", "State", "Edition")
    for one in found:
        table.add_row(*map(str, one.values()))
    out.print(table if found else "There is no plan here yet.")


@plan.command()
def show(code: Code, language: Annotated[str, typer.Option(help="en, ru …")] = "en", as_json: AsJson = False) -> None:
    """Show a plan with its pillars, areas and actions."""
    _prepare()
    from panoh.plan.queries import plan_for, plan_told

    told = plan_told(plan_for(code), language)
    if as_json:
        return _print(asdict(told))
    out.print(f"{told.title}\n{told.standing}; {', '.join(told.states)}", markup=False, highlight=False)
    for pillar in told.pillars:
        table = Table("No.", "Action", "Leads", title=f"{pillar.roman} {pillar.title}", title_justify="left")
        for action in pillar.actions:
            table.add_row(action.code, action.text, action.lead)
        out.print(table, markup=False)


@plan.command()
def write(
    code: Code,
    file: Annotated[Path, typer.Argument(help="Where to: a name that ends in .pdf, .docx or .xlsx.")],
    language: Annotated[str, typer.Option(help="en, ru …")] = "en",
    as_json: AsJson = False,
) -> None:
    """Write a plan as PDF, Word document or workbook."""
    _prepare()
    from panoh.plan.queries import file_of_plan, plan_for
    from panoh.plan.queries.documents import KINDS
    from panoh.web.refusals import FileKindUnknown

    kind = file.suffix.lower().removeprefix(".")
    found = plan_for(code)
    if kind not in KINDS:
        raise FileKindUnknown(path=file, kinds=", ".join(KINDS))
    _save(file, file_of_plan(found, kind, language).content)
    _say_written(file, as_json)


@plan.command()
def iati(
    code: Code,
    file: Annotated[Path | None, typer.Argument(help="Where to; else it is printed.")] = None,
    reporter: Annotated[str, typer.Option(help="Code of the body that reports.")] = "",
    identifier: Annotated[str, typer.Option(help="Its identifier in IATI, such as XM-DAC-41122.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a plan as IATI 2.03, activities and results, checked against the official schema."""
    _prepare()
    from panoh.plan.queries import iati_of, plan_for

    content = iati_of(plan_for(code), reporter=reporter, identifier=identifier)
    if file is None:
        print(content.decode(), end="")
        return
    _save(file, content)
    _say_written(file, as_json)


@plan.command()
def figures(
    country: Annotated[str, typer.Option(help="Two letters, such as KG.")] = "", as_json: AsJson = False
) -> None:
    """Show what was published of operations, and where it disagrees."""
    _prepare()
    from panoh.plan.queries import public_record

    found = public_record(country.upper())
    if as_json:
        return _print([
            {
                "country": one.country,
                "operations": [
                    {
                        "code": shown.operation.code, "name": str(shown.operation), "when": shown.when,
                        "figures": [
                            {
                                "measure": figure.Measure(figure.measure).name.lower(), "value": figure.value,
                                "said": figure.said, "as_of": figure.as_of_said, "source": figure.source,
                                "mark": figure.mark, "struck_out": figure.struck_out,
                            }
                            for figure in shown.figures
                        ],
                    }
                    for shown in one.operations
                ],
                "disagreements": [remark.text for remark in one.remarks],
            }
            for one in found
        ])  # fmt: skip
    for one in found:
        table = Table("Operation", "When", "All", "Men", "Women", "Children", title=one.name, title_justify="left")
        for shown in one.operations:
            table.add_row(str(shown.operation), shown.when, *(" · ".join(values) for _name, values in shown.cells))
        out.print(table, markup=False)
        for remark in one.remarks:
            out.print(remark.text, markup=False, highlight=False, soft_wrap=True)
    if not found:
        out.print("No published figure is recorded yet.")


@plan.command()
def record(
    file: Annotated[Path, typer.Argument(help="A file of published figures (TOML).")],
    username: Annotated[str, typer.Option("--as", help="Record them as this member of staff.")],
    as_json: AsJson = False,
) -> None:
    """Enter a file of published figures; what is on record already stays as it is."""
    _prepare()
    from panoh.access.entrances import Actor
    from panoh.access.first_steps import staff_called
    from panoh.plan import actions
    from panoh.web.cli_arrivals import content_of

    text = content_of(file).decode("utf-8", errors="replace")
    entered = actions.enter_record(Actor.of(staff_called(username)), text=text)
    _print({"entered": entered}) if as_json else out.print(f"{entered} figures entered.")


@plan.command()
def site(
    code: Code, folder: Annotated[Path, typer.Argument(help="An empty or new folder.")], as_json: AsJson = False
) -> None:
    """Write the public pages of a plan into a folder: what is adopted and published, without any script."""
    _prepare()
    from panoh.plan.queries import plan_for, site_of
    from panoh.plan.refusals_documents import FolderTaken

    pages = site_of(plan_for(code))
    marker = folder / MARKER
    if marker.exists():
        for name in marker.read_text(encoding="utf-8").splitlines():
            if (folder / name).resolve().is_relative_to(folder.resolve()):
                (folder / name).unlink(missing_ok=True)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(path=folder)
    for name, content in pages.items():
        _save(folder / name, content)
    _save(marker, "\n".join(pages).encode())
    if as_json:
        return _print({"folder": str(folder), "pages": sorted(pages)})
    out.print(f"{len(pages)} files in {folder}. Open {folder / 'index.html'}", soft_wrap=True, highlight=False)


def _prepare() -> None:
    """Set Django up; what asks the database can be imported only after it."""
    from panoh.web.serving import prepare

    prepare()


def _save(file: Path, content: bytes) -> None:
    from panoh.web.refusals import FileNotWritten

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise FileNotWritten(path=file, why=error.strerror or error) from error


def _say_written(file: Path, as_json: bool) -> None:
    if as_json:
        _print({"file": str(file), "bytes": file.stat().st_size})
    else:
        out.print(f"Written: {file}", soft_wrap=True, highlight=False)


def _print(told: Any) -> None:
    print(json.dumps(told, ensure_ascii=False, default=str))


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
