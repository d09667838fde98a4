-- What each comment is: new, changed since it was seen last, the same, or standing twice.
create or replace temp table judged as
select
    s.line,
    case
        when s.copy > 1 then if(
            row(s.text, s.likes, s.replies, s.region) is distinct from row(t.text, t.likes, t.replies, t.region),
            'changed', 'twice'
        )
        when n.comment is null then 'new'
        when
            row(s.text, s.likes, s.replies, s.region)
            is distinct from row(n.text, n.likes, n.replies, n.region)
            then 'changed'
        else 'same'
    end as verdict,
    cast(null as double) as lost
from staged as s
left join staged as t on t.account_id = s.account_id and t.comment = s.comment and t.copy = 1
left join comment_now as n on n.account_id = s.account_id and n.comment = s.comment;
