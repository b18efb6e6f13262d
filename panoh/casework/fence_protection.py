"""Who protects a file, or ends that, as text for the database: a role that may, and that leads the file."""

from __future__ import annotations

MAKE_PROTECTION = """
create function app.keep_protection() returns trigger
language plpgsql as $$
begin
    if current_user <> (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
        and not app.may('family.protect') then
        raise exception 'this role does not say how far a file is seen' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_protection before update on casework_family for each row
    when (new.sensitivity is distinct from old.sensitivity) execute function app.keep_protection();
create trigger b_protection_new before insert on casework_family for each row
    when (new.sensitivity <> 0) execute function app.keep_protection();
"""
DROP_PROTECTION = """
drop trigger b_protection on casework_family;
drop trigger b_protection_new on casework_family;
drop function app.keep_protection;
"""
