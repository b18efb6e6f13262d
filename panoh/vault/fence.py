"""The fence around what is sealed, as text for the database.

A key stands where its holder does: at a file (`file`, `scope`), or at the desk where lists are read (`at_desk`). What
it sealed opens with it, class by class. Until a holder is named, it is its maker's.
"""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

DESK = any_of(("list.see", "list.read", "list.confirm", "list.purge", "reception.run", "register.link"))
KEEPER = any_of(("vault.keep",))
DESTROYS = any_of(("person.forget", "list.confirm", "list.decide", "list.purge", "list.read", "vault.keep"))
LIST, SEALED = 3, 16
ASKED = ("empty_parts", "keys_there", "parts_there")

MAKE_PLACES = """
alter table vault_datakey add column file bigint, add column scope int,
    add column at_desk boolean not null default false, add column maker int default app.claims(),
    add column withheld smallint[];
"""
# What a destroyed key sealed opens for nobody any more, whoever could read it before.
MAKE_PLACES += """
create function app.empty_parts(destroyed uuid) returns bigint
language sql security definer set search_path = public, pg_temp as $$
    with emptied as (
        update vault_sealedpart set sealed = '' where key_id = destroyed and sealed <> ''
            and exists (select from vault_datakey where id = destroyed and wrapped = '') returning 1
    )
    select count(*) from emptied
$$;
"""
MAKE_ASKING = """
-- Which of these sealed values and keys are there at all, whoever may see them: what is not there yet is in a step.
create function app.parts_there(asked uuid[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(id), '{}') from vault_sealedpart where id = any(asked) and app.uid() is not null
$$;
create function app.keys_there(asked uuid[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(id), '{}') from vault_datakey where id = any(asked) and app.uid() is not null
$$;
"""
DROP_ASKING = "drop function app.parts_there; drop function app.keys_there;"

DROP_PLACES = """
drop function app.empty_parts;
alter table vault_datakey drop column file, drop column scope, drop column at_desk, drop column maker,
    drop column withheld;
"""


def _opens(kind: str, changing: str) -> str:
    """Return the condition on a key, as `k`, under which what it sealed of a class opens."""
    return (
        f"k.file * 32 + {kind} = any((select app.my_places({changing}))::bigint[])"
        f" or ({kind} < {SEALED} and k.scope = any((select app.my_scopes({changing}))::int[])"
        f" and not {kind} = any(coalesce(k.withheld, '{{}}')))"
        f" or ((k.at_desk or k.holder = {LIST}) and {DESK})"
        f" or (k.file is null and k.maker = (select app.uid()))"
        f" or {KEEPER}"
    )


def _key(changing: str) -> str:
    return _opens("0", changing).replace("k.", "")


def _part(changing: str) -> str:
    return f"exists (select from vault_datakey k where k.id = key_id and ({_opens('field_class', changing)}))"


def fences() -> str:
    """Return the fence of every table of the vault: nobody changes a key but to destroy it or to wrap it anew."""
    key = rule("vault_datakey", _key("false"), _key("false"))
    key += f"alter policy changes on vault_datakey with check ({DESTROYS});\n"
    key += "drop policy removes on vault_datakey;\ncreate policy removes on vault_datakey for delete using (false);\n"
    identity = rule("vault_identity", "exists (select from vault_datakey k where k.id = key_id)")
    return key + identity + rule("vault_sealedpart", _part("false"), _part("true"))


def no_fences() -> str:
    """Return the statements that take them away."""
    return "".join(no_rule(table) for table in ("vault_datakey", "vault_identity", "vault_sealedpart"))
