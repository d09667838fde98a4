-- The followers of accounts on the days they were seen: what their own back end says, else
-- what lists said of them, as a number or as a range. A list of a
-- morning still tells of the eve.
with official as (
    select account_id, account, own, day, followers as value, followers as low, followers as high, false as listed
    from daily
    where followers is not null
)

select account_id, account, own, day, value, low, high, listed from official
union all
select s.account_id, s.account, s.own, s.day, s.value, s.low, s.high, true
from account_seen as s
where s.measure = 'followers'
    and not exists (select 1 from official as o where o.account_id = s.account_id)
order by account, day
