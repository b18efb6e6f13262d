"""The fence: what the database itself lets the bearer of a token see and change, as text for the database.

A row's place is its file and class in one number (`place`), and its agency and sensitivity in another (`scope`).
One shape of rule for every table: the place is among those of the bearer's own or granted files, or the scope among
those of the bearer's role. Source: DESIGN.md, row-level security; the measurements in platform.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from psycopg import sql

from panoh.access.roles import offered
from panoh.access.tokens import door_key, pads

# What the application may ask of the schema; whatever is not named here, a smuggled statement cannot call either.
ASKED = (
    "bear", "claims", "may", "may_any", "my_places", "my_scopes", "role_of", "roles_in_force", "spend", "today", "uid",
)  # fmt: skip
SCOPES = {"none": 0, "own": 1, "agency": 2, "region": 3, "all": 4}

MAKE_APP = """
create schema app;

-- The day where the deployment is; the zone is laid down after each migration.
create function app.today() returns date language sql stable parallel safe as $$ select current_date $$;

create table app.door (inner_pad bytea not null, outer_pad bytea not null);

create table app.role (
    code text primary key,
    reach smallint not null,
    changes boolean not null,
    permissions text[] not null,
    classes smallint[] not null
);

"""
UID = """
-- Whose token the connection bears: a member of staff, the operator (0), or null. Source: RFC 2104 (HMAC).
create or replace function app.uid() returns int
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
declare
    token text := current_setting('app.token', true);
    parts text[];
    door app.door;
    said bytea;
begin
    -- Looked at before it is taken apart: a handler of errors costs as much as all the rest, so do lengths in here.
    if token is null or token !~ '^[0-9]+[.][0-9]+[.][0-9]+[.][0-9a-f]+$' then
        return null;
    end if;
    parts := string_to_array(token, '.');
    if length(parts[1]) > 9 or length(parts[2]) > 18 or length(parts[3]) > 18 or length(parts[4]) <> 64 then
        return null;
    end if;
    select * into door from app.door;
    said := convert_to(parts[1] || '.' || parts[2] || '.' || parts[3], 'UTF8');
    if sha256(sha256(door.outer_pad || sha256(door.inner_pad || said))) is distinct from sha256(decode(parts[4], 'hex'))
        or parts[3]::bigint < extract(epoch from clock_timestamp()) then
        return null;
    end if;
    if parts[2] <> '0' and not exists (
        select from access_worksession where id = parts[2]::bigint and staff_id = parts[1]::int and ended_at is null
    ) then
        return null;
    end if;
    return parts[1]::int;
end $$;
"""
MAKE_APP += UID
MAKE_APP += """
-- Bear a token from now on; says whose it is.
create function app.bear(token text) returns int
language plpgsql as $$
begin
    perform set_config('app.token', token, false);
    return app.uid();
end $$;

-- The bearer as one row: member of staff, agency, and what the role may; none for nobody and for an ended account.
create function app.me(out staff int, out agency int, out role app.role) returns setof record
language plpgsql stable parallel safe security definer rows 1 set search_path = app, public, pg_temp as $$
declare
    bearer int := app.uid();
begin
    if bearer = 0 then
        return query select 0, null::int, r from app.role r where r.code = 'operator';
    elsif bearer is not null then
        return query select s.id::int, s.agency_id::int, r from access_staff s join app.role r on r.code = s.role
            where s.id = bearer and s.is_active;
    end if;
end $$;

-- In plpgsql, as all that a rule asks with each statement: what is written in SQL is planned anew each time.
create function app.may(permission text) returns boolean
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return exists (select from app.me() m where permission = any((m.role).permissions));
end $$;

-- What each bearer has asked for today of what is rationed: a smuggled statement cannot ask for more either.
create table app.spent (
    staff int not null, day date not null, what text not null, times int not null, primary key (staff, day, what)
);
create function app.spend(what text, most int) returns boolean
language sql security definer set search_path = app, public, pg_temp as $$
    insert into app.spent as s values (coalesce(app.uid(), -1), app.today(), what, 1)
        on conflict (staff, day, what) do update set times = s.times + 1
    returning times <= most
$$;

-- The agencies, by sensitivity, whose files the bearer's role sees without a grant; changing: and may change.
create function app.my_scopes(changing boolean) returns int[]
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
declare
    me record;
begin
    select * into me from app.me();
    if not found or (me.role).reach < 2 or (changing and not (me.role).changes) then
        return '{}';
    elsif (me.role).reach = 2 then
        return array[me.agency * 4, me.agency * 4 + 1];
    end if;
    return array(
        select a.id * 4 + sensitivity from access_agency a cross join generate_series(0, 1) sensitivity
        where (me.role).reach = 4
            or (me.role).reach = 3 and sensitivity = 0 and a.district_id in (
                select there.id from access_district there join access_district here using (country, region_code)
                join access_agency own on own.district_id = here.id where own.id = me.agency)
    );
end $$;

-- Who says to be the bearer, unchecked: to know again what this bearer has just made.
create function app.claims() returns int language sql stable parallel safe as $$
    select nullif(split_part(current_setting('app.token', true), '.', 1), '')::int
$$;

create function app.may_any(permissions text[]) returns boolean
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return exists (select from app.me() m where permissions && (m.role).permissions);
end $$;
"""
# Casework, which knows files, says later what their places are.
MAKE_APP_STUB = """
create or replace function app.my_places(changing boolean) returns bigint[]
language sql stable parallel safe as $$ select '{}'::bigint[] $$;
"""
MAKE_APP += MAKE_APP_STUB
DROP_APP = "drop schema app cascade;"


def rule(table: str, sees: str, changes: str | None = None) -> str:
    """Return the statements that fence a table: what is seen, and what may be added, changed or removed.

    The owner's path stays open, for migrations and for the functions that the rules themselves ask.
    """
    changes = changes or sees
    return f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy owners_path on {table} to current_user using (true) with check (true);
create policy sees on {table} for select using ({sees});
create policy adds on {table} for insert with check ({changes});
create policy changes on {table} for update using ({changes}) with check ({changes});
create policy removes on {table} for delete using ({changes});
"""


def no_rule(table: str) -> str:
    """Return the statements that take the fence of a table away."""
    drops = "".join(
        f"drop policy {name} on {table};\n" for name in ("owners_path", "sees", "adds", "changes", "removes")
    )
    return f"{drops}alter table {table} no force row level security;\nalter table {table} disable row level security;\n"


def any_of(permissions: Sequence[str]) -> str:
    """Return the condition that the bearer's role holds one of these permissions."""
    return f"(select app.may_any(array[{', '.join(repr(one) for one in permissions)}]))"


# --- what the owner lays down after each migration ----------------------------------------------------------------


GRANT_ASKED = """
do $do$
declare
    one regprocedure;
begin
    for one in select oid from pg_proc where pronamespace = 'app'::regnamespace and proname = any({}::text[]) loop
        execute format('grant execute on function %s to %I', one, {});
    end loop;
end $do$;
"""


TODAY = """create or replace function app.today() returns date
language sql stable parallel safe as $$ select (now() at time zone {})::date $$;"""


def installed(app_role: str, asked: Iterable[str]) -> sql.Composed:
    """Return the statements that lay down the key of tokens and the role of the operator, before all others.

    asked: the functions of the schema that the application may call, those of every room.
    """
    inner, outer = pads(door_key())
    statements: list[sql.Composable] = [
        sql.SQL("delete from app.door; insert into app.door values ({}, {});").format(inner, outer),
        sql.SQL(TODAY).format(sql.Literal(settings.TIME_ZONE)),
        sql.SQL("delete from app.role;"),
        sql.SQL("revoke all on all functions in schema app from public, {0}; grant usage on schema app to {0};").format(
            sql.Identifier(app_role)
        ),
        sql.SQL(GRANT_ASKED).format(sql.Literal(sorted(asked)), sql.Literal(app_role)),
    ]
    statements += [
        sql.SQL("insert into app.role values ({}, {}, {}, {}, {});").format(
            role.code, SCOPES[role.scope], role.changes, sorted(role.permissions), sorted(role.classes)
        )
        for role in offered().by_code.values()
        if not role.signs_in
    ]
    return sql.Composed(statements)
