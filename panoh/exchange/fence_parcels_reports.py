"""A report on an action may come in a parcel."""

from __future__ import annotations

from panoh.exchange.fence_parcels import no_taking, taking

MAKE_TAKING, DROP_TAKING = taking("plan_status"), no_taking("plan_status")
