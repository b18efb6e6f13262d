"""The fence around requests that something leaves: their asker's, and theirs who decide; as text for the database."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED = (
    "is_person", "keys_to_decide", "lawful_counts", "lawful_keys", "lawful_parts", "lawful_to_review", "open_lawful",
    "reviews",
)  # fmt: skip
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
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not app.may('export.approve') then
        return '{{}}';
    end if;
    return (select coalesce(array_agg(key_id), '{{}}') from casework_export where state = 1);
end $$;
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

# --- lawful requests ---------------------------------------------------------------------------------------------

RECORDS = any_of(("lawful.record",))
SEEN = f"{RECORDS} or id = any((select app.lawful_to_review())::bigint[])"

# A request is seen by who keeps the register, and by a reviewer while it waits or once they reviewed it.
MAKE_LAWFUL = """
create function app.lawful_to_review() returns bigint[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not app.may('lawful.review') then
        return '{}';
    end if;
    return (select coalesce(array_agg(r.id), '{}') from casework_lawfulrequest r
    where r.recorded_by_id <> app.uid()
        and (r.state = 1 or exists (
            select from casework_lawfulreview v where v.request_id = r.id and v.by_id = app.uid())));
end $$;
create function app.reviews(request bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select app.may('lawful.review') and exists (
        select from casework_lawfulrequest r where r.id = request and r.state = 1 and r.recorded_by_id <> app.uid())
$$;

-- Two reviews settle a request, and nothing else does: what both agree to may be given, anything less is refused.
create function app.settle_lawful() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    asked casework_lawfulrequest;
    found record;
    shared smallint[];
begin
    select * into asked from casework_lawfulrequest where id = new.request_id for update;
    if asked.state <> 1 then
        raise exception 'request % waits for no review', asked.code using errcode = 'insufficient_privilege';
    end if;
    select count(*) as number, bool_and(is_lawful) as lawful, bool_or(is_lawful) as any_lawful into found
        from casework_lawfulreview where request_id = asked.id;
    if found.number < 2 then
        return null;
    end if;
    select coalesce(array_agg(kind order by kind), '{}') into shared from unnest(asked.asked) kind
        where not exists (select from casework_lawfulreview v where v.request_id = asked.id and kind <> all(v.scope));
    if found.lawful and shared <> '{}' then
        update casework_lawfulrequest set state = 2, agreed = shared where id = asked.id;
    else
        update casework_lawfulrequest set state = 3, settled_on = app.today(),
            refused_because = case when found.any_lawful then 'reviewers_disagree' else 'not_lawful' end
            where id = asked.id;
    end if;
    return null;
end $$;
create trigger b_settle after insert on casework_lawfulreview for each row execute function app.settle_lawful();

-- What was recorded stays, and what may be given is for the reviews to say: told from a statement by whose rights run.
create function app.keep_lawful() returns trigger language plpgsql as $$
begin
    if current_user = session_user and (
        (new.code, new.authority_kind, new.received_on, new.about, new.asked, new.agreed, new.key_id, new.words_id,
         new.recorded_by_id, new.recorded_at) is distinct from
        (old.code, old.authority_kind, old.received_on, old.about, old.asked, old.agreed, old.key_id, old.words_id,
         old.recorded_by_id, old.recorded_at)
        or new.state <> old.state and new.state in (1, 2)) then
        raise exception 'what was recorded stays' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_lawfulrequest for each row execute function app.keep_lawful();

create function app.is_person(person varchar) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select app.may('lawful.record') and exists (select from casework_person p where p.code = person)
$$;

-- Opens of one file what both reviewers agreed to, to who recorded the request, until the day is over: as a grant,
-- which the family's worker sees, and what is withheld stays so. Returns the person's code; null for a forgotten one.
create function app.open_lawful(request bigint, grant_code varchar) returns varchar
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    asked casework_lawfulrequest;
    who casework_person;
    joined casework_person;
    second int;
begin
    select * into asked from casework_lawfulrequest where id = request for update;
    if not app.may('lawful.answer') or asked.recorded_by_id is distinct from app.uid() or asked.state not in (2, 4, 5)
        or asked.agreed = '{}' then
        raise exception 'not both reviewers found this lawful' using errcode = 'insufficient_privilege';
    end if;
    select v.by_id into second from casework_lawfulreview v where v.request_id = asked.id and v.is_lawful
        order by v.id desc limit 1;
    select * into who from casework_person p where p.code = asked.about;
    select kept.* into joined from casework_merge m join casework_person kept on kept.id = m.kept_id
        where m.merged_id = who.id and m.state = 2;
    if found then
        who := joined;
    end if;
    if exists (select from casework_forgetting g where g.person_id = who.id) then
        return null;
    end if;
    insert into casework_grant (code, family_id, staff_id, purpose, classes, changes, until, given_by_id)
        values (
            grant_code, who.home_id, asked.recorded_by_id, 'lawful_request',
            array(select distinct unnest(asked.agreed || 0::smallint) order by 1), false, app.today(), second);
    return who.code;
end $$;

-- The figures of a year, of requests alone: for whoever may publish them, who sees no request.
create function app.lawful_counts(of_year int) returns table (
    kind smallint, received bigint, refused bigint, appealed bigint, answered bigint, waiting bigint, notices bigint
)
language sql stable security definer set search_path = public, pg_temp as $$
    select r.authority_kind, count(*), count(*) filter (where r.state = 3), count(*) filter (where r.state = 4),
        count(*) filter (where r.state = 5), count(*) filter (where r.state in (1, 2)), count(r.notice_given_on)
    from casework_lawfulrequest r
    where extract(year from r.received_on) = of_year and app.may('lawful.count') group by 1
$$;

-- What a reviewer reads of a request: what it says, and what they wrote themselves.
create function app.lawful_keys() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    records boolean := app.may('lawful.record');
    reviewed bigint[] := app.lawful_to_review();
begin
    return (select coalesce(array_agg(r.key_id), '{}') from casework_lawfulrequest r
        where records or r.id = any(reviewed));
end $$;
create function app.lawful_parts() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    bearer int := app.uid();
    records boolean := app.may('lawful.record');
    reviewed bigint[] := app.lawful_to_review();
begin
    return (select coalesce(array_agg(part), '{}') from (
        select unnest(array[r.words_id, r.notice_words_id]) as part from casework_lawfulrequest r
            where records or r.id = any(reviewed)
        union all
        select v.basis_id from casework_lawfulreview v join casework_lawfulrequest r on r.id = v.request_id
            where v.by_id = bearer or records and r.state <> 1
    ) found);
end $$;
create policy of_lawful on vault_datakey for select
    using (holder = 4 and id = any((select app.lawful_keys())::uuid[]));
create policy of_lawful on vault_sealedpart for select
    using ("group" = 20 and id = any((select app.lawful_parts())::uuid[]));
create policy of_lawful_adds on vault_sealedpart for insert
    with check ("group" = 20 and key_id = any((select app.lawful_keys())::uuid[]));
"""
LAWFUL_FENCES = (
    rule("casework_lawfulrequest", SEEN, RECORDS)
    + f"alter policy adds on casework_lawfulrequest with check ({RECORDS} and recorded_by_id = (select app.uid())"
    " and state in (1, 3) and agreed = '{}');\n"
    + rule(
        "casework_lawfulreview",
        f"by_id = (select app.uid()) or {RECORDS} and exists (select from casework_lawfulrequest r"
        " where r.id = request_id and r.state <> 1)",
        "by_id = (select app.uid()) and app.reviews(request_id)",
    )
)
DROP_LAWFUL_FENCES = no_rule("casework_lawfulreview") + no_rule("casework_lawfulrequest")
DROP_LAWFUL = """
drop policy of_lawful on vault_datakey;
drop policy of_lawful on vault_sealedpart;
drop policy of_lawful_adds on vault_sealedpart;
drop trigger a_kept on casework_lawfulrequest;
drop trigger b_settle on casework_lawfulreview;
""" + "".join(
    f"drop function app.{name};\n"
    for name in (
        "lawful_to_review", "reviews", "settle_lawful", "keep_lawful", "is_person", "open_lawful", "lawful_counts",
        "lawful_keys", "lawful_parts",
    )
)  # fmt: skip
