-- Scopes are permissions: those that came after the first ones; and what they
-- mean in other languages.

insert into identity.scope (name, customer, permission, description) values
    ('media:write', false, true, 'Upload and change pictures of the shop'),
    ('search:read', false, true, 'See synonyms and searches without a hit'),
    ('search:write', false, true, 'Change the synonyms of the search'),
    ('reviews:read', false, true, 'See all reviews and complaints about them'),
    ('reviews:write', false, true, 'Reply to reviews of products'),
    ('reviews:manage', false, true, 'Publish, refuse and answer all reviews'),
    ('pos:write', false, true, 'Sell at a till'),
    ('tax:read', false, true, 'See taxes and exemptions'),
    ('tax:write', false, true, 'Change taxes and exemptions'),
    ('shipping:read', false, true, 'See shipping zones and rates'),
    ('shipping:write', false, true, 'Change shipping zones and rates'),
    ('prices:read', false, true, 'See customer groups and price lists'),
    ('prices:write', false, true, 'Change customer groups and price lists'),
    ('promotions:read', false, true, 'See promotions and coupons'),
    ('promotions:write', false, true, 'Change promotions and make coupons'),
    ('giftcards:read', false, true, 'See gift cards, not their codes'),
    ('giftcards:write', false, true, 'Make gift cards and change their balance'),
    ('jobs:read', false, true, 'See imports and other jobs'),
    ('jobs:write', false, true, 'Stop and resume imports and other jobs');

alter table identity.scope add translations jsonb not null default '{}'
    check (jsonb_typeof(translations) = 'object');

comment on column identity.scope.translations is
    'the description in other languages than English: {"de": "..."}';

update identity.scope s
set translations = jsonb_build_object('de', v.de)
from (values
    ('openid', 'Wissen, dass Sie es sind'),
    ('profile', 'Ihren Namen und Ihre Sprache sehen'),
    ('email', 'Ihre E-Mail-Adresse sehen'),
    ('addresses', 'Ihr Adressbuch sehen'),
    ('cart', 'Ihren Warenkorb sehen und ändern'),
    ('orders:read', 'Ihre Bestellungen sehen'),
    ('orders:write', 'Für Sie bestellen und Bestellungen stornieren'),
    ('catalog:write', 'Produkte anlegen und ändern'),
    ('catalog:manage', 'Alle Produkte anlegen und ändern'),
    ('inventory:read', 'Den Bestand von Produkten sehen'),
    ('inventory:write', 'Den Bestand von Produkten ändern'),
    ('inventory:manage', 'Den Bestand aller Produkte ändern'),
    ('store:write', 'Die Einstellungen des Shops ändern'),
    ('tokens:read', 'Fragen, ob Tokens gültig sind'),
    ('media:write', 'Bilder des Shops hochladen und ändern'),
    ('search:read', 'Synonyme und erfolglose Suchen sehen'),
    ('search:write', 'Die Synonyme der Suche ändern'),
    ('reviews:read', 'Alle Bewertungen und Beschwerden darüber sehen'),
    ('reviews:write', 'Auf Bewertungen von Produkten antworten'),
    ('reviews:manage', 'Alle Bewertungen freigeben, ablehnen und beantworten'),
    ('pos:write', 'An einer Kasse verkaufen'),
    ('tax:read', 'Steuern und Befreiungen sehen'),
    ('tax:write', 'Steuern und Befreiungen ändern'),
    ('shipping:read', 'Versandzonen und Versandkosten sehen'),
    ('shipping:write', 'Versandzonen und Versandkosten ändern'),
    ('prices:read', 'Kundengruppen und Preislisten sehen'),
    ('prices:write', 'Kundengruppen und Preislisten ändern'),
    ('promotions:read', 'Aktionen und Gutscheine sehen'),
    ('promotions:write', 'Aktionen ändern und Gutscheine erstellen'),
    ('giftcards:read', 'Geschenkkarten sehen, nicht ihre Codes'),
    ('giftcards:write', 'Geschenkkarten erstellen und ihr Guthaben ändern'),
    ('jobs:read', 'Importe und andere Aufträge sehen'),
    ('jobs:write', 'Importe und andere Aufträge anhalten und fortsetzen')
) as v (name, de)
where v.name = s.name;
