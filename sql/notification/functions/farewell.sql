create or replace function notification.farewell(language text, shop text)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format('<!doctype html><html lang="%s"><meta charset="utf-8">'
                  '<meta name="viewport" content="width=device-width">'
                  '<meta name="robots" content="noindex"><title>%s</title>'
                  '<h1>%2$s</h1><p>%s</p><p><a href="/">%s</a></p></html>',
        t.language, t.title, t.says,
        replace(replace(replace(replace(shop, '&', '&amp;'), '<', '&lt;'),
                        '>', '&gt;'), '"', '&quot;'))
    from (select 'de' as language, 'Abgemeldet' as title,
                 'Sie bekommen keine E-Mails dieser Art mehr.' as says
          where split_part(farewell.language, '-', 1) = 'de'
          union all
          select 'en', 'Unsubscribed',
                 'You will get no more mails of this kind.'
          limit 1) as t
$$;

comment on function notification.farewell is
    'the page of one who has unsubscribed';
