create or replace function notification.order_html(language text)
    returns text
    language sql immutable
as $$
    select notification.label(language, $html$<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">
{{#items}}<tr>
<td style="padding:8px 8px 8px 0;border-bottom:1px solid #e5e7eb">{{quantity}} &times; {{name}}{{#options}}<br><small style="color:#6b7280">{{options}}</small>{{/options}}</td>
<td align="right" style="padding:8px 0;border-bottom:1px solid #e5e7eb;white-space:nowrap">{{total}}</td>
</tr>
{{/items}}<tr><td style="padding:8px 8px 0 0">@subtotal@</td><td align="right" style="padding:8px 0 0">{{subtotal}}</td></tr>
{{#discounts}}<tr><td>{{name}}</td><td align="right">-{{amount}}</td></tr>
{{/discounts}}{{#shipping}}<tr><td>@shipping@</td><td align="right">{{shipping}}</td></tr>
{{/shipping}}{{^tax_included}}{{#taxes}}<tr><td>{{name}} {{rate}} %</td><td align="right">{{amount}}</td></tr>
{{/taxes}}{{/tax_included}}<tr><td style="padding-top:8px"><strong>@total@</strong></td><td align="right" style="padding-top:8px;white-space:nowrap"><strong>{{total}}</strong></td></tr>
{{#tax_included}}{{#taxes}}<tr><td style="color:#6b7280">@includes@ {{name}} {{rate}} %</td><td align="right" style="color:#6b7280">{{amount}}</td></tr>
{{/taxes}}{{/tax_included}}{{#gift_cards}}<tr><td>@gift_card@ &hellip;{{hint}}</td><td align="right">-{{amount}}</td></tr>
{{/gift_cards}}{{#due}}<tr><td><strong>@due@</strong></td><td align="right" style="white-space:nowrap"><strong>{{due}}</strong></td></tr>
{{/due}}</table>
{{#address}}<p style="margin:24px 0 0"><strong>@delivery@</strong><br>
{{#lines}}{{.}}<br>
{{/lines}}</p>
{{/address}}<p style="margin:24px 0 0"><a href="{{link}}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:{{accent}};color:#ffffff;text-decoration:none;font-weight:600">@view@</a></p>
{{#guest}}<p style="color:#6b7280">@guest@</p>
{{/guest}}$html$)
$$;

comment on function notification.order_html is
    'the part of templates that lists an order, as HTML';
