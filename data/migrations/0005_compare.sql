-- The last day on which the links of an answer count; null while they count for good.
alter table responses add column valid_until date;

-- A mark: the changed answer of this item, in this later assessment, corrects an earlier mistake.
-- It tells about a change between two assessments, so milestones get marks too; their answers stay as they are.
create table corrections (
    assessment varchar not null,
    item varchar not null,
    author varchar not null,
    marked_at timestamptz not null,
    primary key (assessment, item)
);
