"""Everything that is read of casework, ready to show."""

from panoh.casework.queries.families import (
    FamilyFile,
    FamilyPage,
    families_page,
    family_file,
    is_child,
)
from panoh.casework.queries.people import PersonFile, person_file, tracing_requests_open
from panoh.casework.queries.reach import (
    case_for,
    family_for,
    list_for,
    need_for,
    person_for,
    planned_visits,
    relationship_for,
    step_for,
    task_for,
    within,
)
from panoh.casework.queries.todo import Part, Today, part_of, todo
from panoh.casework.queries.work import work_of

__all__ = [
    "FamilyFile", "FamilyPage", "Part", "PersonFile", "Today", "case_for", "families_page", "family_file", "family_for",
    "is_child", "list_for", "need_for", "part_of", "person_file", "person_for", "planned_visits", "relationship_for",
    "step_for", "task_for", "todo", "tracing_requests_open", "within", "work_of",
]  # fmt: skip
