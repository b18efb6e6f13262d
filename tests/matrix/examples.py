"""An input that each change takes, so that only who asks decides the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from panoh.access.clock import today
from panoh.access.meanwhile import Seen
from panoh.access.models import Agency, District, Staff
from panoh.casework.models import Alarm, Family, NoticeKind, Person
from tests.matrix import care, deciding, joint, rights
from tests.matrix.exchange import example_of
from tests.matrix.world import LIST, World, other_home

EMERGENCY = "She fainted in my office and cannot say what she takes."


@dataclass(frozen=True)
class Known:
    """What an input names beside the file it is about."""

    district: District
    agency: Agency
    child: str
    alarm: str
    absent: str
    room: str
    elsewhere: str
    led_by: str | None
    other: Staff


def known(world: World, codes: Mapping[str, str]) -> Known:
    """Return what there is to name, looked up once for each file: what a step changes is undone after it."""
    home = codes["families"]
    if home not in world.known:
        world.known[home] = Known(
            District.objects.first(),
            Agency.objects.get(code="AA"),
            Person.objects.filter(relations_to__subject__code=codes["people"]).first().code,
            Alarm.objects.get().code,
            Person.objects.get(rows__arrival_list__code=world.received, rows__number=2).code,
            Family.objects.filter(cases__person__rows__arrival_list__code=world.received).first().code,
            other_home(world.staff["caseworker"], home),
            Family.objects.filter(code=home).values_list("worker__username", flat=True).first(),
            Staff.objects.get(username="other"),
        )
    return world.known[home]


def example(route: str, world: World, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return an input that the step takes, so that only who asks decides the answer."""
    if "exchange/" in route and "exchange/reports" not in route:
        return example_of(route, world.region.exchange)
    later = today() + timedelta(60)
    day, there, colleague = today().isoformat(), known(world, codes), world.staff["caseworker"]
    district, agency, alarm, absent = there.district, there.agency, there.alarm, there.absent
    room, elsewhere = there.room, there.elsewhere
    two = {"subject": codes.get("people", ""), "other": there.child}
    file = {"file": lambda: SimpleUploadedFile("b.csv", LIST.format("Marvaridova").encode()), "sender": "ministry"}
    parcel = {"file": lambda: SimpleUploadedFile("a.panoh", world.region.parcel_file)}
    mended = {"name": "Ona", "sex": "female", "kinship": "", "family_number": "1"}
    note = {"reason": "moved_abroad", "circumstance": "abroad", "note": "All is well."}
    newborn = {"name": "Ona", "sex": "f", "precision": "year", "year": "2020", "source": "herself", "since": day}
    instead = {"service": "LEG-01", "quantity": "2", "unit": "session"}
    told = {"text": "Ona", "kind": "official", "source": "herself"}
    someone = {"names": [told], "birth": {"precision": "year", "year": 2020}, "sex": "f", "source": "herself"}
    her = {"sex": "f", "nationality": "", "is_alone": False}
    born = {"precision": "year", "year": 1990}
    law = {"legal_basis": "public_task", "reason": "The law gives it to them."}
    wanted = {"area": "1.1", "code": "1.1.9", "text": "Schools", "language": "en"}
    asked = {"area": "1.1", "code": "1.1.9", "text": {"en": "Schools"}}
    act, said = "joint-plan/<slug:code>/actions/<str:action>/", {"on": day, "source": "gazette", "country": "KZ"}
    money = {"year": "2025", "currency": "USD", "country": "KZ", "planned": "5", "source": "law"}
    offered = {"agency": Agency.objects.get(code="AD").pk, "service": "SOC-18", "via": "1"}
    agreed = {"kinds": ["4"], "classes": ["7"], "until": day, "language": "uz"}
    agreeing = {"kinds": ["school"], "classes": ["education"], "until": day, "language": "uz"}
    budget = {"name": "School start", "amount": "5", "unit": "session", "since": day, "until": day}
    pages: dict[str, dict[str, Any]] = {
        "programmes/new/": {**budget, "agency": Agency.objects.get(code="AA").pk},
        "programmes/<str:code>/end/": {},
        "families/<str:code>/assistance/<int:number>/receipt/": {},
        "directory/new/": offered,
        "directory/<str:code>/change/": {"via": "1"},
        "directory/<str:code>/end/": {},
        "people/<str:code>/consents/new/": {"answer": "yes", "purpose": "services", **agreed, "on": day},
        "consents/<str:code>/renew/": {"answer": "yes", **agreed, "on": day},
        "consents/<str:code>/withdraw/": {},
        "consents/<str:code>/receipt/": {},
        "people/<str:code>/interviews/": {"topic": "papers", "stands": "2", "on": day},
        "cases/<str:code>/refer/": {"service": "SOC-17", "offer": world.offer, "answer_by": day, **law},
        "referrals/<str:code>/accept/": {"due": day},
        "referrals/<str:code>/decline/": {"because": "age"},
        "referrals/<str:code>/complete/": {"feedback": "Well."},
        "referrals/<str:code>/take-back/": {"because": "moved"},
        "referrals/<str:code>/slip/": {},
        "families/<str:code>/refusals/new/": {
            "case": codes.get("cases"), "service": "LEG-01", "agency": agency.pk, "because": "age", "on": day,
        },
        "refusals/<str:code>/appeal/": {"words": "She is entitled."},
        "refusals/<str:code>/answer/": {"answer": "1"},
        "joint-plan/new/": {"code": "other", "title": "Other", "language": "en", "states": "KZ UZ"},
        "joint-plan/bodies/new/": {"code": "fao", "name": "FAO", "language": "en", "kind": "2"},
        "joint-plan/<slug:code>/pillars/new/": {"number": "2", "title": "Law", "language": "en"},
        "joint-plan/<slug:code>/areas/new/": {"pillar": "1", "code": "1.9", "title": "Law", "language": "en"},
        "joint-plan/<slug:code>/actions/new/": {**wanted, "grade": "C"},
        "joint-plan/<slug:code>/adopt/": {"on": day},
        **{f"joint-plan/<slug:code>/revision/{step}/": {} for step in ("begin", "give-up")},
        "joint-plan/<slug:code>/revision/changes/<int:change>/take-out/": {},
        "joint-plan/<slug:code>/revision/add/": wanted,
        "joint-plan/<slug:code>/revision/adopt/": {"on": day},
        f"{act}reword/": wanted,
        f"{act}drop/": {},
        f"{act}edit/": wanted,
        f"{act}remove/": {},
        f"{act}bodies/": {"lead": "donor"},
        f"{act}status/": {**said, "state": "2"},
        f"{act}milestones/new/": {"text": "Meeting", "language": "en", "due": day, "for_each": "on"},
        f"{act}milestones/<int:milestone>/reached/": said,
        f"{act}milestones/<int:milestone>/take-back/": {"country": "KZ"},
        f"{act}milestones/<int:milestone>/remove/": {},
        f"{act}money/new/": money,
        f"{act}money/<int:record>/take-out/": {},
        "absences/new/": {
            "staff": colleague.pk, "stand_in": there.other.pk, "since": later.isoformat(), "until": later.isoformat(),
        },
        "absences/<str:code>/end/": {},
        "tasks/several/": {"what": "done", "tasks": [codes.get("tasks")], "sure": "1"},
        "visits/several/": {"kind": "follow_up", "on": day, "families": [codes.get("families")], "sure": "1"},
        "notices/": {},
        "notices/wishes/": {kind.value: "page" for kind in NoticeKind},
        "calendar/": {},
        "people/<str:code>/reach/": {},
        "people/<str:code>/safe-contact/": {"how": "A message first."},
        "families/<str:code>/safe-contact/": {"how": "A message first."},
        "families/<str:code>/history/<int:number>/restore/": {},
        "needs/<str:code>/words/": {"text": "A tooth."},
        "families/<str:code>/visits/<int:number>/report/": {"text": "All is well."},
        "families/new/": newborn,
        "families/<str:code>/people/new/": newborn,
        "families/<str:code>/visits/<int:number>/cancel/": {"because": "moved"},
        "families/<str:code>/assistance/<int:number>/correct/": {"because": "amount", **instead, "on": day},
        "people/<str:code>/move/": {"to": elsewhere, "on": day},
        "people/<str:code>/case/": {"stage": "reception", "on": day},
        "steps/<str:code>/change/": {"service": "LEG-02", "due": day, "seen": Seen.of({"service": "LEG-01"})},
        "tasks/<str:code>/cancel/": {"because": "moved"},
        "families/<str:code>/grants/new/": {
            "whom": f"s{world.staff['lawyer'].pk}", "purpose": "referral", "classes": ["6"], "until": day,
            **law,
        },
        "families/<str:code>/withheld/new/": {
            "whom": f"s{world.staff['statistician'].pk}", "classes": ["3"], "because": "asked",
        },
        "grants/<str:code>/end/": {},
        "families/<str:code>/protect/": {"reason": "Her brother works there."},
        "families/<str:code>/protect/end/": {"reason": "He left."},
        "viewing/": {"alarm": alarm, "finding": "1"},
        "families/<str:code>/purpose/": {"purpose": "complaint"},
        "emergencies/new/": {"code": codes.get("people"), "kind": "medical", "reason": EMERGENCY},
        "emergencies/<str:code>/": {"finding": "1", "note": "Rightly so."},
        "withheld/<str:code>/end/": {},
        "families/<str:code>/worker/": {"worker": colleague.pk, "seen": Seen.of({"worker": there.led_by})},
        "families/<str:code>/district/": {"district": district.pk},
        "families/<str:code>/assistance/new/": {
            "case": codes.get("cases"), "service": "LEG-01", "quantity": "1", "unit": "session", "on": day,
        },
        "families/<str:code>/visits/new/": {"kind": "follow_up", "on": day},
        "families/<str:code>/notes/new/": {"text": "A note."},
        "families/<str:code>/tasks/new/": {"kind": "call", "due": day},
        "families/<str:code>/relationships/new/": {**two, "kind": "guardian", "evidence": "stated"},
        "families/<str:code>/relationships/<int:number>/verify/": {
            "evidence": "birth_record", "seen": Seen.of({"evidence": "stated"}),
        },
        "cases/<str:code>/stage/": {"to": "verification", "on": day},
        "cases/<str:code>/close/": note,
        "cases/<str:code>/assess/": {"on": day, "own_view": "I am well."},
        "needs/<str:code>/steps/new/": {"service": "LEG-01"},
        "needs/<str:code>/settle/": {"met": "1"},
        "steps/<str:code>/outcome/": {"outcome": "done", "on": day},
        "tasks/<str:code>/done/": {},
        "people/<str:code>/correct/": {"sex": "f", "nationality": "UZ", "seen": Seen.of(her)},
        "people/<str:code>/names/new/": {"text": "Ona", "kind": "nickname", "source": "herself"},
        "people/<str:code>/documents/new/": {"number": "AA 1", "kind": "passport", "source": "seen"},
        "people/<str:code>/contacts/new/": {"value": "+998 00", "kind": "phone", "source": "herself"},
        "people/<str:code>/addresses/new/": {"text": "Street 1", "source": "herself"},
        "people/<str:code>/forget/": {"reason": "asked", "confirmed": codes.get("people")},
        "people/<str:code>/birth/": {**born, "source": "her passport", "seen": Seen.of(born)},
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
        "find/": {"text": "Нодира Дурдонаева", "everywhere": "1"},
        "find/lead/": {"code": codes.get("people"), "purpose": "service_delivery"},
        "account/sessions/": {"session": "others"},
        "recoveries/<str:username>/agree/": {},
        "recoveries/<str:username>/stop/": {},
        "settings/staff/<str:username>/identity/": {"identity": "12345678901234"},
        "settings/staff/<str:username>/recover/": {"reason": "1"},
        "settings/staff/<str:username>/sign-out/": {},
        "settings/staff/<str:username>/role/": {"role": "supervisor", "starts_on": day, "because": "She leads now."},
        "roles/changes/<str:username>/agree/": {},
        "roles/changes/<str:username>/refuse/": {},
        "roles/changes/<str:username>/withdraw/": {},
        **{f"roles/versions/<int:number>/{step}/": {} for step in ("propose", "agree", "refuse")},
        "parcels/partners/new/": {"name": "Elsewhere", "country": "KZ", "key": "ab" * 32},
        "parcels/partners/<str:code>/confirm/": {"check_code": world.region.partner.check_code},
        "parcels/partners/<str:code>/end/": {},
        "parcels/partners/<str:code>/send/": {"things": []},
        "parcels/receive/": parcel,
        **{f"parcels/<str:code>/{step}/": {} for step in ("fetch", "take-in", "decline", "take-back")},
        "lawful/new/": {
            "authority_kind": "1", "authority": "Court", "reference": "1/2", "legal_basis": "Law", "received_on": day,
            "about": codes.get("people"), "asked": ["6"],
        },
        "lawful/<str:code>/review/": {"is_lawful": "1", "scope": ["6"], "basis": "Law"},
        "lawful/<str:code>/refuse/": {"because": "set_aside"},
        "lawful/<str:code>/appeal/": {},
        "lawful/<str:code>/notice/": {"on": day},
        "lawful/<str:code>/postpone/": {"until": "2099-01-01", "reason": "Ordered", "ordered_by": "Court"},
        "lawful/<str:code>/answer/": {},
        "joint-plan/<slug:code>/site/": {},
        "published-figures/operations/new/": {
            "country": "KZ", "scope": "1", "name": "Zhusan 1", "language": "en", "code": "kz-1", "on": "2019-01",
        },
        "published-figures/<slug:code>/new/": {
            "measure": "1", "value": "81", "bound": "1", "source": "https://example.org/", "mark": "F",
        },
        "published-figures/<slug:code>/<int:number>/strike-out/": {"because": "Mistyped."},
        "exports/new/": {
            "families": codes.get("families"), "columns": ["stage"], "purpose": "referral", "recipient": "me",
            "file_format": "csv", "because": "For the school.",
        },
        "exchange/reports/new/": {"text": "On 5 May 2024, a conference was held."},
        "exchange/reports/<str:code>/read/": {},
        "exchange/reports/<str:code>/items/<int:number>/": {"decision": "confirm"},
        "exchange/reports/<str:code>/items/<int:number>/correct/": {
            "title": "Coming home", "kind": "conference", "mode": "online", "state": "held",
        },
        "exchange/reports/<str:code>/all/<str:kind>/": {"items": ["6"]},
        "exports/<str:code>/decide/": {"decision": "decline"},
        "exports/<str:code>/passphrase/": {},
        "exports/<str:code>/fetch/": {},
        "settings/agencies/<str:agency>/key/": {"age_key": ""},
        "settings/agencies/new/": {"name": "School 1", "kind": "4"},
        "settings/staff/new/": {
            "username": "new", "display_name": "New", "agency": agency.pk, "role": "caseworker",
            "password": "seven green hills",
        },
        "settings/staff/<str:username>/end/": {"to": world.staff["coordinator"].pk},
        "settings/staff/<str:username>/password/": {"password": "nine tall poplars"},
    }  # fmt: skip
    api: dict[str, dict[str, Any]] = {
        "programmes": {**budget, "agency": "AA"},
        "programmes/{}/end": {},
        "directory": {**offered, "agency": "AD", "via": "account"},
        "directory/{}": {"via": "account"},
        "directory/{}/end": {},
        "people/{}/consents": {"purpose": "services", **agreeing},
        "consents/{}/renewal": agreeing,
        "consents/{}/withdrawal": {},
        "people/{}/interviews": {"topic": "papers", "stands": "note"},
        "cases/{}/referrals": {"offer": world.offer, **law},
        "referrals/{}/acceptance": {"due": day},
        "referrals/{}/refusal": {"because": "age"},
        "referrals/{}/completion": {"feedback": "Well."},
        "referrals/{}/taking-back": {"because": "moved"},
        "cases/{}/refusals": {"service": "LEG-01", "agency": "AA", "because": "age"},
        "refusals/{}/appeal": {"words": "She is entitled."},
        "refusals/{}/appeal/answer": {"answer": "stays"},
        "joint-plan": {"code": "other", "title": {"en": "Other"}, "states": ["KZ", "UZ"]},
        "joint-plan/bodies": {"code": "fao", "name": {"en": "FAO"}, "kind": "un"},
        "joint-plan/{}/pillars": {"number": 2, "title": {"en": "Law"}},
        "joint-plan/{}/areas": {"pillar": 1, "code": "1.9", "title": {"en": "Law"}},
        "joint-plan/{}/actions": asked,
        "joint-plan/{}/adoption": {"on": day},
        **{f"joint-plan/{{}}/revision{step}": {} for step in ("", "/giving-up", "/changes/{}/removal")},
        "joint-plan/{}/revision/changes": {"to": asked},
        "joint-plan/{}/revision/adoption": {"on": day},
        "joint-plan/{}/actions/{}/wording": asked,
        "joint-plan/{}/actions/{}/removal": {},
        "joint-plan/{}/actions/{}/bodies": {"lead": "donor"},
        "joint-plan/{}/actions/{}/statuses": {**said, "state": "under_way"},
        "joint-plan/{}/actions/{}/milestones": {"text": {"en": "Meeting"}, "due": day},
        "joint-plan/{}/actions/{}/milestones/{}/removal": {},
        "joint-plan/{}/actions/{}/milestones/{}/reached": said,
        "joint-plan/{}/actions/{}/milestones/{}/taking-back": {"country": "KZ"},
        "joint-plan/{}/actions/{}/money": {**money, "year": 2025, "planned": 5},
        "joint-plan/{}/actions/{}/money/{}/removal": {},
        "absences": {
            "staff": "caseworker", "stand_in": "other", "since": later.isoformat(), "until": later.isoformat(),
        },
        "absences/{}/end": {},
        "tasks/several": {"tasks": [codes.get("tasks", "T-0000-0000")]},
        "visits/several": {"families": [codes.get("families", "F-0000-0000")], "kind": "follow_up", "on": day},
        "notices/seen": {},
        "notices/wishes": {"mailed": ["file"]},
        "people/{}/reach": {},
        "people/{}/safe-contact": {"how": "A message first."},
        "families/{}/safe-contact": {"how": "A message first."},
        "families/{}/history/{}/restore": {},
        "needs/{}/words": {"text": "A tooth."},
        "families/{}/visits/{}/report": {"text": "All is well."},
        "families": {"person": someone},
        "families/{}/people": someone,
        "families/{}/stage": {"cases": [codes.get("cases", "")], "to": "verification"},
        "families/{}/visits/{}/cancel": {"because": "moved"},
        "families/{}/assistance/{}/correct": {"because": "amount", "instead": instead},
        "people/{}/move": {"to": elsewhere, "on": day},
        "people/{}/case": {"stage": "reception", "on": day},
        "steps/{}/change": {"service": "LEG-02", "due": day, "seen": {"service": "LEG-01"}},
        "tasks/{}/cancel": {"because": "moved"},
        "families/{}/grants": {
            "staff": "lawyer", "classes": ["legal"], "purpose": "referral", "until": day, **law,
        },
        "families/{}/withheld": {"staff": "statistician", "classes": ["care"], "because": "asked"},
        "grants/{}/end": {},
        "families/{}/protection": {"reason": "Her brother works there."},
        "families/{}/protection/end": {"reason": "He left."},
        "viewing": {"alarm": alarm, "finding": "explained"},
        "emergencies": {"code": codes.get("people"), "kind": "medical", "reason": EMERGENCY},
        "emergencies/{}/review": {"finding": "justified", "note": "Rightly so."},
        "withheld/{}/end": {},
        "families/{}/worker": {"worker": colleague.username, "seen": {"worker": there.led_by}},
        "families/{}/district": {"district": district.code, "seen": {"district": None}},
        "families/{}/visits": {"kind": "follow_up", "on": day},
        "families/{}/notes": {"text": "A note."},
        "families/{}/tasks": {"kind": "call", "due": day},
        "tasks/{}/done": {},
        "families/{}/relationships": {**two, "kind": "guardian"},
        "families/{}/relationships/{}/verify": {"evidence": "birth_record", "seen": {"evidence": "stated"}},
        "people/{}": {"sex": "f", "nationality": "UZ", "is_alone": False, "seen": her},
        "people/{}/names": {"text": "Ona", "kind": "nickname", "source": "herself"},
        "people/{}/documents": {"number": "AA 1", "kind": "passport", "source": "seen"},
        "people/{}/contacts": {"value": "+998 00", "kind": "phone", "source": "herself"},
        "people/{}/addresses": {"text": "Street 1", "source": "herself"},
        "people/{}/forget": {"reason": "asked", "confirmed": codes.get("people") or "P-0000-0000"},
        "people/{}/birth": {**born, "source": "her passport", "seen": born},
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
        "cases/{}/assessments": {
            "on": day, "found": [{"domain": "health", "urgency": 1}], "own_view": "I am well.",
            "seen": [{"domain": "health", "urgency": 1}],
        },
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
        "arrivals/{}/rows/{}": {
            **mended, "birth": born, "seen": {**mended, "birth": {**born, "month": None, "day": None}},
        },
        "arrivals/{}/discard": {},
        "arrivals/{}/confirm": {},
        "arrivals/{}/link": {},
        "arrivals/{}/reception": {"place": "AC", "on": day},
        "arrivals/{}/reception/rooms": {"rooms": [{"family": room, "room": "12"}], "seen": []},
        "arrivals/{}/reception/medical": {"on": day},
        "arrivals/{}/reception/papers": {"missing": []},
        "arrivals/{}/reception/late": {"on": day, "people": [absent]},
        "find": {"text": "Нодира Дурдонаева", "birth_year": 1990, "everywhere": True},
        "find/lead": {"code": codes.get("people"), "purpose": "service_delivery"},
        "partners": {"name": "Elsewhere", "country": "KZ", "key": "ab" * 32},
        "partners/{}/confirm": {"check_code": world.region.partner.check_code},
        "partners/{}/end": {},
        "partners/{}/parcels": {},
        "parcels": parcel,
        **{f"parcels/{{}}/{step}": {} for step in ("fetch", "take-in", "decline", "take-back")},
        "lawful": {
            "authority_kind": "court", "authority": "Court", "reference": "1/2", "legal_basis": "Law",
            "received_on": day, "about": codes.get("people"), "asked": ["legal"],
        },
        "lawful/{}/reviews": {"is_lawful": True, "scope": ["legal"], "basis": "Law"},
        "lawful/{}/refusal": {"because": "set_aside"},
        "lawful/{}/appeal": {},
        "lawful/{}/notice": {"on": day},
        "lawful/{}/postponement": {"until": "2099-01-01", "reason": "Ordered", "ordered_by": "Court"},
        "lawful/{}/answer": {},
        "joint-plan/{}/iati": {"reporter": "un", "identifier": "XM-DAC-41122"},
        "joint-plan/{}/site": {},
        "published-figures": {"code": "kz-1", "country": "KZ", "name": {"en": "Zhusan 1"}, "on": "2019-01"},
        "published-figures/{}/figures": {"measure": "total", "value": 81, "source": "https://example.org/"},
        "published-figures/{}/figures/{}/strike-out": {"because": "Mistyped."},
        "exports": {
            "families": [codes.get("families", "F-0000-0000")], "columns": ["stage"], "purpose": "referral",
            "because": "For the school.",
        },
        "exchange/reports": {"text": "On 5 May 2024, a conference was held."},
        "exchange/reports/file": {"file": lambda: SimpleUploadedFile("a.txt", b"A conference was held.")},
        "exchange/reports/{}/items": {"numbers": [6]},
        "exchange/reports/{}/items/{}": {"decision": "confirm"},
        "exports/{}/decision": {"decision": "decline"},
        "exports/{}/passphrase": {},
        "exports/{}/fetch": {},
        "agencies": {"name": "School 1", "kind": "school"},
        "staff": {
            "username": "new", "display_name": "New", "agency": "AA", "role": "caseworker",
            "password": "seven green hills",
        },
        "staff/{}/sign-out": {},
        "staff/{}/role": {"role": "supervisor", "because": "She leads now."},
        "roles/changes/{}/agree": {},
        "roles/changes/{}/refuse": {},
        "roles/changes/{}/withdraw": {},
        **{f"roles/versions/{{}}/{step}": {} for step in ("propose", "agree", "refuse")},
        "staff/{}/identity": {"identity": "12345678901234"},
        "staff/{}/recovery": {"reason": "factor_lost"},
        "recoveries/{}/agree": {},
        "recoveries/{}/stop": {},
        "staff/{}/end": {"to": world.staff["coordinator"].username},
        "staff/{}/password": {"password": "nine tall poplars"},
    }  # fmt: skip
    pages |= joint.pages(world.region.joint) | care.pages(there.child, agency, elsewhere, codes)
    api |= joint.api(world.region.joint) | care.api(there.child, agency, elsewhere, codes)
    if "best-interests" in codes:
        pages, api = pages | deciding.pages(codes), api | deciding.api(codes)
    token = next(one.token for one in world.filed.values() if one.codes["families"] == codes["families"])
    package = lambda: SimpleUploadedFile("a.hand-over", world.rights.file)  # noqa: E731  # read anew each time
    pages |= rights.pages(world.rights, token, package)
    api |= rights.api(world.rights, token, package)
    if route.startswith("api/v1/"):
        return api[re.sub(r"<[^>]+>", "{}", route.removeprefix("api/v1/"))]
    return pages[route]
