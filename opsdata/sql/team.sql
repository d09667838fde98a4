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

-- The words of a theme, where the team has its own; none means that the theme is left out.
create table if not exists theme (
    theme text primary key,
    words text[] not null
);

-- The options of a question from the least to the most, where their words do not tell.
create table if not exists question_scale (
    question text primary key,
    options text[] not null
);

-- What somebody said in an interview, typed in by the team and masked before it is kept.
create table if not exists interview_note (
    note integer primary key,
    day date not null,
    said text not null
);
