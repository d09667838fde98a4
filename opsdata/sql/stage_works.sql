-- Which known work each incoming row is.
-- A work is its id on the platform; without one its account, publish second and genre, and
-- where several rows share those, the title too. A row that meets no known work that way
-- joins the one known work of its minute, or the one of them with its title, if one of the
-- two has no id; two works of one minute are never mixed up.
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
        case
            when platform_id is not null
                then concat(split_part(here.account_id, ':', 1), ':', platform_id)
            else left(md5(concat_ws(
                '|', here.account_id, epoch(published_at), coalesce(genre, ''),
                case when titles > 1 then coalesce(title, '') end
            )), 16)
        end as own_key
    from named, here
),

known as (
    select video, published_at, to_second, genre, title, platform_id
    from video
    where account_id = (select account_id from here)
),

-- A known work that got its id later keeps the key it had.
named_before as (
    select keyed.* replace (coalesce(known.video, own_key) as own_key)
    from keyed
    left join known on known.platform_id = keyed.platform_id
),

counted as (
    select *, row_number() over (partition by own_key order by line) as copy
    from named_before
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
        and (u.platform_id is null or k.platform_id is null)
        and (
            coalesce((u.genre = '图文') = (k.genre = '图文'), true)
            and (u.platform_id is not null or k.platform_id is not null or coalesce(u.genre = k.genre, true))
            or u.title is not distinct from k.title
        )
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
