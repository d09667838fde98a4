-- The first works of an account, each with an id or a second of its own: each row is a new work.
create or replace temp view staged as
select
    incoming.*,
    case
        when platform_id is not null then concat(split_part(here.account_id, ':', 1), ':', platform_id)
        else left(md5(concat_ws('|', here.account_id, epoch(published_at), coalesce(genre, ''))), 16)
    end as video,
    1 as copy,
    false as by_minute
from incoming, here;
