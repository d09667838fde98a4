-- Weeks of each account: what its works gained beside what the platform counted. A week
-- counts when it has all seven official days and exports of the works lie around it.
with official as (
    select
        account_id,
        account,
        cast(date_trunc('week', day) as date) as monday,
        count({metric}) as days,
        sum({metric}) as value
    from daily
    where {scope}
    group by account_id, account, monday
),

gained as (
    select account_id, cast(date_trunc('week', day) as date) as monday, sum({metric}) as value
    from gain
    where {scope}
    group by account_id, monday
),

exported as (
    select
        account_id,
        min(cast(captured_at as date)) as first_day,
        max(cast(captured_at as date)) as last_day
    from video_snapshot
    group by account_id
)

select
    o.account,
    o.monday,
    o.days,
    o.value as official,
    g.value as works,
    coalesce(e.first_day <= o.monday and e.last_day > o.monday + 6, false) as spanned
from official as o
left join gained as g on g.account_id = o.account_id and g.monday = o.monday
left join exported as e on e.account_id = o.account_id
where o.days > 0
order by o.account, o.monday
