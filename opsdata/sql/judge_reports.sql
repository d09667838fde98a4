-- What each row of a report is: new, changed, the same, standing twice, or contradicting its twin.
create or replace temp table judged as
with against as (
    select
        s.line,
        s.copy > 1 as again,
        row(s.value, s.low, s.high) is distinct from row(t.value, t.low, t.high) as contradicts,
        n.measure is not null as known,
        row(s.value, s.low, s.high) is distinct from row(n.value, n.low, n.high) as differs
    from staged as s
    inner join staged as t
        on t.account_id = s.account_id and t.day = s.day and t.until = s.until and t.measure = s.measure
        and coalesce(t.item_id, t.video, t.item, '') = coalesce(s.item_id, s.video, s.item, '')
        and t.sheet is not distinct from s.sheet and t.label is not distinct from s.label and t.copy = 1
    left join reported_now as n
        on n.account_id = s.account_id and n.topic = s.topic and n.day = s.day and n.until = s.until
        and n.measure = s.measure
        and coalesce(n.item_id, n.video, n.item, '') = coalesce(s.item_id, s.video, s.item, '')
        and n.sheet is not distinct from s.sheet and n.label is not distinct from s.label
)

select
    line,
    case
        when bool_or(again and contradicts) then 'conflict'
        when bool_or(again) then 'twice'
        when bool_or(known and differs) then 'changed'
        when bool_or(not known) then 'new'
        else 'same'
    end as verdict,
    cast(null as double) as lost
from against
group by line;
