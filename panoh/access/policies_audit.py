"""The seals of the audit, as text for the database: batches in a chain that only its owner's function makes longer.

A batch names the entries it holds by their numbers: a number is drawn before its transaction ends, so that a late one
may be lower than what is sealed already. What is ready is told by the transaction alone: all that are older than the
oldest one that still runs have ended.
"""

from __future__ import annotations

from psycopg import sql

BATCH_ENTRIES = 5000
# All columns but the number, which the place in the batch stands for. The wire format of PostgreSQL is the same for
# every time zone, language and version, and tells null from empty; the casts keep it when a column's type is widened.
# A column that is added later needs a second recipe, which the number of the first batch under it chooses.
CONTENT = """sha256(record_send(row(e.xid, e.at, e.staff_id, e.role::text, e.step::text, e.outcome, e.about::text,
    e.purpose::text, e.identities)))"""
# What a seal says of itself; its digest covers the one before, this line and the digests of the entries.
HEADER = (
    """concat_ws('|', number, ids, entries, until_xid, until_id, (extract(epoch from sealed_at) * 1000000)::bigint)"""
)

MAKE_SEALS = f"""
-- Existing entries get the number of this very transaction, without being written anew, and are sealed first.
alter table access_auditentry add column xid xid8 not null default pg_current_xact_id();
create index access_auditentry_by_transaction on access_auditentry (xid, id);

create table access_auditseal (
    number bigint primary key,
    ids int8multirange not null,
    entries integer not null check (entries > 0),
    until_xid xid8 not null,
    until_id bigint not null,
    sealed_at timestamptz not null,
    digests bytea not null check (octet_length(digests) = 32 * entries),
    digest bytea not null check (octet_length(digest) = 32)
);
alter table access_auditseal alter column digests set storage external;
create trigger seals_are_append_only before update or delete on access_auditseal
    for each row execute function refuse_change();
create trigger seals_are_not_emptied before truncate on access_auditseal
    for each statement execute function refuse_change();

create function seal_audit() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here pg_snapshot;
    oldest xid8;
    youngest xid8;
    sealed int8multirange;
    last record;
    made record;
begin
    -- One at a time; whoever reads does not wait, nor does whoever writes entries.
    lock table access_auditseal in exclusive mode;
    here := pg_current_snapshot();
    youngest := pg_snapshot_xmax(here);
    -- Of those that run, all but the ones that are known to be at work in another database of this server.
    select coalesce(min(x), youngest) into oldest from pg_snapshot_xip(here) x where not exists (
        select from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted and l.transactionid = x::xid
            and a.datid <> (select d.oid from pg_database d where d.datname = current_database())
    );
    select s.number, s.digest, s.until_xid, s.until_id into last from access_auditseal s order by s.number desc limit 1;
    -- A database restored into another server has entries of transactions that this server has yet to count to.
    if last.number is null or last.until_xid >= youngest then
        last.until_xid := '0';
        last.until_id := 0;
    end if;
    select coalesce(range_agg(s.ids), '{{}}') into sealed from access_auditseal s;
    with due as materialized (
        select e.* from access_auditentry e
        where (e.xid < oldest or e.xid >= youngest) and (e.xid, e.id) > (last.until_xid, last.until_id)
            and not e.id <@ sealed
        order by e.xid, e.id limit {BATCH_ENTRIES}
    ), in_order as (  -- sorted once, not once for each aggregate
        select e.id, {CONTENT} as digest from due e order by e.id
    ), furthest as (
        select e.xid, e.id from due e order by e.xid desc, e.id desc limit 1
    )
    select coalesce(last.number, 0) + 1 as number, range_agg(int8range(o.id, o.id, '[]')) as ids,
        count(*)::int as entries,
        case when count(*) < {BATCH_ENTRIES} then oldest else (select f.xid from furthest f) end as until_xid,
        case when count(*) < {BATCH_ENTRIES} then 0 else (select f.id from furthest f) end as until_id,
        clock_timestamp() as sealed_at, string_agg(o.digest, '') as digests
    into made from in_order o;
    if made.entries = 0 then
        return 0;
    end if;
    insert into access_auditseal select m.*, sha256(
        coalesce(last.digest, decode(repeat('00', 32), 'hex')) || convert_to({HEADER}, 'UTF8')
        || '\\x00'::bytea || digests
    ) from (select made.number, made.ids, made.entries, made.until_xid, made.until_id, made.sealed_at, made.digests) m;
    return made.entries;
end $$;
revoke all on function seal_audit() from public;
"""  # noqa: S608  # no word of it comes from outside

DROP_SEALS = """
drop function seal_audit();
drop table access_auditseal;
alter table access_auditentry drop column xid;
"""


def sealing_rights(role: str) -> sql.Composed:
    """Return the statement that lets the role have entries sealed; a seal it can neither write nor change."""
    return sql.SQL("grant execute on function seal_audit() to {};").format(sql.Identifier(role))
