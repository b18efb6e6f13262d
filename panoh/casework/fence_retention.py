"""Whose time has come, and the rules around destroying it, as text for the database: two people, and no hold."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED = ("file_to_hold", "hold_keys", "retention_due")
SEES = any_of(("retention.see",))
HOLDS = any_of(("retention.hold",))

# By which class a file is kept is the data file's to say; whose cases are all closed, and since when, is ours.
MAKE_DUE = """
create function app.retention_due(classes jsonb, by_day date, most int) returns table (
    person bigint, code varchar, family varchar, class text, due date, is_held boolean
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not app.may('retention.see') then
        raise exception 'this role does not look after what is kept' using errcode = 'insufficient_privilege';
    end if;
    return query
    with quiet as (
        select f.id, f.code from casework_family f
        where exists (select from casework_case c where c.family_id = f.id)
            and not exists (select from casework_case c where c.family_id = f.id and c.closed_on is null)
    )
    select p.id, p.code, q.code, k.code, greatest(
            (last.closed_on + make_interval(months => k.months))::date,
            case when coalesce(p.birth_year, extract(year from last.opened_on)::int) + 18
                    >= extract(year from last.opened_on) and coalesce(k.years_after_18, -1) >= 0
                then make_date(
                    coalesce(p.birth_year, extract(year from last.opened_on)::int) + 19 + k.years_after_18, 1, 1) end
        ) as due,
        exists (select from casework_retentionhold h where h.family_id = q.id and h.ended_at is null)
    from casework_person p join quiet q on q.id = p.home_id
    -- Whoever has no case of their own goes with the last one of the family.
    cross join lateral (
        select c.id, c.opened_on, c.closed_on, c.closing_reason from casework_case c
        where c.person_id = p.id or (c.family_id = q.id
            and not exists (select from casework_case own where own.person_id = p.id))
        order by c.closed_on desc nulls first, c.id desc limit 1
    ) last
    cross join lateral (
        select s.from_stage from casework_stagechange s where s.case_id = last.id and s.to_stage = 80
        order by s.id desc limit 1
    ) at
    cross join lateral (
        select r.code, r.months, r.years_after_18 from jsonb_to_recordset(classes) as r(
            place int, code text, reasons text[], stages int[], months int, years_after_18 int)
        where (r.reasons = '{}' or last.closing_reason = any(r.reasons))
            and (r.stages = '{}' or at.from_stage = any(r.stages))
        order by r.place limit 1
    ) k
    where last.closed_on is not null
        and not exists (select from casework_forgetting g where g.person_id = p.id)
        and not exists (select from casework_merge m where m.merged_id = p.id and m.state = 2)
        and greatest(
            (last.closed_on + make_interval(months => k.months))::date,
            case when coalesce(p.birth_year, extract(year from last.opened_on)::int) + 18
                    >= extract(year from last.opened_on) and coalesce(k.years_after_18, -1) >= 0
                then make_date(
                    coalesce(p.birth_year, extract(year from last.opened_on)::int) + 19 + k.years_after_18, 1, 1) end
        ) <= by_day
    order by due, p.id limit most;
end $$;

-- The file of a family's or a person's code, for who holds it back and sees none.
create function app.file_to_hold(asked varchar) returns table (id bigint, code varchar)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.id, f.code from casework_family f where app.may('retention.hold')
        and (f.code = asked or f.id = (select p.home_id from casework_person p where p.code = asked))
$$;

create function app.keep_held() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.reason <> 'brought_back' and exists (
        select from casework_retentionhold h join casework_person p on p.home_id = h.family_id
        where p.id = new.person_id and h.ended_at is null) then
        raise exception 'this file is held back' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_held before insert on casework_forgetting for each row execute function app.keep_held();

create function app.keep_hold() returns trigger language plpgsql as $$
begin
    if (new.code, new.family_id, new.about, new.key_id, new.reason_id, new.set_by_id, new.set_at) is distinct from
        (old.code, old.family_id, old.about, old.key_id, old.reason_id, old.set_by_id, old.set_at)
        or old.ended_at is not null or new.ended_by_id is distinct from app.uid() then
        raise exception 'a hold is only ever ended' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_retentionhold for each row execute function app.keep_hold();

-- One proposes, another agrees, each bearing their own token; only what was agreed to is destroyed.
create function app.keep_disposal() returns trigger language plpgsql as $$
begin
    if (new.code, new.proposed_by_id, new.proposed_at) is distinct from
        (old.code, old.proposed_by_id, old.proposed_at)
        or new.decided_by_id is distinct from old.decided_by_id and (
            old.state <> 1 or new.decided_by_id is distinct from app.uid() or new.state not in (2, 3)
            or not app.may('retention.agree'))
        or new.decided_by_id is not distinct from old.decided_by_id and (
            old.state <> 2 or new.state <> 4 or not app.may('person.forget')) then
        raise exception 'two people destroy what is kept' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_disposal for each row execute function app.keep_disposal();
"""
DROP_DUE = """
drop trigger a_held on casework_forgetting;
drop trigger a_kept on casework_retentionhold;
drop trigger a_kept on casework_disposal;
drop function app.retention_due, app.file_to_hold, app.keep_held, app.keep_hold, app.keep_disposal;
"""
OPEN_DISPOSAL = (
    "exists (select from casework_disposal d where d.id = disposal_id and d.state = 1"
    " and d.proposed_by_id = (select app.uid()))"
)
FENCES = (
    rule("casework_disposal", SEES)
    + "alter policy adds on casework_disposal with check (proposed_by_id = (select app.uid()) and state = 1"
    " and (select app.may('retention.propose')));\n"
    + rule("casework_disposalitem", SEES, any_of(("person.forget",)))
    + f"alter policy adds on casework_disposalitem with check ({OPEN_DISPOSAL});\n"
    + rule("casework_retentionhold", SEES, HOLDS)
    + f"alter policy adds on casework_retentionhold with check ({HOLDS} and set_by_id = (select app.uid()));\n"
    # Why a file is held back is read by those who hold files back.
    + f"""
create function app.hold_keys() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (select coalesce(array_agg(h.key_id), '{{}}') from casework_retentionhold h
        where app.may('retention.hold'));
end $$;
create policy of_holds on vault_datakey for select using (holder = 4 and {HOLDS}
    and id = any((select app.hold_keys())::uuid[]));
create policy of_holds on vault_sealedpart for select using ("group" = 20 and {HOLDS}
    and key_id = any((select app.hold_keys())::uuid[]));
"""
)
DROP_FENCES = (
    """
drop policy of_holds on vault_datakey;
drop policy of_holds on vault_sealedpart;
drop function app.hold_keys;
"""
    + no_rule("casework_retentionhold")
    + no_rule("casework_disposalitem")
    + no_rule("casework_disposal")
)
