-- The sheets of answers, numbered in the order of the file, each with a hash of all it says.
create or replace temp table staged as
with said as (
    select
        line,
        string_agg(
            concat_ws('=', question, state, coalesce(option, ''), coalesce(text, ''), coalesce(number, 0)), '|'
            order by question, state, option, text, number
        ) as everything
    from given
    group by line
),

timed as (
    select
        line,
        coalesce(submitted_at, submitted_utc + interval 8 hours) as submitted_at,
        coalesce(started_at, started_utc + interval 8 hours) as started_at,
        duration_seconds,
        channel
    from incoming
)

select
    t.line,
    n.survey,
    cast(row_number() over (order by t.line) as integer) as respondent,
    t.submitted_at,
    coalesce(t.duration_seconds, date_diff('second', t.started_at, t.submitted_at)) as duration_seconds,
    t.channel,
    md5(concat_ws('|', coalesce(epoch(t.submitted_at), 0), coalesce(s.everything, ''))) as print
from timed as t
cross join named as n
left join said as s on s.line = t.line;
