create or replace function notification.label(language text, template text)
    returns text
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    word record;
begin
    for word in select v.name, case language when 'de' then v.de else v.en end
            as text
        from (values
            ('subtotal', 'Subtotal', 'Zwischensumme'),
            ('shipping', 'Shipping', 'Versand'),
            ('total', 'Total', 'Gesamtsumme'),
            ('includes', 'Includes', 'Enthält'),
            ('gift_card', 'Gift card', 'Gutschein'),
            ('due', 'To pay', 'Zu zahlen'),
            ('delivery', 'Delivery to', 'Lieferung an'),
            ('view', 'View your order', 'Bestellung ansehen'),
            ('guest', 'You ordered as a guest: the link works in the browser'
                      ' that you ordered with.',
             'Sie haben als Gast bestellt: Der Link gilt in dem Browser, mit'
             ' dem Sie bestellt haben.'),
            ('hello', 'Hello{{#name}} {{name}}{{/name}},',
             'Guten Tag{{#name}} {{name}}{{/name}},'),
            ('reply', 'Questions? Just reply to this mail.',
             'Fragen? Antworten Sie einfach auf diese E-Mail.'))
            as v (name, en, de)
    loop
        template := replace(template, '@' || word.name || '@', word.text);
    end loop;
    return template;
end
$$;

comment on function notification.label is
    'a template with its @words@ in the language';
