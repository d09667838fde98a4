-- Shares of followers, each with its account, day, dimension and bucket.
-- A file that names no day was seen on the day of its export. One that counts people per
-- hour names days without a year: the last one is the eve of the export, the others lie
-- before it in their order; its shares are of all people counted that day.
create or replace temp table staged as
with dated as (
    select
        i.*,
        dense_rank() over (order by d.first_line desc) as back,
        sum(i.people) over (partition by i.date) as people_of_day
    from incoming as i
    left join (select date, min(line) as first_line from incoming group by date) as d on d.date = i.date
),

named as (
    select
        d.line,
        coalesce(d.owner, here.account_id) as account_id,
        here.captured_at,
        case
            when d.day is not null then d.day
            when d.date is not null then cast(here.captured_at as date) - cast(d.back as integer)
            else cast(here.captured_at as date)
        end as day,
        coalesce($dimension, d.dimension, '') as named_dimension,
        coalesce(d.bucket, '') as bucket,
        coalesce(d.share, d.people / nullif(d.people_of_day, 0)) as share
    from dated as d, here
),

mapped as (
    select
        * exclude (named_dimension),
        case
            when named_dimension in ('性别', 'Gender') then 'gender'
            when named_dimension in ('年龄', '年龄段', 'Age') then 'age'
            when named_dimension in ('省份', '地域', '地区', 'Region') then 'region'
            when named_dimension in ('城市等级', '城市') then 'tier'
            when named_dimension in ('设备', '手机品牌') then 'device'
            when named_dimension in ('活跃时段', '活跃时间', '时段') then 'hour'
            else named_dimension
        end as dimension
    from named
)

select
    *,
    row_number() over (partition by account_id, day, dimension, bucket order by line) as copy
from mapped;
