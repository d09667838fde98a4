-- The followers of accounts on the days they were seen: what their own back end says of a
-- day, else what a list said of them, as a number or as a range.
with official as (
    select account_id, account, own, day, followers as value, followers as low, followers as high
    from daily
    where followers is not null
)

select account_id, account, own, day, value, low, high from official
union all
select s.account_id, s.account, s.own, s.day, s.value, s.low, s.high
from account_seen as s
where s.measure = 'followers'
    and not exists (
        select 1 from official as o where o.account_id = s.account_id and o.day = s.day
    )
order by account, day
