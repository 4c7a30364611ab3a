-- Mails about orders.

select notification.put_template('order_received', 'en',
    'We have received your order {{number}}', $text$
@hello@

thank you. We have received your order {{number}}; once its payment is here
we confirm it.

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>thank you. We have received your order <strong>{{number}}</strong>; once its payment is here we confirm it.</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_received', 'de',
    'Ihre Bestellung {{number}} ist eingegangen', $text$
@hello@

vielen Dank. Ihre Bestellung {{number}} ist bei uns eingegangen; sobald die
Zahlung da ist, bestätigen wir sie.

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>vielen Dank. Ihre Bestellung <strong>{{number}}</strong> ist bei uns eingegangen; sobald die Zahlung da ist, bestätigen wir sie.</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_confirmed', 'en',
    'Your order {{number}} is confirmed', $text$
@hello@

thank you: your order {{number}} is paid and confirmed.{{#invoice}}
The number of its invoice is {{invoice}}.{{/invoice}}

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>thank you: your order <strong>{{number}}</strong> is paid and confirmed.{{#invoice}} The number of its invoice is {{invoice}}.{{/invoice}}</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_confirmed', 'de',
    'Ihre Bestellung {{number}} ist bestätigt', $text$
@hello@

vielen Dank: Ihre Bestellung {{number}} ist bezahlt und bestätigt.{{#invoice}}
Die Rechnungsnummer ist {{invoice}}.{{/invoice}}

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>vielen Dank: Ihre Bestellung <strong>{{number}}</strong> ist bezahlt und bestätigt.{{#invoice}} Die Rechnungsnummer ist {{invoice}}.{{/invoice}}</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_cancelled', 'en',
    'Your order {{number}} is cancelled', $text$
@hello@

your order {{number}} is cancelled{{#expired}}, as its payment did not come in
time{{/expired}}.{{#comes_back}}
You get {{comes_back}} back the way you paid.{{/comes_back}}

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>your order <strong>{{number}}</strong> is cancelled{{#expired}}, as its payment did not come in time{{/expired}}.{{#comes_back}} You get {{comes_back}} back the way you paid.{{/comes_back}}</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_cancelled', 'de',
    'Ihre Bestellung {{number}} ist storniert', $text$
@hello@

Ihre Bestellung {{number}} ist storniert{{#expired}}, da die Zahlung nicht
rechtzeitig einging{{/expired}}.{{#comes_back}}
Sie erhalten {{comes_back}} auf Ihrem Zahlungsweg zurück.{{/comes_back}}

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>Ihre Bestellung <strong>{{number}}</strong> ist storniert{{#expired}}, da die Zahlung nicht rechtzeitig einging{{/expired}}.{{#comes_back}} Sie erhalten {{comes_back}} auf Ihrem Zahlungsweg zurück.{{/comes_back}}</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_refunded', 'en',
    'Refund for your order {{number}}', $text$
@hello@

of what you paid for your order {{number}}, {{refunded}} has gone back to you.
With most banks and cards it takes some days to arrive.

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>of what you paid for your order <strong>{{number}}</strong>, <strong>{{refunded}}</strong> has gone back to you. With most banks and cards it takes some days to arrive.</p>
@order@
<p>@reply@</p>
$html$);

select notification.put_template('order_refunded', 'de',
    'Erstattung für Ihre Bestellung {{number}}', $text$
@hello@

von Ihrer Zahlung für die Bestellung {{number}} haben wir {{refunded}}
erstattet. Bei den meisten Banken und Karten dauert es einige Tage, bis der
Betrag ankommt.

@order@
@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>von Ihrer Zahlung für die Bestellung <strong>{{number}}</strong> haben wir <strong>{{refunded}}</strong> erstattet. Bei den meisten Banken und Karten dauert es einige Tage, bis der Betrag ankommt.</p>
@order@
<p>@reply@</p>
$html$);
