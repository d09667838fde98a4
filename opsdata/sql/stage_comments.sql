-- Comments with the id they are known by, and their authors as keyed hashes.
-- A comment without an id of the platform is known by its work, time, author and text.
-- One whose author has the account's own name is the account's answer.
-- "places" holds the plain spelling of each region that the file says.
create or replace temp table staged as
with hashed as (
    select
        i.* exclude (author, nickname, account, region),
        p.place as region,
        coalesce(i.owner, here.account_id) as account_id,
        here.captured_at,
        case
            when coalesce(i.author, i.nickname) is not null
                then left(sha256($key || sha256($key || coalesce(i.author, i.nickname))), 16)
        end as author,
        coalesce(
            split_part(coalesce(i.owner, here.account_id), ':', 2) in (trim(i.nickname), trim(i.author)), false
        ) as by_owner
    from incoming as i
    left join places as p on p.said = i.region
    cross join here
),

known_by as (
    select
        * exclude (comment, parent),
        nullif(nullif(parent, '0'), '-1') as parent,
        coalesce(
            comment,
            left(md5(concat_ws(
                '|', account_id, coalesce(work, ''), coalesce(cast(epoch(commented_at) as varchar), ''),
                coalesce(author, ''), coalesce(text, '')
            )), 16)
        ) as comment
    from hashed
)

select *, row_number() over (partition by account_id, comment order by line) as copy
from known_by;
