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

-- Unusual days that somebody has looked at; scope names the accounts the day was judged for.
create table if not exists seen_alert (
    metric text not null,
    day date not null,
    scope text not null,
    primary key (metric, day, scope)
);
