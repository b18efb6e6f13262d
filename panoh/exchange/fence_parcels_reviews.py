"""Rules of reviews that come in a parcel: held where they came from, and answered by each country for itself."""

from __future__ import annotations

from panoh.exchange.fence_parcels import no_taking, taking

ASKED = ("takes_in_of",)

TABLES = ("plan_review", "plan_question", "plan_finding", "plan_actionpoint")

MAKE_TAKING = (
    """
-- Whether the bearer is taking in, or back, a parcel of this country.
create function app.takes_in_of(said_by text) returns boolean
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return app.may_any(array['parcel.receive']) and exists (
        select from exchange_parcel x join exchange_partner p on p.id = x.partner_id
        where x.state in (3, 6) and x.by_id = app.uid() and p.country = said_by);
end $$;

-- A review that came, and all that hangs on it, is changed by what comes from there and by nobody here.
create function plan_held_elsewhere() returns trigger
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    told jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
    was jsonb := case tg_op when 'INSERT' then told else to_jsonb(old) end;
begin
    if tg_op = 'UPDATE' and told->'held_elsewhere' is distinct from was->'held_elsewhere' then
        raise exception 'where a review is held does not change' using errcode = 'insufficient_privilege';
    end if;
    if not app.takes_in() and ((told->'held_elsewhere')::boolean or (was->'held_elsewhere')::boolean
        or exists (select from plan_review where held_elsewhere
            and id in ((told->>'review_id')::bigint, (was->>'review_id')::bigint))) then
        raise exception 'a review is changed where it is held' using errcode = 'insufficient_privilege';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end $$;
"""
    + "".join(
        f"create trigger held_elsewhere before insert or update or delete on {table}\n"
        "    for each row execute function plan_held_elsewhere();\n"
        for table in TABLES
    )
    + "".join(map(taking, TABLES))
    + "create policy takes_in_adds on plan_answer for insert with check ((select app.takes_in_of(country)));\n"
)
DROP_TAKING = (
    "drop policy takes_in_adds on plan_answer;\n"
    + "".join(map(no_taking, TABLES))
    + "".join(f"drop trigger held_elsewhere on {table};\n" for table in TABLES)
    + "drop function plan_held_elsewhere();\ndrop function app.takes_in_of(text);\n"
)
