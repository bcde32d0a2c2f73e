-- The audit trail only grows, whoever asks. The one way round are the two functions below, which say what they did.
create function audit_only_grows() returns trigger language plpgsql as $$
begin
    if tg_op <> 'TRUNCATE' then
        if current_setting('checkup.erasing', true) = old.workspace then
            return case when tg_op = 'DELETE' then old else new end;
        end if;
    end if;
    raise exception 'the audit trail only grows' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_only_grows before update or delete on audit_events
    for each row execute function audit_only_grows();
create trigger audit_is_not_emptied before truncate on audit_events
    for each statement execute function audit_only_grows();

-- The trail of a workspace that is deleted goes; one event stays and says so. Returns how many events went.
create function erase_audit(gone varchar, event_id varchar, who varchar, as_role varchar, moment timestamptz)
returns bigint language plpgsql security definer as $$
declare
    erased bigint;
begin
    if not exists (select 1 from workspaces w where w.id = gone and w.deleted_at is not null) then
        raise exception 'only the trail of a deleted workspace can be erased' using errcode = 'check_violation';
    end if;
    perform set_config('checkup.erasing', gone, true);
    delete from audit_events where workspace = gone;
    get diagnostics erased = row_count;
    perform set_config('checkup.erasing', '', true);
    insert into audit_events (id, workspace, actor, role, event, subject, before_value, after_value, happened_at)
    values (event_id, gone, who, as_role, 'erase-trail', '', erased::varchar, 'null', moment);
    return erased;
end
$$;

-- The names of somebody who was removed from an assessment go from its events; one event stays and says so.
create function erase_person(
    person varchar, names varchar[], event_id varchar, who varchar, as_role varchar, moment timestamptz
) returns bigint language plpgsql security definer as $$
declare
    place record;
    erased bigint;
begin
    select s.workspace, a.system, a.id as assessment into place from respondents p
    join assessments a on a.id = p.assessment join systems s on s.id = a.system
    where p.id = person and p.removed_at is not null and p.name = any (names);
    if not found then
        raise exception 'only somebody who was removed can be erased' using errcode = 'check_violation';
    end if;
    perform set_config('checkup.erasing', place.workspace, true);
    update audit_events e set
        actor = case when e.actor = any (names) then 'Somebody' else e.actor end,
        before_value = case when e.subject = any (names) then 'null' else e.before_value end,
        after_value = case when e.subject = any (names) then 'null' else e.after_value end,
        subject = case when e.subject = any (names) then 'Somebody' else e.subject end
    where e.assessment = place.assessment and (e.actor = any (names) or e.subject = any (names));
    get diagnostics erased = row_count;
    perform set_config('checkup.erasing', '', true);
    insert into audit_events
        (id, workspace, system, assessment, actor, role, event, subject, before_value, after_value, happened_at)
    values (event_id, place.workspace, place.system, place.assessment, who, as_role, 'erase-person', '',
        erased::varchar, 'null', moment);
    return erased;
end
$$;

-- They run as the owner of the tables, so they look for tables in this schema only, and not everybody may call them.
do $$
begin
    execute format('alter function erase_audit set search_path = %I, pg_temp', current_schema());
    execute format('alter function erase_person set search_path = %I, pg_temp', current_schema());
end
$$;
revoke all on function erase_audit, erase_person from public;
