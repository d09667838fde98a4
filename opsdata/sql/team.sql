-- What the team itself writes; no import touches it, and no undo.

-- A label given to a work by hand; a removed one stands for "not this one", whatever a
-- rule says. Works are named by their key, so a label waits for a work that is undone and
-- is there again with the next import of it.
create table if not exists label (
    video text not null,
    label text not null
);

alter table label add column if not exists removed boolean default false;

-- A label that works have by their title or a hashtag, those to come as well.
create table if not exists label_rule (
    rule_id integer primary key,
    label text not null,
    field text not null,
    text text not null
);

-- A saying of the team, as a rule that works can be tested by: conditions as JSON.
create table if not exists belief (
    belief_id integer primary key,
    saying text not null,
    kpi text not null,
    better boolean not null,
    conditions text not null
);

-- A choice of the team for the whole installation, such as which colour means more.
create table if not exists setting (
    key text primary key,
    value text not null
);
