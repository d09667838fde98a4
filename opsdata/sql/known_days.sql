-- What each account knows of each daily measure: its first and last day, how many days of
-- two periods, and a day of them that was not over when it was exported.
with known as (
    select
        a.name as account,
        a.own,
        d.measure,
        d.day,
        cast(d.captured_at as date) <= d.day as unfinished,
        d.day between $since and $until as is_now,
        d.day between $since_before and $until_before as is_before
    from account_day_now as d
    inner join account as a on a.account_id = d.account_id
    where d.value is not null
)

select
    measure,
    account,
    min(day),
    max(day),
    count(*) filter (where is_now),
    count(*) filter (where is_before),
    max(day) filter (where unfinished and (is_now or is_before))
from known
where {scope}
group by measure, account
order by measure, account;
