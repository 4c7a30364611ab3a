create or replace function notification.layout(language text, body text)
    returns text
    language sql immutable
as $$
    select replace(replace($html$<!doctype html>
<html lang="@language@">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{{shop}}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f4f4f2;color:#1f2937;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border-radius:12px">
<tr><td style="padding:24px 32px 0;font-size:20px;font-weight:600"><a href="{{home}}" style="color:{{accent}};text-decoration:none">{{shop}}</a></td></tr>
<tr><td style="padding:8px 32px 32px">
@body@
</td></tr>
</table>
<p style="font-size:13px;color:#6b7280">{{shop}} &middot; <a href="{{home}}" style="color:#6b7280">{{home}}</a></p>
</td></tr></table>
</body>
</html>
$html$, '@language@', language), '@body@', btrim(body, E'\n'))
$$;

comment on function notification.layout is
    'a mail in HTML: head, foot and colors of the brand around a body';
