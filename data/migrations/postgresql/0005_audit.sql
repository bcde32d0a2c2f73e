-- The audit trail only grows, whoever asks. The one way round is the function below, which says what it did.
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

-- It runs as the owner of the tables, so it looks for tables in this schema only, and not everybody may call it.
do $$
begin
    execute format('alter function erase_audit set search_path = %I, pg_temp', current_schema());
end
$$;
revoke all on function erase_audit from public;
