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

-- A group of competitors the team compares itself with, one row an account.
create table if not exists rival_group (
    name text not null,
    account_id text not null
);

-- Unusual days that somebody has looked at; scope names the accounts the day was judged for.
create table if not exists seen_alert (
    metric text not null,
    day date not null,
    scope text not null,
    primary key (metric, day, scope)
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

-- The meeting it was made in; 0 outside of one, null where that was not written down yet.
alter table decision add column if not exists meeting_id integer;

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

-- An alert that was posted to the team's group, so that it is posted once.
create table if not exists sent_alert (
    alert text primary key,
    rule text not null,
    sent timestamp not null
);

-- A work that others can learn from, what is to be learned of it, and words to find it by.
create table if not exists success_case (
    video text primary key,
    lesson text not null,
    tags text[] not null,
    marked date not null
);

-- A campaign or challenge: its days, whose it is, its hashtags, and what it is to reach. No
-- account means all own ones, no hashtags every work of its days; a budget not known is null.
create table if not exists campaign (
    campaign_id integer primary key,
    name text not null,
    kind text not null,
    since date not null,
    until date not null,
    account_id text not null,
    hashtags text[] not null,
    metric text not null,
    goal double,
    budget double
);

-- One planned work: how far it is, when it is to go out, and the work that came of it, where
-- somebody said which. Its origin names what put it here, so that nothing is put in twice.
create table if not exists plan_item (
    plan_id integer primary key,
    title text not null,
    stage text not null,
    slot timestamp,
    account_id text not null,
    proposer text not null,
    owner text not null,
    note text not null,
    campaign_id integer not null,
    upload_id integer not null,
    origin text not null,
    video text not null
);

create table if not exists plan_vote (
    plan_id integer not null,
    voter text not null,
    primary key (plan_id, voter)
);

-- A work of which somebody said that a planned one did not become it.
create table if not exists plan_not (
    plan_id integer not null,
    video text not null
);

-- One table of planned works that was brought in; what it did stands here after it is undone.
create table if not exists plan_upload (
    upload_id integer primary key,
    file text not null,
    made timestamp not null,
    new integer not null,
    same integer not null,
    rejected text not null,
    unknown text not null,
    missing text not null,
    undone boolean not null
);

alter table plan_upload add column if not exists changed integer default 0;

-- What a row of a table said of a planned work, and what stood there before, as JSON by column.
create table if not exists plan_row (
    upload_id integer not null,
    plan_id integer not null,
    said text not null,
    before text not null
);
