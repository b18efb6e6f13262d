"""A small world for the tests of casework, made by the real steps, so that every state can really come about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.test import Client

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, District, Staff
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import ArrivalList, Case, Family, Need, Person, Reception
from panoh.vault.queries import BirthDate, IdentityFacts, Name

SERVICE = "DOC-11"
BEGUN_DAYS_AGO = 30
BY_LAW = actions.Basis(legal_basis="public_task", reason="The law gives it to them.")

_numbers = count(1)


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def tomorrow() -> date:
    return today() + timedelta(days=1)


def agency(name: str, kind: int = Agency.Kind.SOCIAL_SERVICE) -> Agency:
    return Agency.objects.get_or_create(name=name, defaults={"code": f"Z{next(_numbers)}", "kind": kind})[0]


def hire(role: str, at: str) -> Staff:
    name = f"{role}{next(_numbers)}"
    with acting_for(None):  # whoever the test acts as opens no accounts
        return Staff.objects.create_user(name, display_name=name, agency=agency(at), role=role)


def actor(role: str, at: str) -> Actor:
    return Actor.of(hire(role, at))


def client_of(someone: Actor) -> Client:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=someone.staff_id))
    return client


def facts(name: str, year: int | None = None) -> IdentityFacts:
    return IdentityFacts((Name(name),), BirthDate(year, precision="year") if year else BirthDate())


def person(by: Actor, family: Family, name: str, year: int | None = 1990, kinship: str = "") -> Person:
    return actions.register_person(by, family, facts=facts(name, year), sex="f", kinship=kinship)


@dataclass
class Home:
    """A family of a mother and a child, led by a caseworker; the mother's case is open."""

    boss: Actor
    worker: Staff
    family: Family
    mother: Person
    child: Person
    case: Case

    @property
    def me(self) -> Actor:
        """Return the lead worker, as who acts."""
        return Actor.of(self.worker)

    def need(self, urgency: int = 1, domain: str = "papers") -> Need:
        return actions.record_need(self.boss, self.case, domain=domain, urgency=urgency)

    def again(self) -> Case:
        """Return the case as it stands in the table now."""
        return Case.objects.select_related("family", "person__identity").get(pk=self.case.pk)


def home(
    boss: Actor | None = None, *, at: str = "North", stage: str = "reception", worker: Staff | None = None
) -> Home:
    """Return a family whose file was opened a month ago."""
    boss, worker = boss or actor("coordinator", "Coordination"), worker or hire("caseworker", at)
    with moved(-BEGUN_DAYS_AGO):
        family = actions.create_family(boss, agency=worker.agency, worker=worker)
        mother = person(boss, family, "Gavharova Nodira", 1990, "mother")
        child = person(boss, family, "Gavharov Temur", 2015, "child")
        case = actions.open_case(boss, family, mother, stage=stage, on=today())
    return Home(boss, worker, family, mother, child, case)


def close(home: Home, reason: str = "mistake") -> Case:
    return actions.close_case(home.boss, home.again(), reason=reason, circumstance="unknown", note="All is said.")


def listed(boss: Actor, *rows: str, kind: str = "passenger") -> ArrivalList:
    """Return a list of rows such as "Name,жен,1990,mother,1", read and confirmed."""
    content = "\n".join(["ФИО,Пол,Дата рождения,Кем приходится,Семья №", *rows]).encode()
    arrivals = actions.read_list(boss, content=content, file_name="list.csv", sender="ministry", kind=kind)
    actions.confirm_list(boss, arrivals)
    return ArrivalList.objects.get(pk=arrivals.pk)


def received(boss: Actor, arrivals: ArrivalList, *, absent: tuple[str, ...] = ()) -> Reception:
    place = agency("Centre", Agency.Kind.RECEPTION_CENTRE)
    return actions.receive_list(boss, arrivals, place=place, on=today(), absent=absent)


def district() -> District:
    return District.objects.order_by("code").first()
