-- Which known work each incoming row is.
-- A work is its account, publish second and genre; where several rows share those, the
-- title too. A row that meets no known work that way joins the one known work of its
-- minute, or the one of them with its title; two works of one minute are never mixed up.
create or replace temp table staged as
with named as (
    select
        *,
        count(distinct coalesce(title, '')) over (partition by published_at, genre) as titles
    from incoming
),

keyed as (
    select
        named.* exclude (titles),
        left(md5(concat_ws(
            '|', here.account_id, epoch(published_at), coalesce(genre, ''),
            case when titles > 1 then coalesce(title, '') end
        )), 16) as own_key
    from named, here
),

counted as (
    select *, row_number() over (partition by own_key order by line) as copy
    from keyed
),

known as (
    select video, published_at, to_second, genre, title
    from video
    where account_id = (select account_id from here)
),

unmet as (
    select *
    from counted
    where copy = 1 and own_key not in (select video from known)
),

pairs as (
    select u.line, k.video, u.title is not distinct from k.title as same_title
    from unmet as u
    inner join known as k
        on date_trunc('minute', k.published_at) = date_trunc('minute', u.published_at)
    where
        (k.published_at = u.published_at or not (u.to_second and k.to_second))
        and (coalesce(u.genre = k.genre, true) or u.title is not distinct from k.title)
        and k.video not in (select own_key from counted)
),

joined as (
    select line, video
    from pairs
    qualify
        (count(*) over (partition by line) = 1 and count(*) over (partition by video) = 1)
        or (
            same_title
            and count(*) filter (where same_title) over (partition by line) = 1
            and count(*) filter (where same_title) over (partition by video) = 1
        )
)

select
    c.* exclude (own_key),
    coalesce(j.video, c.own_key) as video,
    j.video is not null as by_minute
from counted as c
left join joined as j on j.line = c.line;
