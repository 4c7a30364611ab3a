create or replace function notification.order_text(language text)
    returns text
    language sql immutable
as $$
    select notification.label(language, $text${{#items}}{{quantity}} x {{name}}{{#options}} ({{options}}){{/options}}: {{total}}
{{/items}}
@subtotal@: {{subtotal}}
{{#discounts}}{{name}}: -{{amount}}
{{/discounts}}{{#shipping}}@shipping@: {{shipping}}
{{/shipping}}{{^tax_included}}{{#taxes}}{{name}} {{rate}} %: {{amount}}
{{/taxes}}{{/tax_included}}@total@: {{total}}
{{#tax_included}}{{#taxes}}@includes@ {{name}} {{rate}} %: {{amount}}
{{/taxes}}{{/tax_included}}{{#gift_cards}}@gift_card@ ...{{hint}}: -{{amount}}
{{/gift_cards}}{{#due}}@due@: {{due}}
{{/due}}{{#address}}
@delivery@:
{{#lines}}{{.}}
{{/lines}}{{/address}}
@view@:
{{link}}
{{#guest}}@guest@
{{/guest}}$text$)
$$;

comment on function notification.order_text is
    'the part of templates that lists an order, as plain text';
