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

-- A value of a KPI to reach over some days; no account means all own accounts together.
create table if not exists target (
    metric text not null,
    account_id text not null,
    since date not null,
    until date not null,
    value double not null
);

-- The holidays of a year as the team has them, in place of the official ones; the weekend
-- days worked for one are its ISO days with spaces between.
create table if not exists holiday (
    year integer not null,
    name text not null,
    since date not null,
    until date not null,
    work text not null
);

-- Unusual days that somebody has looked at; scope names the accounts the day was judged for.
create table if not exists seen_alert (
    metric text not null,
    day date not null,
    scope text not null,
    primary key (metric, day, scope)
);

-- What somebody wrote about a day, or about a work on a day; no account means all own ones.
create table if not exists note (
    note_id integer primary key,
    day date not null,
    account_id text not null,
    video text not null,
    text text not null
);

-- What the team decided, what it expects of it, and what came of it once that was reviewed.
-- The direction is up or down, the size a share of typical (0.2 is a fifth more or less).
create table if not exists decision (
    decision_id integer primary key,
    what text not null,
    who text not null,
    why text not null,
    link text not null,
    metric text not null,
    direction text not null,
    size double not null,
    chance double not null,
    decided date not null,
    due date not null,
    review_days integer not null,
    scope text not null,
    reviewed date,
    verdict text,
    effect double,
    low double,
    high double,
    came_true boolean
);

-- The slots, hashtags or labels that a decision concerns; and the works, where it names some.
create table if not exists decision_part (
    decision_id integer not null,
    value text not null
);

create table if not exists decision_work (
    decision_id integer not null,
    video text not null
);

-- A meeting: when it started, on which version of the data, and everything it shows, frozen.
create table if not exists meeting (
    meeting_id integer primary key,
    started timestamp not null,
    version bigint not null,
    snapshot text not null,
    reviews text not null,
    decisions_before integer not null,
    ended timestamp
);
