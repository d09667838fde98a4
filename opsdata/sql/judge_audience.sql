-- What each share is: new, changed, the same, standing twice, or contradicting its twin.
create or replace temp table judged as
select
    s.line,
    case
        when s.copy > 1 then if(
            s.share is distinct from t.share or s.tgi is distinct from t.tgi, 'conflict', 'twice'
        )
        when n.bucket is null then 'new'
        when s.share is distinct from n.share or s.tgi is distinct from n.tgi then 'changed'
        else 'same'
    end as verdict,
    cast(null as double) as lost
from staged as s
left join staged as t
    on t.account_id = s.account_id and t.day = s.day and t.crowd = s.crowd and t.dimension = s.dimension
    and t.bucket = s.bucket and t.copy = 1
left join audience_share_now as n
    on n.account_id = s.account_id and n.day = s.day and n.crowd = s.crowd and n.dimension = s.dimension
    and n.bucket = s.bucket;
