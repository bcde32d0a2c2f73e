-- Ids are UUIDv7 text made by the app; times are UTC; names of people are plain text.
-- No foreign keys and no secondary indexes: DuckDB refuses ordinary updates on tables that have them.
create table workspaces (
    id varchar primary key,
    name varchar not null,
    created_at timestamptz not null,
    archived_at timestamptz,
    deleted_at timestamptz
);

-- name_key is the name as compared: two living systems of a workspace never share it.
create table systems (
    id varchar primary key,
    workspace varchar not null,
    name varchar not null,
    name_key varchar not null,
    about varchar not null,
    created_at timestamptz not null,
    archived_at timestamptz,
    deleted_at timestamptz
);

-- accepted is written when the milestone is made: a fix that is accepted later must not change an old result.
create table assessments (
    id varchar primary key,
    system varchar not null,
    status varchar not null check (status in ('draft', 'milestone', 'void', 'discarded')),
    checklist varchar not null,
    name varchar not null,
    target varchar not null,
    failures varchar not null,
    accepted varchar not null,
    started_at timestamptz not null,
    started_by varchar not null,
    made_at timestamptz,
    made_by varchar,
    check ((status in ('milestone', 'void')) = (made_at is not null))
);

create table responses (
    assessment varchar not null,
    respondent varchar not null,
    item varchar not null,
    state varchar not null check (state in ('rated', 'not-applicable', 'unknown', 'unanswered')),
    rating integer check (rating between 1 and 5),
    reason varchar,
    note varchar not null,
    evidence varchar not null,
    version integer not null check (version > 0),
    author varchar not null,
    saved_at timestamptz not null,
    primary key (assessment, respondent, item),
    check ((state = 'rated') = (rating is not null)),
    check ((state = 'not-applicable') = (reason is not null))
);

-- answer is null when it was taken back.
create table health_answers (
    assessment varchar not null,
    respondent varchar not null,
    question varchar not null,
    answer varchar check (answer in ('yes', 'no', 'unsure')),
    version integer not null check (version > 0),
    author varchar not null,
    saved_at timestamptz not null,
    primary key (assessment, respondent, question)
);

create table results (
    assessment varchar not null,
    checklist varchar not null,
    record varchar not null,
    primary key (assessment, checklist)
);

-- One row per area, one 'overall' and one 'health'. score_exact ('17/5') decides, score is for sorting and drawing.
create table assessment_scores (
    assessment varchar not null,
    checklist varchar not null,
    part varchar not null,
    system varchar not null,
    score_exact varchar not null,
    score double precision not null,
    level integer not null check (level between 1 and 5),
    coverage_exact varchar,
    coverage double precision,
    provisional boolean not null,
    primary key (assessment, checklist, part)
);

-- The newest milestone of each system that has one.
create table system_latest (
    system varchar primary key,
    assessment varchar not null
);

create table fixes (
    system varchar not null,
    item varchar not null,
    owner varchar not null,
    due date,
    state varchar not null check (state in ('open', 'doing', 'done', 'accepted')),
    reason varchar not null,
    review date,
    version integer not null check (version > 0),
    author varchar not null,
    saved_at timestamptz not null,
    primary key (system, item)
);

-- Append only. before_value and after_value are JSON.
create table audit_events (
    id varchar primary key,
    workspace varchar not null,
    system varchar,
    assessment varchar,
    actor varchar not null,
    role varchar not null,
    event varchar not null,
    subject varchar not null,
    before_value varchar not null,
    after_value varchar not null,
    happened_at timestamptz not null
);

-- What the health check writes and reads: a store that can only read is not healthy.
create table pulses (
    name varchar primary key,
    beat varchar not null
);
