"""The fence around programmes: who gives help reads them, and the database lets none give more than it has."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED = ("hold_programme", "keeps_programmes_of", "spent_of")

MAKE = """
-- Whose programmes the bearer keeps: all, or their own agency's.
create function app.keeps_programmes_of(whose bigint) returns boolean
language sql stable security definer set search_path = app, public, pg_temp as $$
    select exists (select from app.me() m where 'programme.keep' = any((m.role).permissions)
                   and ((m.role).reach > 2 or m.agency = whose))
$$;
-- What was given out of a programme, to whomever: a sum, and nothing of to whom.
create function app.spent_of(programme bigint) returns numeric
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(sum(a.quantity), 0) from casework_assistance a
    where a.programme_id = programme and a.wrong_on is null and app.uid() is not null
$$;
-- The same, and nobody else gives out of it until the step has ended: who gives help may not change the programme.
create function app.hold_programme(programme bigint) returns numeric
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from casework_programme p where p.id = programme and app.may('assistance.give') for update;
    return app.spent_of(programme);
end $$;
-- Two who give at once wait for one another at the programme, so that the second counts what the first gave.
create function app.keep_budget() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    paid casework_programme;
begin
    select * into paid from casework_programme where id = new.programme_id for update;
    if (paid.unit, paid.currency) is distinct from (new.unit, new.currency)
        or new.given_on not between paid.since and least(paid.until, coalesce(paid.ended_on, paid.until))
        or app.spent_of(paid.id) + new.quantity > paid.amount then
        raise exception 'a programme gives what it has, in its time';
    end if;
    return new;
end $$;
create trigger c_budget before insert on casework_assistance for each row when (new.programme_id is not null)
    execute function app.keep_budget();
"""
FENCE = MAKE + rule(
    "casework_programme", any_of(("assistance.give", "programme.keep")), "app.keeps_programmes_of(agency_id)"
)
NO_FENCE = (
    "drop trigger c_budget on casework_assistance;\n"
    + no_rule("casework_programme")
    + "drop function app.keep_budget, app.hold_programme, app.spent_of, app.keeps_programmes_of;\n"
)
