#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smtp.h"


#define SHOP_SMTP_CONNECT_MS    5000L
#define SHOP_SMTP_TIMEOUT_MS    20000L
#define SHOP_SMTP_BOX           260


typedef struct {
    const shop_buf_t    *message;
    size_t               sent;
} shop_smtp_source_t;


static int shop_smtp_open(shop_smtp_t *smtp);
static long shop_smtp_tls(const shop_conf_t *conf);
static size_t shop_smtp_read(char *to, size_t size, size_t n, void *data);
static int shop_smtp_outcome(shop_smtp_t *smtp, CURLcode rc);


void
shop_smtp_close(shop_smtp_t *smtp)
{
    if (smtp->curl) {
        curl_easy_cleanup(smtp->curl);
        smtp->curl = NULL;
    }

    if (smtp->password) {
        explicit_bzero(smtp->password, strlen(smtp->password));
        free(smtp->password);
        smtp->password = NULL;
    }
}


int
shop_smtp_send(shop_smtp_t *smtp, const char *from, const char *to,
    const shop_buf_t *message)
{
    char                box[SHOP_SMTP_BOX];
    CURLcode            rc;
    struct curl_slist  *rcpt;
    shop_smtp_source_t  source;

    if (shop_smtp_open(smtp) != SHOP_OK) {
        snprintf(smtp->error, sizeof(smtp->error), "no mail client");
        return SHOP_SMTP_UNREACHED;
    }

    snprintf(box, sizeof(box), "<%s>", to);

    rcpt = curl_slist_append(NULL, box);
    if (rcpt == NULL) {
        snprintf(smtp->error, sizeof(smtp->error), "out of memory");
        return SHOP_SMTP_UNREACHED;
    }

    snprintf(box, sizeof(box), "<%s>", from);
    source.message = message;
    source.sent = 0;

    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, box);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, rcpt);
    curl_easy_setopt(smtp->curl, CURLOPT_READDATA, &source);
    curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE,
                     (curl_off_t) message->len);

    rc = curl_easy_perform(smtp->curl);

    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(rcpt);

    return shop_smtp_outcome(smtp, rc);
}


static int
shop_smtp_open(shop_smtp_t *smtp)
{
    CURL               *curl;
    const shop_conf_t  *conf;

    if (smtp->curl) {
        return SHOP_OK;
    }

    conf = smtp->conf;

    if (conf->smtp_password_file[0]) {
        smtp->password = shop_conf_secret(conf->smtp_password_file);
        if (smtp->password == NULL) {
            shop_log(SHOP_LOG_ERROR, "notification",
                     "msg=\"smtp: cannot read the password file\"");
            return SHOP_ERROR;
        }
    }

    curl = curl_easy_init();
    if (curl == NULL) {
        return SHOP_ERROR;
    }

    curl_easy_setopt(curl, CURLOPT_URL, conf->smtp_url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, shop_smtp_tls(conf));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, SHOP_SMTP_CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, SHOP_SMTP_TIMEOUT_MS);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, shop_smtp_read);

    /* an idle mail server hangs up after a while */
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, 20L);

    if (conf->smtp_user[0]) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, conf->smtp_user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD,
                         smtp->password ? smtp->password : "");
    }

    smtp->curl = curl;

    return SHOP_OK;
}


/* TLS is a must, except towards this machine unless it is asked for. */

static long
shop_smtp_tls(const shop_conf_t *conf)
{
    size_t              i;
    const char         *host;
    static const char  *local[] = { "127.0.0.1", "localhost", "[::1]" };

    if (strcmp(conf->smtp_tls, "off") == 0) {
        return CURLUSESSL_NONE;
    }

    host = strstr(conf->smtp_url, "://");

    if (host && strcmp(conf->smtp_tls, "auto") == 0) {
        host += 3;

        for (i = 0; i < sizeof(local) / sizeof(local[0]); i++) {
            if (strncmp(host, local[i], strlen(local[i])) == 0
                && strchr(":/", host[strlen(local[i])]))
            {
                return CURLUSESSL_NONE;
            }
        }
    }

    return CURLUSESSL_ALL;
}


static size_t
shop_smtp_read(char *to, size_t size, size_t n, void *data)
{
    size_t               len;
    shop_smtp_source_t  *source = data;

    len = source->message->len - source->sent;

    if (len > size * n) {
        len = size * n;
    }

    memcpy(to, source->message->data + source->sent, len);
    source->sent += len;

    return len;
}


/* The reply code decides.  A lost connection after the final dot is unknown:
   the message goes again under the same Message-ID. */

static int
shop_smtp_outcome(shop_smtp_t *smtp, CURLcode rc)
{
    long  code;

    code = 0;
    (void) curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &code);

    if (rc == CURLE_OK) {
        smtp->error[0] = '\0';
        return SHOP_SMTP_SENT;
    }

    snprintf(smtp->error, sizeof(smtp->error), "smtp %ld: %s", code,
             curl_easy_strerror(rc));

    /* our own account or TLS: not the message's fault */

    if (rc == CURLE_LOGIN_DENIED || rc == CURLE_USE_SSL_FAILED
        || code == 421 || code == 530 || code == 535)
    {
        return SHOP_SMTP_UNREACHED;
    }

    if (code >= 500 && code < 600) {
        return SHOP_SMTP_REFUSED;
    }

    return code >= 400 && code < 500 ? SHOP_SMTP_LATER : SHOP_SMTP_UNREACHED;
}
