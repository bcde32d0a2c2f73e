-- Somebody who answers an assessment. Their answers stand in responses and count from submitted_at on.
-- A person who was removed stays as a row, so that it can be taken back.
create table respondents (
    id varchar primary key,
    assessment varchar not null,
    name varchar not null,
    role varchar not null,
    created_at timestamptz not null,
    submitted_at timestamptz,
    removed_at timestamptz
);

-- Which answers of a milestone nobody decided: they are what so many people agreed on when it was made.
create table agreements (
    assessment varchar not null,
    item varchar not null,
    people integer not null check (people > 0),
    primary key (assessment, item)
);
