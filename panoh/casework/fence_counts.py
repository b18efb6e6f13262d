"""How many cases there are at each stage, as text for the database: kept with each change, told by the bearer's rules.

A change writes a line of its own and locks no other's, so that writers never wait for each other; a job adds the lines
up. What a scope shows is summed from them, what a file of the bearer's own shows is counted: both as the fence has it.
"""

from __future__ import annotations

from panoh.casework.fence import FILE

ASKED = ("fold_counts", "stage_counts")

MAKE_COUNTS = f"""
create table app.stage_count (scope int not null, stage smallint not null, cases bigint not null);
create index stage_count_by_scope on app.stage_count (scope);

create function app.count_case() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    if tg_op = 'TRUNCATE' then
        delete from app.stage_count;
        return null;
    elsif tg_op = 'UPDATE' and (old.scope, old.stage) is not distinct from (new.scope, new.stage) then
        return null;
    end if;
    if tg_op <> 'INSERT' and old.scope is not null then
        insert into app.stage_count values (old.scope, old.stage, -1);
    end if;
    if tg_op <> 'DELETE' and new.scope is not null then
        insert into app.stage_count values (new.scope, new.stage, 1);
    end if;
    return null;
end $$;
create trigger c_count after insert or delete or update of stage, person_id, scope on casework_case
    for each row execute function app.count_case();
create trigger c_count_none after truncate on casework_case
    for each statement execute function app.count_case();

-- One line again for each scope and stage. Two at once take different lines, and no line twice.
create function app.fold_counts() returns void
language sql security definer set search_path = app, public, pg_temp as $$
    with gone as (
        delete from app.stage_count where (scope, stage) in
            (select s.scope, s.stage from app.stage_count s group by 1, 2 having count(*) > 1)
        returning *
    )
    insert into app.stage_count select scope, stage, sum(cases) from gone group by 1, 2 having sum(cases) <> 0
$$;

create function app.stage_counts() returns table (stage smallint, cases bigint)
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
    scopes int[] := app.my_scopes(false);
    places bigint[] := array(select mine from unnest(app.my_places(false)) mine where mine % 32 = {FILE});
begin
    return query select shown.stage, sum(shown.cases)::bigint from (
        select n.stage, n.cases from app.stage_count n where n.scope = any(scopes)
        union all
        select c.stage, 1 from casework_case c
            where c.place = any(places) and (c.scope is null or c.scope <> all(scopes))
    ) shown group by 1 having sum(shown.cases) <> 0;
end $$;
"""
COUNT_ALL = """
delete from app.stage_count;
insert into app.stage_count select scope, stage, count(*) from casework_case where scope is not null group by 1, 2;
"""
DROP_COUNTS = """
drop trigger c_count on casework_case;
drop trigger c_count_none on casework_case;
drop function app.count_case, app.fold_counts, app.stage_counts;
drop table app.stage_count;
"""
