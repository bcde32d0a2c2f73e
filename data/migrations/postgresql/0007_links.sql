call sort_texts_by_bytes();

-- Looked at when all is written: a workspace comes in with its links in any order.
alter table share_links add foreign key (parent) references share_links (id) deferrable initially deferred;

create index links_of_parent on share_links (parent);
