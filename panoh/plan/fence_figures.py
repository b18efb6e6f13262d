"""Rules of the public record: whoever sees the plan sees it, and nothing that was published is changed."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule
from panoh.plan.fence import SEES

RECORDS = any_of(["figure.record"])
FIGURE_TABLES = ("plan_operation", "plan_operation_adds_up", "plan_publishedfigure")

MAKE_FIGURES_FENCE = """
-- What was published stays as it was published: a figure is struck out, never changed or removed.
create function plan_figure_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.struck_out <> '' or to_jsonb(new) - 'struck_out' <> to_jsonb(old) - 'struck_out' then
        raise exception 'a published figure is struck out, never changed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger figure_stays before update or delete on plan_publishedfigure
    for each row execute function plan_figure_stays();
""" + "".join(rule(table, SEES, RECORDS) for table in FIGURE_TABLES)

DROP_FIGURES_FENCE = (
    "".join(no_rule(table) for table in FIGURE_TABLES)
    + """
drop trigger figure_stays on plan_publishedfigure;
drop function plan_figure_stays();
"""
)
