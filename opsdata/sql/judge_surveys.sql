-- What each sheet of answers is: the same as one that the survey's newest export holds, or new.
create or replace temp table judged as
with numbered as (
    select line, survey, print, row_number() over (partition by print order by line) as nth
    from staged
),

known as (
    select survey, print, count(*) as n
    from response_now
    group by survey, print
)

select
    s.line,
    if(s.nth <= coalesce(k.n, 0), 'same', 'new') as verdict,
    cast(null as double) as lost
from numbered as s
left join known as k on k.survey = s.survey and k.print = s.print;
