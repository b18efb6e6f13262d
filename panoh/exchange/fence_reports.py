"""Rules of the reports that are read in: seen and decided on by whoever enters reports, and by nobody else."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ENTERS = any_of(["report.enter"])
TABLES = ("exchange_report", "exchange_reportitem")

MAKE_FENCE = "".join(rule(table, ENTERS) for table in TABLES)
DROP_FENCE = "".join(no_rule(table) for table in TABLES)
