-- What each row of a daily file is: a new day, a change of what is known, the same, a day
-- that stands twice, or one that contradicts its twin.
create or replace temp table judged as
with against as (
    select
        f.line,
        f.copy > 1 as again,
        f.value is distinct from t.value as contradicts,
        n.day is not null as known,
        f.value is distinct from n.value as differs,
        case
            when f.measure = 'views' and f.copy = 1 and here.captured_at >= n.captured_at and f.value < n.value
                then (f.value - n.value) / n.value
        end as lost
    from staged as f
    cross join here
    inner join staged as t on t.day = f.day and t.measure = f.measure and t.copy = 1
    left join account_day_now as n
        on n.account_id = here.account_id and n.day = f.day and n.measure = f.measure
)

select
    i.line,
    case
        when bool_or(a.again and a.contradicts) then 'conflict'
        when bool_or(a.again) then 'twice'
        when bool_or(a.known and a.differs) then 'changed'
        when bool_or(not a.known) then 'new'
        else 'same'
    end as verdict,
    min(a.lost) as lost
from incoming as i
left join against as a on a.line = i.line
group by i.line;
