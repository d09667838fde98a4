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
