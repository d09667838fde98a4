-- What each staged row is: a new work, a change of what is known, the same, a row that
-- stands twice, or one that contradicts its twin. A cell that says nothing changes nothing,
-- nor does a genre that says less than the known one.
create or replace temp table judged as
with twins as (
    select * from staged where copy = 1
)

select
    s.line,
    case
        when s.copy > 1 and (
            s.status is distinct from t.status
            or s.duration_seconds is distinct from t.duration_seconds
            or s.views is distinct from t.views
            or s.likes is distinct from t.likes
            or s.comments is distinct from t.comments
            or s.shares is distinct from t.shares
            or s.favorites is distinct from t.favorites
            or s.profile_visits is distinct from t.profile_visits
            or s.follower_gain is distinct from t.follower_gain
            or s.completion_rate is distinct from t.completion_rate
            or s.completion_5s is distinct from t.completion_5s
            or s.bounce_2s is distinct from t.bounce_2s
            or s.cover_ctr is distinct from t.cover_ctr
            or s.avg_watch_seconds is distinct from t.avg_watch_seconds
        ) then 'conflict'
        when s.copy > 1 then 'twice'
        when v.video is null then 'new'
        when
            coalesce(s.title, v.title) is distinct from v.title
            or coalesce(s.platform_id, v.platform_id) is distinct from v.platform_id
            or not coalesce(contains(v.genre, s.genre), s.genre is null)
            or coalesce(s.status, v.status) is distinct from v.status
            or coalesce(s.duration_seconds, v.duration_seconds) is distinct from v.duration_seconds
            or coalesce(s.views, v.views) is distinct from v.views
            or coalesce(s.likes, v.likes) is distinct from v.likes
            or coalesce(s.comments, v.comments) is distinct from v.comments
            or coalesce(s.shares, v.shares) is distinct from v.shares
            or coalesce(s.favorites, v.favorites) is distinct from v.favorites
            or coalesce(s.profile_visits, v.profile_visits) is distinct from v.profile_visits
            or coalesce(s.follower_gain, v.follower_gain) is distinct from v.follower_gain
            or coalesce(s.completion_rate, v.completion_rate) is distinct from v.completion_rate
            or coalesce(s.completion_5s, v.completion_5s) is distinct from v.completion_5s
            or coalesce(s.bounce_2s, v.bounce_2s) is distinct from v.bounce_2s
            or coalesce(s.cover_ctr, v.cover_ctr) is distinct from v.cover_ctr
            or coalesce(s.avg_watch_seconds, v.avg_watch_seconds) is distinct from v.avg_watch_seconds
            then 'changed'
        else 'same'
    end as verdict,
    case
        when s.copy = 1 and here.captured_at >= v.captured_at and s.views < v.views
            then (s.views - v.views) / v.views
    end as lost
from staged as s
cross join here
left join twins as t on t.video = s.video
left join video as v on v.video = s.video;
