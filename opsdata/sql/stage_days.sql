-- One row per day and measure of a daily file; a measure that says nothing gives none.
create or replace temp table staged as
select
    line, day, measure, value,
    row_number() over (partition by day, measure order by line) as copy
from (
    unpivot incoming
    on columns(* exclude (line, day))
    into name measure value value
);
