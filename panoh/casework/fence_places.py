"""Triggers that keep where each row of casework stands, as text for the database, and the placing of what was there.

`place` is the file (the family) times 32, and the class of what the row tells; `scope` is the lead agency times 4, and
the sensitivity. A row follows its family, a person's work follows the person.
"""

from __future__ import annotations

from collections.abc import Mapping

from panoh.casework.fence import PLACED


def _place_columns() -> str:
    tables = ["casework_family", "casework_tracingrequest", *PLACED]
    return "".join(f"alter table {table} add column place bigint, add column scope int;\n" for table in tables)


def triggers(placed: Mapping[str, tuple[str, str, int | None]] = PLACED) -> str:
    """Return the triggers that put rows where what they hang on stands."""
    made = []
    for table, (parent, column, kind) in placed.items():
        own_class = "new.field_class" if kind is None else str(kind)
        if table == "casework_planitem":
            own_class = "parent.place % 32"
        name = table.removeprefix("casework_")
        made.append(f"""
create function app.place_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    parent record;
    kind int;
begin
    select p.place, p.scope into parent from {parent} p where p.id = new.{column};
    kind := {own_class};
    new.place := parent.place - parent.place % 32 + kind;
    new.scope := case when kind < 16 and not app.is_withheld(parent.place / 32, kind) then parent.scope end;
    return new;
end $$;
create trigger a_place before insert or update of {column} on {table}
    for each row execute function app.place_{name}();
""")
    return "".join(made)


def _follow(parent: str, extra: str) -> str:
    """Return the trigger that moves what stands under a row when the row's own place changes."""
    children = "".join(
        f"    update {table} set {column} = {column} where {column} = new.id;\n"
        for table, (above, column, _) in PLACED.items()
        if above == parent
    )
    name = parent.removeprefix("casework_")
    return f"""
create function app.follow_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
{children}{extra}    return null;
end $$;
create trigger b_follow after update on {parent} for each row
    when (old.place is distinct from new.place or old.scope is distinct from new.scope)
    execute function app.follow_{name}();
"""


MAKE_PLACES = (
    _place_columns()
    + """
-- Whether somebody must not see a class of a file: then no role's scope shows it, and each who may is named by place.
create function app.is_withheld(file bigint, kind int) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from casework_withhold w where w.family_id = file and w.ended_at is null and kind = any(w.classes)
    )
$$;
create function app.withheld_of(file bigint) returns smallint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array_agg(distinct kind) from casework_withhold w cross join unnest(w.classes) kind
    where w.family_id = file and w.ended_at is null
$$;
-- Whether the bearer leads a file, or sees it by the scope of the role; a grant does not count, whatever it opens.
create function app.leads(file bigint) returns boolean
language sql stable security definer set search_path = app, public, pg_temp as $$
    select exists (
        select from casework_family f cross join app.me() m where f.id = file and (m.role).changes
            and (f.worker_id = m.staff and (m.role).reach > 0
                 or f.agency_id * 4 + f.sensitivity = any(app.my_scopes(true)))
            and not exists (select from casework_withhold w where w.family_id = f.id and w.ended_at is null
                            and 0 = any(w.classes) and (w.staff_id = m.staff or w.agency_id = m.agency))
    )
$$;
create function app.require_lead(file bigint) returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    if not app.leads(file) then
        raise exception 'a file goes elsewhere by who leads it' using errcode = 'insufficient_privilege';
    end if;
end $$;
create function app.place_family() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    new.place := new.id * 32;
    new.scope := case when not app.is_withheld(new.id, 0) then new.agency_id * 4 + new.sensitivity end;
    return new;
end $$;
create trigger a_place before insert or update of agency_id, sensitivity on casework_family
    for each row execute function app.place_family();
"""
    + triggers()
    + _follow(
        "casework_family", "    update vault_datakey set file = new.id, scope = new.scope where id = new.papers_id;\n"
    )
    + _follow(
        "casework_person",
        "    perform app.place_key(new);\n"
        "    perform app.place_sought(request_id) from casework_suggestion"
        " where person_id = new.id and request_id is not null;\n"
        "    update casework_person set home_id = new.home_id where id in"
        " (select merged_id from casework_merge where kept_id = new.id and state = 2);\n",
    )
    + _follow("casework_case", "")
    + _follow("casework_need", "")
    + """
-- What is withheld or not any more is placed anew, row by row of the file.
create function app.replace_file() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    file bigint := new.family_id;
    cases bigint[];
begin
    update casework_family set agency_id = agency_id where id = file;
    update casework_person set home_id = home_id where home_id = file;
    update casework_case set person_id = person_id where person_id in
        (select id from casework_person where home_id = file);
    cases := array(
        select c.id from casework_case c join casework_person p on p.id = c.person_id where p.home_id = file
    );
    update casework_assessment set case_id = case_id where case_id = any(cases);
    update casework_assistance set case_id = case_id where case_id = any(cases);
    update casework_need set case_id = case_id where case_id = any(cases);
    update casework_planitem set need_id = need_id where need_id in
        (select id from casework_need where case_id = any(cases));
    update casework_membership set family_id = family_id where family_id = file;
    update casework_visit set family_id = family_id where family_id = file;
    update casework_note set family_id = family_id where family_id = file;
    update casework_task set family_id = family_id where family_id = file;
    update vault_datakey k set withheld = app.withheld_of(new.family_id) where k.file = new.family_id;
    return null;
end $$;
create trigger b_withheld after insert or update of ended_at on casework_withhold
    for each row execute function app.replace_file();

-- A person's keys and a family's stand where the person and the family do.
create function app.place_key(who casework_person) returns void
language sql security definer set search_path = public, pg_temp as $$
    update vault_datakey set file = who.place / 32, scope = who.scope, withheld = app.withheld_of(who.place / 32)
    where id = (select key_id from vault_identity where id = who.identity_id)
$$;
-- A key is placed by who has just made it, once: nobody puts a file of their own over somebody else's.
create function app.require_new_key(key uuid, of_holder int) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from vault_datakey k where k.id = key and k.holder = of_holder and k.file is null and not k.at_desk
            and k.maker = app.uid()
    ) then
        raise exception 'this key is not new' using errcode = 'insufficient_privilege';
    end if;
end $$;
create function app.place_keys_of_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.require_new_key((select key_id from vault_identity where id = new.identity_id), 1);
    perform app.place_key(new);
    return null;
end $$;
create trigger b_keys after insert on casework_person for each row execute function app.place_keys_of_person();
create function app.place_papers() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.require_new_key(new.papers_id, 2);
    update vault_datakey set file = new.id, scope = new.scope where id = new.papers_id;
    return null;
end $$;
create trigger b_keys after insert on casework_family for each row execute function app.place_papers();

-- Where somebody lives is told by the membership that goes on.
create function app.settle_in() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    home bigint;
begin
    select p.home_id into home from casework_person p where p.id = new.person_id;
    if home is distinct from new.family_id then
        perform app.require_lead(home);
        update casework_person set home_id = new.family_id where id = new.person_id;
    end if;
    return null;
end $$;
create trigger b_home after insert or update of family_id, until on casework_membership
    for each row when (new.until is null) execute function app.settle_in();

create function app.keep_home() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'where somebody lives is told by a membership' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_home_stays before update of home_id on casework_person for each row
    when (old.home_id is not null and old.home_id is distinct from new.home_id) execute function app.keep_home();

-- A file that was joined goes where the kept one is; undone, the membership brings it home.
create function app.join_homes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.require_lead(p.home_id) from casework_person p where p.id in (new.kept_id, new.merged_id);
    update casework_person set home_id = (select home_id from casework_person where id = new.kept_id)
    where id = new.merged_id;
    return null;
end $$;
create trigger b_home after insert or update of state on casework_merge
    for each row when (new.state = 2) execute function app.join_homes();

-- Who is sought belongs to the desk of lists, and once found to the file of the person found as well.
create function app.place_sought(request bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here record;
begin
    select p.place, p.scope into here from casework_suggestion s join casework_person p on p.id = s.person_id
        where s.request_id = request and s.state = 2 order by s.id limit 1;
    update casework_tracingrequest set place = here.place, scope = here.scope where id = request;
    update vault_datakey set file = here.place / 32, scope = here.scope where id =
        (select i.key_id from vault_identity i join casework_tracingrequest t on t.identity_id = i.id
         where t.id = request);
end $$;
create function app.place_found() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.state = 2 and not (app.may('duplicate.decide') and app.may('list.see')) then
        raise exception 'who is sought is found at the desk' using errcode = 'insufficient_privilege';
    end if;
    perform app.place_sought(new.request_id);
    return null;
end $$;
create trigger b_sought after insert or update of state on casework_suggestion
    for each row when (new.request_id is not null) execute function app.place_found();
create function app.place_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.require_new_key((select key_id from vault_identity where id = new.identity_id), 1);
    update vault_datakey set at_desk = true where id = (select key_id from vault_identity where id = new.identity_id);
    return null;
end $$;
create trigger b_keys after insert on casework_tracingrequest
    for each row execute function app.place_request();

create function app.sees_a_request_of(list bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from casework_arrivalrow r join casework_tracingrequest t on t.row_id = r.id
        where r.arrival_list_id = list
            and (t.place = any(app.my_places(false)) or t.scope = any(app.my_scopes(false)))
    )
$$;
"""
)

DROP_PLACES = "".join(
    f"drop trigger if exists {trigger} on {table};\n"
    for table in ("casework_family", "casework_suggestion", "casework_tracingrequest", "casework_merge", *PLACED)
    for trigger in ("a_place", "a_home_stays", "b_follow", "b_keys", "b_home", "b_sought", "b_withheld")
) + "".join(
    f"drop function app.{name};\n"
    for name in (
        "place_family", "place_found", "place_sought", "place_request", "place_key", "place_keys_of_person",
        "place_papers", "settle_in", "join_homes", "sees_a_request_of", "follow_family", "follow_person",
        "follow_case", "follow_need", "replace_file", "is_withheld", "withheld_of", "leads", "require_lead",
        "require_new_key", "keep_home",
        *(f"place_{table.removeprefix('casework_')}" for table in PLACED),
    )
) + "".join(
    f"alter table {table} drop column place, drop column scope;\n"
    for table in ("casework_family", "casework_tracingrequest", *PLACED)
)  # fmt: skip

# Every arm of the rule can be looked up: where much is listed by scope, and by place where a file's rows are many.
INDEXES = {
    "family_by_place": "casework_family (place)",
    "family_by_scope": "casework_family (scope, opened_on desc, id desc)",
    "person_by_place": "casework_person (place)",
    "case_by_place": "casework_case (place, stage)",
    "case_by_scope": "casework_case (scope, stage)",
    "need_by_place": "casework_need (place)",
    "planitem_by_place": "casework_planitem (place)",
    "task_by_place": "casework_task (place)",
    "visit_by_place": "casework_visit (place)",
}
