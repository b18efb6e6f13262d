"""Whoever takes a parcel in sees the proposals that they put, drafts of other countries too, as long as that lasts."""

from __future__ import annotations

MAKE_SEEING = "create policy takes_in_sees on exchange_proposal for select using ((select app.takes_in()));"
DROP_SEEING = "drop policy takes_in_sees on exchange_proposal;"
