-- The comments and complaints of each day, of works that one day had enough of them to judge;
-- "until" is the last day that any work was commented on.
with days as (
    select
        coalesce(video, work) as video,
        any_value(title) as title,
        any_value(account) as account,
        day,
        count(*) as total,
        count(*) filter (where sentiment < 0) as negative
    from comment_said
    where {scope} and coalesce(video, work) is not null and day is not null
    group by coalesce(video, work), day
)

select *, max(day) over () as until
from days
qualify
    max(total) over (partition by video) >= $total
    or max(negative) over (partition by video) >= $negative
order by video, day
