-- The newest public works that have been out long enough to be judged, with what their
-- titles are like.
with scope as (
    {scope}
),

grown as (
    select
        *,
        date_diff('second', published_at, captured_at) / 86400 as age_days,
        trim(regexp_replace(coalesce(title, ''), '[#＃@][^\s#＃]*', '', 'g')) as words
    from scope
    where
        is_public
        and views is not null
        and date_diff('second', published_at, captured_at) >= $grown_days * 86400
    order by published_at desc, video
    limit $most
)

select
    video,
    account,
    published_at,
    age_days,
    title,
    genre,
    length_band,
    concat_ws(' ', coalesce(genre, ''), length_band) as kind,
    views,
    completion_rate,
    cover_ctr,
    greatest(follower_gain, 0) as follower_gain,
    favorites,
    {traits}
from grown
order by video
