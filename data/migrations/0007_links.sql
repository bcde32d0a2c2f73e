-- The link that somebody came through when they made a way back for themselves: it ends when that one does.
alter table share_links add column parent varchar;
