-- The trail is asked for by place and time; PostgreSQL gets an index for it, and a way to take a person's name out.
-- DuckDB needs neither: it reads columns, and tables that change have no secondary indexes there.
select 1;
