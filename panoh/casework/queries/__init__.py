"""Everything that is read of casework, ready to show."""

from panoh.casework.queries.absences import absence_for, absences_of, may_be_away, stands_in_for
from panoh.casework.queries.contacts import Instruction, instructions_for, instructions_of_family, numbers_of
from panoh.casework.queries.emergencies import (
    emergency_for,
    held_now,
    recent_emergencies,
    review_of,
    waiting_emergencies,
)
from panoh.casework.queries.families import FamilyPage, families_page, is_child
from panoh.casework.queries.family import FamilyFile, family_file
from panoh.casework.queries.figures import Figures, figures
from panoh.casework.queries.finding import Asked, Match, PeopleFound, find_people, known_alike, who_leads
from panoh.casework.queries.forgetting import Certificate, certificate_of
from panoh.casework.queries.history import Changed, change_for, history_of_family, history_of_person
from panoh.casework.queries.merging import goes_on_as, identities_of, merge_for
from panoh.casework.queries.naming import called
from panoh.casework.queries.notices import (
    Digest,
    calendar_of,
    digests,
    has_calendar,
    notices_of,
    unseen_notices,
    wishes_of,
)
from panoh.casework.queries.people import (
    About,
    PersonFile,
    about_family,
    about_person,
    person_file,
    tracing_requests_open,
)
from panoh.casework.queries.promises import promised_and_not_given
from panoh.casework.queries.purposes import purpose_for
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
from panoh.casework.queries.seeing import Seen, seen_by, workers
from panoh.casework.queries.sharing import Reader, grant_for, readers_if, readers_of, withheld_of, withhold_for
from panoh.casework.queries.timeline import amount
from panoh.casework.queries.todo import Part, Today, part_of, todo
from panoh.casework.queries.week import Entry, entries, week
from panoh.casework.queries.work import work_of
from panoh.casework.queries.workload import UNSEEN_DAYS, Workload, workload

__all__ = [
    "UNSEEN_DAYS",
    "About",
    "Asked",
    "Certificate",
    "Changed",
    "Digest",
    "Entry",
    "FamilyFile",
    "FamilyPage",
    "Figures",
    "Instruction",
    "Match",
    "Part",
    "PeopleFound",
    "PersonFile",
    "Reader",
    "Seen",
    "Today",
    "Workload",
    "about_family",
    "about_person",
    "absence_for",
    "absences_of",
    "amount",
    "assistance_for",
    "assistance_of",
    "calendar_of",
    "called",
    "case_for",
    "certificate_of",
    "change_for",
    "digests",
    "emergency_for",
    "entries",
    "families_page",
    "family_file",
    "family_for",
    "figures",
    "find_people",
    "goes_on_as",
    "grant_for",
    "has_calendar",
    "held_now",
    "history_of_family",
    "history_of_person",
    "home_of",
    "identities_of",
    "instructions_for",
    "instructions_of_family",
    "is_child",
    "known_alike",
    "list_for",
    "may_be_away",
    "merge_for",
    "need_for",
    "notices_of",
    "numbers_of",
    "part_of",
    "person_file",
    "person_for",
    "planned_visits",
    "promised_and_not_given",
    "purpose_for",
    "readers_if",
    "readers_of",
    "recent_emergencies",
    "relationship_for",
    "review_of",
    "seen_by",
    "stands_in_for",
    "step_for",
    "task_for",
    "todo",
    "tracing_requests_open",
    "unseen_notices",
    "visit_for",
    "waiting_emergencies",
    "week",
    "who_leads",
    "wishes_of",
    "withheld_of",
    "withhold_for",
    "within",
    "work_of",
    "workers",
    "workload",
]  # fmt: skip
