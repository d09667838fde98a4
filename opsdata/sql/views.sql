-- The views that questions are asked of. They share their column names, so that one
-- formula and one filter fit all: account, day, the measures, and for works also video,
-- title, genre, status, is_public, length_band, published_at.

-- One work as it is known now.
create or replace view video as
select * from video_derived
union all by name
select * exclude (batch_id, line) from video_snapshot
where batch_id in (select batch_id from batch where alone);

create or replace macro is_public(status) as coalesce(status, '公开') = '公开';

create or replace macro length_band(genre, seconds) as
    case
        when genre = '图文' then 'photo'
        when seconds <= 60 then '0-1min'
        when seconds <= 180 then '1-3min'
        when seconds <= 300 then '3-5min'
        when seconds > 300 then '5min+'
        when starts_with(genre, '1min') then '0-1min'
        when starts_with(genre, '1-3min') then '1-3min'
        when starts_with(genre, '3-5min') then '3-5min'
        when starts_with(genre, '5min') then '5min+'
    end;

-- Works, lifetime totals, placed on the day they were published.
create or replace view work as
select
    v.*,
    a.name as account,
    a.own,
    cast(v.published_at as date) as day,
    is_public(v.status) as is_public,
    length_band(v.genre, v.duration_seconds) as length_band
from video as v
inner join account as a on a.account_id = v.account_id;

-- The hashtags of a title, each once.
create or replace view video_hashtag as
select
    video,
    unnest(list_distinct(regexp_extract_all(title, '[#＃]([^\s#＃@，。！？、；：（）【】“”…,.!?;:()\[\]"]+)', 1))) as hashtag
from video
where contains(title, '#') or contains(title, '＃');

-- The labels of each work: by hand and by rule, without those taken off by hand.
create or replace view video_label as
with ruled as (
    select v.video, r.label
    from video as v
    inner join label_rule as r on r.field = 'title' and contains(lower(v.title), lower(r.text))
    union
    select h.video, r.label
    from video_hashtag as h
    inner join label_rule as r on r.field = 'hashtag' and lower(h.hashtag) = lower(r.text)
)

select video, label from label where not removed
union
(
    select video, label from ruled
    except
    select video, label from label where removed
);

-- The value of each account, day and measure that was exported last. A day that was still to
-- come when it was exported and imported is a slip of the pen: were it counted, every period
-- would end there.
create or replace view account_day_now as
select d.account_id, d.day, d.measure, d.value, d.captured_at, d.batch_id, d.line
from account_day as d
inner join batch as b on b.batch_id = d.batch_id
where d.day <= cast(greatest(d.captured_at, b.imported_at) as date)
qualify row_number() over (
    partition by d.account_id, d.day, d.measure
    order by d.captured_at desc, d.batch_id desc, d.line desc
) = 1;

-- What happened on a day, one row per account and day.
create or replace view daily as
select
    d.account_id,
    a.name as account,
    a.own,
    d.day,
    max(d.value) filter (where d.measure = 'views') as views,
    max(d.value) filter (where d.measure = 'likes') as likes,
    max(d.value) filter (where d.measure = 'comments') as comments,
    max(d.value) filter (where d.measure = 'shares') as shares,
    max(d.value) filter (where d.measure = 'profile_visits') as profile_visits,
    max(d.value) filter (where d.measure = 'net_followers') as net_followers,
    max(d.value) filter (where d.measure = 'unfollows') as unfollows,
    max(d.value) filter (where d.measure = 'followers') as followers,
    max(d.value) filter (where d.measure = 'posts') as posts,
    max(d.value) filter (where d.measure = 'completion_5s') as completion_5s,
    max(d.value) filter (where d.measure = 'bounce_2s') as bounce_2s,
    max(d.value) filter (where d.measure = 'cover_ctr') as cover_ctr,
    max(d.value) filter (where d.measure = 'avg_watch_seconds') as avg_watch_seconds
from account_day_now as d
inner join account as a on a.account_id = d.account_id
group by d.account_id, a.name, a.own, d.day;

-- The days on which works of an account were exported, each with the next one, and whether
-- with their plays; of an account whose plays no list knows every list counts.
create or replace view export_day as
with listed as (
    select
        account_id,
        cast(captured_at as date) as day,
        count(views) > 0 or sum(count(views)) over (partition by account_id) = 0 as with_plays
    from video_snapshot
    group by account_id, cast(captured_at as date)
)

select
    account_id,
    day,
    with_plays,
    lead(day) over (partition by account_id, with_plays order by day) as next_day
from listed;

-- Each export of a work; and for works published after the first export of their account
-- their start: zero of everything at the moment they were published. What happened before
-- that first export nobody has seen. A list without plays, as scrapers write it, would cut a
-- step of plays in two; it counts only for works whose plays no list knows.
create or replace view video_seen as
select
    video, account_id, captured_at, batch_id, line, false as is_start,
    views, likes, comments, shares, favorites, profile_visits, follower_gain,
    completion_rate, completion_5s, bounce_2s, cover_ctr, avg_watch_seconds
from video_snapshot
qualify views is not null or count(views) over (partition by video) = 0
union all
select
    v.video, v.account_id, v.published_at, 0, 0, true,
    0, 0, 0, 0, 0, 0, 0,
    null, null, null, null, null
from video as v
inner join (
    select account_id, min(captured_at) as captured_at from video_snapshot group by account_id
) as first on first.account_id = v.account_id
where v.published_at > first.captured_at;

-- Each export of a work beside the one before: what it gained in between. A rate of the
-- gain is the gain of its total (plays times rate) over the gain of plays.
create or replace view video_step as
with beside as (
    select
        *,
        lag(captured_at) over one_work as from_at,
        lag(views ignore nulls) over one_work as views_was,
        lag(likes ignore nulls) over one_work as likes_was,
        lag(comments ignore nulls) over one_work as comments_was,
        lag(shares ignore nulls) over one_work as shares_was,
        lag(favorites ignore nulls) over one_work as favorites_was,
        lag(profile_visits ignore nulls) over one_work as profile_visits_was,
        lag(follower_gain ignore nulls) over one_work as follower_gain_was,
        lag(if(is_start, 0, views * completion_rate) ignore nulls) over one_work as completed_was,
        lag(if(is_start, 0, views * completion_5s) ignore nulls) over one_work as stayed_was,
        lag(if(is_start, 0, views * bounce_2s) ignore nulls) over one_work as bounced_was,
        lag(if(is_start, 0, views * cover_ctr) ignore nulls) over one_work as clicked_was,
        lag(if(is_start, 0, views * avg_watch_seconds) ignore nulls) over one_work as watched_was
    from video_seen
    window one_work as (partition by video order by captured_at, batch_id)
)

select
    video,
    account_id,
    from_at,
    captured_at as to_at,
    batch_id,
    views - views_was as views,
    likes - likes_was as likes,
    comments - comments_was as comments,
    shares - shares_was as shares,
    favorites - favorites_was as favorites,
    profile_visits - profile_visits_was as profile_visits,
    follower_gain - follower_gain_was as follower_gain,
    (views * completion_rate - completed_was) / nullif(views - views_was, 0) as completion_rate,
    (views * completion_5s - stayed_was) / nullif(views - views_was, 0) as completion_5s,
    (views * bounce_2s - bounced_was) / nullif(views - views_was, 0) as bounce_2s,
    (views * cover_ctr - clicked_was) / nullif(views - views_was, 0) as cover_ctr,
    (views * avg_watch_seconds - watched_was) / nullif(views - views_was, 0) as avg_watch_seconds
from beside
where from_at is not null;

-- What a work gained on a day: a step between two exports, spread evenly over the days
-- from the first export to the eve of the second. Whole steps are exact, parts of a step
-- are not; a step longer than 31 days says nothing about its days, and where the exports of
-- an account lie so far apart, a work published between them does not either: the day it
-- would stand for has only its newest works.
create or replace view gain as
with silence as (
    select list({'account_id': account_id, 'day': next_day}) as ends
    from export_day
    where with_plays and date_diff('day', day, next_day) > 31
),

spread as (
    select *, unnest(range(n)) as i
    from (
        select
            *,
            cast(from_at as date) as first_day,
            greatest(date_diff('day', cast(from_at as date), cast(to_at as date)), 1) as n
        from video_step
        -- asked of one small list, because a join would cost more than all the rest
        where not coalesce(
            list_contains(
                (select ends from silence), {'account_id': account_id, 'day': cast(to_at as date)}
            ),
            false
        )
    )
    where n <= 31
)

select
    s.video,
    w.account_id,
    w.account,
    w.own,
    cast(s.first_day + cast(s.i as integer) as date) as day,
    w.published_at,
    w.title,
    w.genre,
    w.status,
    w.is_public,
    w.length_band,
    s.from_at,
    s.to_at,
    s.n as step_days,
    s.batch_id,
    s.views / s.n as views,
    s.likes / s.n as likes,
    s.comments / s.n as comments,
    s.shares / s.n as shares,
    s.favorites / s.n as favorites,
    s.profile_visits / s.n as profile_visits,
    s.follower_gain / s.n as follower_gain,
    s.completion_rate,
    s.completion_5s,
    s.bounce_2s,
    s.cover_ctr,
    s.avg_watch_seconds
from spread as s
inner join work as w on w.video = s.video;

-- The works as they stood some days before the newest export of their account: a value
-- between two exports is read off the line between them, when they lie at most ten days
-- apart; otherwise it is unknown.
create or replace macro works_days_ago(days) as table
with newest as (
    select account_id, max(captured_at) as captured_at
    from video_snapshot
    group by account_id
),

moment as (
    select account_id, captured_at - to_days(cast(days as integer)) as at_moment
    from newest
),

beside as (
    select
        *,
        lead(captured_at) over one_work as next_at,
        lead(views) over one_work as views_next,
        lead(likes) over one_work as likes_next,
        lead(comments) over one_work as comments_next,
        lead(shares) over one_work as shares_next,
        lead(favorites) over one_work as favorites_next,
        lead(profile_visits) over one_work as profile_visits_next,
        lead(follower_gain) over one_work as follower_gain_next,
        lead(completion_rate) over one_work as completion_rate_next,
        lead(completion_5s) over one_work as completion_5s_next,
        lead(bounce_2s) over one_work as bounce_2s_next,
        lead(cover_ctr) over one_work as cover_ctr_next,
        lead(avg_watch_seconds) over one_work as avg_watch_seconds_next
    from video_seen
    window one_work as (partition by video order by captured_at, batch_id)
),

placed as (
    select
        b.*,
        case
            when b.captured_at = m.at_moment then 0.0
            when date_diff('hour', b.captured_at, b.next_at) <= 240
                then date_diff('second', b.captured_at, m.at_moment)
                    / date_diff('second', b.captured_at, b.next_at)
        end as w
    from beside as b
    inner join moment as m on m.account_id = b.account_id
    where b.captured_at <= m.at_moment and (b.next_at > m.at_moment or b.next_at is null)
)

select
    p.video,
    v.account_id,
    v.account,
    v.own,
    v.day,
    v.published_at,
    v.title,
    v.genre,
    v.status,
    v.is_public,
    v.length_band,
    p.views + p.w * (coalesce(p.views_next, p.views) - p.views) as views,
    p.likes + p.w * (coalesce(p.likes_next, p.likes) - p.likes) as likes,
    p.comments + p.w * (coalesce(p.comments_next, p.comments) - p.comments) as comments,
    p.shares + p.w * (coalesce(p.shares_next, p.shares) - p.shares) as shares,
    p.favorites + p.w * (coalesce(p.favorites_next, p.favorites) - p.favorites) as favorites,
    p.profile_visits + p.w * (coalesce(p.profile_visits_next, p.profile_visits) - p.profile_visits) as profile_visits,
    p.follower_gain + p.w * (coalesce(p.follower_gain_next, p.follower_gain) - p.follower_gain) as follower_gain,
    coalesce(p.completion_rate, p.completion_rate_next) as completion_rate,
    coalesce(p.completion_5s, p.completion_5s_next) as completion_5s,
    coalesce(p.bounce_2s, p.bounce_2s_next) as bounce_2s,
    coalesce(p.cover_ctr, p.cover_ctr_next) as cover_ctr,
    coalesce(p.avg_watch_seconds, p.avg_watch_seconds_next) as avg_watch_seconds
from placed as p
inner join work as v on v.video = p.video;

-- Each comment as it was seen last; what stands several times in a file counts once.
create or replace view comment_now as
select c.*, a.name as account, cast(c.commented_at as date) as day
from comment as c
inner join account as a on a.account_id = c.account_id
qualify row_number() over (
    partition by c.account_id, c.comment order by c.captured_at desc, c.batch_id desc, c.line desc
) = 1;

-- The newest export of each survey: an export holds all answers until then.
create or replace view survey_now as
select *
from survey
qualify row_number() over (partition by survey order by captured_at desc, batch_id desc) = 1;

create or replace view question_now as
select q.*
from question as q
inner join survey_now as s on s.batch_id = q.batch_id;

create or replace view response_now as
select r.*
from response as r
inner join survey_now as s on s.batch_id = r.batch_id;

create or replace view answer_now as
select a.*
from answer as a
inner join survey_now as s on s.batch_id = a.batch_id;

-- Each share of an account's followers as it was exported last.
create or replace view audience_share_now as
select *
from audience_share
qualify row_number() over (
    partition by account_id, day, crowd, dimension, bucket order by captured_at desc, batch_id desc, line desc
) = 1;

-- The number of each report that was exported last.
create or replace view reported_now as
select *
from reported
qualify row_number() over (
    partition by account_id, topic, coalesce(item_id, video, item, ''), coalesce(sheet, ''), coalesce(label, ''), day, until, measure
    order by captured_at desc, batch_id desc, line desc
) = 1;

-- Ranges of works as they were given last; they are no values and stand in no sum.
create or replace view video_range_now as
select r.*, w.account, w.own, w.title, w.published_at
from video_range as r
inner join work as w on w.video = r.video
qualify row_number() over (
    partition by r.video, r.measure order by r.captured_at desc, r.batch_id desc
) = 1;

-- What data services say of accounts on a day; a measure is a value or a range.
create or replace view account_seen as
select
    r.account_id,
    a.name as account,
    a.platform,
    a.own,
    r.day,
    r.measure,
    r.value,
    coalesce(r.low, r.value) as low,
    if(r.low is null, r.value, r.high) as high,
    r.captured_at,
    r.batch_id,
    r.line
from reported_now as r
inner join account as a on a.account_id = r.account_id
where r.topic = 'account';

-- Paid materials; their plays are bought and never among those of works.
create or replace view paid_material as
select
    r.account_id,
    a.name as account,
    r.item_id,
    r.item,
    r.label,
    r.day,
    r.until,
    max(r.value) filter (where r.measure = 'spend') as spend,
    max(r.value) filter (where r.measure = 'impressions') as impressions,
    max(r.value) filter (where r.measure = 'clicks') as clicks,
    max(r.value) filter (where r.measure = 'plays') as plays,
    max(r.value) filter (where r.measure = 'completion_rate') as completion_rate,
    max(r.value) filter (where r.measure = 'play_2s_rate') as play_2s_rate,
    max(r.value) filter (where r.measure = 'play_3s_rate') as play_3s_rate,
    max(r.value) filter (where r.measure = 'play_5s_rate') as play_5s_rate,
    max(r.value) filter (where r.measure = 'avg_watch_seconds') as avg_watch_seconds,
    max(r.value) filter (where r.measure = 'likes') as likes,
    max(r.value) filter (where r.measure = 'comments') as comments,
    max(r.value) filter (where r.measure = 'new_followers') as new_followers
from reported_now as r
inner join account as a on a.account_id = r.account_id
where r.topic = 'paid'
group by all;

-- What is known of the inside of single works: by part of it, by where it was seen, by day.
create or replace view work_detail as
select
    r.account_id,
    a.name as account,
    r.item as work,
    r.video,
    r.topic,
    r.sheet,
    r.label,
    r.day,
    r.measure,
    r.value
from reported_now as r
inner join account as a on a.account_id = r.account_id
where r.topic in ('work', 'work_part', 'work_source', 'work_day');

-- How much a word was searched for on a day, as an index tells it.
create or replace view index_value as
select r.item as keyword, r.day, r.value, r.captured_at, r.batch_id, r.line
from reported_now as r
where r.topic = 'index' and r.value is not null;

-- The topics and challenges of hot lists, each as it stood on a day. A heat that is a range
-- is no number: its ends stand beside it, an open one without a high end.
create or replace view hot_topic as
select
    trim(r.item, '#＃ ') as topic,
    coalesce(r.label, '') as list,
    r.day,
    max(r.value) filter (where r.measure = 'rank') as rank,
    max(r.value) filter (where r.measure = 'heat') as heat,
    max(coalesce(r.low, r.value)) filter (where r.measure = 'heat') as heat_low,
    max(if(r.low is null, r.value, r.high)) filter (where r.measure = 'heat') as heat_high,
    max(r.value) filter (where r.measure = 'plays') as plays,
    max(r.value) filter (where r.measure = 'people') as people,
    max(r.captured_at) as captured_at
from reported_now as r
where r.topic = 'hot_topic'
group by all;

-- What happened on a day without what one work brought. Where that is not known the day is
-- not known; followers cannot be told by work at all.
create or replace macro daily_without(left_out) as table
with gone as (
    select account_id, day, sum(views) as views, sum(likes) as likes, sum(comments) as comments,
        sum(shares) as shares, sum(profile_visits) as profile_visits
    from gain
    where video = left_out
    group by account_id, day
),

beside as (
    select d.*, coalesce(v.day > d.day, true) as untouched,
        g.views as views_gone, g.likes as likes_gone, g.comments as comments_gone,
        g.shares as shares_gone, g.profile_visits as profile_visits_gone
    from daily as d
    left join work as v on v.account_id = d.account_id and v.video = left_out
    left join gone as g on g.account_id = d.account_id and g.day = d.day
)

select
    account_id, account, own, day,
    views - if(untouched, 0, views_gone) as views,
    likes - if(untouched, 0, likes_gone) as likes,
    comments - if(untouched, 0, comments_gone) as comments,
    shares - if(untouched, 0, shares_gone) as shares,
    profile_visits - if(untouched, 0, profile_visits_gone) as profile_visits,
    cast(null as double) as net_followers,
    cast(null as double) as unfollows,
    cast(null as double) as followers,
    posts,
    cast(null as double) as completion_5s,
    cast(null as double) as bounce_2s,
    cast(null as double) as cover_ctr,
    cast(null as double) as avg_watch_seconds
from beside;

-- Each comment beside what its text says and the work it stands under, where that is known.
-- "read" is whether it has a text that was read; "video" is null where no list of works
-- brought the id that the comment names.
create or replace view comment_said as
with named as (
    select
        account_id, platform_id, any_value(video) as video, any_value(title) as title,
        any_value(genre) as genre, bool_or(is_public) as is_public,
        min(published_at) as published_at
    from work
    where platform_id is not null
    group by account_id, platform_id
)

select
    c.account_id,
    c.account,
    a.own,
    c.comment,
    c.work,
    w.video,
    w.title,
    w.genre,
    w.is_public,
    w.published_at,
    c.commented_at,
    c.day,
    c.region,
    c.text,
    c.likes,
    c.replies,
    c.parent,
    coalesce(c.by_owner, false) as by_owner,
    coalesce(r.sentiment, 0) as sentiment,
    coalesce(r.kinds, []) as kinds,
    coalesce(r.terms, []) as terms
from comment_now as c
inner join account as a on a.account_id = c.account_id
left join comment_reading as r on r.print = md5(c.text)
left join named as w on w.account_id = c.account_id and w.platform_id = c.work;
