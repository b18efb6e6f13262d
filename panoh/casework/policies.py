"""Database rules of the lists, as text: only a draft loses rows, for it alone can be read anew."""

from __future__ import annotations

KEEP_ROWS = """
create function keep_rows_of_lists() returns trigger language plpgsql as $$
begin
    if old.person_id is not null
        or exists (select from casework_arrivallist where id = old.arrival_list_id and state <> 1) then
        raise exception 'rows of a list stay, unless it is a draft' using errcode = 'insufficient_privilege';
    end if;
    return old;
end $$;
create trigger rows_of_lists_stay before delete on casework_arrivalrow
    for each row execute function keep_rows_of_lists();
"""
DROP_KEEP_ROWS = """
drop trigger rows_of_lists_stay on casework_arrivalrow;
drop function keep_rows_of_lists();
"""
