"""Rules of summaries: who edits the plan writes them."""

from __future__ import annotations

from panoh.access.fence import no_rule, rule
from panoh.plan.fence import EDITS, SEES

TABLES = ("plan_summary", "plan_section")
MAKE_FENCE = "".join(rule(table, SEES, EDITS) for table in TABLES)
DROP_FENCE = "".join(no_rule(table) for table in TABLES)
