-- The days missing between the newest day known of an account and the first one brought,
-- per measure; several measures may miss the same days.
with first_days as (
    select measure, min(day) as day, arg_min(line, day) as line
    from staged
    where copy = 1
    group by measure
),

newest as (
    select n.measure, max(n.day) as day
    from account_day_now as n
    inner join here on here.account_id = n.account_id
    group by n.measure
)

select distinct f.line, cast(n.day + 1 as date) as first_missing, cast(f.day - 1 as date) as last_missing
from first_days as f
inner join newest as n on n.measure = f.measure
where f.day > n.day + 1
order by f.line, first_missing;
