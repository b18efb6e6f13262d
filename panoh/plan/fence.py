"""Rules of the plan's tables: whoever sees the plan sees it whole; a country's own is changed by who speaks for it."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED = ("my_country",)

SEES = any_of(["joint.see"])
EDITS = any_of(["joint.edit"])
TEXT_TABLES = (
    "plan_plan", "plan_pillar", "plan_area", "plan_body", "plan_planaction", "plan_planaction_also_serves",
    "plan_actionbody", "plan_revision", "plan_change",
)  # fmt: skip


def of_a_country(permission: str, column: str = "country") -> str:
    """Return the condition that the bearer holds the permission and speaks for the row's country, or edits all."""
    return f"{EDITS} or ({any_of([permission])} and {column} = (select nullif(app.my_country(), '')))"


MAKE_FENCE = """
-- The state for which the bearer's agency speaks; empty for an organisation of no single state.
create function app.my_country() returns varchar
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return (select a.country from access_agency a join app.me() m on a.id = m.agency);
end $$;

-- The wording of an action is fixed within an edition of a plan in force.
create function plan_action_keeps_its_wording() returns trigger language plpgsql as $$
begin
    if (new.text, new.code, new.area_id, new.parent_id, new.starts, new.ends, new.states)
        is distinct from (old.text, old.code, old.area_id, old.parent_id, old.starts, old.ends, old.states)
        and new.edition <= old.edition
        and exists (select from plan_plan where id = old.plan_id and state <> 1) then
        raise exception 'an adopted action is reworded by the next edition' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger wording_stays before update on plan_planaction
    for each row execute function plan_action_keeps_its_wording();
""" + "".join(rule(table, SEES, EDITS) for table in TEXT_TABLES)

DROP_FENCE = (
    "".join(no_rule(table) for table in TEXT_TABLES)
    + """
drop trigger wording_stays on plan_planaction;
drop function plan_action_keeps_its_wording();
drop function app.my_country();
"""
)
