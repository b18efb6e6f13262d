"""Makes an instance ready for the story of two: its accounts, and for the region a plan. Run by `tests/browser`."""

from __future__ import annotations

import sys

PASSWORD = "seven green hills"


def region() -> None:
    """Make the secretariat's instance: two who exchange parcels, two states without an instance, a plan in force."""
    from panoh.access.models import Agency
    from panoh.plan.tests import make

    _hire(("malika", "rustam"), "secretariat", Agency.Kind.INTERNATIONAL)
    _hire(("bobur",), "focal_point", Agency.Kind.MINISTRY, "UZ")
    _hire(("firuza",), "focal_point", Agency.Kind.MINISTRY, "TJ")
    make.adopted()


def country() -> None:
    """Make a national instance: two focal points, a peer who reviews, and who edits the exchange."""
    from panoh.access.models import Agency

    _hire(("aigul", "daniyar"), "focal_point", Agency.Kind.MINISTRY, "KZ")
    _hire(("samal",), "expert", Agency.Kind.NGO, "KZ")
    _hire(("timur",), "exchange_editor", Agency.Kind.MINISTRY, "KZ")


def _hire(names: tuple[str, ...], role: str, kind: int, state: str = "") -> None:
    from panoh.access.models import Agency, Staff

    code = f"{role[:3].upper()}{state}"
    agency = Agency.objects.create(code=code, name=f"Office of {state or 'all'}: {role}", kind=kind, country=state)
    for name in names:
        Staff.objects.create_user(name, password=PASSWORD, display_name=name, agency=agency, role=role)


if __name__ == "__main__":
    from panoh.web.serving import prepare

    prepare()
    {"region": region, "country": country}[sys.argv[1]]()
