-- The spans of days that an own account's daily files leave out, between its first and its
-- last day.
with known as (
    select distinct a.name as account, d.day
    from account_day_now as d
    inner join account as a on a.account_id = d.account_id
    where a.own and d.value is not null
),

beside as (
    select account, day, lead(day) over (partition by account order by day) as next_day
    from known
)

select account, cast(day + 1 as date) as since, cast(next_day - 1 as date) as until
from beside
where next_day > day + 1
order by account, since;
