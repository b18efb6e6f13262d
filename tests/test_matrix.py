"""Who may do what with which record: every address × every role × own, a colleague's, another agency's, an absent one.

The test walks the URL resolver, so an address that nobody listed, or a change without an example, fails it.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from panoh.access.actions import start_job
from panoh.access.api import Needs
from panoh.access.clock import today
from panoh.access.entrances import Actor, entrances
from panoh.access.models import Agency, AuditEntry, District, Recovery, Staff
from panoh.access.recovery import propose_recovery
from panoh.access.roles import roles
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Case, Family, Person, Suggestion, TracingRequest
from panoh.vault.queries import BirthDate, Contact, IdentityFacts, Name

pytestmark = pytest.mark.django_db

# Sign-in itself (tests/promises/test_sign_in.py); the last one answers 404 to everybody.
OPEN = {
    "account_login", "account_logout", "account_change_password", "account_reauthenticate", "account-recover",
    "account-lock", "account-unlock", "account-seen", "factor-first",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index", "mfa_list_webauthn",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "openid_connect_login", "openid_connect_callback",
    "api-root",
}  # fmt: skip
RECORDS = ("own", "colleague's", "foreign", "absent")
REACHED = {
    "caseworker": {"own"},
    "supervisor": {"own", "colleague's"},
    "coordinator": {"own", "colleague's", "foreign"},
}
DONE = {200, 201, 202, 204, 302, 409}


# --- every address ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """One address and method, and the permission it needs."""

    route: str
    method: str
    needs: str
    is_api: bool

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def patterns(inside: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (inside or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def addresses() -> list[Address]:
    """Return every address with its permission; one that has none fails the test."""
    every, found = list(patterns()), []
    pages = {entrance.path: entrance for entrance in entrances()}
    for route, pattern in every:
        if pattern.name in OPEN:
            continue
        if route in pages:
            found += [Address(route, method, pages[route].needs, False) for method in pages[route].methods]
            continue
        operations = getattr(inspect.getclosurevars(pattern.callback).nonlocals.get("self"), "operations", None)
        assert operations, f"{route} is neither a page, an operation of the API nor listed as open"
        for operation in operations:
            (needs,) = operation.auth_callbacks
            assert isinstance(needs, Needs), f"{route} does not say which permission it needs"
            found += [Address(route, method, needs.permission, True) for method in operation.methods]
    return found


# --- a small world -----------------------------------------------------------------------------------------------


@dataclass
class Filed:
    """A family and everything that hangs on it."""

    token: str
    codes: Mapping[str, str]
    relation: int
    visit: int
    given: int


@dataclass
class World:
    staff: Mapping[str, Staff]
    filed: Mapping[str, Filed]
    draft: str
    received: str
    job: str


LIST = "ФИО,Пол,Дата рождения,Семья №\n{0} Нодира,жен,04.03.1990,1\n{0} Нодира,жен,,1\n"


@pytest.fixture
def world() -> World:
    ours, theirs = (Agency.objects.create(code=code, name=code, kind=2) for code in ("AA", "AB"))
    Agency.objects.create(code="AC", name="Centre", kind=Agency.Kind.RECEPTION_CENTRE)

    def hire(name: str, agency: Agency, role: str) -> Staff:
        return Staff.objects.create_user(name, "x", display_name=name, agency=agency, role=role)

    centre = Agency.objects.get(code="AC")
    staff = {role: hire(role, centre if role == "coordinator" else ours, role) for role in REACHED}
    other = hire("other", ours, "caseworker")
    stranger = hire("stranger", theirs, "caseworker")
    boss = Actor.of(staff["coordinator"])
    filed = {
        "own": file(boss, staff["caseworker"], "Zumradkhanova"),
        "colleague's": file(boss, other, "Qimmatova"),
        "foreign": file(boss, stranger, "Durdonaeva"),
    }
    actions.create_family(boss, agency=ours, worker=staff["caseworker"])
    draft, received = (read(boss, name) for name in ("Gavharova", "Yoqutova"))
    actions.confirm_list(boss, received)
    actions.decide_row(boss, received, row=received.rows.get(number=2), decision=4)
    actions.confirm_list(boss, received)
    away = [received.rows.get(number=2).person.code]
    actions.receive_list(boss, received, place=Agency.objects.get(code="AC"), on=today(), absent=away)
    with acting_for(boss.staff_id):
        start_job(boss, "abcdef0123456789", draft.code)
    deputy = Actor.of(hire("deputy", centre, "coordinator"))
    propose_recovery(deputy, stranger, reason=Recovery.Reason.FACTOR_LOST)
    return World(staff, filed, draft.code, received.code, "abcdef0123456789")


def read(boss: Actor, name: str) -> Any:
    content = LIST.format(name).encode()
    return actions.read_list(boss, content=content, file_name="a.csv", sender="ministry", kind="passenger")


def file(boss: Actor, worker: Staff, token: str) -> Filed:
    family = actions.create_family(boss, agency=worker.agency, worker=worker)
    mother, child = (person(boss, family, f"{token} {given}", year) for given, year in (("Ona", 1990), ("Bola", 2015)))
    relation = actions.state_relationship(boss, mother, kind="parent", other=child)
    case = actions.open_case(boss, family, mother, stage="identification", on=today())
    need = actions.record_need(boss, case, domain="health", urgency=1, words=f"{token} said")
    step = actions.plan_step(boss, need, service="LEG-01")
    task = actions.set_task(boss, family, kind="call", due=today(), words=f"{token} words")
    actions.write_note(boss, family, text=f"{token} note")
    codes = {"families": family, "people": mother, "cases": case, "needs": need, "steps": step, "tasks": task}
    codes |= joined(boss, family, token, mother)
    visit = actions.plan_visit(boss, family, kind="follow_up", on=today())
    given = actions.give_assistance(boss, case, service="LEG-01", quantity=Decimal(1), unit="session")
    numbers = (relation.pk, visit.pk, given.pk)
    return Filed(token, {kind: record.code for kind, record in codes.items()}, *numbers)


def joined(boss: Actor, family: Family, token: str, mother: Person) -> dict[str, Any]:
    """Return a pair that is the same person, files that are joined, and a request whose person was found."""
    twin, former = (person(boss, family, f"{token} {given}", 1990) for given in ("Ona Egiz", "Ona Avval"))
    pair, done, found = (suggest(boss, mother, other) for other in (twin, former, sought(boss, token)))
    for suggestion in (pair, done, found):
        actions.decide_pair(boss, suggestion, decision=Suggestion.State.SAME)
    merge = actions.propose_merge(boss, done, keep=mother)
    return {"duplicates": pair, "merges": merge, "tracing": found.request}


def suggest(boss: Actor, mother: Person, other: Person | TracingRequest) -> Suggestion:
    actions.suggest_pairs(boss, [actions.SuggestedPair(mother.code, other.code)])
    return Suggestion.objects.get(person=mother, **{"other" if isinstance(other, Person) else "request": other})


def sought(boss: Actor, token: str) -> TracingRequest:
    content = f"ФИО,Пол,Дата рождения,Заявитель,Родство\n{token} Ona,жен,1990,{token} Xola,тётя\n".encode()
    asked = actions.read_list(boss, content=content, file_name="a.csv", sender="ombudsman", kind="relatives")
    actions.confirm_list(boss, asked)
    return TracingRequest.objects.get(row__arrival_list=asked)


def person(boss: Actor, family: Family, name: str, year: int) -> Person:
    facts = IdentityFacts((Name(name),), BirthDate(year, precision="year"), (), (Contact("phone", f"+998{name}"),))
    return actions.register_person(boss, family, facts=facts, sex="f", kinship="mother")


def other_home(worker: Staff, code: str | None) -> str:
    """Return the code of another family of the same worker."""
    mine = Family.objects.filter(worker=worker).exclude(code=code).order_by("pk").first()
    return mine.code if mine else ""


# --- an example of every change -----------------------------------------------------------------------------------


def example(route: str, world: World, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return an input that the step takes, so that only who asks decides the answer."""
    day, district = today().isoformat(), District.objects.first()
    agency, colleague = Agency.objects.get(code="AA"), world.staff["caseworker"]
    mother = Person.objects.filter(code=codes.get("people")).first()
    child = Person.objects.filter(relations_to__subject=mother).first() if mother else None
    two = {"subject": codes.get("people", ""), "other": child.code if child else ""}
    file = {"file": lambda: SimpleUploadedFile("b.csv", LIST.format("Marvaridova").encode()), "sender": "ministry"}
    mended = {"name": "Ona", "sex": "female", "kinship": "", "family_number": "1"}
    note = {"reason": "moved_abroad", "circumstance": "abroad", "note": "All is well."}
    first = world.received
    absent = Person.objects.get(rows__arrival_list__code=first, rows__number=2).code
    room = Family.objects.filter(cases__person__rows__arrival_list__code=first).values_list("code", flat=True).first()
    elsewhere = other_home(colleague, codes.get("families"))
    newborn = {"name": "Ona", "sex": "f", "precision": "year", "year": "2020", "source": "herself", "since": day}
    instead = {"service": "LEG-01", "quantity": "2", "unit": "session"}
    told = {"text": "Ona", "kind": "official", "source": "herself"}
    someone = {"names": [told], "birth": {"precision": "year", "year": 2020}, "sex": "f", "source": "herself"}
    pages: dict[str, dict[str, Any]] = {
        "families/new/": newborn,
        "families/<str:code>/people/new/": newborn,
        "families/<str:code>/visits/<int:number>/cancel/": {"because": "moved"},
        "families/<str:code>/assistance/<int:number>/correct/": {"because": "amount", **instead, "on": day},
        "people/<str:code>/move/": {"to": elsewhere, "on": day},
        "people/<str:code>/case/": {"stage": "reception", "on": day},
        "steps/<str:code>/change/": {"service": "LEG-02", "due": day},
        "tasks/<str:code>/cancel/": {"because": "moved"},
        "families/<str:code>/worker/": {"worker": colleague.pk},
        "families/<str:code>/district/": {"district": district.pk},
        "families/<str:code>/assistance/new/": {
            "case": codes.get("cases"), "service": "LEG-01", "quantity": "1", "unit": "session", "on": day,
        },
        "families/<str:code>/visits/new/": {"kind": "follow_up", "on": day},
        "families/<str:code>/notes/new/": {"text": "A note."},
        "families/<str:code>/tasks/new/": {"kind": "call", "due": day},
        "families/<str:code>/relationships/new/": {**two, "kind": "guardian", "evidence": "stated"},
        "families/<str:code>/relationships/<int:number>/verify/": {"evidence": "birth_record"},
        "cases/<str:code>/stage/": {"to": "verification", "on": day},
        "cases/<str:code>/close/": note,
        "cases/<str:code>/assess/": {"on": day, "own_view": "I am well."},
        "needs/<str:code>/steps/new/": {"service": "LEG-01"},
        "needs/<str:code>/settle/": {"met": "1"},
        "steps/<str:code>/outcome/": {"outcome": "done", "on": day},
        "tasks/<str:code>/done/": {},
        "people/<str:code>/correct/": {"sex": "f", "nationality": "UZ"},
        "people/<str:code>/names/new/": {"text": "Ona", "kind": "nickname", "source": "herself"},
        "people/<str:code>/documents/new/": {"number": "AA 1", "kind": "passport", "source": "seen"},
        "people/<str:code>/contacts/new/": {"value": "+998 00", "kind": "phone", "source": "herself"},
        "people/<str:code>/addresses/new/": {"text": "Street 1", "source": "herself"},
        "people/<str:code>/forget/": {"reason": "asked", "confirmed": codes.get("people")},
        "people/<str:code>/birth/": {"precision": "year", "year": "1990", "source": "her passport"},
        "people/<str:code>/same/": {"other": two["other"]},
        "duplicates/<str:code>/decide/": {"decision": "4", "was": "2"},
        "duplicates/<str:code>/join/": {"keep": codes.get("people")},
        "merges/<str:code>/agree/": {},
        "merges/<str:code>/decline/": {},
        "merges/<str:code>/undo/": {},
        "tracing/<str:code>/answer/": {"consent": "agreed", "told": "She is well."},
        "tracing/<str:code>/withdraw/": {},
        "arrivals/import/": {**file, "kind": ""},
        "arrivals/<str:code>/columns/": {"column-0": "name", "column-1": "sex", "column-2": "birth", "kind": "camp"},
        "arrivals/<str:code>/rows/<int:number>/": {**mended, "precision": "year", "year": "1990"},
        "arrivals/<str:code>/rows/<int:number>/decide/": {"decision": "5", "reason": "wrong_list"},
        "arrivals/<str:code>/confirm/": {},
        "arrivals/<str:code>/link/": {},
        "arrivals/<str:code>/discard/": {},
        "arrivals/<str:code>/reception/start/": {"place": "AC", "on": day},
        "arrivals/<str:code>/reception/rooms/": {room: "12"},
        "arrivals/<str:code>/reception/medical/": {"on": day},
        "arrivals/<str:code>/reception/papers/": {},
        "arrivals/<str:code>/reception/late/": {"on": day, "people": [absent]},
        "find/": {"text": "Нодира Дурдонаева"},
        "find/lead/": {"code": codes.get("people"), "purpose": "service_delivery"},
        "settings/agencies/new/": {"name": "School 1", "kind": "4"},
        "settings/staff/new/": {
            "username": "new", "display_name": "New", "agency": agency.pk, "role": "caseworker",
            "password": "seven green hills",
        },
        "account/sessions/": {"session": "others"},
        "recoveries/<str:username>/agree/": {},
        "recoveries/<str:username>/stop/": {},
        "settings/staff/<str:username>/identity/": {"identity": "12345678901234"},
        "settings/staff/<str:username>/recover/": {"reason": "1"},
        "settings/staff/<str:username>/sign-out/": {},
        "settings/staff/<str:username>/end/": {"to": world.staff["coordinator"].pk},
        "settings/staff/<str:username>/password/": {"password": "nine tall poplars"},
    }  # fmt: skip
    api: dict[str, dict[str, Any]] = {
        "families": {"person": someone},
        "families/{}/people": someone,
        "families/{}/stage": {"cases": [codes.get("cases", "")], "to": "verification"},
        "families/{}/visits/{}/cancel": {"because": "moved"},
        "families/{}/assistance/{}/correct": {"because": "amount", "instead": instead},
        "people/{}/move": {"to": elsewhere, "on": day},
        "people/{}/case": {"stage": "reception", "on": day},
        "steps/{}/change": {"service": "LEG-02", "due": day},
        "tasks/{}/cancel": {"because": "moved"},
        "families/{}/worker": {"worker": colleague.username},
        "families/{}/district": {"district": district.code},
        "families/{}/visits": {"kind": "follow_up", "on": day},
        "families/{}/notes": {"text": "A note."},
        "families/{}/tasks": {"kind": "call", "due": day},
        "tasks/{}/done": {},
        "families/{}/relationships": {**two, "kind": "guardian"},
        "families/{}/relationships/{}/verify": {"evidence": "birth_record"},
        "people/{}": {"sex": "f", "nationality": "UZ", "is_alone": False},
        "people/{}/names": {"text": "Ona", "kind": "nickname", "source": "herself"},
        "people/{}/documents": {"number": "AA 1", "kind": "passport", "source": "seen"},
        "people/{}/contacts": {"value": "+998 00", "kind": "phone", "source": "herself"},
        "people/{}/addresses": {"text": "Street 1", "source": "herself"},
        "people/{}/forget": {"reason": "asked", "confirmed": codes.get("people") or "P-0000-0000"},
        "people/{}/birth": {"precision": "year", "year": 1990, "source": "her passport"},
        "duplicates": {"one": two["subject"], "other": two["other"]},
        "duplicates/{}/decision": {"decision": "unsure", "was": "same"},
        "duplicates/{}/join": {"keep": codes.get("people")},
        "merges/{}/agree": {},
        "merges/{}/decline": {},
        "merges/{}/undo": {},
        "tracing/{}/answer": {"consent": "agreed", "told": "She is well."},
        "tracing/{}/withdraw": {},
        "cases/{}/stage": {"to": "verification"},
        "cases/{}/close": note,
        "cases/{}/reopen": {"to": "verification"},
        "cases/{}/assessments": {"on": day, "found": [{"domain": "health", "urgency": 1}], "own_view": "I am well."},
        "cases/{}/needs": {"domain": "health", "urgency": 2},
        "cases/{}/assistance": {"service": "LEG-01", "quantity": "1", "unit": "session"},
        "needs/{}/steps": {"service": "LEG-01"},
        "needs/{}/settle": {"met": True},
        "steps/{}/outcome": {"outcome": "done"},
        "arrivals/dry-run": file,
        "arrivals": file,
        "arrivals/{}/columns": {"heading": "ФИО", "field": "name"},
        "arrivals/{}/read-anew": {"columns": {"A": "name", "D": ""}},
        "arrivals/{}/rows/{}/decision": {"decision": "left_out", "reason": "wrong_list"},
        "arrivals/{}/rows/{}": {**mended, "birth": {"precision": "year", "year": 1990}},
        "arrivals/{}/discard": {},
        "arrivals/{}/confirm": {},
        "arrivals/{}/link": {},
        "arrivals/{}/reception": {"place": "AC", "on": day},
        "arrivals/{}/reception/rooms": {"rooms": [{"family": room, "room": "12"}]},
        "arrivals/{}/reception/medical": {"on": day},
        "arrivals/{}/reception/papers": {"missing": []},
        "arrivals/{}/reception/late": {"on": day, "people": [absent]},
        "find": {"text": "Нодира Дурдонаева", "birth_year": 1990},
        "find/lead": {"code": codes.get("people"), "purpose": "service_delivery"},
        "agencies": {"name": "School 1", "kind": "school"},
        "staff": {
            "username": "new", "display_name": "New", "agency": "AA", "role": "caseworker",
            "password": "seven green hills",
        },
        "staff/{}/end": {"to": world.staff["coordinator"].username},
        "staff/{}/sign-out": {},
        "staff/{}/identity": {"identity": "12345678901234"},
        "staff/{}/recovery": {"reason": "factor_lost"},
        "recoveries/{}/agree": {},
        "recoveries/{}/stop": {},
        "staff/{}/password": {"password": "nine tall poplars"},
    }  # fmt: skip
    if route.startswith("api/v1/"):
        return api[re.sub(r"<[^>]+>", "{}", route.removeprefix("api/v1/"))]
    return pages[route]


def filled(route: str, world: World, record: str) -> tuple[str, bool]:
    """Return the address with codes in it, and whether it is about one family's record."""
    kind = route.removeprefix("api/v1/").split("/", 1)[0]
    is_of_family = "<" in route and kind in world.filed["own"].codes
    values = {"username": "stranger" if record != "absent" else "nobody", "job_code": world.job, "number": "1"}
    if is_of_family:
        there = world.filed.get(record)
        values["code"] = there.codes[kind] if there else f"{kind[0].upper()}-0000-0000"
        what = {"visits": "visit", "assistance": "given"}.get(
            re.split(r"/<(?:int:)?number>", route, maxsplit=1)[0].rsplit("/", 1)[-1], "relation"
        )
        values["number"] = str(getattr(there, what) if there else 1)
    elif record == "absent":
        values["code"] = "L-0000-0000"
    else:
        values["code"] = world.received if "/reception/" in route or route.endswith("/reception") else world.draft
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route), is_of_family


def ask(client: Client, address: Address, url: str, body: Mapping[str, Any]) -> Any:
    client.cookies.pop("messages", None)  # what the step before said
    if address.method == "GET":
        return client.get(url)
    given = {name: value() if callable(value) else value for name, value in body.items()}
    if address.is_api and "file" not in given:
        return client.generic(address.method, url, json.dumps(given), content_type="application/json")
    return client.post(url, given)


def plain(answer: Any, url: str) -> tuple[int, str, dict[str, str]]:
    """Return all that an asker sees of an answer, apart from what was asked."""
    body = answer.content.decode()
    for part in filter(lambda part: re.fullmatch(r"[A-Z](-\w{4}){2}", part), url.split("/")):
        body = body.replace(part, "…")
    body = re.sub(r"\b[A-Za-z0-9]{64}\b", "csrf", body)
    return answer.status_code, body, {**answer.headers, "Expires": "now"}


# --- the promises ------------------------------------------------------------------------------------------------


def test_every_address_is_listed_with_a_permission_that_some_role_holds() -> None:
    held = set().union(*(role.permissions for role in roles().values()))
    assert len(addresses()) > 70
    assert {address.needs for address in addresses()} <= held


@pytest.mark.parametrize("role", [*REACHED, "nobody"])
def test_a_role_does_and_sees_what_is_its_own_and_nothing_else(world: World, role: str) -> None:
    client = Client(raise_request_exception=False)
    if role != "nobody":
        client.force_login(world.staff[role])
    hidden = [filed.token for record, filed in world.filed.items() if record not in REACHED.get(role, set())]
    hidden += [] if role == "coordinator" else ["Gavharova", "Yoqutova"]
    faults = []
    for address in addresses():
        seen: dict[str, Any] = {}
        for record in RECORDS:
            url, is_of_family = filled(address.route, world, record)
            filed = world.filed.get(record if is_of_family else "own")
            codes = (filed or world.filed["own"]).codes
            body = example(address.route, world, codes) if address.method != "GET" else {}
            with transaction.atomic():
                answer = ask(client, address, url, body)
                transaction.set_rollback(True)
            expected = expect(address, role, record, is_of_family)
            if answer.status_code not in expected:
                faults.append(f"{address} as {role}, {record}: {answer.status_code}, not {sorted(expected)}")
            text = answer.content.decode(errors="replace")
            faults += [f"{address} as {role}, {record}: shows {token}" for token in hidden if token in text]
            seen[record] = plain(answer, url) if answer.status_code == 404 else None
        told = [seen[record] for record in RECORDS if seen[record]]
        if any(one != told[-1] for one in told):
            faults.append(f"{address} as {role}: hidden and absent answer differently")
    assert not faults, "\n".join(faults)


def expect(address: Address, role: str, record: str, is_of_family: bool) -> set[int]:
    if role == "nobody":
        return {401} if address.is_api else {302}
    if address.needs not in roles()[role].permissions:
        return {403}
    if "<" in address.route and record == "absent":
        return {404}
    if is_of_family and record not in REACHED[role]:
        return {404}
    return DONE


def test_nobody_is_sent_to_the_sign_in_page_and_told_nothing(world: World) -> None:
    for address in addresses():
        url, _ = filled(address.route, world, "own")
        answer = ask(Client(), address, url, {})
        if not address.is_api:
            assert answer["Location"].startswith("/account/sign-in/"), address


def test_every_refused_try_is_on_record(world: World) -> None:
    client = Client()
    client.force_login(world.staff["caseworker"])
    for address in addresses():
        if address.needs in roles()["caseworker"].permissions:
            continue
        before = AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED).count()
        ask(client, address, filled(address.route, world, "own")[0], {})
        assert AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED).count() == before + 1, address


def test_no_change_passes_without_its_csrf_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.staff["coordinator"])
    for address in addresses():
        if address.method == "GET":
            continue
        answer = ask(client, address, filled(address.route, world, "own")[0], {})
        assert answer.status_code == 403, address
        assert "form was open too long" in answer.content.decode(), address


def test_a_change_sent_to_a_page_that_only_shows_changes_nothing(world: World) -> None:
    client = Client()
    client.force_login(world.staff["coordinator"])
    for entrance in entrances():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(entrance.methods):
            answer = client.generic(method, filled(entrance.path, world, "own")[0])
            assert answer.status_code == 405, (method, entrance.path)
    assert Case.objects.filter(closed_on=None).exists()
