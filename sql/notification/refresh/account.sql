-- Mails about accounts, for every store.  A store's own are rows with its id.

select notification.put_template('welcome', 'en',
    'Welcome to {{shop}}', $text$
@hello@

your account at {{shop}} is ready. From now on you find your orders and
addresses here:
{{home}}account{{#verify}}

Please confirm that this is your address; the link works for three days:
{{link}}{{/verify}}

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
{{home}}account{{#verify}}

Bitte bestätigen Sie, dass dies Ihre Adresse ist; der Link gilt drei Tage:
{{link}}{{/verify}}

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
