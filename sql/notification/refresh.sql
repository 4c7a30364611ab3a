-- The mails that every store has.  A store's own are rows with its id.

select notification.put_template('welcome', 'en',
    'Welcome to {{shop}}', $text$
@hello@

your account at {{shop}} is ready. From now on you find your orders and
addresses here:
{{home}}account
{{#verify}}

Please confirm that this is your address; the link works for three days:
{{link}}
{{/verify}}

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>your account at {{shop}} is ready. From now on you find your orders and addresses in <a href="{{home}}account" style="color:{{accent}}">your account</a>.</p>
{{#verify}}<p>Please <a href="{{link}}" style="color:{{accent}}">confirm that this is your address</a>; the link works for three days.</p>{{/verify}}
<p>@reply@</p>
$html$);

select notification.put_template('welcome', 'de',
    'Willkommen bei {{shop}}', $text$
@hello@

Ihr Konto bei {{shop}} ist bereit. Ihre Bestellungen und Adressen finden Sie
ab jetzt hier:
{{home}}account
{{#verify}}

Bitte bestätigen Sie, dass dies Ihre Adresse ist; der Link gilt drei Tage:
{{link}}
{{/verify}}

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>Ihr Konto bei {{shop}} ist bereit. Ihre Bestellungen und Adressen finden Sie ab jetzt in <a href="{{home}}account" style="color:{{accent}}">Ihrem Konto</a>.</p>
{{#verify}}<p>Bitte <a href="{{link}}" style="color:{{accent}}">bestätigen Sie, dass dies Ihre Adresse ist</a>; der Link gilt drei Tage.</p>{{/verify}}
<p>@reply@</p>
$html$);

select notification.put_template('verify_email', 'en',
    'Confirm your e-mail address', $text$
@hello@

please confirm that this is the address of your account at {{shop}}; the link
works for three days:
{{link}}

If you have no account there, ignore this mail.

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>please <a href="{{link}}" style="color:{{accent}}">confirm that this is the address of your account</a> at {{shop}}; the link works for three days.</p>
<p>If you have no account there, ignore this mail.</p>
<p>@reply@</p>
$html$);

select notification.put_template('verify_email', 'de',
    'Bestätigen Sie Ihre E-Mail-Adresse', $text$
@hello@

bitte bestätigen Sie, dass dies die Adresse Ihres Kontos bei {{shop}} ist; der
Link gilt drei Tage:
{{link}}

Falls Sie dort kein Konto haben, ignorieren Sie diese E-Mail.

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>bitte <a href="{{link}}" style="color:{{accent}}">bestätigen Sie, dass dies die Adresse Ihres Kontos</a> bei {{shop}} ist; der Link gilt drei Tage.</p>
<p>Falls Sie dort kein Konto haben, ignorieren Sie diese E-Mail.</p>
<p>@reply@</p>
$html$);

select notification.put_template('reset_password', 'en',
    'Choose a new password', $text$
@hello@

with this link you choose a new password for your account at {{shop}}; it
works once, for an hour:
{{link}}

If you did not ask for it, ignore this mail: your password stays as it is.

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>with this link you <a href="{{link}}" style="color:{{accent}}">choose a new password</a> for your account at {{shop}}; it works once, for an hour.</p>
<p>If you did not ask for it, ignore this mail: your password stays as it is.</p>
<p>@reply@</p>
$html$);

select notification.put_template('reset_password', 'de',
    'Wählen Sie ein neues Passwort', $text$
@hello@

mit diesem Link wählen Sie ein neues Passwort für Ihr Konto bei {{shop}}; er
gilt einmal, eine Stunde lang:
{{link}}

Falls Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail: Ihr
Passwort bleibt, wie es ist.

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>mit diesem Link <a href="{{link}}" style="color:{{accent}}">wählen Sie ein neues Passwort</a> für Ihr Konto bei {{shop}}; er gilt einmal, eine Stunde lang.</p>
<p>Falls Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.</p>
<p>@reply@</p>
$html$);

select notification.put_template('password_changed', 'en',
    'Your password was changed', $text$
@hello@

the password of your account at {{shop}} was changed; your other devices are
signed out. If that was not you, choose a new one now:
{{home}}forgot-password

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>the password of your account at {{shop}} was changed; your other devices are signed out. If that was not you, <a href="{{home}}forgot-password" style="color:{{accent}}">choose a new one now</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('password_changed', 'de',
    'Ihr Passwort wurde geändert', $text$
@hello@

das Passwort Ihres Kontos bei {{shop}} wurde geändert; Ihre anderen Geräte sind
abgemeldet. Falls Sie das nicht waren, wählen Sie jetzt ein neues:
{{home}}forgot-password

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>das Passwort Ihres Kontos bei {{shop}} wurde geändert; Ihre anderen Geräte sind abgemeldet. Falls Sie das nicht waren, <a href="{{home}}forgot-password" style="color:{{accent}}">wählen Sie jetzt ein neues</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('change_email', 'en',
    'Confirm your new e-mail address', $text$
@hello@

please confirm that your account at {{shop}} shall have this address from now
on; the link works for a day:
{{link}}

If you did not ask for it, ignore this mail.

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>please <a href="{{link}}" style="color:{{accent}}">confirm that your account shall have this address</a> at {{shop}} from now on; the link works for a day.</p>
<p>If you did not ask for it, ignore this mail.</p>
<p>@reply@</p>
$html$);

select notification.put_template('change_email', 'de',
    'Bestätigen Sie Ihre neue E-Mail-Adresse', $text$
@hello@

bitte bestätigen Sie, dass Ihr Konto bei {{shop}} ab jetzt diese Adresse haben
soll; der Link gilt einen Tag:
{{link}}

Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail.

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>bitte <a href="{{link}}" style="color:{{accent}}">bestätigen Sie, dass Ihr Konto diese Adresse haben soll</a> bei {{shop}}; der Link gilt einen Tag.</p>
<p>Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail.</p>
<p>@reply@</p>
$html$);

select notification.put_template('email_change_notice', 'en',
    'Another e-mail address for your account', $text$
@hello@

somebody who is signed in to your account at {{shop}} asked for another e-mail
address. It counts once the mail that went there is confirmed. If that was not
you, choose a new password now:
{{home}}forgot-password

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>somebody who is signed in to your account at {{shop}} asked for another e-mail address. It counts once the mail that went there is confirmed. If that was not you, <a href="{{home}}forgot-password" style="color:{{accent}}">choose a new password now</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('email_change_notice', 'de',
    'Eine andere E-Mail-Adresse für Ihr Konto', $text$
@hello@

für Ihr Konto bei {{shop}} wurde eine andere E-Mail-Adresse angefordert. Sie
gilt, sobald die E-Mail dorthin bestätigt ist. Falls Sie das nicht waren, wählen
Sie jetzt ein neues Passwort:
{{home}}forgot-password

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>für Ihr Konto bei {{shop}} wurde eine andere E-Mail-Adresse angefordert. Sie gilt, sobald die E-Mail dorthin bestätigt ist. Falls Sie das nicht waren, <a href="{{home}}forgot-password" style="color:{{accent}}">wählen Sie jetzt ein neues Passwort</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('new_sign_in', 'en',
    'New sign-in to your account', $text$
@hello@

somebody signed in to your account at {{shop}} with a browser that it had not
seen before:

{{at}}{{#address}}, from {{address}}{{/address}}
{{agent}}

If that was you, there is nothing to do. If not, choose a new password now:
{{home}}forgot-password

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>somebody signed in to your account at {{shop}} with a browser that it had not seen before:</p>
<p>{{at}}{{#address}}, from {{address}}{{/address}}<br>{{agent}}</p>
<p>If that was you, there is nothing to do. If not, <a href="{{home}}forgot-password" style="color:{{accent}}">choose a new password now</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('new_sign_in', 'de',
    'Neue Anmeldung bei Ihrem Konto', $text$
@hello@

bei Ihrem Konto bei {{shop}} gab es eine Anmeldung mit einem Browser, der ihm
bisher nicht bekannt war:

{{at}}{{#address}}, von {{address}}{{/address}}
{{agent}}

Waren Sie das, ist nichts zu tun. Falls nicht, wählen Sie jetzt ein neues
Passwort:
{{home}}forgot-password

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>bei Ihrem Konto bei {{shop}} gab es eine Anmeldung mit einem Browser, der ihm bisher nicht bekannt war:</p>
<p>{{at}}{{#address}}, von {{address}}{{/address}}<br>{{agent}}</p>
<p>Waren Sie das, ist nichts zu tun. Falls nicht, <a href="{{home}}forgot-password" style="color:{{accent}}">wählen Sie jetzt ein neues Passwort</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('mfa_enabled', 'en',
    'Two-step sign-in is on', $text$
@hello@

from now on your account at {{shop}} asks for a code of your authenticator when
you sign in. Keep your recovery codes in a safe place. If that was not you,
change your password now and look at the security of your account:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>from now on your account at {{shop}} asks for a code of your authenticator when you sign in. Keep your recovery codes in a safe place. If that was not you, <a href="{{home}}account/security" style="color:{{accent}}">change your password now and look at the security of your account</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('mfa_enabled', 'de',
    'Die Anmeldung in zwei Schritten ist aktiv', $text$
@hello@

ab jetzt fragt Ihr Konto bei {{shop}} bei der Anmeldung nach einem Code Ihrer
Authenticator-App. Bewahren Sie Ihre Wiederherstellungscodes sicher auf. Falls
Sie das nicht waren, ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit
Ihres Kontos:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>ab jetzt fragt Ihr Konto bei {{shop}} bei der Anmeldung nach einem Code Ihrer Authenticator-App. Bewahren Sie Ihre Wiederherstellungscodes sicher auf. Falls Sie das nicht waren, <a href="{{home}}account/security" style="color:{{accent}}">ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit Ihres Kontos</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('mfa_disabled', 'en',
    'Two-step sign-in is off', $text$
@hello@

your account at {{shop}} no longer asks for a code when you sign in. If that was
not you, change your password now and look at the security of your account:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>your account at {{shop}} no longer asks for a code when you sign in. If that was not you, <a href="{{home}}account/security" style="color:{{accent}}">change your password now and look at the security of your account</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('mfa_disabled', 'de',
    'Die Anmeldung in zwei Schritten ist abgeschaltet', $text$
@hello@

Ihr Konto bei {{shop}} fragt bei der Anmeldung nicht mehr nach einem Code. Falls
Sie das nicht waren, ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit
Ihres Kontos:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>Ihr Konto bei {{shop}} fragt bei der Anmeldung nicht mehr nach einem Code. Falls Sie das nicht waren, <a href="{{home}}account/security" style="color:{{accent}}">ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit Ihres Kontos</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('passkey_added', 'en',
    'A passkey was added', $text$
@hello@

the passkey "{{passkey}}" can now sign in to your account at {{shop}}. If that
was not you, change your password now and look at the security of your account:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>the passkey "{{passkey}}" can now sign in to your account at {{shop}}. If that was not you, <a href="{{home}}account/security" style="color:{{accent}}">change your password now and look at the security of your account</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('passkey_added', 'de',
    'Ein Passkey wurde hinzugefügt', $text$
@hello@

mit dem Passkey „{{passkey}}“ kann man sich jetzt an Ihrem Konto bei {{shop}}
anmelden. Falls Sie das nicht waren, ändern Sie jetzt Ihr Passwort und prüfen
Sie die Sicherheit Ihres Kontos:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>mit dem Passkey „{{passkey}}“ kann man sich jetzt an Ihrem Konto bei {{shop}} anmelden. Falls Sie das nicht waren, <a href="{{home}}account/security" style="color:{{accent}}">ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit Ihres Kontos</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('passkey_removed', 'en',
    'A passkey was removed', $text$
@hello@

the passkey "{{passkey}}" can no longer sign in to your account at {{shop}}. If
that was not you, change your password now and look at the security of your
account:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>the passkey "{{passkey}}" can no longer sign in to your account at {{shop}}. If that was not you, <a href="{{home}}account/security" style="color:{{accent}}">change your password now and look at the security of your account</a>.</p>
<p>@reply@</p>
$html$);

select notification.put_template('passkey_removed', 'de',
    'Ein Passkey wurde entfernt', $text$
@hello@

der Passkey „{{passkey}}“ gilt nicht mehr für Ihr Konto bei {{shop}}. Falls Sie
das nicht waren, ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit
Ihres Kontos:
{{home}}account/security

@reply@

{{shop}}
$text$, $html$
<p>@hello@</p>
<p>der Passkey „{{passkey}}“ gilt nicht mehr für Ihr Konto bei {{shop}}. Falls Sie das nicht waren, <a href="{{home}}account/security" style="color:{{accent}}">ändern Sie jetzt Ihr Passwort und prüfen Sie die Sicherheit Ihres Kontos</a>.</p>
<p>@reply@</p>
$html$);

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
