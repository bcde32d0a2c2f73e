create index if not exists audit_events_of_workspace on audit_events (workspace, happened_at desc, id desc);
create index if not exists audit_events_of_system on audit_events (system, happened_at desc, id desc);

-- Take a person's names out of the trail of a workspace, and of what it tells about them. `names` are in small letters.
-- It cannot be done in silence: an event that says so is written with it. Returns how many events were changed.
create function erase_names(
    place varchar, names varchar[], instead varchar, found bigint, event_id varchar, who varchar, as_role varchar,
    moment timestamptz
) returns bigint language plpgsql security definer as $$
declare
    erased bigint;
begin
    perform set_config('checkup.erasing', place, true);
    update audit_events e set
        before_value = case when lower(e.subject) = any (names) then 'null' else e.before_value end,
        after_value = case when lower(e.subject) = any (names) then 'null' else e.after_value end,
        actor = case when lower(e.actor) = any (names) then instead else e.actor end,
        subject = case when lower(e.subject) = any (names) then instead else e.subject end
    where e.workspace = place and (lower(e.actor) = any (names) or lower(e.subject) = any (names));
    get diagnostics erased = row_count;
    perform set_config('checkup.erasing', '', true);
    insert into audit_events (id, workspace, actor, role, event, subject, before_value, after_value, happened_at)
    values (event_id, place, who, as_role, 'erase-person', '', found::varchar, 'null', moment);
    return erased;
end
$$;

-- It runs as the owner of the tables, so it looks for tables in this schema only, and not everybody may call it.
do $$
begin
    execute format('alter function erase_names set search_path = %I, pg_temp', current_schema());
end
$$;
revoke all on function erase_names from public;
