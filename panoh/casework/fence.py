"""The fence around casework, as text for the database: who sees and changes which rows, by where they stand.

What is sealed to a profession has no scope, so only a file's own people and grants of that class open it. How rows come
to stand where they do: `fence_places.py`.
"""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

SEES = "{0}place = any((select app.my_places(false))::bigint[]) or {0}scope = any((select app.my_scopes(false))::int[])"
CHANGES = SEES.replace("(false)", "(true)")
DESK = any_of(("list.see", "list.read", "list.confirm", "list.purge", "reception.run", "register.link"))

ASKED = (
    "found_elsewhere", "granted_files", "is_there", "lead_of", "leads", "opens", "searches_the_register",
    "sees_a_request_of",
)  # fmt: skip

# Rows that are searched and counted stand by themselves; whose place they take, by which column, of which class.
FILE, CARE = 0, 3
PLACED = {
    "casework_person": ("casework_family", "home_id", FILE),
    "casework_membership": ("casework_family", "family_id", FILE),
    "casework_case": ("casework_person", "person_id", FILE),
    "casework_assessment": ("casework_case", "case_id", CARE),
    "casework_need": ("casework_case", "case_id", None),
    "casework_planitem": ("casework_need", "need_id", None),
    "casework_assistance": ("casework_case", "case_id", None),
    "casework_visit": ("casework_family", "family_id", CARE),
    "casework_note": ("casework_family", "family_id", None),
    "casework_task": ("casework_family", "family_id", CARE),
    "casework_grant": ("casework_family", "family_id", FILE),
    "casework_withhold": ("casework_family", "family_id", FILE),
}

# The others hang on a row that stands: they are seen and changed with it.
HANGING = {
    "casework_stagechange": "exists (select from casework_case c where c.id = case_id)",
    "casework_relationship": "exists (select from casework_person p where p.id in (subject_id, other_id))",
    "casework_forgetting": "exists (select from casework_person p where p.id = person_id)",
    "casework_merge": "exists (select from casework_person p where p.id = kept_id)"
    " and exists (select from casework_person p where p.id = merged_id)",
    "casework_receptionentry": f"{DESK} or exists (select from casework_person p where p.id = person_id)",
    "casework_reception": f"{DESK} or exists (select from casework_receptionentry e"
    " where e.reception_id = casework_reception.id)",
    "casework_arrivalrow": f"{DESK} or exists (select from casework_tracingrequest t"
    " where t.row_id = casework_arrivalrow.id)",
    "casework_arrivallist": f"{DESK} or app.sees_a_request_of(id)",
    "casework_columnmemory": DESK,
}

_ONE = "exists (select from casework_person p where p.id = {0})"
SUGGESTED = f"{_ONE.format('person_id')} and ({_ONE.format('other_id')} or (other_id is null and ({{0}})))"
SOUGHT = f"{DESK} or {SEES.format('')}"


MY_PLACES = """
-- What the bearer's own and granted files hold for its role, as places; changing: only where it may change something.
-- In steps, for most bearers need the first two: as one statement it takes half as long again, with each query.
create or replace function app.my_places(changing boolean) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
declare
    me record;
    places bigint[];
begin
    select * into me from app.me();
    if not found or (changing and not (me.role).changes) then
        return '{}';
    end if;
    if (me.role).reach > 0 then
        places := array(
            select f.id * 32 + kind from casework_family f cross join unnest((me.role).classes) kind
            where f.worker_id = me.staff
        );
    end if;
    places := places || array(
        select g.family_id * 32 + kind from casework_grant g cross join unnest(g.classes) kind
        where (g.staff_id = me.staff or (g.staff_id is null and g.agency_id = me.agency))
            and g.ended_at is null and g.until >= app.today() and (g.changes or not changing)
            and kind = any((me.role).classes)
    );
    if (me.role).reach > 1 then
        places := places || array(
            select w.family_id * 32 + kind from casework_withhold w cross join unnest(w.classes) kind
                join casework_family f on f.id = w.family_id
            where w.ended_at is null and kind = any((me.role).classes)
                and f.agency_id * 4 + f.sensitivity = any((select app.my_scopes(changing))::int[])
        );
    end if;
    if exists (
        select from casework_withhold w where (w.staff_id = me.staff or w.agency_id = me.agency) and w.ended_at is null
    ) then
        places := array(
            select unnest(places)
            except
            select w.family_id * 32 + kind from casework_withhold w cross join unnest(w.classes) withheld
                cross join unnest((me.role).classes) kind
            where (w.staff_id = me.staff or w.agency_id = me.agency) and w.ended_at is null
                and (withheld = kind or withheld = 0)
        );
    end if;
    return places;
end $$;
"""

GRANTED_FILES = """
create or replace function app.granted_files() returns bigint[]
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
    return (select coalesce(array_agg(distinct g.family_id), '{}') from casework_grant g, app.me() m
    where (g.staff_id = m.staff or (g.staff_id is null and g.agency_id = m.agency))
        and g.ended_at is null and g.until >= app.today()
        and not exists (select from casework_withhold w where w.family_id = g.family_id and w.ended_at is null
                        and 0 = any(w.classes) and (w.staff_id = m.staff or w.agency_id = m.agency)));
end $$;
"""
REACHING = f"""{GRANTED_FILES}
-- Whether a file is one of the bearer's: by role, by leading it, or by a grant.
create or replace function app.opens(file bigint, changing boolean) returns boolean
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
    return exists (
        select from casework_family f where f.id = file
            and (f.place = any(app.my_places(changing)) or f.scope = any(app.my_scopes(changing)))
    );
end $$;
"""

# Whom a search found out of the bearer's reach: a code, and on asking who leads the work; a few a day, no name ever.
REACHING += """
-- Schools, clinics, committees and organisations help those who are referred to them; they search no register.
create function app.searches_the_register() returns boolean
language sql stable security definer set search_path = app, public, pg_temp as $$
    select exists (select from app.me() m join access_agency a on a.id = m.agency
                   where a.kind in (1, 2, 3, 9) and 'person.find' = any((m.role).permissions))
$$;
create function app.found_elsewhere(identities uuid[]) returns table (identity_id uuid, code varchar)
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    if not app.searches_the_register() or not app.spend('found elsewhere', 60) then
        return;
    end if;
    return query select p.identity_id, p.code from casework_person p
        join vault_identity i on i.id = p.identity_id join vault_datakey k on k.id = i.key_id
        where p.identity_id = any(identities[1:5]) and k.wrapped <> '';
end $$;
create function app.lead_of(person varchar) returns table (
    identity_id uuid, sex varchar, birth_year smallint, agency varchar, worker varchar
)
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    if not app.searches_the_register() or not app.spend('lead of', 30) then
        return;
    end if;
    return query select p.identity_id, p.sex, p.birth_year, a.name, s.display_name from casework_person p
        join casework_family f on f.id = p.home_id join access_agency a on a.id = f.agency_id
        left join access_staff s on s.id = f.worker_id
        where p.code = person and not exists (select from casework_forgetting g where g.person_id = p.id);
end $$;
"""
# Whether there is such a code at all, so that a look at what is hidden goes on record as refused.
REACHING += """
create function app.is_there(asked varchar) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return app.uid() is not null and (
        exists (select from casework_family where code = asked)
        or exists (select from casework_person where code = asked)
        or exists (select from casework_case where code = asked)
        or exists (select from casework_need where code = asked)
        or exists (select from casework_planitem where code = asked)
        or exists (select from casework_task where code = asked)
    );
end $$;
"""
DROP_REACHING = "".join(
    f"drop function app.{name};\n"
    for name in ("opens", "granted_files", "found_elsewhere", "lead_of", "searches_the_register", "is_there")
)


def fences() -> str:
    """Return the fence of every table of casework."""
    shape = {table: rule(table, SEES.format(""), CHANGES.format("")) for table in ("casework_family", *PLACED)}
    shape |= {table: rule(table, condition) for table, condition in HANGING.items()}
    found = SUGGESTED.format(f"state = 2 or {DESK}")
    shape["casework_suggestion"] = rule("casework_suggestion", found, SUGGESTED.format(DESK))
    # Whom a file was opened to neither hands it on nor takes it over: that is for who leads it, or for a role's scope.
    shape["casework_family"] += "alter policy changes on casework_family using (app.leads(id));\n"
    for table in ("casework_grant", "casework_withhold"):
        shape[table] = rule(table, SEES.format(""), "app.leads(family_id)")
    shape["casework_tracingrequest"] = rule("casework_tracingrequest", SOUGHT)
    return "".join(shape.values())


def no_fences() -> str:
    """Return the statements that take all of them away."""
    tables = ["casework_family", *PLACED, *HANGING, "casework_suggestion", "casework_tracingrequest"]
    return "".join(no_rule(table) for table in tables)
