/*
 * A file for an import: nginx has it on disk or in memory; it is handed to
 * PostgreSQL a part after the other, so that a worker on any machine can read
 * it, and then the job is made.
 */

#include "ngx_http_shop_catalog_transfer.h"
#include <openssl/evp.h>
#include "../../core/ngx_shop_text.h"
#include "../../core/ngx_shop_uuid.h"


#define NGX_HTTP_SHOP_CATALOG_PART    (256 * 1024)
#define NGX_HTTP_SHOP_CATALOG_TAIL    4      /* of a character cut in two */


enum {
    NGX_HTTP_SHOP_UPLOAD_ID = 0,
    NGX_HTTP_SHOP_UPLOAD_STORE,
    NGX_HTTP_SHOP_UPLOAD_ACTOR,
    NGX_HTTP_SHOP_UPLOAD_START,
    NGX_HTTP_SHOP_UPLOAD_DATA,
    NGX_HTTP_SHOP_UPLOAD_PARAMS
};


typedef struct {
    EVP_MD_CTX              *md;
    const char             **job;        /* parameters of the row */
    ngx_uint_t               njob;
    const char              *params[NGX_HTTP_SHOP_UPLOAD_PARAMS];
    off_t                    start;
    u_char                   place[NGX_OFF_T_LEN + 1];
    u_char                   id[NGX_SHOP_UUID_LEN + 1];
    u_char                   tail[NGX_HTTP_SHOP_CATALOG_TAIL];
    size_t                   tail_len;
    u_char                  *buf;
} ngx_http_shop_catalog_upload_t;


static ngx_uint_t ngx_http_shop_catalog_upload_is_csv(ngx_http_request_t *r);
static ngx_http_shop_catalog_upload_t *ngx_http_shop_catalog_upload_create(
    ngx_shop_request_t *sr);
static void ngx_http_shop_catalog_upload_cleanup(void *data);
static ngx_int_t ngx_http_shop_catalog_upload_part(ngx_shop_request_t *sr);
static size_t ngx_http_shop_catalog_upload_whole(u_char *p, size_t len);
static ngx_int_t ngx_http_shop_catalog_upload_kept(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static ngx_int_t ngx_http_shop_catalog_upload_job(ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_catalog_upload_print(ngx_shop_request_t *sr,
    const char **out);


static ngx_shop_pg_stmt_t  *ngx_http_shop_catalog_upload_stmt;


ngx_int_t
ngx_http_shop_catalog_upload_init(ngx_conf_t *cf)
{
    static ngx_str_t  sql = ngx_string("select next from ops.upload_part("
        "$1::uuid, $2::bigint, $3::uuid, $4::bigint, $5::text)");

    ngx_shop_pg_stmt_t  *stmt;

    stmt = ngx_shop_pg_stmt_add(cf, &sql);

    return stmt == NULL ? NGX_ERROR
           : ngx_shop_keep(cf, &ngx_http_shop_catalog_upload_stmt, stmt);
}


ngx_int_t
ngx_http_shop_catalog_upload(ngx_shop_request_t *sr)
{
    if (!ngx_http_shop_catalog_upload_is_csv(sr->r)) {
        return ngx_shop_problem(sr, NGX_HTTP_UNSUPPORTED_MEDIA_TYPE,
                                "unsupported_media_type",
                                "the body must be text/csv in UTF-8");
    }

    sr->ctx = ngx_http_shop_catalog_upload_create(sr);
    if (sr->ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_shop_catalog_upload_part(sr);
}


static ngx_uint_t
ngx_http_shop_catalog_upload_is_csv(ngx_http_request_t *r)
{
    u_char     *p, *last;
    ngx_str_t  *type;

    static ngx_str_t  csv = ngx_string("text/csv");

    if (r->headers_in.content_type == NULL) {
        return 0;
    }

    type = &r->headers_in.content_type->value;
    last = type->data + type->len;

    if (type->len < csv.len
        || ngx_strncasecmp(type->data, csv.data, csv.len) != 0)
    {
        return 0;
    }

    p = type->data + csv.len;

    if (p < last && *p != ';' && *p != ' ') {
        return 0;
    }

    p = ngx_strlcasestrn(p, last, (u_char *) "charset=", 8 - 1);

    if (p == NULL) {
        return 1;
    }

    p += 8;
    p += (p < last && *p == '"');

    return last - p >= 5
           && ngx_strncasecmp(p, (u_char *) "utf-8", 5) == 0;
}


static ngx_http_shop_catalog_upload_t *
ngx_http_shop_catalog_upload_create(ngx_shop_request_t *sr)
{
    ngx_pool_t                      *pool;
    ngx_pool_cleanup_t              *cln;
    ngx_http_shop_catalog_upload_t  *up;

    pool = sr->r->pool;

    up = ngx_pcalloc(pool, sizeof(ngx_http_shop_catalog_upload_t));
    cln = ngx_pool_cleanup_add(pool, 0);

    if (up == NULL || cln == NULL) {
        return NULL;
    }

    cln->handler = ngx_http_shop_catalog_upload_cleanup;
    cln->data = up;

    up->buf = ngx_palloc(pool, NGX_HTTP_SHOP_CATALOG_PART + 1);
    up->job = ngx_shop_params(sr, sr->ep->bind, &up->njob);
    up->md = EVP_MD_CTX_new();

    if (up->buf == NULL || up->job == NULL || up->md == NULL
        || !EVP_DigestInit_ex(up->md, EVP_sha256(), NULL)
        || ngx_shop_uuid_random(up->id) != NGX_OK)
    {
        return NULL;
    }

    /* the row begins with the store and the actor */

    up->params[NGX_HTTP_SHOP_UPLOAD_ID] = (const char *) up->id;
    up->params[NGX_HTTP_SHOP_UPLOAD_STORE] = up->job[0];
    up->params[NGX_HTTP_SHOP_UPLOAD_ACTOR] = up->job[1];
    up->params[NGX_HTTP_SHOP_UPLOAD_START] = (const char *) up->place;
    up->params[NGX_HTTP_SHOP_UPLOAD_DATA] = (const char *) up->buf;

    return up;
}


static void
ngx_http_shop_catalog_upload_cleanup(void *data)
{
    ngx_http_shop_catalog_upload_t  *up = data;

    EVP_MD_CTX_free(up->md);
}


/* the next part, or the job when there is none */

static ngx_int_t
ngx_http_shop_catalog_upload_part(ngx_shop_request_t *sr)
{
    size_t                           len, whole;
    ssize_t                          n;
    ngx_http_shop_catalog_upload_t  *up = sr->ctx;

    ngx_memcpy(up->buf, up->tail, up->tail_len);

    n = ngx_shop_body_next(sr, up->buf + up->tail_len,
                           NGX_HTTP_SHOP_CATALOG_PART - up->tail_len);
    if (n < 0 || !EVP_DigestUpdate(up->md, up->buf + up->tail_len, n)) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    len = up->tail_len + n;

    if (len == 0) {
        return ngx_http_shop_catalog_upload_job(sr);
    }

    whole = n ? ngx_http_shop_catalog_upload_whole(up->buf, len) : len;

    if (ngx_shop_utf8_count(up->buf, whole) == -1) {
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST, "invalid_csv",
                                "the body is not UTF-8, or has a NUL");
    }

    up->tail_len = len - whole;
    ngx_memcpy(up->tail, up->buf + whole, up->tail_len);
    up->buf[whole] = '\0';

    *ngx_sprintf(up->place, "%O", up->start) = '\0';
    up->start += whole;

    return ngx_shop_run(sr, NGX_SHOP_PG_SLOW,
                        ngx_http_shop_catalog_upload_stmt,
                        NGX_HTTP_SHOP_UPLOAD_PARAMS, up->params,
                        ngx_http_shop_catalog_upload_kept);
}


/* how much of it ends with the end of a character, if it is UTF-8 at all */

static size_t
ngx_http_shop_catalog_upload_whole(u_char *p, size_t len)
{
    size_t  i, back;

    for (back = 1; back < NGX_HTTP_SHOP_CATALOG_TAIL && back <= len; back++) {

        i = len - back;

        if ((p[i] & 0xc0) == 0x80) {
            continue;
        }

        if ((p[i] >= 0xf0 && back < 4) || (p[i] >= 0xe0 && back < 3)
            || (p[i] >= 0xc0 && back < 2))
        {
            return i;
        }

        break;
    }

    return len;
}


static ngx_int_t
ngx_http_shop_catalog_upload_kept(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    return ngx_http_shop_catalog_upload_part(sr);
}


static ngx_int_t
ngx_http_shop_catalog_upload_job(ngx_shop_request_t *sr)
{
    const char                      *print;
    ngx_http_shop_catalog_upload_t  *up = sr->ctx;

    if (up->start == 0) {
        return ngx_shop_problem(sr, NGX_HTTP_BAD_REQUEST, "invalid_csv",
                                "the body is empty");
    }

    print = NULL;

    if (sr->idempotency_key.len
        && ngx_http_shop_catalog_upload_print(sr, &print) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    up->job[up->njob - 3] = (const char *) up->id;
    up->job[up->njob - 2] = print ? (const char *) sr->idempotency_key.data
                                  : NULL;
    up->job[up->njob - 1] = print;

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, up->njob,
                        up->job, ngx_shop_answer);
}


/* what was asked for, and a digest of the file */

static ngx_int_t
ngx_http_shop_catalog_upload_print(ngx_shop_request_t *sr, const char **out)
{
    u_char                           digest[EVP_MAX_MD_SIZE], *p;
    unsigned                         len;
    const char                      *asked;
    ngx_http_shop_catalog_upload_t  *up = sr->ctx;

    if (ngx_shop_fingerprint(sr, &asked) != NGX_OK
        || !EVP_DigestFinal_ex(up->md, digest, &len))
    {
        return NGX_ERROR;
    }

    p = ngx_pnalloc(sr->r->pool, ngx_strlen(asked) + 2 * len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    *out = (const char *) p;

    p = ngx_cpymem(p, asked, ngx_strlen(asked));
    *ngx_hex_dump(p, digest, len) = '\0';

    return NGX_OK;
}
