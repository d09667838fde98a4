-- How the text of a cell becomes a value.
-- plain_* read the one form that exports are written in; they cost next to nothing and run
-- over every cell. as_* read every form that people and platforms add (1.2万, 16.63s,
-- 2026年4月3日, full-width digits); they run over the few distinct texts that are not plain.
-- Each returns null for what it cannot read; is_missing tells that from a cell that says
-- nothing.

create macro blanks() as ' 　' || chr(9) || chr(10) || chr(13) || chr(160);

-- (Trimming looks at every character, so only a text with a blank end is trimmed. An empty
-- one has blank ends, because every text contains its first nothing.)
create macro plain_text(x) as
    case
        when contains(blanks(), x[1]) or contains(blanks(), x[-1]) or contains(x, chr(65279)) or contains(x, chr(13))
            then nullif(trim(replace(replace(x, chr(65279), ''), chr(13) || chr(10), chr(10)), blanks()), '')
        else x
    end;

-- Downloads put a mark before text that a spreadsheet would take for a formula.
create macro unguarded(x) as
    case
        when x[1] = chr(39) and regexp_matches(x, '^''+[ \x{3000}\x{a0}\n]*[=+@\t\r＝＋－＠-]') then substring(x, 2)
        else x
    end;

create macro plain_count(x) as
    case when cast(try_cast(x as bigint) as varchar) = x then try_cast(x as bigint) end;

create macro plain_number(x) as
    case when isfinite(try_cast(x as double)) and not contains(x, '_') then try_cast(x as double) end;

create macro believable(ts) as
    case when ts >= timestamp '2000-01-01' and ts < timestamp '2100-01-01' then ts end;

-- Seconds or milliseconds since 1970, as crawlers write them, on Beijing's clock.
create macro from_unix(x) as
    case
        when x between 946684800 and 4102444799 then make_timestamp(x * 1000000) + interval 8 hours
        when x between 946684800000 and 4102444799999 then make_timestamp(x * 1000) + interval 8 hours
    end;

create macro plain_time(x) as
    case
        when length(x) = 19 and x[17] = ':' and x[12:13] <> '24' then believable(try_cast(x as timestamp))
        when length(x) in (9, 10, 13) then from_unix(try_cast(x as bigint))
    end;

-- A moment since 1970 in seconds, or in milliseconds when it has three digits more, at
-- Beijing's clock.
create macro plain_epoch(x) as
    case
        when regexp_full_match(x, '\d{13}') then believable(make_timestamp(cast(x as bigint) * 1000) + interval 8 hour)
        when regexp_full_match(x, '\d{9,10}') then believable(make_timestamp(cast(x as bigint) * 1000000) + interval 8 hour)
    end;

create macro plain_us_time(x) as believable(try_strptime(x, ['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S']));

-- (A pattern, because a long IN list becomes a join that runs for every row.)
create macro is_missing(x) as
    x is null
    or regexp_full_match(
        x, '(?i)\s*(-|--|—|——|－|/|undefined|\(空\)|（空）|\(跳过\)|（跳过）|无|none|n/a|na|null|nan)?\s*'
    );

-- An id is text with all its digits; one that a spreadsheet has written as 7.30E+18 has
-- lost some of them.
create macro plain_id(x) as
    case
        when regexp_full_match(x, '\s*\d+(\.\d+)?[eE]\+?\d+\s*') then null
        when length(x) < 10 and is_missing(x) then null
        else nullif(ltrim(trim(x, chr(9) || chr(10) || chr(13) || ' '), chr(39)), '')
    end;

create macro plain_link_id(x) as nullif(regexp_extract(x, '(\d{6,})/?(?:[?#].*)?$', 1), '');

create macro plain_day(x) as
    case when length(x) = 10 then cast(believable(try_cast(x as timestamp)) as date) end;

create macro one_width(x) as
    trim(translate(x, '０１２３４５６７８９．，％：－＋／（）　' || chr(160), '0123456789.,%:-+/()  '));

create macro scaled(x) as
    try_cast(replace(regexp_extract(x, '^[-+]?[\d,]+(\.\d+)?'), ',', '') as double)
    * case right(x, 1)
        when '亿' then 1e8
        when '万' then 1e4 when 'w' then 1e4 when 'W' then 1e4
        when 'm' then 1e6 when 'M' then 1e6
        when '千' then 1e3 when 'k' then 1e3 when 'K' then 1e3
        else 1 end;

-- In brackets, as accountants write it, a number is below zero.
create macro spelled(x) as
    case
        when regexp_full_match(x, '[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\s*[万亿千wWkKmM]?') then scaled(x)
        when regexp_full_match(x, '\((\d{1,3}(,\d{3})+|\d+)(\.\d+)?\)') then -scaled(trim(x, '()'))
    end;

create macro as_number(x) as
    coalesce(plain_number(x), case when not is_missing(x) then spelled(one_width(x)) end);

-- A count is a whole number, also when it is spelled 1.2万; half a play cannot be read.
create macro whole(x) as
    case when abs(x - round(x)) <= 1e-9 * greatest(abs(x), 1) and abs(x) < 9e15 then cast(round(x) as bigint) end;

create macro as_count(x) as whole(as_number(x));

-- 28.6 % is 0.286 and nothing else, whatever a division makes of it.
create macro hundredth(x) as round(x / 100, 14);

create macro of_hundred(x) as
    case when regexp_full_match(x, '[-+]?\d+(\.\d+)?\s*%') then hundredth(try_cast(trim(rtrim(x, '%')) as double)) end;

create macro as_share(x) as
    coalesce(plain_number(x), case when not is_missing(x) then of_hundred(one_width(x)) end);

-- (A time of day that a workbook shows as 0:04:34 comes with the first day its calendar has.)
create macro clock(x) as
    case
        when regexp_full_match(x, '(1899-12-3[01]|1904-01-01)[ T]\d\d:\d\d:\d\d(\.\d+)?')
            then epoch(try_cast(concat('1970-01-01 ', x[12:]) as timestamp))
        when x <> 'PT' and regexp_full_match(x, 'PT(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?') then
            coalesce(try_cast(regexp_extract(x, '(\d+)H', 1) as double), 0) * 3600
            + coalesce(try_cast(regexp_extract(x, '(\d+)M', 1) as double), 0) * 60
            + coalesce(try_cast(replace(regexp_extract(x, '([\d.,]+)S', 1), ',', '.') as double), 0)
        when regexp_full_match(x, '\d+(\.\d+)?\s*(s|S|秒)') then try_cast(regexp_extract(x, '^[\d.]+') as double)
        when regexp_full_match(x, '\d{1,3}:\d{2}') then
            try_cast(split_part(x, ':', 1) as double) * 60 + try_cast(split_part(x, ':', 2) as double)
        when regexp_full_match(x, '\d{1,3}:\d{2}:\d{2}') then
            try_cast(split_part(x, ':', 1) as double) * 3600
            + try_cast(split_part(x, ':', 2) as double) * 60 + try_cast(split_part(x, ':', 3) as double)
        when regexp_full_match(x, '(\d+小?时)?(\d+分钟?)?(\d+秒)?') then
            coalesce(try_cast(regexp_extract(x, '(\d+)小?时', 1) as double), 0) * 3600
            + coalesce(try_cast(regexp_extract(x, '(\d+)分', 1) as double), 0) * 60
            + coalesce(try_cast(regexp_extract(x, '(\d+)秒', 1) as double), 0)
    end;

create macro plain_points(x) as hundredth(plain_number(x));

create macro as_points(x) as coalesce(plain_points(x), as_share(x));

create macro as_id(x) as cast(null as varchar);

create macro as_seconds(x) as
    coalesce(plain_number(x), case when not is_missing(x) then clock(one_width(x)) end);

create macro from_serial(x) as
    case when x between 36526 and 73050 then timestamp '1899-12-30' + to_microseconds(cast(round(x * 86400) * 1000000 as bigint)) end;

-- A moment that names its zone, on Beijing's clock.
create macro zoned_time(x) as
    case when regexp_full_match(x, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d(:?\d\d)?)') then
        make_timestamp(epoch_us(try_cast(x as timestamptz))) + interval 8 hours
    end;

-- Halves of the day, as survey tools write them: then the month stands first. Without them
-- `dates.py` finds the order, or asks.
create macro foreign_time(x) as
    try_strptime(
        replace(replace(regexp_replace(x, '\s*(GMT|UTC)[-+]?\d*$', ''), '上午', 'AM'), '下午', 'PM'),
        [
            '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p',
            '%Y/%m/%d %p %I:%M:%S', '%Y/%m/%d %p%I:%M:%S', '%Y/%m/%d %I:%M:%S %p', '%Y-%m-%d %p %I:%M:%S',
            '%Y/%m/%d %p %I:%M', '%Y/%m/%d %p%I:%M', '%Y-%m-%d %p %I:%M', '%Y-%m-%d %p%I:%M:%S', '%Y-%m-%d %p%I:%M',
            '%Y年%m月%d日 %p%I:%M:%S', '%Y年%m月%d日 %p%I:%M', '%Y年%m月%d日 %p %I:%M:%S', '%Y年%m月%d日 %p %I:%M',
            '%Y年%m月%d日%p%I:%M:%S', '%Y年%m月%d日%p%I:%M'
        ]
    );

-- A day that names its weekday as well, or is counted with 号.
create macro bare_time(x) as
    trim(replace(regexp_replace(x, '[ (]*(星期|周|礼拜)[一二三四五六日天][ )]*', ' '), '号', '日'));

create macro spelled_time(x) as
    coalesce(
        try_strptime(x, [
            '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S.%f',
            '%Y-%m-%dT%H:%M:%S.%f',
            '%Y/%m/%d %H:%M:%S', '%Y/%m/%d %H:%M', '%Y/%m/%d',
            '%Y.%m.%d %H:%M:%S', '%Y.%m.%d %H:%M', '%Y.%m.%d',
            '%Y年%m月%d日 %H:%M:%S', '%Y年%m月%d日 %H:%M', '%Y年%m月%d日%H:%M:%S', '%Y年%m月%d日',
            '%Y年%m月%d日%H时%M分%S秒', '%Y年%m月%d日 %H时%M分%S秒', '%Y%m%d',
            '%b %d, %Y', '%B %d, %Y'
        ]),
        from_serial(plain_number(x)),
        from_unix(try_cast(plain_number(x) as bigint)),
        zoned_time(x),
        foreign_time(x)
    );

create macro as_time(x) as
    coalesce(plain_time(x), case when not is_missing(x) then believable(spelled_time(bare_time(one_width(x)))) end);

create macro as_us_time(x) as coalesce(plain_us_time(one_width(x)), as_time(x));

-- Whether the text names the second; an identity by the minute is a weaker one.
create macro names_second(x) as
    (length(x) = 19 and x[14] = ':' and x[17] = ':') or regexp_matches(x, ':\d{1,2}:\d{1,2}|秒') or (plain_number(x) is not null and length(x) <> 8);

create macro as_day(x) as cast(as_time(x) as date);

-- Money stands with its sign or without.
create macro as_amount(x) as as_number(regexp_replace(one_width(x), '^([-+]?)[¥￥$]\s*|\s*元$', '\1'));

create macro plain_period(x) as cast(null as varchar);

create macro period_of(ends) as
    case
        when as_day(ends['first']) <= as_day(ends['last'])
            then concat(as_day(ends['first']), ' ~ ', as_day(ends['last']))
    end;

-- A day, or two with all days between them, always written the same way.
create macro as_period(x) as
    case
        when as_day(x) is not null then concat(as_day(x), ' ~ ', as_day(x))
        else coalesce(
            period_of(regexp_extract(x, '^\s*(\d.*?\d日?)\s*(?:~|～|—|–|至|到| - )\s*(\d.*?\d日?)\s*$', ['first', 'last'])),
            period_of(regexp_extract(x, '^\s*(\d[^-]*\d)\s*-\s*(\d[^-]*\d)\s*$', ['first', 'last']))
        )
    end;

-- What data services give instead of a number: 7.5w~10w, 1.5万-2万, 10%~15%, 30%+, 100w+.
-- Where only the second end names a unit, nobody knows whether the first one means it too.
create macro range_ends(x) as
    case
        when not regexp_full_match(one_width(replace(x, '～', '~')), '[\d.,]*[1-9][\d.,]*\s*(~|-|—|–|至|到).*[万亿千wWkKmM%]')
            then regexp_extract(
                one_width(replace(x, '～', '~')),
                '^([\d.,]+\s*[万亿千wWkKmM%]?)\s*(?:(?:~|-|—|–|至|到)\s*([\d.,]+\s*[万亿千wWkKmM%]?)|\+|以上)$', ['low', 'high']
            )
    end;
