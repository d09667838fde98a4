-- What the team itself writes; no import touches it, and no undo.

create table if not exists label (
    video text not null,
    label text not null
);

-- A choice of the team for the whole installation, such as which colour means more.
create table if not exists setting (
    key text primary key,
    value text not null
);

-- A word added to a list that comments or titles are read by (kept), or taken out of it.
create table if not exists word (
    list text not null,
    word text not null,
    kept boolean not null
);

-- Who takes care of a comment, and how far it is.
create table if not exists comment_case (
    account_id text not null,
    comment text not null,
    status text not null,
    owner text,
    changed_at timestamp not null
);

-- What somebody said in the weekly audit: whether a comment is really negative.
create table if not exists audit_label (
    week date not null,
    account_id text not null,
    comment text not null,
    flagged boolean not null,
    negative boolean not null
);
