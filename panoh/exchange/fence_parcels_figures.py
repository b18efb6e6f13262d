"""What is measured, and what countries report on it, may come in a parcel."""

from __future__ import annotations

from panoh.exchange.fence_parcels import no_taking, taking

TABLES = ("plan_indicator", "plan_period", "plan_level", "plan_value")

MAKE_TAKING = (
    "".join(map(taking, TABLES))
    + "create policy takes_in_adds on plan_remark for insert with check ((select app.takes_in()));\n"
)
DROP_TAKING = "drop policy takes_in_adds on plan_remark;\n" + "".join(map(no_taking, TABLES))
