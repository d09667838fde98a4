-- Days that a file brings anew and that are five times the usual: the median of the last
-- 28 days known before them, of which there must be a week.
with brought as (
    select s.line, s.day, s.measure, s.value
    from staged as s
    cross join here
    left join account_day_now as n
        on n.account_id = here.account_id and n.day = s.day and n.measure = s.measure
    where
        s.copy = 1 and s.value is distinct from n.value
        and s.measure in ('views', 'likes', 'comments', 'shares', 'profile_visits')
),

known as (
    select n.day, n.measure, n.value
    from account_day_now as n
    inner join here on here.account_id = n.account_id
),

beside as (
    select b.line, b.measure, b.value, k.value as known_value
    from brought as b
    inner join known as k on k.measure = b.measure and k.day < b.day
    qualify row_number() over (partition by b.line, b.measure order by k.day desc) <= 28
)

select line, measure, cast(value as bigint) as brought_value
from beside
group by line, measure, value
having count(*) >= 7 and median(known_value) >= 10 and value >= 5 * median(known_value)
order by line, measure;
