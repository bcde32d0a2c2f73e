-- Whoever changes something takes a turn here: alone (exclusive mode), or beside others (row exclusive mode).
create table write_turns ();

-- Sorted by bytes, as the embedded engine sorts: the order of a page does not depend on the server's language.
-- A later step that adds text calls this again; it changes what is not in order yet.
create procedure sort_texts_by_bytes() language plpgsql as $$
declare
    found record;
begin
    for found in
        select c.table_name, c.column_name from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
            and c.data_type = 'character varying' and c.collation_name is distinct from 'C'
        order by c.table_name, c.ordinal_position
    loop
        execute format('alter table %I alter column %I type varchar collate "C"', found.table_name, found.column_name);
    end loop;
end
$$;
call sort_texts_by_bytes();

alter table systems add foreign key (workspace) references workspaces (id);
alter table assessments add foreign key (system) references systems (id);
alter table respondents add foreign key (assessment) references assessments (id);
alter table responses add foreign key (assessment) references assessments (id);
alter table agreements add foreign key (assessment) references assessments (id);
alter table corrections add foreign key (assessment) references assessments (id);
alter table health_answers add foreign key (assessment) references assessments (id);
alter table results add foreign key (assessment) references assessments (id);
alter table assessment_scores add foreign key (assessment) references assessments (id);
alter table assessment_scores add foreign key (system) references systems (id);
alter table system_latest add foreign key (system) references systems (id);
alter table system_latest add foreign key (assessment) references assessments (id);
alter table fixes add foreign key (system) references systems (id);

-- What must not be there twice, and what pages ask for.
create unique index systems_by_name on systems (workspace, name_key) where deleted_at is null;
create unique index assessments_one_draft on assessments (system) where status = 'draft';
create index assessments_of_system on assessments (system, status, made_at);
create index respondents_of_assessment on respondents (assessment);
create index scores_of_system on assessment_scores (system);
create index latest_of_assessment on system_latest (assessment);
create index systems_of_workspace on systems (workspace);
create index events_of_workspace on audit_events (workspace, happened_at desc, id desc);
create index events_of_system on audit_events (system, happened_at desc, id desc);
create index events_of_assessment on audit_events (assessment);
