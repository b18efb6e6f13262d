"""Everything that is read of casework, ready to show."""

from panoh.casework.queries.families import (
    FamilyFile,
    FamilyPage,
    amount,
    families_page,
    family_file,
    is_child,
)
from panoh.casework.queries.figures import Figures, figures
from panoh.casework.queries.naming import called
from panoh.casework.queries.people import (
    About,
    PersonFile,
    about_family,
    about_person,
    person_file,
    tracing_requests_open,
)
from panoh.casework.queries.reach import (
    assistance_for,
    assistance_of,
    case_for,
    family_for,
    home_of,
    list_for,
    need_for,
    person_for,
    planned_visits,
    relationship_for,
    step_for,
    task_for,
    visit_for,
    within,
)
from panoh.casework.queries.todo import Today, todo

__all__ = [
    "About", "FamilyFile", "FamilyPage", "Figures", "PersonFile", "Today", "about_family", "about_person", "amount",
    "assistance_for", "assistance_of", "called", "case_for", "families_page", "family_file", "family_for", "figures",
    "home_of", "is_child", "list_for", "need_for", "person_file", "person_for", "planned_visits", "relationship_for",
    "step_for", "task_for", "todo", "tracing_requests_open", "visit_for", "within",
]  # fmt: skip
