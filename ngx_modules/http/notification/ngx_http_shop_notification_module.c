/*
 * Mails: leaving those of a kind, by the link in them or by the mail program's
 * own button (RFC 8058), which posts a form that says nothing more.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "../../core/ngx_shop_endpoint.h"


static ngx_int_t ngx_http_shop_notification_unsubscribe(
    ngx_shop_request_t *sr);
static ngx_int_t ngx_http_shop_notification_page(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q);
static const char  ngx_http_shop_notification_html[] =
    "text/html; charset=utf-8";


static ngx_shop_endpoint_t  ngx_http_shop_notification_endpoints[] = {

    { .method = NGX_HTTP_GET,
      .path = ngx_string("/mails/{mail}/unsubscribe"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE,
      .sql = ngx_string("select body from "
          "notification.unsubscribe($1::uuid)"),
      .bind = { NGX_SHOP_BIND_PATH("mail") },
      .handler = ngx_http_shop_notification_unsubscribe },

    { .method = NGX_HTTP_POST,
      .path = ngx_string("/mails/{mail}/unsubscribe"),
      .permission = NGX_SHOP_ANYONE,
      .flags = NGX_SHOP_EP_WRITE|NGX_SHOP_EP_NO_STORE
               |NGX_SHOP_EP_RAW_BODY,
      .sql = ngx_string("select body from "
          "notification.unsubscribe($1::uuid)"),
      .bind = { NGX_SHOP_BIND_PATH("mail") },
      .handler = ngx_http_shop_notification_unsubscribe },

    ngx_shop_no_more_endpoints
};


static ngx_shop_domain_t  ngx_http_shop_notification = {
    { ngx_http_shop_notification_endpoints },
    NULL
};


static ngx_command_t  ngx_http_shop_notification_commands[] = {

    { ngx_string("shop_notification"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_shop_domain,
      0,
      0,
      &ngx_http_shop_notification },

    ngx_null_command
};


ngx_module_t  ngx_http_shop_notification_module = {
    NGX_MODULE_V1,
    .ctx = &ngx_shop_domain_ctx,
    .commands = ngx_http_shop_notification_commands,
    .type = NGX_HTTP_MODULE
};


/* Whoever checks where a link leads asks by HEAD: that changes nothing. */

static ngx_int_t
ngx_http_shop_notification_unsubscribe(ngx_shop_request_t *sr)
{
    ngx_str_t     body = ngx_null_string;
    ngx_uint_t    n;
    const char  **params;

    if (sr->r->method == NGX_HTTP_HEAD) {
        return ngx_shop_reply_type(sr, NGX_HTTP_OK,
                                   ngx_http_shop_notification_html, &body);
    }

    params = ngx_shop_params(sr, sr->ep->bind, &n);
    if (params == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_run(sr, NGX_SHOP_PG_WRITE, sr->ep->stmt, n, params,
                        ngx_http_shop_notification_page);
}


static ngx_int_t
ngx_http_shop_notification_page(ngx_shop_request_t *sr,
    ngx_shop_pg_query_t *q)
{
    ngx_str_t  text, body;

    if (q->rc != NGX_SHOP_PG_OK) {
        return ngx_shop_pg_problem(sr, q->rc, q->res);
    }

    if (PQntuples(q->res) == 0) {
        return NGX_HTTP_NOT_FOUND;
    }

    text.data = (u_char *) PQgetvalue(q->res, 0, 0);
    text.len = PQgetlength(q->res, 0, 0);

    body.len = text.len;
    body.data = ngx_pstrdup(sr->r->pool, &text);
    if (body.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_shop_reply_type(sr, NGX_HTTP_OK,
                               ngx_http_shop_notification_html, &body);
}
