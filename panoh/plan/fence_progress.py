"""Rules of what countries report: each for itself, and a report on an action is never changed."""

from __future__ import annotations

from panoh.access.fence import no_rule, rule
from panoh.plan.fence import EDITS, SEES, of_a_country

REPORTED = ("plan_status", "plan_reached", "plan_funding")

MAKE_PROGRESS = (
    """
create function plan_status_is_kept() returns trigger language plpgsql as $$
begin
    raise exception 'a report on an action is kept: add another' using errcode = 'insufficient_privilege';
end $$;
create trigger status_is_kept before update or delete on plan_status
    for each row execute function plan_status_is_kept();

-- Who reports is a state that the action concerns; all together where the column may be empty.
create function plan_country_is_concerned() returns trigger language plpgsql as $$
declare
    about bigint;
begin
    if tg_table_name = 'plan_reached' then
        select action_id into about from plan_milestone where id = new.milestone_id;
        if exists (select from plan_milestone where id = new.milestone_id and for_each <> (new.country <> '')) then
            raise exception 'a milestone is reached by each country, or by all together'
                using errcode = 'check_violation';
        end if;
    else
        about := new.action_id;
    end if;
    if (new.country <> '' or tg_table_name = 'plan_status') and not exists (
        select from plan_planaction a join plan_plan p on p.id = a.plan_id where a.id = about
            and new.country = any(case when a.states = '{}' then p.states else a.states end)
    ) then
        raise exception 'the action does not concern this country' using errcode = 'check_violation';
    end if;
    return new;
end $$;

-- An action that is dropped leaves no part behind; looked at when all changes of an edition are made.
create function plan_parts_go_first() returns trigger language plpgsql as $$
begin
    if exists (
        select from plan_planaction part join plan_planaction whole on whole.id = part.parent_id
        where whole.id = new.id and whole.until is not null and part.until is null
    ) then
        raise exception 'an action with parts is not dropped' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger parts_go_first after update of until on plan_planaction deferrable initially deferred
    for each row execute function plan_parts_go_first();
"""
    + "".join(
        f"create trigger of_a_country_concerned before insert or update on {table}"
        " for each row execute function plan_country_is_concerned();\n"
        + rule(table, SEES, of_a_country("joint.report"))
        for table in REPORTED
    )
    + rule("plan_milestone", SEES, EDITS)
)

DROP_PROGRESS = (
    "".join(f"drop trigger of_a_country_concerned on {table};\n" + no_rule(table) for table in REPORTED)
    + no_rule("plan_milestone")
    + """
drop trigger status_is_kept on plan_status;
drop trigger parts_go_first on plan_planaction;
drop function plan_status_is_kept();
drop function plan_country_is_concerned();
drop function plan_parts_go_first();
"""
)
