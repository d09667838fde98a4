-- What is known now of the works in "touched": of each field the value exported last.
-- A publish time to the second is never replaced by one to the minute, and a genre never by
-- one that only says less: 视频 after 1-3min视频 is the same genre told by a coarser list.
insert into video_derived by name
with seen as (
    select *, row(captured_at, batch_id) as seen_at, row(to_second, captured_at, batch_id) as timed_at
    from video_snapshot
    where video in (select video from touched)
),

newest as (
    select video, arg_max(genre, seen_at) as genre
    from seen
    group by video
    having min(genre) <> max(genre)
),

finer as (
    select seen.video, arg_max(seen.genre, seen.seen_at) as genre
    from seen
    inner join newest on newest.video = seen.video
    where contains(seen.genre, newest.genre) and seen.genre <> newest.genre
    group by seen.video
)

select
    seen.video,
    min(account_id) as account_id,
    max(captured_at) as captured_at,
    arg_max(published_at, timed_at) as published_at,
    bool_or(to_second) as to_second,
    arg_max(platform_id, seen_at) as platform_id,
    arg_max(title, seen_at) as title,
    coalesce(any_value(finer.genre), arg_max(seen.genre, seen_at)) as genre,
    arg_max(status, seen_at) as status,
    arg_max(duration_seconds, seen_at) as duration_seconds,
    arg_max(views, seen_at) as views,
    arg_max(likes, seen_at) as likes,
    arg_max(comments, seen_at) as comments,
    arg_max(shares, seen_at) as shares,
    arg_max(favorites, seen_at) as favorites,
    arg_max(profile_visits, seen_at) as profile_visits,
    arg_max(follower_gain, seen_at) as follower_gain,
    arg_max(completion_rate, seen_at) as completion_rate,
    arg_max(completion_5s, seen_at) as completion_5s,
    arg_max(bounce_2s, seen_at) as bounce_2s,
    arg_max(cover_ctr, seen_at) as cover_ctr,
    arg_max(avg_watch_seconds, seen_at) as avg_watch_seconds
from seen
left join finer on finer.video = seen.video
group by seen.video;
