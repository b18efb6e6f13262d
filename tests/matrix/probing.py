"""Every address of the program, asked by every role about every record, and what in an answer would be a leak."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from panoh.access.api import Needs
from panoh.access.entrances import entrances
from panoh.access.roles import roles
from tests.matrix.examples import example
from tests.matrix.exchange import OF_A_COUNTRY
from tests.matrix.region import put
from tests.matrix.world import REACHED, World, records_for

# Sign-in itself (tests/promises/test_sign_in.py); the last one answers 404 to everybody.
OPEN = {
    "account_login", "account_logout", "account_change_password", "account_reauthenticate", "account-recover",
    "account-lock", "account-unlock", "account-seen", "factor-first",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index", "mfa_list_webauthn",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "openid_connect_login", "openid_connect_callback",
    "api-root",
    "outside-answer", "outside-answer-by",  # for offices without an account: panoh/casework/tests/test_slips.py
    "ask-by-code",  # by whoever has the code of a receipt (panoh/casework/tests/test_rights.py)
    "calendar-feed",  # by a secret address: panoh/casework/tests/test_week.py
}  # fmt: skip
DONE = {200, 201, 202, 204, 302, 409}
# In a file opened to a helper, or one that is closed, not every part is there and not every step can be taken.
PARTLY = DONE | {403, 404, 422}


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


def filled(route: str, world: World, record: str) -> tuple[str, bool]:
    """Return the address with codes in it, and whether it is about one family's record."""
    kind = route.removeprefix("api/v1/").split("/", 1)[0]
    is_of_family = "<" in route and kind in world.filed["own"].codes
    is_there = record != "absent"
    values = {
        "username": "stranger" if is_there else "nobody",
        "job_code": world.job,
        "number": "1" if is_there else "99",
    }
    values["agency"] = "AA" if is_there else "A-0000-0000"
    region = put(route, world.region)
    values = region | values if record == "absent" else values | region
    if is_of_family:
        there = world.filed.get(record)
        values["code"] = there.codes[kind] if there else f"{kind[0].upper()}-0000-0000"
        what = re.split(r"/[<{](?:int:)?number", route, maxsplit=1)[0].rsplit("/", 1)[-1]
        values["number"] = str(there.numbers.get(what, there.relation) if there else 1)
        values["picture"] = str(there.numbers["pictures"] if there else 1)
    elif record == "absent":
        values["code"] = "L-0000-0000"
    elif region:
        pass
    elif kind == "workers":
        values["username"] = "other"
    elif kind == "absences":
        values["code"] = world.absence
    elif kind == "exports":
        values["code"] = world.export
    elif kind == "lawful":
        values["code"] = world.lawful
    elif kind == "directory":
        values["code"] = world.offer
    elif kind == "programmes":
        values["code"] = world.programme
    elif kind in world.rights.codes:
        values["code"] = world.rights.codes["holds" if "/holds/" in route else kind]
    else:
        values["code"] = world.received if "/reception/" in route or route.endswith("/reception") else world.draft
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route), is_of_family


def client_of(world: World, role: str, **more: Any) -> Client:
    """Return a client in which a role, or nobody, signed in; its session began before anything that is undone."""
    client = Client(raise_request_exception=False, **more)
    if role != "nobody":
        client.force_login(world.staff[role])
        client.get("/account/")
    return client


def ask(client: Client, address: Address, url: str, body: Mapping[str, Any]) -> Any:
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


def expect(address: Address, role: str, record: str, is_of_family: bool) -> set[int]:
    """Return the statuses that are right."""
    if role == "nobody":
        return {401} if address.is_api else {302}
    if address.needs not in roles()[role].permissions:
        return {403}
    if "<" in address.route and record == "absent":
        return {404}
    if "complaints/<" in address.route and role != "protection_officer":
        return {404}  # nobody shared it with them
    if "job_code" in address.route and role != "coordinator":
        return {404}  # a job is its asker's alone
    if role == "protection_officer" and "emergencies/<" in address.route:
        return DONE  # all are told to who watches over them, by code
    if is_of_family and record not in REACHED.get(role, set()):
        return {404}
    if "referrals/<" in address.route and address.needs == "referral.answer":  # of what another agency is asked
        return PARTLY
    if "/consent/" in address.route or "/answers/" in address.route:  # a country agrees and answers for itself alone
        return PARTLY
    if role in OF_A_COUNTRY and address.method != "GET" and "exchange/" in address.route:
        return PARTLY
    return DONE if record in {"own", "colleague's", "foreign"} else PARTLY


def records(address: Address, world: World, role: str) -> tuple[str, ...]:
    """Return the relations to try an address with: what is no family's is the same in all, or absent."""
    all_of_them = records_for(role, address.method)
    if filled(address.route, world, "own")[1]:
        return all_of_them
    return tuple(record for record in all_of_them if record in {all_of_them[0], "absent"})


def leaks(client: Client, world: World, role: str, asked: Iterable[Address] | None = None) -> list[str]:
    """Ask for everything as one role, and return what is wrong with the answers: statuses, words, headers, differences.

    Each record's own words are looked for in all an answer holds; what is hidden must answer like what is absent.
    """
    hidden = {record: filed.hidden_from(role, record) for record, filed in world.filed.items()}
    lists = [] if role in {"coordinator", "reception_officer"} else list(world.lists)
    words = [word for found in hidden.values() for word in found] + lists
    faults = []
    for address in addresses() if asked is None else asked:
        is_refused = role == "nobody" or address.needs not in roles()[role].permissions
        seen: dict[str, Any] = {}
        for record in records(address, world, role) if "<" in address.route and not is_refused else ("own",):
            url, is_of_family = filled(address.route, world, record)
            filed = world.filed.get(record if is_of_family else "own")
            body = example(address.route, world, (filed or world.filed["own"]).codes) if address.method != "GET" else {}
            with transaction.atomic():
                answer = ask(client, address, url, body)
                transaction.set_rollback(True)
            expected = expect(address, role, record, is_of_family)
            if answer.status_code not in expected:
                faults.append(f"{address} as {role}, {record}: {answer.status_code}, not {sorted(expected)}")
            text = answer.content.decode(errors="replace") + json.dumps(dict(answer.headers))
            faults += [f"{address} as {role}, {record}: shows {word}" for word in words if word in text]
            if record == "absent" or (404 in expected and len(expected) == 1):
                seen[record] = plain(answer, url)
        if "absent" in seen:
            faults += [
                f"{address} as {role}: {record} and absent answer differently"
                for record, told in seen.items()
                if told != seen["absent"]
            ]
    return faults


def pages_of(client: Client, world: World, role: str) -> dict[str, tuple[int, str, dict[str, str]]]:
    """Return what a role is shown by every address that only shows."""
    shown = {}
    for address in addresses():
        is_of_looks = address.route.rstrip("/").endswith("looked")  # each look adds to those
        if address.method == "GET" and address.needs in roles()[role].permissions and not is_of_looks:
            url, _ = filled(address.route, world, "own")
            status, body, headers = plain(client.get(url), "")
            body = re.sub(r"(?s)Who has looked.*?</ul>", "", body)
            body = re.sub(r'<td data-label="Last seen">[^<]*', "", body)  # of one's own session, by the minute
            body = re.sub(r"&quot;at&quot;: &quot;[^&]*&quot;", "", body)  # when a form was opened
            shown[url] = status, body, {**headers, "Content-Length": str(len(body))}
    return shown
