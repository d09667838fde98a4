-- Shares of an audience, each with its account, day, crowd, dimension and bucket; "spelled"
-- holds the plain spelling of each text that the file says.
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
        p.crowd,
        p.dimension,
        p.bucket,
        d.tgi,
        coalesce(d.share, d.people / nullif(d.people_of_day, 0)) as share
    from dated as d
    inner join spelled as p
        on p.said_crowd = coalesce(d.crowd, '')
        and p.said_dimension = coalesce($dimension, d.dimension, '')
        and p.said_bucket = coalesce(d.bucket, '')
    cross join here
)

select
    *,
    row_number() over (
        partition by account_id, day, crowd, dimension, bucket order by line
    ) as copy
from named;
