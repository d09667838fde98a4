-- The first works of an account, no two at the same second: each row is a new work.
create or replace temp view staged as
select
    incoming.*,
    left(md5(concat_ws('|', here.account_id, epoch(published_at), coalesce(genre, ''))), 16) as video,
    1 as copy,
    false as by_minute
from incoming, here;
