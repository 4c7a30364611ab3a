/*
 * What administrators do: roles, accounts, invitations, API keys, the audit.
 */

#include "ngx_http_shop_identity.h"


#define NGX_HTTP_SHOP_PERMISSIONS_MAX  200
#define NGX_HTTP_SHOP_ROLES_MAX        50


static ngx_shop_field_t  ngx_http_shop_staff_permission[] = {
    { ngx_string("permission"), NGX_SHOP_TEXT, 0, 1, 64, NULL }
};

static ngx_shop_field_t  ngx_http_shop_staff_role[] = {
    { ngx_string("role"), NGX_SHOP_ID, 0, 1, 32, NULL }
};

static ngx_shop_field_t  ngx_http_shop_staff_role_input[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 32, NULL },
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    { ngx_string("permissions"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 0,
      NGX_HTTP_SHOP_PERMISSIONS_MAX, ngx_http_shop_staff_permission },
    { ngx_string("mfa_required"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_staff_role_change[] = {
    { ngx_string("description"), NGX_SHOP_TEXT, 0, 0, 500, NULL },
    { ngx_string("permissions"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_PERMISSIONS_MAX, ngx_http_shop_staff_permission },
    { ngx_string("mfa_required"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_staff_users[] = {
    { ngx_string("query"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("role"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 32, NULL },
    { ngx_string("blocked"), NGX_SHOP_BOOL, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_staff_user_change[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("phone"), NGX_SHOP_TEXT, NGX_SHOP_NULLABLE, 3, 40, NULL },
    { ngx_string("roles"), NGX_SHOP_ARRAY, 0, 0, NGX_HTTP_SHOP_ROLES_MAX,
      ngx_http_shop_staff_role },
    { ngx_string("blocked"), NGX_SHOP_BOOL, 0, 0, 0, NULL },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_staff_invite[] = {
    { ngx_string("email"), NGX_SHOP_EMAIL, NGX_SHOP_REQUIRED, 3, 254, NULL },
    { ngx_string("name"), NGX_SHOP_TEXT, 0, 1, 200, NULL },
    { ngx_string("roles"), NGX_SHOP_ARRAY, NGX_SHOP_REQUIRED, 1,
      NGX_HTTP_SHOP_ROLES_MAX, ngx_http_shop_staff_role },
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_staff_audit[] = {
    { ngx_string("actor"), NGX_SHOP_UUID, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("action"), NGX_SHOP_ID, NGX_SHOP_IN_QUERY, 1, 64, NULL },
    { ngx_string("subject"), NGX_SHOP_TEXT, NGX_SHOP_IN_QUERY, 1, 200, NULL },
    { ngx_string("from"), NGX_SHOP_TIME, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    { ngx_string("to"), NGX_SHOP_TIME, NGX_SHOP_IN_QUERY, 0, 0, NULL },
    NGX_SHOP_FIELD_LIMIT,
    NGX_SHOP_FIELD_CURSOR,
    ngx_shop_no_more_fields
};

static ngx_shop_field_t  ngx_http_shop_staff_key[] = {
    { ngx_string("name"), NGX_SHOP_TEXT, NGX_SHOP_REQUIRED, 1, 100, NULL },
    { ngx_string("kind"), NGX_SHOP_ENUM, NGX_SHOP_REQUIRED, 0, 0,
      "publishable secret" },
    { ngx_string("reach"), NGX_SHOP_ENUM, 0, 0, 0, "store installation" },
    { ngx_string("permissions"), NGX_SHOP_ARRAY, 0, 0,
      NGX_HTTP_SHOP_PERMISSIONS_MAX, ngx_http_shop_staff_permission },
    { ngx_string("expires_at"), NGX_SHOP_TIME, NGX_SHOP_NULLABLE, 0, 0,
      NULL },
    ngx_shop_no_more_fields
};


ngx_shop_endpoint_t  ngx_http_shop_identity_staff_endpoints[] = {

    { .method = NGX_HTTP_GET, .path = ngx_string("/permissions"),
      .permission = NGX_SHOP_SIGNED_IN,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.permissions($1::uuid,"
                        " $2::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_SCOPE } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/roles"),
      .permission = ngx_string("roles:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.roles($1::int, $2::text)"),
      .bind = { NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/roles"),
      .permission = ngx_string("roles:write"),
      .input = ngx_http_shop_staff_role_input,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from identity.add_role($1::bigint,"
                        " $2::uuid, $3::text, $4::jsonb, $5::inet,"
                        " $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_SCOPE, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/roles/{name}"),
      .permission = ngx_string("roles:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from identity.role_show($1::text)"),
      .bind = { NGX_SHOP_BIND_PATH("name") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/roles/{name}"),
      .permission = ngx_string("roles:write"),
      .input = ngx_http_shop_staff_role_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.change_role($1::bigint,"
                        " $2::uuid, $3::text, $4::text, $5::jsonb, $6::text,"
                        " $7::inet, $8::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_SCOPE, NGX_SHOP_BIND_PATH("name"),
                NGX_SHOP_BIND_DOCUMENT, NGX_SHOP_BIND_VERSION,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/roles/{name}"),
      .permission = ngx_string("roles:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.remove_role($1::bigint,"
                        " $2::uuid, $3::text, $4::text, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_SCOPE, NGX_SHOP_BIND_PATH("name"),
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users"),
      .permission = ngx_string("users:read"),
      .input = ngx_http_shop_staff_users,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.users($1::text, $2::text,"
                        " $3::boolean, $4::int, $5::text)"),
      .bind = { NGX_SHOP_BIND_QUERY("query"), NGX_SHOP_BIND_QUERY("role"),
                NGX_SHOP_BIND_QUERY("blocked"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/{user}"),
      .permission = ngx_string("users:read"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY,
      .sql = ngx_string("select body, etag from identity.user_show("
                        "$1::uuid)"),
      .bind = { NGX_SHOP_BIND_PATH("user") } },

    { .method = NGX_HTTP_PATCH, .path = ngx_string("/users/{user}"),
      .permission = ngx_string("users:write"),
      .input = ngx_http_shop_staff_user_change,
      .flags = NGX_SHOP_EP_WRITE,
      .sql = ngx_string("select * from identity.change_user($1::bigint,"
                        " $2::uuid, $3::text, $4::uuid, $5::boolean,"
                        " $6::jsonb, $7::text, $8::inet, $9::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_SCOPE, NGX_SHOP_BIND_PATH("user"),
                NGX_SHOP_BIND_CAN("roles:write"), NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_VERSION, NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/users/invitations"),
      .permission = ngx_string("roles:read"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.invitations($1::int,"
                        " $2::text)"),
      .bind = { NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/users/invitations"),
      .permission = ngx_string("roles:write"),
      .input = ngx_http_shop_staff_invite,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_IDEMPOTENT,
      .sql = ngx_string("select * from identity.invite($1::bigint, $2::uuid,"
                        " $3::text, $4::jsonb, $5::inet, $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_SCOPE, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_DELETE,
      .path = ngx_string("/users/invitations/{invitation}"),
      .permission = ngx_string("roles:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.withdraw_invitation("
                        "$1::bigint, $2::uuid, $3::uuid, $4::inet,"
                        " $5::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_PATH("invitation"), NGX_SHOP_BIND_ADDRESS,
                NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/audit"),
      .permission = ngx_string("audit:read"),
      .input = ngx_http_shop_staff_audit,
      .flags = NGX_SHOP_EP_SLOW|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from ops.audit_list($1::uuid, $2::text,"
                        " $3::text, $4::timestamptz, $5::timestamptz,"
                        " $6::int, $7::text)"),
      .bind = { NGX_SHOP_BIND_QUERY("actor"), NGX_SHOP_BIND_QUERY("action"),
                NGX_SHOP_BIND_QUERY("subject"), NGX_SHOP_BIND_QUERY("from"),
                NGX_SHOP_BIND_QUERY("to"), NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/api-keys"),
      .permission = ngx_string("keys:write"),
      .input = ngx_shop_page_input,
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.api_keys($1::uuid,"
                        " $2::boolean, $3::int, $4::text)"),
      .bind = { NGX_SHOP_BIND_ACTOR, NGX_SHOP_BIND_CAN("keys:manage"),
                NGX_SHOP_BIND_QUERY("limit"),
                NGX_SHOP_BIND_QUERY("cursor") } },

    { .method = NGX_HTTP_POST, .path = ngx_string("/api-keys"),
      .permission = ngx_string("keys:write"),
      .input = ngx_http_shop_staff_key,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_CREATES|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select * from identity.add_api_key($1::bigint,"
                        " $2::uuid, $3::text, $4::jsonb, $5::inet,"
                        " $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_SCOPE, NGX_SHOP_BIND_DOCUMENT,
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    { .method = NGX_HTTP_GET, .path = ngx_string("/api-keys/{key}"),
      .permission = ngx_string("keys:write"),
      .flags = NGX_SHOP_EP_READ|NGX_SHOP_EP_PRIMARY|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from identity.api_key_show($1::uuid,"
                        " $2::uuid, $3::boolean)"),
      .bind = { NGX_SHOP_BIND_PATH("key"), NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("keys:manage") } },

    { .method = NGX_HTTP_DELETE, .path = ngx_string("/api-keys/{key}"),
      .permission = ngx_string("keys:write"),
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_BODY,
      .sql = ngx_string("select * from identity.remove_api_key($1::bigint,"
                        " $2::uuid, $3::boolean, $4::uuid, $5::inet,"
                        " $6::text)"),
      .bind = { NGX_SHOP_BIND_STORE, NGX_SHOP_BIND_ACTOR,
                NGX_SHOP_BIND_CAN("keys:manage"), NGX_SHOP_BIND_PATH("key"),
                NGX_SHOP_BIND_ADDRESS, NGX_SHOP_BIND_REQUEST } },

    ngx_shop_no_more_endpoints
};
