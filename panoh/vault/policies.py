"""The index of names, as text for the database: a schema that nobody reads but through its functions.

The application may add rows and ask questions; it cannot list the keys. What a row holds is 32 bits of a keyed digest
for each key: of parts of names, pairs of them, dated pairs, and papers.
"""

from __future__ import annotations

from psycopg import sql

MAKE_FINDING = """
create schema finding;
create extension if not exists intarray with schema finding;
create table finding.entry (
    identity_id uuid primary key references vault_identity,
    kind smallint not null check (kind in (1, 2)),
    version smallint not null,
    search_key smallint not null,
    keys int4[] not null
);
create table finding.frequency (
    key int4 primary key,
    rows int4 not null,
    is_withheld boolean not null
);
create table finding.size (rows bigint not null);
insert into finding.size values (0);
set local search_path = finding, public;
create index entry_keys on finding.entry using gin (keys gin__int_ops);
create index entry_made on finding.entry (version, search_key);
reset search_path;

create function finding.frequencies(wanted int4[]) returns table (key int4, rows int4, is_withheld boolean)
language sql stable security definer set search_path = finding, pg_temp as $$
    select f.key, f.rows, f.is_withheld from frequency f where f.key = any(wanted)
$$;

create function finding.standing() returns table (version smallint, search_key smallint, rows bigint)
language sql stable security definer set search_path = finding, pg_temp as $$
    select e.version, e.search_key, count(*) from entry e group by 1, 2
$$;

create function finding.register_rows() returns bigint
language sql stable security definer set search_path = finding, pg_temp as $$
    select size.rows from size
$$;

create function finding.outdated(now_version int4, now_search_key int4, after uuid, most int4)
returns setof uuid
language sql stable security definer set search_path = finding, pg_temp as $$
    select i.id from public.vault_identity i join public.vault_datakey k on k.id = i.key_id
    left join entry e on e.identity_id = i.id and e.version = now_version and e.search_key = now_search_key
    where e.identity_id is null and k.wrapped <> '' and i.id > after order by i.id limit most
$$;

create function finding.drop(gone uuid[]) returns void
language sql security definer set search_path = finding, pg_temp as $$
    delete from entry where identity_id = any(gone)
$$;
"""

# The heaviest rows; `rows` tells the planner how few they are.
CANDIDATES = """
create or replace function finding.candidates(
    wanted int4[], first int4[], second int4[], third int4[], fourth int4[], weights int4[], kinds smallint[], most int4
) returns table (identity_id uuid, kind smallint, weight int4)
language sql stable rows 60 security definer set search_path = finding, public, pg_temp as $$
    select e.identity_id, e.kind,
        weights[1] * icount(e.keys & first) + weights[2] * icount(e.keys & second)
        + weights[3] * icount(e.keys & third) + weights[4] * icount(e.keys & fourth) as weight
    from entry e where e.keys && wanted and e.kind = any(kinds)
    order by weight desc limit most
$$;
"""

RECOUNT = """
-- How many rows hold a key, for keys that many hold; one that more than `cap` rows hold is taken out of them.
create or replace function finding.recount(cap_share float8, least_cap int4, least_rows int4) returns int4
language plpgsql security definer set search_path = finding, public, pg_temp as $$
declare
    cap int4;
    common int4[];
begin
    update size set rows = (select count(*) from entry);
    cap := greatest(least_cap, (select floor(cap_share * size.rows)::int4 from size));
    delete from frequency where not is_withheld;
    insert into frequency (key, rows, is_withheld)
        select one.key, count(*), false from entry e cross join lateral unnest(e.keys) as one(key)
        group by one.key having count(*) >= least(least_rows, cap + 1)
        on conflict (key) do update set rows = frequency.rows + excluded.rows;
    update frequency set is_withheld = true where rows > cap;
    select coalesce(array_agg(key), '{}') into common from frequency where is_withheld;
    update entry set keys = keys - common where keys && common;
    return coalesce(array_length(common, 1), 0);
end $$;
"""
MAKE_FINDING += CANDIDATES + RECOUNT

# What candidates are found by, sealed, for whoever may look for people: the comparison shows nobody's file.
DRAWN = """
create or replace function finding.drawn(
    wanted int4[], first int4[], second int4[], third int4[], fourth int4[], weights int4[], kinds smallint[],
    most int4, known uuid[], part_group int4, only_mine boolean
) returns table (
    identity_id uuid, kind smallint, key_id uuid, master smallint, wrapped bytea, part_id uuid, sealed bytea
)
language sql stable rows 60 security definer set search_path = finding, public, pg_temp as $$
    select c.identity_id, c.kind, k.id, k.master, k.wrapped, p.id, p.sealed
    from candidates(
        wanted, first, second, third, fourth, weights, kinds, case when only_mine then 100000 else most end) c
    join vault_identity i on i.id = c.identity_id
    join vault_datakey k on k.id = i.key_id
    join vault_sealedpart p on p.key_id = k.id
    where c.identity_id <> all(known) and p."group" = part_group and p.sealed <> ''
        and (select app.may_any(array['person.find', 'register.link', 'list.read', 'list.confirm']))
        and (not only_mine or k.file * 32 = any((select app.my_places(false))::bigint[])
             or k.scope = any((select app.my_scopes(false))::int[])
             or k.at_desk and (select app.may_any(array['list.see'])))
    order by c.weight desc limit most
$$;
revoke all on function finding.drawn from public;
"""

ASKED = (  # by the application, and by nobody else
    "candidates(int4[], int4[], int4[], int4[], int4[], int4[], smallint[], int4)",
    "frequencies(int4[])",
    "standing()",
    "register_rows()",
    "outdated(int4, int4, uuid, int4)",
    "drop(uuid[])",
    "recount(float8, int4, int4)",
)
MAKE_FINDING += "".join(f"revoke all on function finding.{one} from public;\n" for one in ASKED)
DROP_FINDING = "drop schema finding cascade;"


def finding_rights(role: str) -> sql.Composed:
    """Return the statements that let the role add to the index and ask it, and no more; again changes nothing."""
    name = sql.Identifier(role)
    statements = [
        sql.SQL("grant usage on schema finding to {};").format(name),
        sql.SQL("revoke all on all tables in schema finding from {};").format(name),
        sql.SQL("grant insert on finding.entry to {};").format(name),
    ]
    asked = (*ASKED, "drawn")
    statements += [sql.SQL("grant execute on function finding.{} to {};").format(sql.SQL(one), name) for one in asked]
    return sql.Composed(statements)


# Whoever registers people enters them and takes them out; only who looks after the keys makes the index anew.
KEEPS = "array['family.create', 'person.edit', 'list.read', 'list.confirm', 'person.forget', 'vault.keep']"
GUARD_FINDING = """
create or replace function finding.drop(gone uuid[]) returns void
language plpgsql security definer set search_path = finding, pg_temp as $$
begin
    if not app.may_any(@KEEPS) then
        raise exception 'this role registers nobody' using errcode = 'insufficient_privilege';
    end if;
    delete from entry where identity_id = any(gone);
end $$;
alter function finding.recount rename to recount_all;
create function finding.recount(cap_share float8, least_cap int4, least_rows int4) returns int4
language plpgsql security definer set search_path = finding, pg_temp as $$
begin
    if not app.may('vault.keep') then
        raise exception 'this role does not look after the keys' using errcode = 'insufficient_privilege';
    end if;
    return recount_all(cap_share, least_cap, least_rows);
end $$;
revoke all on function finding.recount, finding.recount_all from public;
alter table finding.entry enable row level security;
create policy enters on finding.entry for insert with check ((select app.may_any(@KEEPS)));
""".replace("@KEEPS", KEEPS)
UNGUARD_FINDING = """
drop policy enters on finding.entry;
alter table finding.entry disable row level security;
drop function finding.recount;
alter function finding.recount_all rename to recount;
create or replace function finding.drop(gone uuid[]) returns void
language sql security definer set search_path = finding, pg_temp as $$
    delete from entry where identity_id = any(gone)
$$;
"""
