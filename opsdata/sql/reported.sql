-- What the exports of a topic say, a row a measure. Of spans of one thing that overlap, the
-- one that holds the other stays, else the one exported last: nothing is counted twice.
with said as (
    select
        a.name as account,
        coalesce(r.item, r.item_id, '') as item,
        coalesce(r.item_id, r.item, '') as thing,
        coalesce(r.label, '') as label,
        r.day as since,
        r.until,
        r.measure,
        r.value,
        r.captured_at
    from reported_now as r
    inner join account as a on a.account_id = r.account_id
    where
        r.topic = $topic and r.value is not null
        and if(len($accounts) = 0, a.own, list_contains($accounts, a.name))
)

select account, item, label, since, until, measure, value
from said as s
where not exists (
    select 1
    from said as o
    where
        o.account = s.account and o.thing = s.thing and o.label = s.label
        and o.measure = s.measure and o.since <= s.until and o.until >= s.since
        and (o.since <> s.since or o.until <> s.until)
        and (
            (o.since <= s.since and o.until >= s.until)
            or (o.captured_at > s.captured_at and not (s.since <= o.since and s.until >= o.until))
        )
)
order by all;
