-- What a portfolio is kept in order with; rhythm_days is how often a system is looked at again, 0 for never.
-- done_at is when a fix was marked done: its item is to be rated again after that, whatever else is saved of it.
-- Defaults are constants: a default that is computed cannot be replayed from DuckDB's log.
alter table systems add column tags varchar default '[]';
alter table systems add column owner varchar default '';
alter table systems add column rhythm_days integer default 90;
alter table fixes add column done_at timestamptz;
update fixes set done_at = saved_at where state = 'done';
