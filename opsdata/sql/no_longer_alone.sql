-- Imports that stood alone until one of their works was touched: what is known of the other
-- works is written down from now on.
create or replace temp table joined_by as
select distinct batch_id
from video_snapshot
where
    batch_id in (select batch_id from batch where alone)
    and video in (select video from touched);

insert into video_derived by name
select * exclude (batch_id, line)
from video_snapshot
where
    batch_id in (select batch_id from joined_by)
    and video not in (select video from touched);

update batch set alone = false where batch_id in (select batch_id from joined_by);

drop table joined_by;
