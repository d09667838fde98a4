-- Works with their interactions: likes, comments, shares and favourites together. What is
-- not known is left out; where a range stands for a number there is only a low and a high end.
with scope as (
    select * from work where {scope}
),

given as (
    select
        s.video,
        sum(r.low) as low,
        if(count(*) = count(r.high), sum(r.high), null) as high,
        count(*) = count(r.high) as closed
    from scope as s
    inner join video_range_now as r on r.video = s.video
    where case r.measure
        when 'likes' then s.likes is null
        when 'comments' then s.comments is null
        when 'shares' then s.shares is null
        when 'favorites' then s.favorites is null
        else false
    end
    group by s.video
),

counted as (
    select
        s.*,
        g.video is not null as ranged,
        g.low as given_low,
        g.high as given_high,
        coalesce(g.closed, true) as closed,
        coalesce(s.likes, 0) + coalesce(s.comments, 0)
        + coalesce(s.shares, 0) + coalesce(s.favorites, 0) as known,
        coalesce(s.likes, s.comments, s.shares, s.favorites) is not null as told
    from scope as s
    left join given as g on g.video = s.video
)

select
    c.video, c.account_id, c.account, c.own, a.platform, c.title, c.published_at, c.day,
    c.captured_at, c.genre, c.length_band, c.duration_seconds, c.platform_id,
    c.views, c.likes, c.comments, c.shares, c.favorites,
    c.ranged,
    cast(if(c.told and not c.ranged, c.known, null) as double) as interactions,
    cast(if(c.told or c.ranged, c.known + coalesce(c.given_low, 0), null) as double) as low,
    cast(if((c.told or c.ranged) and c.closed, c.known + coalesce(c.given_high, 0), null) as double) as high
from counted as c
inner join account as a on a.account_id = c.account_id
order by c.account, c.published_at, c.video
