call sort_texts_by_bytes();

alter table members add foreign key (workspace) references workspaces (id);
alter table share_links add foreign key (workspace) references workspaces (id);
alter table share_links add foreign key (system) references systems (id);
alter table share_links add foreign key (assessment) references assessments (id);
alter table share_links add foreign key (respondent) references respondents (id);
alter table link_passes add foreign key (link) references share_links (id);
alter table api_tokens add foreign key (workspace) references workspaces (id);

create index members_by_email on members (email);
create unique index links_by_secret on share_links (secret_hash);
create index links_of_workspace on share_links (workspace);
create index links_of_system on share_links (system);
create index links_of_assessment on share_links (assessment);
create index links_of_respondent on share_links (respondent);
create index passes_of_link on link_passes (link);
create unique index tokens_by_secret on api_tokens (secret_hash);
create index tokens_of_workspace on api_tokens (workspace);
