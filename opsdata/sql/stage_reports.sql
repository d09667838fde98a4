-- The numbers of a report, each with its account, what it is of, and its days.
-- A report that names no day was seen on the day of its export.
create or replace temp table staged as
with placed as (
    select
        i.line,
        coalesce(i.owner, here.account_id) as account_id,
        here.captured_at,
        cast($topic as text) as topic,
        i.item_id,
        coalesce(i.item, $item) as item,
        cast($sheet as text) as sheet,
        if(starts_with($topic, 'work'), here.linked_to, null) as video,
        i.label,
        coalesce(i.day, cast(split_part(i.period, ' ~ ', 1) as date), cast(here.captured_at as date)) as day,
        coalesce(i.day, cast(split_part(i.period, ' ~ ', 2) as date), cast(here.captured_at as date)) as until,
        n.measure,
        n.value,
        n.low,
        n.high
    from incoming as i
    inner join numbers as n on n.line = i.line, here
)

select
    *,
    row_number() over (
        partition by account_id, coalesce(item_id, video, item, ''), coalesce(sheet, ''), coalesce(label, ''), day, until, measure order by line
    ) as copy
from placed;
