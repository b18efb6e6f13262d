"""The exchange over HTTP: the same steps and reads as the pages, with the same refusals."""

from ninja import Router

from panoh.exchange.api import events, lessons, parcels, proposals, reports

__all__ = ["router"]

router = Router()
for part in (reports, parcels, events, lessons, proposals):
    router.add_router("", part.router)
