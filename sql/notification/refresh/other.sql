-- Mails to staff, and what shoppers are asked or told later.

select notification.put_template('invitation', 'en',
    'Your invitation to {{shop}}', $text$
@hello@

you are invited to work with {{shop}}. Choose a password here:
{{link}}

The link works once, for seven days. If you don't know what this is about,
leave it alone: nothing happens without you.

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>you are invited to work with {{shop}}. <a href="{{link}}" style="color:{{accent}}">Choose a password</a> to begin.</p>
<p>The link works once, for seven days. If you don't know what this is about, leave it alone: nothing happens without you.</p>
$html$);

select notification.put_template('invitation', 'de',
    'Ihre Einladung zu {{shop}}', $text$
@hello@

Sie sind eingeladen, bei {{shop}} mitzuarbeiten. Hier wählen Sie ein Passwort:
{{link}}

Der Link gilt einmal, sieben Tage lang. Wenn Ihnen das nichts sagt, lassen Sie
ihn liegen: Ohne Sie geschieht nichts.

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>Sie sind eingeladen, bei {{shop}} mitzuarbeiten. <a href="{{link}}" style="color:{{accent}}">Wählen Sie ein Passwort</a>, um zu beginnen.</p>
<p>Der Link gilt einmal, sieben Tage lang. Wenn Ihnen das nichts sagt, lassen Sie ihn liegen: Ohne Sie geschieht nichts.</p>
$html$);

select notification.put_template('review_request', 'en',
    'How do you like it?', $text$
@hello@

your order {{number}} from {{shop}} has arrived. How do you like it? A few words
help others to choose:
{{#items}}
{{name}}: {{home}}products/{{slug}}#reviews
{{/items}}

@reply@

{{shop}}

No more requests like this one: {{unsubscribe}}
$text$, $html$
<p>@hello@</p>
<p>your order {{number}} from {{shop}} has arrived. How do you like it? A few words help others to choose:</p>
<ul>{{#items}}<li><a href="{{home}}products/{{slug}}#reviews" style="color:{{accent}}">{{name}}</a></li>{{/items}}</ul>
<p>@reply@</p>
<p style="font-size:13px;color:#6b7280"><a href="{{unsubscribe}}" style="color:#6b7280">No more requests like this one</a></p>
$html$);

select notification.put_template('review_request', 'de',
    'Wie gefällt es Ihnen?', $text$
@hello@

Ihre Bestellung {{number}} bei {{shop}} ist angekommen. Wie gefällt sie Ihnen?
Ein paar Worte helfen anderen bei der Wahl:
{{#items}}
{{name}}: {{home}}products/{{slug}}#reviews
{{/items}}

@reply@

{{shop}}

Keine Anfragen dieser Art mehr: {{unsubscribe}}
$text$, $html$
<p>@hello@</p>
<p>Ihre Bestellung {{number}} bei {{shop}} ist angekommen. Wie gefällt sie Ihnen? Ein paar Worte helfen anderen bei der Wahl:</p>
<ul>{{#items}}<li><a href="{{home}}products/{{slug}}#reviews" style="color:{{accent}}">{{name}}</a></li>{{/items}}</ul>
<p>@reply@</p>
<p style="font-size:13px;color:#6b7280"><a href="{{unsubscribe}}" style="color:#6b7280">Keine Anfragen dieser Art mehr</a></p>
$html$);

select notification.put_template('back_in_stock', 'en',
    'Back in stock: {{product}}', $text$
@hello@

you asked us to tell you: {{product}}{{#options}} ({{options}}){{/options}} is in
stock again at {{shop}}, for {{price}}:
{{link}}

We do not keep any aside.

{{shop}}

No more mails like this one: {{unsubscribe}}
$text$, $html$
<p>@hello@</p>
<p>you asked us to tell you: <strong>{{product}}</strong>{{#options}} ({{options}}){{/options}} is in stock again at {{shop}}, for {{price}}. We do not keep any aside.</p>
<p><a href="{{link}}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:{{accent}};color:#ffffff;text-decoration:none;font-weight:600">View it</a></p>
<p style="font-size:13px;color:#6b7280"><a href="{{unsubscribe}}" style="color:#6b7280">No more mails like this one</a></p>
$html$);

select notification.put_template('back_in_stock', 'de',
    'Wieder da: {{product}}', $text$
@hello@

Sie wollten es wissen: {{product}}{{#options}} ({{options}}){{/options}} ist bei
{{shop}} wieder lieferbar, für {{price}}:
{{link}}

Zurückgelegt ist nichts.

{{shop}}

Keine E-Mails dieser Art mehr: {{unsubscribe}}
$text$, $html$
<p>@hello@</p>
<p>Sie wollten es wissen: <strong>{{product}}</strong>{{#options}} ({{options}}){{/options}} ist bei {{shop}} wieder lieferbar, für {{price}}. Zurückgelegt ist nichts.</p>
<p><a href="{{link}}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:{{accent}};color:#ffffff;text-decoration:none;font-weight:600">Ansehen</a></p>
<p style="font-size:13px;color:#6b7280"><a href="{{unsubscribe}}" style="color:#6b7280">Keine E-Mails dieser Art mehr</a></p>
$html$);

select notification.put_template('stock_low', 'en',
    'Low stock: {{product}} ({{sku}})', $text$
@hello@

of {{product}}{{#options}} ({{options}}){{/options}}, SKU {{sku}}, {{available}} are left in {{warehouse}}.
You are told when there are {{threshold}} or fewer.

{{link}}

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>of <a href="{{link}}" style="color:{{accent}}">{{product}}</a>{{#options}} ({{options}}){{/options}}, SKU {{sku}}, <strong>{{available}}</strong> are left in {{warehouse}}.</p>
<p>You are told when there are {{threshold}} or fewer.</p>
$html$);

select notification.put_template('stock_low', 'de',
    'Wenig Bestand: {{product}} ({{sku}})', $text$
@hello@

von {{product}}{{#options}} ({{options}}){{/options}}, SKU {{sku}}, sind noch {{available}} in {{warehouse}}.
Diese Nachricht kommt ab {{threshold}} oder weniger.

{{link}}

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>von <a href="{{link}}" style="color:{{accent}}">{{product}}</a>{{#options}} ({{options}}){{/options}}, SKU {{sku}}, sind noch <strong>{{available}}</strong> in {{warehouse}}.</p>
<p>Diese Nachricht kommt ab {{threshold}} oder weniger.</p>
$html$);
