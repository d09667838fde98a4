-- The totals of works at each of their exports: of every account and genre only the newest
-- works that are still young, and the newest of those that are not.
with known as (
    select
        video, account, genre, published_at,
        published_at > max(captured_at) over (partition by account)
            - to_days(cast($young as integer)) as is_young
    from work
    where {scope}
),

compared as (
    select video, account, genre, published_at
    from known
    qualify row_number() over (
        partition by account, genre, is_young order by published_at desc, video
    ) <= $most
)

select c.video, c.account, c.genre, c.published_at, s.captured_at, s.{total} as total
from compared as c
inner join video_snapshot as s on s.video = c.video
where s.{total} is not null and s.captured_at >= c.published_at
qualify row_number() over (
    partition by s.video, s.captured_at order by s.batch_id desc, s.line desc
) = 1
order by c.published_at desc, c.video, s.captured_at
