/*
 * Accounts and sessions: the endpoints and the directives.
 */

#include "ngx_http_shop_identity.h"
#include "ngx_http_shop_identity_oauth.h"
#include "ngx_http_shop_identity_oidc.h"


static ngx_int_t ngx_http_shop_identity_use(ngx_conf_t *cf);
static ngx_int_t ngx_http_shop_identity_init_process(ngx_cycle_t *cycle);
static void ngx_http_shop_identity_exit_process(ngx_cycle_t *cycle);
static void *ngx_http_shop_identity_create_conf(ngx_conf_t *cf);
static ngx_int_t ngx_http_shop_identity_postconfiguration(ngx_conf_t *cf);
static ngx_int_t ngx_http_shop_identity_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_conf_t *icf);


static ngx_shop_field_t  ngx_http_shop_identity_register_input[] = {
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_REQUIRED, 3, 254, NULL },
    { ngx_string("password"), NGX_SHOP_TEXT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, NGX_HTTP_SHOP_PASSWORD_MIN,
      NGX_HTTP_SHOP_PASSWORD_MAX, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    ngx_shop_no_more_fields
};

/* what can't be a password any more is wrong, not invalid */
static ngx_shop_field_t  ngx_http_shop_identity_login_input[] = {
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_REQUIRED, 3, 254, NULL },
    { ngx_string("password"), NGX_SHOP_TEXT,
      NGX_SHOP_REQUIRED|NGX_SHOP_SECRET, 1, NGX_HTTP_SHOP_PASSWORD_MAX,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_refresh_input[] = {
    { ngx_string("refresh_token"), NGX_SHOP_TEXT, NGX_SHOP_SECRET, 1, 200,
      NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_logout_input[] = {
    { ngx_string("all"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_me_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("phone"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 3, 40, NULL },
    { ngx_string("locale"), NGX_SHOP_LOCALE, NGX_SHOP_NULLABLE, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_address_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("line1"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 200, NULL },
    { ngx_string("line2"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 200, NULL },
    { ngx_string("city"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 20,
      NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, NGX_SHOP_REQUIRED, 0, 0,
      NULL },
    { ngx_string("phone"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 3, 40, NULL },
    { ngx_string("is_default"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("is_default_billing"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_identity_address_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("line1"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("line2"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 200, NULL },
    { ngx_string("city"), NGX_SHOP_TEXT, 0, 1, 100, NULL },
    { ngx_string("postal_code"), NGX_SHOP_TEXT, 0, 1, 20, NULL },
    { ngx_string("region"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 0, 100, NULL },
    { ngx_string("country"), NGX_SHOP_COUNTRY, 0, 0, 0, NULL },
    { ngx_string("phone"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 3, 40, NULL },
    { ngx_string("is_default"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    { ngx_string("is_default_billing"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};


static ngx_shop_endpoint_t  ngx_http_shop_identity_endpoints[] = {

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/register"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_register_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_register },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/login"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_login_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_CREDENTIALS|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_login },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/refresh"),
      .permission = NGX_SHOP_ANYONE,
      .input = ngx_http_shop_identity_refresh_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_OWN_ACCESS,
      .handler = ngx_http_shop_identity_refresh },

    { .method = NGX_HTTP_POST, .path = ngx_string("/auth/logout"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_logout_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_ENROL,
      .handler = ngx_http_shop_identity_logout },

    { .method = NGX_HTTP_GET, .path = ngx_string("/auth/validate-token"),
      .permission = NGX_SHOP_SIGNED_IN,
      .scope = NGX_SHOP_ANY_SCOPE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_NO_STORE|NGX_SHOP_EP_ENROL,
      .handler = ngx_http_shop_identity_validate },

    { .method = NGX_HTTP_GET, .path = ngx_string("/.well-known/jwks.json"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_ROOT|NGX_SHOP_EP_BARE,
      .handler = ngx_http_shop_identity_jwks },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me"),
      .permission = NGX_SHOP_SIGNED_IN,
      .scope = ngx_string("profile"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_ENROL,
      .sql = ngx_string("select body, etag from identity.me($1::uuid)"),
      .bind = { NGX_SHOP_BIND_ACTOR } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/users/me"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_me_input,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.change_me($1::uuid,"
                        " $2::jsonb, $3::text, $4::inet, $5::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/me/addresses"),
      .permission = NGX_SHOP_SIGNED_IN,
      .scope = ngx_string("addresses"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body from identity.addresses($1::uuid,"
                        " $2::int, $3::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/users/me/addresses"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_address_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from identity.add_address($1::uuid,"
                        " $2::jsonb)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_DOCUMENT } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/users/me/addresses/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .input = ngx_http_shop_identity_address_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.change_address($1::uuid,"
                        " $2::text, $3::jsonb, $4::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_PATH("id"),
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_VERSION } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/users/me/addresses/{id}"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.remove_address($1::uuid,"
                        " $2::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_PATH("id") } },

    ngx_shop_no_more_endpoints
};


/* the parts of the domain, each with a table of its own */

static ngx_shop_domain_t  ngx_http_shop_identity = {
    {
        ngx_http_shop_identity_endpoints,
        ngx_http_shop_identity_account_endpoints,
        ngx_http_shop_identity_staff_endpoints,
        ngx_http_shop_identity_invitation_endpoints,
        ngx_http_shop_identity_oauth_endpoints,
        ngx_http_shop_identity_client_endpoints,
        ngx_http_shop_identity_mfa_endpoints,
        ngx_http_shop_identity_passkey_endpoints,
        ngx_http_shop_identity_oidc_endpoints
    },
    ngx_http_shop_identity_use
};


static ngx_command_t  ngx_http_shop_identity_commands[] = {

    { ngx_string("shop_identity"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_identity },

    { ngx_string("shop_hash"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE123,
      ngx_shop_hash_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_shop_identity_conf_t, hash),
      NULL },

    { ngx_string("shop_hash_queue"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_shop_identity_conf_t, hash.queue),
      NULL },

    { ngx_string("shop_secret_key"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_shop_identity_secret_key,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    ngx_null_command
};


static ngx_http_module_t  ngx_http_shop_identity_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_http_shop_identity_postconfiguration, /* postconfiguration */
    ngx_http_shop_identity_create_conf,    /* create main configuration */
    NULL,                                  /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_identity_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_http_shop_identity_module_ctx,
    .commands = ngx_http_shop_identity_commands,
    .type = NGX_HTTP_MODULE,
    .init_process = ngx_http_shop_identity_init_process,
    .exit_process = ngx_http_shop_identity_exit_process
};


const ngx_http_shop_identity_conf_t *
ngx_http_shop_identity_conf(ngx_shop_request_t *sr)
{
    return ngx_http_get_module_main_conf(sr->r, ngx_http_shop_identity_module);
}


static ngx_int_t
ngx_http_shop_identity_use(ngx_conf_t *cf)
{
    ngx_http_shop_identity_conf_t  *icf;

    icf = ngx_http_conf_get_module_main_conf(cf,
                                             ngx_http_shop_identity_module);
    icf->used = 1;

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_identity_init_process(ngx_cycle_t *cycle)
{
    ngx_http_shop_identity_conf_t  *icf;

    icf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_identity_module);

    if (icf == NULL || !icf->used) {
        return NGX_OK;
    }

    ngx_shop_webauthn_init();

    if (ngx_shop_code_init() != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_shop_hash_start(&icf->hash, cycle);
}


static void
ngx_http_shop_identity_exit_process(ngx_cycle_t *cycle)
{
    ngx_shop_hash_stop();
}


static void *
ngx_http_shop_identity_create_conf(ngx_conf_t *cf)
{
    ngx_http_shop_identity_conf_t  *icf;

    icf = ngx_pcalloc(cf->pool, sizeof(ngx_http_shop_identity_conf_t));
    if (icf == NULL
        || ngx_http_shop_identity_secret_create(cf, &icf->mfa) != NGX_OK)
    {
        return NULL;
    }

    icf->hash.memory = NGX_CONF_UNSET_UINT;
    icf->hash.passes = NGX_CONF_UNSET_UINT;
    icf->hash.share = NGX_CONF_UNSET_UINT;
    icf->hash.queue = NGX_CONF_UNSET_UINT;

    return icf;
}


static ngx_int_t
ngx_http_shop_identity_postconfiguration(ngx_conf_t *cf)
{
    ngx_http_shop_identity_conf_t  *icf;

    icf = ngx_http_conf_get_module_main_conf(cf,
                                             ngx_http_shop_identity_module);

    if (!icf->used) {
        return NGX_OK;
    }

    if (!ngx_shop_token_conf(cf)->signs) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"shop_identity\" needs \"shop_token_key\" with "
                           "a private key, and \"shop_refresh_key\"");
        return NGX_ERROR;
    }

    if (ngx_shop_hash_init(cf, &icf->hash) != NGX_CONF_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_shop_identity_secret_init(cf, &icf->mfa) != NGX_OK
        || ngx_http_shop_identity_mfa_statements(cf, &icf->mfa) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_shop_identity_statements(cf, icf);
}


static ngx_int_t
ngx_http_shop_identity_statements(ngx_conf_t *cf,
    ngx_http_shop_identity_conf_t *icf)
{
    ngx_uint_t  i;

    struct {
        ngx_str_t             text;
        ngx_shop_pg_stmt_t  **stmt;
    } all[] = {

        { ngx_string("select * from identity.register($1::bigint, $2::text,"
                     " $7::text, $3::text, $8::bytea, $9::int, $10::int,"
                     " $4::text, $5::inet, $6::text)"), &icf->enrol },

        { ngx_string("select user_id, password_hash, kinds"
                     " from identity.credentials($1::text)"),
          &icf->credentials },

        { ngx_string("select * from identity.sign_in($1::bigint, $5::uuid,"
                     " $6::text, $7::text, $8::bytea, $9::int, $10::int,"
                     " $2::text, $3::inet, $4::text)"), &icf->sign_in },

        { ngx_string("select identity.sign_in_failed($1::bigint, $2::text,"
                     " $3::inet, $4::text)"), &icf->refused },

        { ngx_string("select * from identity.refresh($3::bytea, $4::bytea,"
                     " $5::boolean, $6::int, $7::int, $1::inet, $2::text)"),
          &icf->refresh },

        { ngx_string("select session_id, epoch from identity.logout("
                     "$1::uuid, $2::uuid, coalesce($3::boolean, false),"
                     " $4::inet, $5::text)"), &icf->logout }
    };

    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {

        *all[i].stmt = ngx_shop_pg_stmt_add(cf, &all[i].text);

        if (*all[i].stmt == NULL) {
            return NGX_ERROR;
        }
    }

    if (ngx_http_shop_identity_account_statements(cf, icf) != NGX_OK
        || ngx_http_shop_identity_oidc_statements(cf) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_shop_identity_invitation_statements(cf, icf);
}
