/*
 * A conninfo taken apart: each host is tried by itself, so that a dead one
 * delays none, and libpq is only given numeric addresses, since it would
 * resolve a name while everything waits.
 */

#include <ngx_http.h>
#include "ngx_shop_pg_conn.h"


#define NGX_SHOP_PG_DIRECTORY   "/var/run/postgresql"
#define NGX_SHOP_PG_PORT        "5432"
#define NGX_SHOP_PG_KEYS        64
#define NGX_SHOP_PG_OPTIONS     1024


static const char *ngx_shop_pg_target_option(PQconninfoOption *options,
    const char *name);
static ngx_int_t ngx_shop_pg_target_keep(ngx_conf_t *cf,
    ngx_shop_pg_target_t *target, PQconninfoOption *option);
static ngx_int_t ngx_shop_pg_target_servers(ngx_conf_t *cf,
    ngx_shop_pg_target_t *target, PQconninfoOption *options);
static ngx_int_t ngx_shop_pg_target_server(ngx_conf_t *cf,
    ngx_shop_pg_server_t *server, const char *hostaddr);
static char *ngx_shop_pg_target_item(ngx_pool_t *pool, const char *list,
    ngx_uint_t i);
static ngx_uint_t ngx_shop_pg_target_count(const char *list);
static char *ngx_shop_pg_target_copy(ngx_pool_t *pool, const char *text);


/* Before the operator's, which win. */
static const char  *ngx_shop_pg_target_defaults[][2] = {
    { "client_encoding", "UTF8" },
    { "gssencmode", "disable" },           /* it would block */
    { "tcp_user_timeout", "10000" },
    { "keepalives_idle", "30" },
    { NULL, NULL }
};


ngx_shop_pg_target_t *
ngx_shop_pg_target_parse(ngx_conf_t *cf, ngx_str_t *conninfo)
{
    char                  *error;
    ngx_int_t              rc;
    PQconninfoOption      *options, *o;
    ngx_shop_pg_target_t  *target;

    target = ngx_pcalloc(cf->pool, sizeof(ngx_shop_pg_target_t));
    if (target == NULL
        || ngx_array_init(&target->keys, cf->pool, 8, sizeof(char *)) != NGX_OK
        || ngx_array_init(&target->values, cf->pool, 8, sizeof(char *))
           != NGX_OK)
    {
        return NULL;
    }

    error = NULL;
    options = PQconninfoParse((char *) conninfo->data, &error);

    if (options == NULL) {
        /* "missing ..." may quote a part of a password */
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "pg: bad conninfo: %s",
                           error && ngx_strncmp(error, "missing", 7) != 0
                           ? error : "it must be \"key=value ...\" or a URI");
        PQfreemem(error);
        return NULL;
    }

    rc = NGX_OK;

    for (o = options; o->keyword && rc == NGX_OK; o++) {
        if (o->val && o->val[0]) {
            rc = ngx_shop_pg_target_keep(cf, target, o);
        }
    }

    if (rc == NGX_OK) {
        rc = ngx_shop_pg_target_servers(cf, target, options);
    }

    PQconninfoFree(options);

    return rc == NGX_OK ? target : NULL;
}


ngx_int_t
ngx_shop_pg_target_resolve(ngx_conf_t *cf, ngx_shop_pg_target_t *target)
{
    char                  **addr;
    u_char                 *p;
    ngx_url_t               u;
    ngx_uint_t              i, k;
    ngx_shop_pg_server_t   *server;

    server = target->servers.elts;

    for (i = 0; i < target->servers.nelts; i++) {
        if (!server[i].named) {
            continue;
        }

        ngx_memzero(&u, sizeof(ngx_url_t));
        u.host.data = (u_char *) server[i].host;
        u.host.len = ngx_strlen(server[i].host);

        if (ngx_inet_resolve_host(cf->pool, &u) != NGX_OK) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "pg: %s in host \"%V\" and no resolver is set",
                               u.err ? u.err : "host not found", &u.host);
            return NGX_ERROR;
        }

        for (k = 0; k < u.naddrs; k++) {
            addr = ngx_array_push(&server[i].addrs);
            p = ngx_pcalloc(cf->pool, NGX_SOCKADDR_STRLEN + 1);
            if (addr == NULL || p == NULL) {
                return NGX_ERROR;
            }

            (void) ngx_sock_ntop(u.addrs[k].sockaddr, u.addrs[k].socklen, p,
                                 NGX_SOCKADDR_STRLEN, 0);
            *addr = (char *) p;
        }

        server[i].named = 0;
    }

    return NGX_OK;
}


PGconn *
ngx_shop_pg_target_start(const ngx_shop_pg_target_t *target,
    const ngx_shop_pg_role_t *role, const ngx_shop_pg_server_t *server,
    const char *addr)
{
    u_char       options[NGX_SHOP_PG_OPTIONS], name[64];
    ngx_uint_t   i, n;
    const char  *keys[NGX_SHOP_PG_KEYS], *values[NGX_SHOP_PG_KEYS];
    const char **k, **v;

    k = target->keys.elts;
    v = target->values.elts;
    n = 0;

#define ngx_shop_pg_target_set(key, value)                                    \
    keys[n] = key; values[n++] = value

    for (i = 0; ngx_shop_pg_target_defaults[i][0]; i++) {
        ngx_shop_pg_target_set(ngx_shop_pg_target_defaults[i][0],
                               ngx_shop_pg_target_defaults[i][1]);
    }

    ngx_snprintf(name, sizeof(name), "shop-gateway %s%Z", role->name);
    ngx_shop_pg_target_set("fallback_application_name", (char *) name);

    for (i = 0; i < target->keys.nelts && n < NGX_SHOP_PG_KEYS - 8; i++) {
        ngx_shop_pg_target_set(k[i], v[i]);
    }

    /* later settings win: the role's can't be undone by the operator's */

    ngx_snprintf(options, sizeof(options), "%s %s%Z",
                 target->options ? target->options : "", role->options);
    options[sizeof(options) - 1] = '\0';

    ngx_shop_pg_target_set("options", (char *) options);
    ngx_shop_pg_target_set("host", server->host);
    ngx_shop_pg_target_set("hostaddr", server->local ? NULL : addr);
    ngx_shop_pg_target_set("port", server->port);
    ngx_shop_pg_target_set("target_session_attrs",
                           target->replica ? "any" : role->attrs);
    ngx_shop_pg_target_set(NULL, NULL);

#undef ngx_shop_pg_target_set

    return PQconnectStartParams(keys, values, 0);
}


static const char *
ngx_shop_pg_target_option(PQconninfoOption *options, const char *name)
{
    PQconninfoOption  *o;

    for (o = options; o->keyword; o++) {
        if (ngx_strcmp(o->keyword, name) == 0) {
            return o->val && o->val[0] ? o->val : NULL;
        }
    }

    return NULL;
}


/* Keeps what is not about hosts, which ngx_shop_pg_target_servers() reads. */

static ngx_int_t
ngx_shop_pg_target_keep(ngx_conf_t *cf, ngx_shop_pg_target_t *target,
    PQconninfoOption *option)
{
    char                **key, **value;
    ngx_uint_t            i;
    static const char    *hosts[] = { "host", "hostaddr", "port", NULL };
    static const char    *refused[] = { "service", "target_session_attrs",
                                        "replication", NULL };

    for (i = 0; hosts[i]; i++) {
        if (ngx_strcmp(option->keyword, hosts[i]) == 0) {
            return NGX_OK;
        }
    }

    for (i = 0; refused[i]; i++) {
        if (ngx_strcmp(option->keyword, refused[i]) == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "pg: \"%s\" must not be in a conninfo here",
                               refused[i]);
            return NGX_ERROR;
        }
    }

    if (ngx_strcmp(option->keyword, "options") == 0) {
        target->options = ngx_shop_pg_target_copy(cf->pool, option->val);
        return target->options ? NGX_OK : NGX_ERROR;
    }

    key = ngx_array_push(&target->keys);
    value = ngx_array_push(&target->values);
    if (key == NULL || value == NULL) {
        return NGX_ERROR;
    }

    *key = ngx_shop_pg_target_copy(cf->pool, option->keyword);
    *value = ngx_shop_pg_target_copy(cf->pool, option->val);

    return *key && *value ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_shop_pg_target_servers(ngx_conf_t *cf, ngx_shop_pg_target_t *target,
    PQconninfoOption *options)
{
    char                  *addr;
    ngx_uint_t             i, n;
    const char            *host, *hostaddr, *port;
    ngx_shop_pg_server_t  *server;

    host = ngx_shop_pg_target_option(options, "host");
    hostaddr = ngx_shop_pg_target_option(options, "hostaddr");
    port = ngx_shop_pg_target_option(options, "port");

    if (host == NULL) {
        host = hostaddr ? hostaddr : NGX_SHOP_PG_DIRECTORY;
    }

    n = ngx_shop_pg_target_count(host);

    if ((hostaddr && ngx_shop_pg_target_count(hostaddr) != n)
        || (port && ngx_shop_pg_target_count(port) != 1
            && ngx_shop_pg_target_count(port) != n))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "pg: the lists of host, hostaddr and port differ "
                           "in length");
        return NGX_ERROR;
    }

    if (ngx_array_init(&target->servers, cf->pool, n,
                       sizeof(ngx_shop_pg_server_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    for (i = 0; i < n; i++) {
        server = ngx_array_push(&target->servers);
        ngx_memzero(server, sizeof(ngx_shop_pg_server_t));

        server->host = ngx_shop_pg_target_item(cf->pool, host, i);
        server->port = port ? ngx_shop_pg_target_item(cf->pool, port, i)
                            : NGX_SHOP_PG_PORT;
        addr = hostaddr ? ngx_shop_pg_target_item(cf->pool, hostaddr, i)
                        : NULL;

        if (server->host == NULL || server->port == NULL
            || ngx_shop_pg_target_server(cf, server, addr) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* A directory of sockets, a numeric address, or a name. */

static ngx_int_t
ngx_shop_pg_target_server(ngx_conf_t *cf, ngx_shop_pg_server_t *server,
    const char *hostaddr)
{
    char            **addr;
    ngx_str_t         text;
    ngx_addr_t        numeric;

    if (ngx_array_init(&server->addrs, cf->pool, 1, sizeof(char *)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (server->host[0] == '/' || server->host[0] == '@') {
        server->local = 1;
        hostaddr = server->host;

    } else if (hostaddr == NULL) {
        text.data = (u_char *) server->host;
        text.len = ngx_strlen(server->host);

        if (text.len == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "pg: a host is empty");
            return NGX_ERROR;
        }

        if (ngx_parse_addr(cf->pool, &numeric, text.data, text.len) != NGX_OK)
        {
            server->named = 1;
            return NGX_OK;
        }

        hostaddr = server->host;
    }

    addr = ngx_array_push(&server->addrs);
    if (addr == NULL) {
        return NGX_ERROR;
    }

    *addr = (char *) hostaddr;

    return NGX_OK;
}


/* Item i of a list with commas; a list of one holds for all. */

static char *
ngx_shop_pg_target_item(ngx_pool_t *pool, const char *list, ngx_uint_t i)
{
    char        *item;
    size_t       len;
    const char  *comma;

    while (i-- && (comma = strchr(list, ',')) != NULL) {
        list = comma + 1;
    }

    comma = strchr(list, ',');
    len = comma ? (size_t) (comma - list) : ngx_strlen(list);

    item = ngx_pnalloc(pool, len + 1);
    if (item) {
        ngx_memcpy(item, list, len);
        item[len] = '\0';
    }

    return item;
}


static ngx_uint_t
ngx_shop_pg_target_count(const char *list)
{
    ngx_uint_t  n;

    for (n = 1; (list = strchr(list, ',')) != NULL; n++) {
        list++;
    }

    return n;
}


static char *
ngx_shop_pg_target_copy(ngx_pool_t *pool, const char *text)
{
    size_t   size;
    u_char  *copy;

    size = ngx_strlen(text) + 1;

    copy = ngx_pnalloc(pool, size);
    if (copy) {
        ngx_memcpy(copy, text, size);
    }

    return (char *) copy;
}
