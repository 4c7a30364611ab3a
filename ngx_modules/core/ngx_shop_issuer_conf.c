/*
 * The directive of outside issuers:
 *
 *     shop_oidc google issuer=https://accounts.google.com
 *                      client_id=ID secret=FILE;
 */

#include "ngx_shop_issuer_conf.h"
#include "ngx_shop_fetch.h"
#include "ngx_shop_svix.h"
#include "ngx_shop_token_key.h"


#define NGX_SHOP_ISSUER_SKEW      30     /* seconds */
#define NGX_SHOP_ISSUER_SKEW_MAX  300
#define NGX_SHOP_ISSUER_NAME      32
#define NGX_SHOP_ISSUER_SCOPE     "openid email profile"


typedef char *(*ngx_shop_issuer_set_pt)(ngx_conf_t *cf,
    ngx_shop_issuer_t *issuer, ngx_str_t *value, size_t offset);

typedef struct {
    ngx_str_t                name;       /* with the "=" */
    ngx_shop_issuer_set_pt   set;
    size_t                   offset;
} ngx_shop_issuer_key_t;


static ngx_shop_issuer_t *ngx_shop_issuer_new(ngx_conf_t *cf,
    ngx_shop_issuer_conf_t *icf, ngx_str_t *name);
static char *ngx_shop_issuer_complete(ngx_conf_t *cf,
    ngx_shop_issuer_t *issuer);
static char *ngx_shop_issuer_refuse(ngx_conf_t *cf,
    ngx_shop_issuer_t *issuer, const char *what);
static char *ngx_shop_issuer_text(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_list(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_words(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, ngx_array_t *list);
static char *ngx_shop_issuer_secret(ngx_conf_t *cf,
    ngx_shop_issuer_t *issuer, ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_webhook(ngx_conf_t *cf,
    ngx_shop_issuer_t *issuer, ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_trust(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_algs(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_skew(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset);
static char *ngx_shop_issuer_flag(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset);


/* what is flagged by offset */
enum {
    NGX_SHOP_ISSUER_PROVISION = 0,
    NGX_SHOP_ISSUER_MFA
};


static ngx_shop_issuer_key_t  ngx_shop_issuer_keys[] = {
    { ngx_string("issuer="), ngx_shop_issuer_text,
      offsetof(ngx_shop_issuer_t, issuer) },
    { ngx_string("client_id="), ngx_shop_issuer_text,
      offsetof(ngx_shop_issuer_t, client) },
    { ngx_string("secret="), ngx_shop_issuer_secret,
      offsetof(ngx_shop_issuer_t, secret) },
    { ngx_string("webhook="), ngx_shop_issuer_webhook,
      offsetof(ngx_shop_issuer_t, webhook) },
    { ngx_string("title="), ngx_shop_issuer_text,
      offsetof(ngx_shop_issuer_t, title) },
    { ngx_string("scope="), ngx_shop_issuer_text,
      offsetof(ngx_shop_issuer_t, scope) },
    { ngx_string("store="), ngx_shop_issuer_text,
      offsetof(ngx_shop_issuer_t, store) },
    { ngx_string("hd="), ngx_shop_issuer_text,
      offsetof(ngx_shop_issuer_t, domain) },
    { ngx_string("trust="), ngx_shop_issuer_trust, 0 },
    { ngx_string("audience="), ngx_shop_issuer_list,
      offsetof(ngx_shop_issuer_t, audiences) },
    { ngx_string("azp="), ngx_shop_issuer_list,
      offsetof(ngx_shop_issuer_t, parties) },
    { ngx_string("alg="), ngx_shop_issuer_algs, 0 },
    { ngx_string("skew="), ngx_shop_issuer_skew, 0 },
    { ngx_string("provision="), ngx_shop_issuer_flag,
      NGX_SHOP_ISSUER_PROVISION },
    { ngx_string("mfa="), ngx_shop_issuer_flag, NGX_SHOP_ISSUER_MFA },
    { ngx_null_string, NULL, 0 }
};


char *
ngx_shop_issuer_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_shop_issuer_conf_t *icf = conf;

    ngx_str_t              *value, text;
    ngx_uint_t              i;
    ngx_shop_issuer_t      *issuer;
    ngx_shop_issuer_key_t  *key;

    (void) cmd;

    value = cf->args->elts;

    issuer = ngx_shop_issuer_new(cf, icf, &value[1]);
    if (issuer == NULL) {
        return NGX_CONF_ERROR;
    }

    for (i = 2; i < cf->args->nelts; i++) {

        for (key = ngx_shop_issuer_keys; key->name.len; key++) {
            if (value[i].len > key->name.len
                && ngx_strncmp(value[i].data, key->name.data, key->name.len)
                   == 0)
            {
                break;
            }
        }

        if (key->set == NULL) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "shop_oidc \"%V\": no such parameter: \"%V\"",
                               &issuer->name, &value[i]);
            return NGX_CONF_ERROR;
        }

        text.data = value[i].data + key->name.len;
        text.len = value[i].len - key->name.len;

        if (key->set(cf, issuer, &text, key->offset) != NGX_CONF_OK) {
            return NGX_CONF_ERROR;
        }
    }

    if (ngx_shop_fetch_wanted(cf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_shop_issuer_complete(cf, issuer);
}


static ngx_shop_issuer_t *
ngx_shop_issuer_new(ngx_conf_t *cf, ngx_shop_issuer_conf_t *icf,
    ngx_str_t *name)
{
    size_t               i;
    u_char               c;
    ngx_shop_issuer_t   *issuer, **all;

    for (i = 0; i < name->len; i++) {
        c = name->data[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
              || c == '_')
            || i == NGX_SHOP_ISSUER_NAME)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "shop_oidc: \"%V\" is no name of up to 32 "
                               "characters a-z, 0-9, - and _", name);
            return NULL;
        }
    }

    all = icf->issuers.elts;

    for (i = 0; i < icf->issuers.nelts; i++) {
        if (all[i]->name.len == name->len
            && ngx_memcmp(all[i]->name.data, name->data, name->len) == 0)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "shop_oidc \"%V\" is there twice", name);
            return NULL;
        }
    }

    if (icf->issuers.nelts == NGX_SHOP_ISSUERS_MAX) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_oidc: there are more than %d",
                           NGX_SHOP_ISSUERS_MAX);
        return NULL;
    }

    issuer = ngx_pcalloc(cf->pool, sizeof(ngx_shop_issuer_t));
    all = ngx_array_push(&icf->issuers);

    if (issuer == NULL || all == NULL
        || ngx_array_init(&issuer->audiences, cf->pool, 2, sizeof(ngx_str_t))
           != NGX_OK
        || ngx_array_init(&issuer->parties, cf->pool, 2, sizeof(ngx_str_t))
           != NGX_OK)
    {
        return NULL;
    }

    *all = issuer;
    issuer->name = *name;
    issuer->index = icf->issuers.nelts - 1;
    issuer->skew = NGX_SHOP_ISSUER_SKEW;
    ngx_str_set(&issuer->scope, NGX_SHOP_ISSUER_SCOPE);

    return issuer;
}


static char *
ngx_shop_issuer_complete(ngx_conf_t *cf, ngx_shop_issuer_t *issuer)
{
    static ngx_str_t  google = ngx_string("https://accounts.google.com");

    if (!issuer->sign_in && !issuer->bearer) {
        issuer->sign_in = 1;
    }

    if (issuer->algs == 0) {
        issuer->algs = NGX_SHOP_RS256;
    }

    if (issuer->title.len == 0) {
        issuer->title = issuer->name;
    }

    /* the same issuer goes by two names in its tokens */

    if (issuer->issuer.len == google.len
        && ngx_memcmp(issuer->issuer.data, google.data, google.len) == 0)
    {
        ngx_str_set(&issuer->alias, "accounts.google.com");
    }

    issuer->loopback = 1;

    if (!ngx_shop_fetch_url(&issuer->issuer, 1)) {
        return ngx_shop_issuer_refuse(cf, issuer,
                                      "needs an issuer=https://...");
    }

    if (issuer->issuer.data[4] == 's') {
        issuer->loopback = 0;
    }

    if (issuer->sign_in && issuer->client.len == 0) {
        return ngx_shop_issuer_refuse(cf, issuer, "needs a client_id=");
    }

    if (ngx_strnstr(issuer->scope.data, "openid", issuer->scope.len) == NULL) {
        return ngx_shop_issuer_refuse(cf, issuer,
                                      "needs a scope= with openid");
    }

    if (issuer->bearer && issuer->audiences.nelts == 0
        && issuer->parties.nelts == 0)
    {
        return ngx_shop_issuer_refuse(cf, issuer,
                                      "trusts bearer tokens and needs an "
                                      "audience= or azp= of them");
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_issuer_refuse(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    const char *what)
{
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "shop_oidc \"%V\" %s",
                       &issuer->name, what);

    return NGX_CONF_ERROR;
}


static char *
ngx_shop_issuer_text(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    (void) cf;

    *(ngx_str_t *) ((u_char *) issuer + offset) = *value;

    return NGX_CONF_OK;
}


static char *
ngx_shop_issuer_list(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    return ngx_shop_issuer_words(cf, issuer, value,
                             (ngx_array_t *) ((u_char *) issuer + offset));
}


/* separated by commas */

static char *
ngx_shop_issuer_words(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, ngx_array_t *list)
{
    u_char     *p, *last, *comma;
    ngx_str_t  *one;

    p = value->data;
    last = p + value->len;

    while (p < last) {
        comma = ngx_strlchr(p, last, ',');
        if (comma == NULL) {
            comma = last;
        }

        one = ngx_array_push(list);
        if (one == NULL) {
            return NGX_CONF_ERROR;
        }

        one->data = p;
        one->len = comma - p;

        if (one->len == 0) {
            return ngx_shop_issuer_refuse(cf, issuer,
                                          "has an empty word in a list");
        }

        p = comma + 1;
    }

    return NGX_CONF_OK;
}


/* the first line of a file */

static char *
ngx_shop_issuer_secret(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    size_t       i;
    ngx_str_t    file, *secret;
    const char  *error;

    file = *value;
    secret = (ngx_str_t *) ((u_char *) issuer + offset);

    if (ngx_conf_full_name(cf->cycle, &file, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    error = ngx_shop_token_file(cf->pool, &file, secret);

    for (i = 0; error == NULL && i < secret->len; i++) {
        if (secret->data[i] == LF || secret->data[i] == CR) {
            secret->len = i;
        }
    }

    if (error == NULL && secret->len == 0) {
        error = "is empty";
    }

    if (error) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_oidc \"%V\": the file \"%V\" %s",
                           &issuer->name, &file, error);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_issuer_webhook(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    if (ngx_shop_issuer_secret(cf, issuer, value, offset) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_shop_svix_key(cf->pool, &issuer->webhook) == NGX_OK
           ? NGX_CONF_OK
           : ngx_shop_issuer_refuse(cf, issuer,
                                    "has a webhook= without whsec_...");
}


static char *
ngx_shop_issuer_trust(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    (void) offset;

    if (ngx_strcmp(value->data, "sign_in") == 0) {
        issuer->sign_in = 1;

    } else if (ngx_strcmp(value->data, "bearer") == 0) {
        issuer->bearer = 1;

    } else if (ngx_strcmp(value->data, "both") == 0) {
        issuer->sign_in = 1;
        issuer->bearer = 1;

    } else {
        return ngx_shop_issuer_refuse(cf, issuer,
                                      "has a trust= that is not sign_in, "
                                      "bearer or both");
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_issuer_algs(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    u_char       name[16];
    ngx_str_t   *one;
    ngx_uint_t   i, alg;
    ngx_array_t  list;

    (void) offset;

    if (ngx_array_init(&list, cf->pool, 4, sizeof(ngx_str_t)) != NGX_OK
        || ngx_shop_issuer_words(cf, issuer, value, &list) != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    one = list.elts;

    for (i = 0; i < list.nelts; i++) {
        ngx_cpystrn(name, one[i].data, ngx_min(one[i].len + 1, sizeof(name)));

        alg = ngx_shop_jwk_alg((char *) name);
        if (alg == 0) {
            return ngx_shop_issuer_refuse(cf, issuer,
                                          "has an alg= that is not of RS256, "
                                          "ES256, EdDSA");
        }

        issuer->algs |= alg;
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_issuer_skew(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    (void) offset;

    issuer->skew = ngx_parse_time(value, 1);

    if (issuer->skew == (time_t) NGX_ERROR
        || issuer->skew > NGX_SHOP_ISSUER_SKEW_MAX)
    {
        return ngx_shop_issuer_refuse(cf, issuer,
                                      "has a skew= that is not up to 5m");
    }

    return NGX_CONF_OK;
}


static char *
ngx_shop_issuer_flag(ngx_conf_t *cf, ngx_shop_issuer_t *issuer,
    ngx_str_t *value, size_t offset)
{
    ngx_uint_t  on;

    if (ngx_strcmp(value->data, "on") == 0) {
        on = 1;

    } else if (ngx_strcmp(value->data, "off") == 0) {
        on = 0;

    } else {
        return ngx_shop_issuer_refuse(cf, issuer,
                                      "has a provision= or mfa= that is "
                                      "neither on nor off");
    }

    if (offset == NGX_SHOP_ISSUER_MFA) {
        issuer->mfa = on;

    } else {
        issuer->provision = on;
    }

    return NGX_CONF_OK;
}
