/*
 * Objects of an S3-compatible bucket.  libcurl signs the requests.
 */

#include <curl/curl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"


#define SHOP_S3_CONNECT  5000L
#define SHOP_S3_TIMEOUT  30000L
#define SHOP_S3_MAX      (32 * 1024 * 1024)
#define SHOP_S3_URL      2048


static int shop_s3_send(const shop_conf_t *conf, const char *method,
    const char *object, const char *body, size_t len);
static struct curl_slist *shop_s3_headers(const char *body, size_t len);
static int shop_s3_call(const shop_conf_t *conf, CURL *curl,
    const char *method, const char *object);
static int shop_s3_perform(CURL *curl, const char *method);
static size_t shop_s3_ignore(char *data, size_t size, size_t n, void *own);
static char *shop_s3_read(const char *file, size_t *len);


int
shop_s3_put(const shop_conf_t *conf, const char *object, const char *file)
{
    int      rc;
    char    *body;
    size_t   len;

    body = shop_s3_read(file, &len);
    rc = body ? shop_s3_send(conf, "PUT", object, body, len) : SHOP_DOWN;
    free(body);

    return rc;
}


int
shop_s3_delete(const shop_conf_t *conf, const char *object)
{
    return shop_s3_send(conf, "DELETE", object, "", 0);
}


static int
shop_s3_send(const shop_conf_t *conf, const char *method, const char *object,
    const char *body, size_t len)
{
    int                 rc;
    CURL               *curl;
    struct curl_slist  *headers;

    curl = curl_easy_init();
    headers = shop_s3_headers(body, len);

    if (curl && headers) {
        (void) curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                                (curl_off_t) len);
        (void) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
        (void) curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        rc = shop_s3_call(conf, curl, method, object);

    } else {
        rc = SHOP_DOWN;
    }

    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);

    return rc;
}


/* S3 wants the digest of the body, which older versions of libcurl leave out */

static struct curl_slist *
shop_s3_headers(const char *body, size_t len)
{
    char                text[128];
    size_t              n;
    unsigned            i, size;
    unsigned char       digest[EVP_MAX_MD_SIZE];
    struct curl_slist  *headers, *all;

    if (!EVP_Digest(body, len, digest, &size, EVP_sha256(), NULL)) {
        return NULL;
    }

    n = (size_t) snprintf(text, sizeof(text), "x-amz-content-sha256: ");

    for (i = 0; i < size; i++) {
        n += (size_t) snprintf(text + n, sizeof(text) - n, "%02x", digest[i]);
    }

    headers = curl_slist_append(NULL, "Content-Type: image/webp");
    if (headers == NULL) {
        return NULL;
    }

    all = curl_slist_append(headers, text);

    if (all == NULL) {
        curl_slist_free_all(headers);
    }

    return all;
}


static int
shop_s3_call(const shop_conf_t *conf, CURL *curl, const char *method,
    const char *object)
{
    int    rc;
    char   url[SHOP_S3_URL], sign[128], *secret, *user;
    size_t len;

    secret = shop_conf_secret(conf->s3_secret_file);
    if (secret == NULL) {
        shop_log(SHOP_LOG_ERROR, "media", "msg=\"cannot read the secret of "
                 "S3\"");
        return SHOP_DOWN;
    }

    len = strlen(conf->s3_key) + strlen(secret) + 2;
    user = malloc(len);

    if (user == NULL) {
        free(secret);
        return SHOP_DOWN;
    }

    (void) snprintf(user, len, "%s:%s", conf->s3_key, secret);
    (void) snprintf(url, sizeof(url), "%s/pictures/%s", conf->s3_url, object);
    (void) snprintf(sign, sizeof(sign), "aws:amz:%s:s3", conf->s3_region);

    (void) curl_easy_setopt(curl, CURLOPT_URL, url);
    (void) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    (void) curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, sign);
    (void) curl_easy_setopt(curl, CURLOPT_USERPWD, user);
    (void) curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    (void) curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, SHOP_S3_CONNECT);
    (void) curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, SHOP_S3_TIMEOUT);
    (void) curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    (void) curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, shop_s3_ignore);

    rc = shop_s3_perform(curl, method);

    memset(user, 0, len);
    free(user);
    free(secret);

    return rc;
}


static int
shop_s3_perform(CURL *curl, const char *method)
{
    long      status;
    CURLcode  code;

    code = curl_easy_perform(curl);

    if (code != CURLE_OK) {
        shop_log(SHOP_LOG_WARN, "media", "msg=\"S3 was not reached\" "
                 "method=%s detail=\"%s\"", method, curl_easy_strerror(code));
        return SHOP_DOWN;
    }

    status = 0;
    (void) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);

    if (status >= 200 && status < 300) {
        return SHOP_OK;
    }

    if (status == 404 && strcmp(method, "DELETE") == 0) {
        return SHOP_OK;
    }

    /* a bucket or a key that is wrong is set right by people, not by us */

    shop_log(SHOP_LOG_ERROR, "media", "msg=\"S3 refused\" method=%s "
             "status=%ld", method, status);

    return SHOP_DOWN;
}


static size_t
shop_s3_ignore(char *data, size_t size, size_t n, void *own)
{
    (void) data;
    (void) own;

    return size * n;
}


static char *
shop_s3_read(const char *file, size_t *len)
{
    long   n;
    FILE  *f;
    char  *body;

    f = fopen(file, "re");
    if (f == NULL) {
        return NULL;
    }

    body = NULL;

    if (fseek(f, 0, SEEK_END) == 0 && (n = ftell(f)) > 0 && n <= SHOP_S3_MAX
        && fseek(f, 0, SEEK_SET) == 0)
    {
        body = malloc((size_t) n);
    }

    if (body && fread(body, 1, (size_t) n, f) != (size_t) n) {
        free(body);
        body = NULL;
    }

    fclose(f);
    *len = body ? (size_t) n : 0;

    return body;
}
