"""The fence around requests that something leaves: their asker's, and theirs who decide; as text for the database."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

MINE = "asked_by_id = (select app.uid())"
DECIDES = any_of(("export.approve", "export.purge"))

# What was asked stays as it was asked, and nobody puts another's name under a decision.
MAKE_EXPORTS = (
    rule("casework_export", f"{MINE} or {DECIDES}")
    + f"""
alter policy adds on casework_export with check ({MINE} and state = 1);
create function app.keep_export() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (new.code, new.families, new.columns, new.purpose, new.recipient_id, new.file_format, new.key_id,
        new.because_id, new.asked_by_id, new.asked_at) is distinct from (
        old.code, old.families, old.columns, old.purpose, old.recipient_id, old.file_format, old.key_id,
        old.because_id, old.asked_by_id, old.asked_at)
        or new.decided_by_id is distinct from old.decided_by_id and (
            old.decided_by_id is not null or new.decided_by_id is distinct from app.uid()
            or not app.may('export.approve')) then
        raise exception 'what was asked stays, and who decides decides alone' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_export for each row execute function app.keep_export();

-- Who decides reads why a file is asked for, and nothing else that is sealed with it.
create function app.keys_to_decide() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(key_id), '{{}}') from casework_export where state = 1 and app.may('export.approve')
$$;
create policy of_exports on vault_datakey for select
    using (holder = 4 and id = any((select app.keys_to_decide())::uuid[]));
create policy of_exports on vault_sealedpart for select
    using ("group" = 20 and key_id = any((select app.keys_to_decide())::uuid[]));
"""
)
DROP_EXPORTS = """
drop policy of_exports on vault_datakey;
drop policy of_exports on vault_sealedpart;
drop trigger a_kept on casework_export;
drop function app.keep_export;
drop function app.keys_to_decide;
""" + no_rule("casework_export")
