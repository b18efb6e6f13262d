"""Makes an instance ready for the story of two: its accounts, and what it has to say. Run by `test_two_instances.py`.

As `region` it has a plan in force, as `country` a proposal and a position of its own.
"""

from __future__ import annotations

import sys
from datetime import date

PASSWORD = "seven green hills"


def region() -> None:
    """Make the secretariat's instance: two who exchange parcels, and a plan in force."""
    from panoh.access.models import Agency, Staff
    from panoh.plan.tests import make

    agency = Agency.objects.create(code="SEC", name="Secretariat", kind=Agency.Kind.INTERNATIONAL)
    for name in ("malika", "rustam"):
        Staff.objects.create_user(name, password=PASSWORD, display_name=name, agency=agency, role="secretariat")
    make.adopted()


def country() -> None:
    """Make a national instance: two focal points, and what their state proposes."""
    from panoh.access.entrances import Actor
    from panoh.access.models import Agency, Staff
    from panoh.exchange import actions
    from panoh.plan.tests.make import english

    agency = Agency.objects.create(code="MFA", name="Ministry", kind=Agency.Kind.MINISTRY, country="KZ")
    for name in ("aigul", "daniyar"):
        Staff.objects.create_user(name, password=PASSWORD, display_name=name, agency=agency, role="focal_point")
    by = Actor.of(Staff.objects.get(username="aigul"))
    ours = actions.add_proposal(
        by, title=english("Joint training of teachers"), text=english("Train teachers together."), country="KZ"
    )
    actions.circulate_proposal(by, ours)
    actions.take_position(by, ours, stance=1, taken_on=date(2026, 11, 1), country="KZ", statement="We host it.")


if __name__ == "__main__":
    from panoh.web.serving import prepare

    prepare()
    {"region": region, "country": country}[sys.argv[1]]()
