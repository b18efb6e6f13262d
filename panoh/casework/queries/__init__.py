"""Everything that is read of casework, ready to show."""

from panoh.casework.queries.families import (
    FamilyFile,
    FamilyPage,
    families_page,
    family_file,
    is_child,
)
from panoh.casework.queries.merging import goes_on_as, identities_of, merge_for
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
from panoh.casework.queries.todo import Today, todo

__all__ = [
    "FamilyFile", "FamilyPage", "PersonFile", "Today", "case_for", "families_page", "family_file", "family_for",
    "goes_on_as", "identities_of", "is_child", "list_for", "merge_for", "need_for", "person_file", "person_for",
    "planned_visits", "relationship_for", "step_for", "task_for", "todo", "tracing_requests_open", "within",
]  # fmt: skip
