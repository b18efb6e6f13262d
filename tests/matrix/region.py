"""The region in the small country: a plan that is lived in, the public record, an exchange, a report, a partner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.wordings import Wording
from panoh.exchange import actions as exchange
from panoh.exchange.models import Partner
from panoh.exchange.tests.make_parcels import Sender, position, proposal
from panoh.exchange.tests.text import REPORT
from panoh.plan import actions as joint
from panoh.plan.models import Change, Funding, Milestone, Plan
from panoh.plan.tests.make import lived_in
from tests.matrix.exchange import fill, make_exchange
from tests.matrix.joint import make_joint


@dataclass(frozen=True)
class Region:
    """What stands in addresses of the plan and the exchange."""

    plan: Mapping[str, str]
    joint: Mapping[str, str]  # by the first word of an address
    exchange: Mapping[str, str]
    operation: str
    figure: int
    report: str
    partner: Partner
    parcel: str
    parcel_file: bytes


def make_region(staff: Mapping[str, Staff]) -> Region:
    """Return the region, made by the real steps."""
    by, plan = Actor.of(staff["secretariat"]), lived_in()
    joint.add_body(by, code="un", name=Wording({"en": "UN office"}), kind=2)
    operation = joint.add_operation(by, code="kg-meerim", country="KG", name=Wording({"en": "Meerim"}))
    figure = joint.record_figure(by, operation, joint.Published(1, 79, source="https://example.org/"))
    report = exchange.read_report(by, exchange.enter_report(by, text=REPORT, kind="pasted"))
    return Region(
        _parts(plan), make_joint(by, plan), make_exchange(staff), operation.code, figure.pk, report.code,
        *_parcels(by, Actor.of(staff["focal_point"])),
    )  # fmt: skip


def _parts(plan: Plan) -> dict[str, str]:
    numbers = {
        "milestone": Milestone.objects.get(reached__country="KZ").pk,
        "record": Funding.objects.get(country="KZ").pk,
        "change": Change.objects.get().pk,
    }
    return {"code": plan.code, "action": "1.1.1", **{name: str(number) for name, number in numbers.items()}}


def _parcels(one: Actor, two: Actor) -> tuple[Partner, str, bytes]:
    """Return a partner, the code of a parcel of its that waits, and the file of its next."""
    sender = Sender()
    made = exchange.add_partner(one, name="Kazakhstan", country="KZ", key=sender.key)
    exchange.confirm_partner(two, made, check_code=made.check_code)
    waits = exchange.receive_parcel(one, sender.sends(proposal("R-0000-000A"), position("R-0000-000A")))
    return made, waits.code, sender.sends(proposal("R-0000-000B"))


def put(route: str, region: Region) -> dict[str, str]:
    """Return what stands in an address, by what the address calls it; nothing for an address of casework."""
    path = route.removeprefix("api/v1/")
    kind = path.split("/", 1)[0]
    common = {**region.plan, "key": "about", "kind": "docx" if kind == "joint-plan" else "statement"}
    if path.startswith("exchange/reports/"):
        return {**common, "code": region.report, "number": "1"}
    if kind == "exchange":
        return common | fill(route, region.exchange)
    if kind in {"parcels", "partners"}:
        return {**common, "code": region.partner.code if "partners/" in route else region.parcel}
    if kind == "published-figures":
        return {**common, "code": region.operation, "number": str(region.figure)}
    if kind == "joint-plan":
        return common
    return {**common, "code": region.joint[kind]} if kind in region.joint else {}
