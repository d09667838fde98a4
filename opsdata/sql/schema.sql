-- Everything imported is kept with where it came from; undo removes a batch's rows.

create table if not exists meta (
    key text primary key,
    value text not null
);

-- One imported table of a file; undone batches stay as the ledger.
create table if not exists batch (
    batch_id integer primary key,
    kind text not null,
    file text not null,
    part text,
    account_id text not null,
    captured_at timestamp not null,
    captured_from text not null,
    imported_at timestamp not null,
    who text not null,
    bytes_sha text not null,
    encoding text not null,
    header text not null,
    fields text not null,
    unknown text not null,
    fingerprint text not null,
    rows integer not null,
    new integer not null,
    changed integer not null,
    same integer not null,
    rejected integer not null,
    restated integer not null,
    restated_most double,
    other text not null,
    state text not null
);

-- How much personal data the import left out, as JSON.
-- Whether the import was of an own account; an account is own while any import says so.
alter table batch add column if not exists own boolean;

alter table batch add column if not exists masked text;

-- One problem in one cell or row.
create table if not exists finding (
    batch_id integer not null,
    line integer not null,
    header text not null,
    value text not null,
    rule text not null
);

-- A row that was not taken, as a line of CSV under the batch's header.
create table if not exists reject (
    batch_id integer not null,
    line integer not null,
    text text not null
);

create table if not exists account (
    account_id text primary key,
    platform text not null,
    name text not null,
    own boolean not null
);

-- One work as seen by one batch: lifetime totals and rates at that moment. Long texts name
-- their compression, because finding the best one takes as long as writing all the rest.
create table if not exists video_snapshot (
    batch_id integer not null,
    line integer not null,
    video text not null using compression zstd,
    account_id text not null,
    captured_at timestamp not null,
    published_at timestamp not null,
    to_second boolean not null,
    platform_id text,
    title text using compression zstd,
    genre text,
    status text,
    duration_seconds double,
    views bigint,
    likes bigint,
    comments bigint,
    shares bigint,
    favorites bigint,
    profile_visits bigint,
    follower_gain bigint,
    completion_rate double,
    completion_5s double,
    bounce_2s double,
    cover_ctr double,
    avg_watch_seconds double
);

alter table video_snapshot add column if not exists platform_id text;

-- Whether no work of the import is in any other: its snapshots are then all that is known.
alter table batch add column if not exists alone boolean;

-- One work as it is known now: the newest value of each field. Derived from video_snapshot
-- by the import that touches it, so that pages need not derive it again. The works of an
-- import that stands alone are not written twice; the view "video" has both.
create table if not exists video_derived (
    video text not null,
    account_id text not null,
    captured_at timestamp not null,
    published_at timestamp not null,
    to_second boolean not null,
    platform_id text,
    title text using compression zstd,
    genre text,
    status text,
    duration_seconds double,
    views bigint,
    likes bigint,
    comments bigint,
    shares bigint,
    favorites bigint,
    profile_visits bigint,
    follower_gain bigint,
    completion_rate double,
    completion_5s double,
    bounce_2s double,
    cover_ctr double,
    avg_watch_seconds double
);

alter table video_derived add column if not exists platform_id text;

-- One account, one day, one measure of the official daily files, as seen by one batch.
create table if not exists account_day (
    batch_id integer not null,
    line integer not null,
    account_id text not null,
    day date not null,
    measure text not null,
    value double,
    captured_at timestamp not null
);

-- One comment as seen by one batch. Texts are masked; who wrote it is a keyed hash.
create table if not exists comment (
    batch_id integer not null,
    line integer not null,
    account_id text not null,
    comment text not null,
    work text,
    commented_at timestamp,
    region text,
    text text using compression zstd,
    likes bigint,
    replies bigint,
    parent text,
    author text,
    captured_at timestamp not null
);

-- One export of one survey.
create table if not exists survey (
    batch_id integer not null,
    survey text not null,
    name text not null,
    captured_at timestamp not null
);

-- One question of one export, named by its whole header; options in their order.
create table if not exists question (
    batch_id integer not null,
    survey text not null,
    question text not null,
    number integer not null,
    title text not null,
    stem text not null,
    item text,
    kind text not null,
    options text[] not null
);

-- One sheet of answers: when it was sent, how long it took, and a hash of all it says.
create table if not exists response (
    batch_id integer not null,
    line integer not null,
    survey text not null,
    respondent integer not null,
    submitted_at timestamp,
    duration_seconds double,
    print text not null
);

-- One answer, several for a question with several options. Its state tells what was
-- answered from what was left empty and what the survey's logic skipped.
create table if not exists answer (
    batch_id integer not null,
    line integer not null,
    survey text not null,
    respondent integer not null,
    question text not null,
    state text not null,
    option text,
    text text,
    number double
);

-- One share of an account's followers by one dimension, as seen on a day.
create table if not exists audience_share (
    batch_id integer not null,
    line integer not null,
    account_id text not null,
    day date not null,
    dimension text not null,
    bucket text not null,
    share double,
    captured_at timestamp not null
);

-- Whose share it is (followers, viewers), and the index against all users, 100 being the average.
alter table audience_share add column if not exists crowd text default 'followers';
alter table audience_share add column if not exists tgi double;

-- What the columns of an unknown table mean, told by a person; found again by its headers.
create table if not exists layout (
    layout_id integer not null,
    signature text not null,
    mapping text not null,
    made timestamp not null
);

-- The account as the file's bringer spelled it, when it has been merged into another since.
alter table batch add column if not exists spelled text;

-- A number of a work that a data service gives as a range, as seen by one batch. A range
-- that is open above has no high end.
create table if not exists video_range (
    batch_id integer not null,
    line integer not null,
    video text not null,
    account_id text not null,
    measure text not null,
    low double not null,
    high double,
    captured_at timestamp not null
);

-- One number that stands beside works and days, as seen by one batch: of a paid material, a
-- period, a part of a work, a competitor's account. What it is about is its topic; "item" is
-- what it is of, "label" the part of it. Nothing here counts among works and days.
create table if not exists reported (
    batch_id integer not null,
    line integer not null,
    account_id text not null,
    topic text not null,
    item_id text,
    item text,
    sheet text,
    label text,
    day date not null,
    until date not null,
    measure text not null,
    value double,
    low double,
    high double,
    captured_at timestamp not null
);

-- The work that the workbook of one work is of, where a person said it.
alter table reported add column if not exists video text;

-- One merge or renaming of accounts; what both were before stands in tables named was_….
create table if not exists merge (
    merge_id integer primary key,
    old_id text not null,
    old_name text not null,
    new_id text not null,
    new_name text not null,
    was_there boolean not null,
    made timestamp not null,
    state text not null
);

-- Where a sheet of answers came from, such as a link or a chat, where the tool says it.
alter table response add column if not exists channel text;
-- Whether the account itself wrote a comment. Told by its name while the file is read; only
-- this answer is kept.
alter table comment add column if not exists by_owner boolean;

-- What the texts of comments say, each text once: made at import, again when a list of words
-- has changed. "print" is the md5 of the text.
create table if not exists comment_reading (
    print text not null,
    sentiment tinyint not null,
    kinds text[] not null,
    terms text[] not null
);
