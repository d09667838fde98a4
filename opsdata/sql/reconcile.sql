-- Weeks of each account: what its works gained beside what the platform counted. A week
-- counts when it has all seven official days and exports of the works lie around it, close
-- enough to tell its days.
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

known as (
    select
        o.account_id,
        o.monday,
        min(s.day) as first_day,
        max(s.next_day) as last_day,
        max(date_diff('day', s.day, s.next_day)) as longest
    from official as o
    inner join export_day as s
        on
            s.account_id = o.account_id
            and s.with_plays
            and s.day <= o.monday + 6
            and s.next_day > o.monday
    group by o.account_id, o.monday
)

select
    o.account,
    o.monday,
    o.days,
    o.value as official,
    g.value as works,
    coalesce(k.first_day <= o.monday and k.last_day > o.monday + 6 and k.longest <= 31, false) as spanned
from official as o
left join gained as g on g.account_id = o.account_id and g.monday = o.monday
left join known as k on k.account_id = o.account_id and k.monday = o.monday
where o.days > 0
order by o.account, o.monday
