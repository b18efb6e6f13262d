"""Database rights, as text: what the application's role may do to which table.

The role owns nothing. What is history can only be added to; what is casework is never deleted, but for the rows of a
list that is read anew: a trigger of casework keeps those of every list that is no draft.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from psycopg import sql

APPEND_ONLY = frozenset(
    {
        "access_auditentry",
        "exchange_arrived",
        "exchange_parcelstep",
        "casework_correction",
        "casework_fieldchange",
        "casework_forgetting",
        "casework_consentterms",
        "casework_interview",
        "casework_lawfulreview",
        "casework_familychange",
        "casework_handover",
        "casework_kinshiptest",
        "casework_legalstep",
        "casework_paperheld",
        "casework_paperpicture",
        "casework_placementreview",
        "casework_stagechange",
        "casework_note",
        "casework_planversion",
        "casework_planline",
        "casework_plansignature",
    }
)
KEPT = frozenset({"access_rolechange", "exchange_parcel", "exchange_partner"})
OF_DRAFTS = frozenset({"casework_arrivalrow"})
READ_ONLY = frozenset(
    {"access_auditseal", "access_district", "django_migrations", "django_content_type", "auth_permission"}
)
# The number of an entry, its time and its transaction are the database's to say.
OF_AN_ENTRY = "staff_id, role, step, outcome, about, purpose, identities"
# Providers of sign-in are set by the operator, never by a row that somebody smuggles in; tokens of theirs are not kept.
READ_ONLY |= {"socialaccount_socialapp", "socialaccount_socialtoken"}

# What is about nobody who is helped: everything else stands behind the fence, and a new table that does not is refused.
OPEN_TABLES = READ_ONLY | {
    "access_agency", "access_auditseal", "access_cache", "access_sending", "access_staff", "access_worksession",
    "account_emailaddress", "account_emailconfirmation", "auth_group", "auth_group_permissions", "django_session",
    "access_recovery", "access_roleversion", "mfa_authenticator", "socialaccount_socialaccount",
    "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
    "vault_masterkey",
}  # fmt: skip

# Tables of our schema that the database would show to whoever asks: without the fence, or not closed to their owner.
UNFENCED = """
    select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm')
        and not (relrowsecurity and relforcerowsecurity) and relname <> all(%s) order by 1
"""


def unfenced() -> list[str]:
    """Return the tables that should stand behind the fence and do not."""
    with connection.cursor() as cursor:
        cursor.execute(UNFENCED, [sorted(OPEN_TABLES)])
        return [row[0] for row in cursor.fetchall()]


def rights_on(table: str) -> str:
    """Return the rights of the application's role on a table."""
    if table in READ_ONLY:
        return "select"
    if table == "access_roleversion":
        return "select, update (proposed_by_id, proposed_at, agreed_by_id, adopted_at, signature)"
    if table == "access_auditentry":
        return f"select, insert ({OF_AN_ENTRY})"
    if table in APPEND_ONLY:
        return "select, insert"
    if table in KEPT or (table.startswith("casework_") and table not in OF_DRAFTS):
        return "select, insert, update"
    return "select, insert, update, delete"


def grants(role: str, tables: Iterable[str]) -> sql.Composed:
    """Return the statements that give the role exactly these rights; running them again changes nothing."""
    name = sql.Identifier(role)
    statements = [
        sql.SQL("revoke all on schema public from public; grant usage on schema public to {};").format(name),
        sql.SQL("revoke all on all tables in schema public from {};").format(name),
        sql.SQL("grant usage on all sequences in schema public to {};").format(name),
    ]
    statements += [
        sql.SQL("grant {} on {} to {};").format(sql.SQL(rights_on(table)), sql.Identifier(table), name)
        for table in tables
    ]
    return sql.Composed(statements)


# The owner too cannot bend the account of what was done without first removing these triggers, which shows.
APPEND_ONLY_TRIGGERS = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'table % can only be added to', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_append_only before update or delete on access_auditentry
    for each row execute function refuse_change();
create trigger audit_is_not_emptied before truncate on access_auditentry
    for each statement execute function refuse_change();
"""
DROP_APPEND_ONLY_TRIGGERS = """
drop trigger audit_is_append_only on access_auditentry;
drop trigger audit_is_not_emptied on access_auditentry;
drop function refuse_change();
"""
