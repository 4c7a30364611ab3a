-- Mails about how an account is kept safe.

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
