-- Who belongs to a workspace; joined_at is null as long as they were only invited. email is the address as compared.
create table members (
    workspace varchar not null,
    email varchar not null,
    name varchar not null,
    role varchar not null check (role in ('viewer', 'editor', 'owner')),
    invited_by varchar not null,
    invited_at timestamptz not null,
    joined_at timestamptz,
    primary key (workspace, email)
);

-- Of a secret only its SHA-256 is here, of a passphrase only a slow, salted hash. Without an assessment a link shows
-- the system as it stands; areas limits what is asked; respondent makes it one person's own way back to their form.
create table share_links (
    id varchar primary key,
    workspace varchar not null,
    system varchar not null,
    assessment varchar,
    respondent varchar,
    scope varchar not null check (scope in ('view', 'respond', 'badge')),
    label varchar not null,
    areas varchar not null,
    secret_hash varchar not null,
    passphrase_hash varchar,
    created_at timestamptz not null,
    created_by varchar not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    used_count integer not null,
    last_used_at timestamptz
);

-- What a browser holds after it came through a link: again only the SHA-256 of it.
create table link_passes (
    pass_hash varchar primary key,
    link varchar not null,
    respondent varchar,
    created_at timestamptz not null,
    expires_at timestamptz not null
);

create table api_tokens (
    id varchar primary key,
    workspace varchar not null,
    name varchar not null,
    scope varchar not null check (scope in ('read', 'write')),
    secret_hash varchar not null,
    created_at timestamptz not null,
    created_by varchar not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);

-- What a program has sent before under the same key, and what came of it.
create table idempotency_keys (
    token varchar not null,
    key varchar not null,
    digest varchar not null,
    assessment varchar not null,
    created_at timestamptz not null,
    primary key (token, key)
);

-- Whose form it is where one machine is not shared: an e-mail address, or the link that somebody came through.
alter table respondents add column subject varchar;

-- Through which link or token something was done.
alter table audit_events add column via varchar;
