"""The fence around what people ask about their files, and around complaints: kept from whoever they are about."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED = (
    "answer_at_the_door", "complaint_keys", "complaints", "end_file", "keep_at_the_door", "lock_of", "person_asking",
    "take_complaint", "take_request",
)  # fmt: skip
PERSON = "exists (select from casework_person p where p.id = person_id)"
MINE = "id = any((select app.complaints())::bigint[])"
MOST_A_DAY = 5

MAKE_ASKING = f"""
-- Whose code it is that was written at the open door; asked by the door alone, which bears the machine's token.
create function app.person_asking(asked text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select p.identity_id from casework_askcode a join casework_person p on p.id = coalesce(
        (select m.kept_id from casework_merge m where m.merged_id = a.person_id and m.state = 2), a.person_id)
    where app.uid() = 0 and a.ended_on is null and a.digest = sha256(convert_to(asked, 'UTF8'))
        and not exists (select from casework_forgetting g where g.person_id = p.id)
$$;

-- Takes what was asked at the door; false: five came with this code today.
create function app.take_request(
    new_code varchar, asked text, what varchar, due date, sealed uuid
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    who bigint;
begin
    select p.id into who from casework_person p where p.identity_id = app.person_asking(asked);
    if who is null then
        raise exception 'nobody has this code' using errcode = 'insufficient_privilege';
    elsif app.came_today(who) >= {MOST_A_DAY} then
        return false;
    end if;
    insert into casework_rightsrequest (code, person_id, "right", state, by_code, asker, asker_check, received_on,
        due_on, words_id, outcome) values (new_code, who, what, 1, true, '', '', app.today(), due, sealed, '');
    perform app.tell((select f.worker_id::int from casework_person p join casework_family f on f.id = p.home_id
        where p.id = who), 'right', new_code);
    return true;
end $$;
create function app.came_today(who bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select (select count(*) from casework_rightsrequest r where r.person_id = who and r.by_code
            and r.received_on = app.today())
        + (select count(*) from casework_complaint c where c.person_id = who and c.received_on = app.today())
$$;

-- Takes a complaint: who wrote it down reads it no more than anybody else. asked: the code written at the door, if so.
create function app.take_complaint(
    new_code varchar, asked text, about_person bigint, read_by int, for_key uuid, sealed uuid, acknowledge date,
    answer date, named int[]
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    who bigint := about_person;
    made bigint;
begin
    if asked is not null then
        select p.id into who from casework_person p where p.identity_id = app.person_asking(asked);
    end if;
    if asked is not null and who is null or asked is null and not (app.may('complaint.take') and (who is null or
            exists (select from casework_person p where p.id = who and app.opens(p.home_id, false)))) then
        raise exception 'nobody can complain so' using errcode = 'insufficient_privilege';
    elsif asked is not null and app.came_today(who) >= {MOST_A_DAY} then
        return false;
    end if;
    perform app.require_new_key(for_key, 4);
    insert into casework_complaint (code, person_id, reader, state, received_on, acknowledge_by, answer_by, key_id,
        words_id) values (new_code, who, read_by, 1, app.today(), acknowledge, answer, for_key, sealed)
        returning id into made;
    insert into casework_complaintabout (complaint_id, staff_id) select made, unnest(named);
    update vault_datakey set maker = null where id = for_key;
    return true;
end $$;
"""
MAKE_KEEPING = """
-- The complaints that the bearer reads: nobody's whom they are about.
create function app.complaints() returns bigint[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    me int := app.uid();
    reads boolean := app.may('complaint.read');
    reads_of_officers boolean := app.may('complaint.read-officers');
    handles boolean := app.may('complaint.see');
begin
    if not handles then
        return '{}';
    end if;
    return (select coalesce(array_agg(c.id), '{}') from casework_complaint c
        where (c.handler_id = me or c.reader = 1 and reads or c.reader = 2 and reads_of_officers)
            and not exists (select from casework_complaintabout a where a.complaint_id = c.id and a.staff_id = me));
end $$;
create function app.complaint_keys() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (select coalesce(array_agg(c.key_id), '{}') from casework_complaint c where c.id = any(app.complaints()));
end $$;
create function app.keeps_from(complaint bigint, who bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from casework_complaintabout a where a.complaint_id = complaint and a.staff_id = who)
$$;

create function app.keep_complaint() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if (new.code, new.person_id, new.reader, new.received_on, new.acknowledge_by, new.answer_by, new.key_id,
        new.words_id) is distinct from
        (old.code, old.person_id, old.reader, old.received_on, old.acknowledge_by, old.answer_by, old.key_id,
        old.words_id)
        or old.state = 3 or new.state < old.state
        or new.answered_by_id is not null and new.answered_by_id is distinct from app.uid()
        or new.handler_id is distinct from old.handler_id and new.handler_id is not null
            and (app.keeps_from(new.id, new.handler_id) or old.handler_id = app.uid()
                or not app.may_any(array['complaint.read', 'complaint.read-officers'])) then
        raise exception 'a complaint stays as it came, and with nobody whom it is about'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_complaint for each row execute function app.keep_complaint();
create function app.keep_named() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update casework_complaint set handler_id = null where id = new.complaint_id and handler_id = new.staff_id;
    return null;
end $$;
create trigger b_named after insert on casework_complaintabout for each row execute function app.keep_named();

create function app.keep_request() returns trigger language plpgsql as $$
begin
    if (new.code, new.person_id, new."right", new.by_code, new.asker, new.asker_check, new.received_on, new.due_on,
        new.words_id, new.recorded_by_id) is distinct from
        (old.code, old.person_id, old."right", old.by_code, old.asker, old.asker_check, old.received_on, old.due_on,
        old.words_id, old.recorded_by_id)
        or old.state = 2 or new.settled_by_id is distinct from app.uid() then
        raise exception 'what was asked stays, and is answered once' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_rightsrequest for each row execute function app.keep_request();

create policy of_complaints on vault_datakey for select
    using (holder = 4 and id = any((select app.complaint_keys())::uuid[]));
create policy of_complaints on vault_sealedpart for select
    using ("group" = 20 and key_id = any((select app.complaint_keys())::uuid[]));
create policy of_complaints_adds on vault_sealedpart for insert
    with check ("group" = 20 and key_id = any((select app.complaint_keys())::uuid[]));
"""
MAKE_DOOR = """
-- The code that is in force of whoever asked or complained, for the bearer who may answer that.
create function app.code_of_asker(asked varchar) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select a.id from casework_askcode a where a.ended_on is null and coalesce(
        (select m.kept_id from casework_merge m where m.merged_id = a.person_id and m.state = 2), a.person_id) = (
        select coalesce((select m.kept_id from casework_merge m where m.merged_id = q.person_id and m.state = 2),
            q.person_id)
        from (
            select c.person_id from casework_complaint c where c.code = asked and c.id = any(app.complaints())
            union all
            select r.person_id from casework_rightsrequest r join casework_person p on p.id = r.person_id
                where r.code = asked and app.may('right.answer') and app.opens(p.home_id, false)) q)
    order by a.id desc limit 1
$$;
create function app.lock_of(asked varchar) returns bytea
language sql stable security definer set search_path = public, pg_temp as $$
    select a.lock from casework_askcode a where a.id = app.code_of_asker(asked)
$$;
-- Keeps an answer for who has the code; whoever gave the answer keeps it, once.
create function app.keep_at_the_door(asked varchar, locked bytea) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from casework_complaint c where c.code = asked and c.answered_by_id = app.uid())
        and not exists (select from casework_rightsrequest r where r.code = asked and r.settled_by_id = app.uid()) then
        raise exception 'who answers keeps the answer' using errcode = 'insufficient_privilege';
    end if;
    insert into casework_dooranswer (code, ask_code_id, content) values (asked, app.code_of_asker(asked), locked);
end $$;
-- What became of something that was asked or complained of with a code, or by the person whose code it is.
create function app.answer_at_the_door(written text, asked varchar)
returns table (answer_by date, answered_on date, content bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select q.answer_by, q.answered_on, d.content
    from (
        select c.code, c.person_id, c.answer_by, c.answered_on from casework_complaint c
        union all
        select r.code, r.person_id, r.due_on, r.settled_on from casework_rightsrequest r) q
    join casework_person p on p.id = coalesce(
        (select m.kept_id from casework_merge m where m.merged_id = q.person_id and m.state = 2), q.person_id)
    left join casework_dooranswer d on d.code = q.code and d.ask_code_id in (
        select a.id from casework_askcode a where a.digest = sha256(convert_to(written, 'UTF8')))
    where q.code = asked and p.identity_id = app.person_asking(written)
$$;
"""
MAKE_END = """
-- What nobody will open again once a person, or the last one of a family, was forgotten: the keys that are destroyed.
create function app.end_file(who bigint) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    home bigint;
    keys uuid[] := array(select c.key_id from casework_complaint c where c.person_id = who and c.state = 3);
begin
    if not app.may('person.forget') or not exists (select from casework_forgetting g where g.person_id = who) then
        raise exception 'the file of nobody who was forgotten ends' using errcode = 'insufficient_privilege';
    end if;
    select p.home_id into home from casework_person p where p.id = who;
    if not exists (
        select from casework_person p where p.home_id = home
            and not exists (select from casework_forgetting g where g.person_id = p.id)) then
        keys := keys || array(select k.id from vault_datakey k where k.file = home and k.wrapped <> '');
    end if;
    update casework_askcode set ended_on = app.today() where person_id = who and ended_on is null;
    delete from casework_dooranswer d using casework_askcode a where a.id = d.ask_code_id and a.person_id = who;
    update vault_datakey set wrapped = '' where id = any(keys);
    update vault_sealedpart set sealed = '' where key_id = any(keys) and sealed <> '';
    return query select unnest(keys);
end $$;
"""
FENCES = (
    rule("casework_askcode", PERSON)
    + rule("casework_rightsrequest", f"{PERSON} or {any_of(('right.watch',))}", PERSON)
    + "alter policy adds on casework_rightsrequest with check (recorded_by_id = (select app.uid())"
    f" and not by_code and {PERSON});\n"
    + rule("casework_correction", "exists (select from casework_rightsrequest r where r.id = request_id)")
    + "alter policy adds on casework_correction with check (by_id = (select app.uid()) and exists"
    " (select from casework_rightsrequest r join casework_person p on p.id = r.person_id where r.id = request_id));\n"
    + rule("casework_complaint", MINE)
    + "alter policy adds on casework_complaint with check (false);\n"
    + rule("casework_complaintabout", MINE.replace("id =", "complaint_id =", 1))
    + rule("casework_dooranswer", "false")
)
DROP = (
    """
drop policy of_complaints on vault_datakey;
drop policy of_complaints on vault_sealedpart;
drop policy of_complaints_adds on vault_sealedpart;
drop trigger a_kept on casework_complaint;
drop trigger b_named on casework_complaintabout;
drop trigger a_kept on casework_rightsrequest;
"""
    + "".join(
        no_rule(f"casework_{table}")
        for table in ("dooranswer", "complaintabout", "complaint", "correction", "rightsrequest", "askcode")
    )
    + "drop function app.answer_at_the_door, app.keep_at_the_door, app.lock_of, app.code_of_asker, app.person_asking,"
    " app.take_request, app.came_today, app.take_complaint, app.complaints, app.complaint_keys,"
    " app.keeps_from, app.keep_complaint, app.keep_named, app.keep_request, app.end_file;\n"
)
