"""The plan as the files that it is handed out in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from panoh.access.refusals import NotThere
from panoh.plan.documents.outline import PlanTold
from panoh.plan.documents.pdf import as_pdf
from panoh.plan.models import Plan
from panoh.plan.queries.outline import plan_told
from panoh.plan.queries.told import statuses_told

__all__ = ["KINDS", "FileOfPlan", "file_of_plan"]


def _as_docx(told: PlanTold) -> bytes:
    from panoh.plan.documents.plan_docx import as_docx  # noqa: PLC0415  # a quarter of a second, for whoever writes none

    return as_docx(told)


def _as_workbook(told: PlanTold) -> bytes:
    from panoh.plan.documents.workbook import as_workbook  # noqa: PLC0415  # as above

    return as_workbook(told)


OPENXML = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OPENXML}wordprocessingml.document"
KINDS: dict[str, tuple[str, Callable[[PlanTold], bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "docx": (DOCX, _as_docx),
    "xlsx": (f"{OPENXML}spreadsheetml.sheet", _as_workbook),
}


@dataclass(frozen=True)
class FileOfPlan:
    """A file with its name and what it is."""

    name: str
    content_type: str
    content: bytes


def file_of_plan(plan: Plan, kind: str, language: str = "") -> FileOfPlan:
    """Return the plan as a file of a kind (pdf, docx, xlsx), in a language or the reader's.

    Raises:
        NotThere: there is no such kind.
        NoPdfHere: this machine cannot make a PDF.
    """
    if kind not in KINDS:
        raise NotThere
    content_type, write = KINDS[kind]
    told = plan_told(plan, language, statuses_told(plan, language))
    edition = f"-{plan.edition}" if plan.edition else ""
    return FileOfPlan(f"{plan.code}{edition}-{told.language}.{kind}", content_type, write(told))
