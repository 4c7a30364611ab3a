/*
 * The zone of a node and its directory of parts.
 */

#include <ngx_http.h>
#include "ngx_shop_zone.h"


#define NGX_SHOP_ZONE_PARTS    16
#define NGX_SHOP_ZONE_NAME     32
#define NGX_SHOP_ZONE_SIZE     (8 * 1024 * 1024)
#define NGX_SHOP_ZONE_MINIMUM  (1024 * 1024)


typedef struct {
    u_char                       name[NGX_SHOP_ZONE_NAME];
    size_t                       size;
    size_t                       offset;     /* from the start of the zone */
} ngx_shop_zone_entry_t;


/* The directory, found by the slab pool's data. */
typedef struct {
    ngx_uint_t                   n;
    ngx_shop_zone_entry_t        entries[NGX_SHOP_ZONE_PARTS];
} ngx_shop_zone_dir_t;


typedef struct {
    ngx_shm_zone_t              *zone;
    ngx_uint_t                   nparts;
    const ngx_shop_zone_part_t  *parts[NGX_SHOP_ZONE_PARTS];
} ngx_shop_zone_conf_t;


static char *ngx_shop_zone(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static void *ngx_shop_zone_create_conf(ngx_conf_t *cf);
static char *ngx_shop_zone_init_conf(ngx_conf_t *cf, void *conf);
static ngx_int_t ngx_shop_zone_init(ngx_shm_zone_t *zone, void *data);
static ngx_int_t ngx_shop_zone_make(ngx_shm_zone_t *zone,
    ngx_shop_zone_dir_t *dir, const ngx_shop_zone_part_t *part);
static ngx_shop_zone_entry_t *ngx_shop_zone_find(ngx_shop_zone_dir_t *dir,
    const ngx_shop_zone_part_t *part);
static ngx_int_t ngx_shop_zone_init_process(ngx_cycle_t *cycle);


static ngx_command_t  ngx_shop_zone_commands[] = {

    { ngx_string("shop_zone"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE2,
      ngx_shop_zone,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_shop_zone_module_ctx = {
    NULL,                                  /* preconfiguration */
    NULL,                                  /* postconfiguration */
    ngx_shop_zone_create_conf,             /* create main configuration */
    ngx_shop_zone_init_conf,               /* init main configuration */
    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */
    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_shop_zone_module = {
    NGX_MODULE_V1,
    &ngx_shop_zone_module_ctx,             /* module context */
    ngx_shop_zone_commands,                /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_shop_zone_init_process,            /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_slab_pool_t  *ngx_shop_zone_pool;


ngx_int_t
ngx_shop_zone_add(ngx_conf_t *cf, ngx_shop_zone_part_t *part)
{
    ngx_uint_t             i;
    ngx_shop_zone_conf_t  *zcf;

    zcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_zone_module);

    for (i = 0; i < zcf->nparts; i++) {
        if (zcf->parts[i] == part) {
            return NGX_OK;
        }
    }

    if (zcf->nparts == NGX_SHOP_ZONE_PARTS) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "zone: no room for part \"%s\"", part->name);
        return NGX_ERROR;
    }

    zcf->parts[zcf->nparts++] = part;

    return NGX_OK;
}


size_t
ngx_shop_zone_size(ngx_conf_t *cf)
{
    ngx_shop_zone_conf_t  *zcf;

    zcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_shop_zone_module);

    return zcf->zone ? zcf->zone->shm.size : 0;
}


void *
ngx_shop_zone_open(ngx_cycle_t *cycle, const ngx_shop_zone_part_t *part)
{
    ngx_slab_pool_t        *pool;
    ngx_shop_zone_conf_t   *zcf;
    ngx_shop_zone_entry_t  *entry;

    zcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_zone_module);
    if (zcf == NULL || zcf->zone == NULL) {
        return NULL;
    }

    pool = (ngx_slab_pool_t *) zcf->zone->shm.addr;
    ngx_shop_zone_pool = pool;

    entry = ngx_shop_zone_find(pool->data, part);

    return entry ? zcf->zone->shm.addr + entry->offset : NULL;
}


void
ngx_shop_zone_lock(void)
{
    ngx_shmtx_lock(&ngx_shop_zone_pool->mutex);
}


void
ngx_shop_zone_unlock(void)
{
    ngx_shmtx_unlock(&ngx_shop_zone_pool->mutex);
}


ngx_msec_t
ngx_shop_zone_now(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (ngx_msec_t) ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}


static ngx_int_t
ngx_shop_zone_init_process(ngx_cycle_t *cycle)
{
    ngx_shop_zone_conf_t  *zcf;

    zcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_shop_zone_module);
    if (zcf && zcf->zone) {
        ngx_shop_zone_pool = (ngx_slab_pool_t *) zcf->zone->shm.addr;
    }

    return NGX_OK;
}


/* Called in the master when the zone was mapped: new, or kept by a reload. */

static ngx_int_t
ngx_shop_zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_uint_t             i;
    ngx_slab_pool_t       *pool;
    ngx_shop_zone_dir_t   *dir;
    ngx_shop_zone_conf_t  *zcf;

    (void) data;

    zcf = zone->data;
    pool = (ngx_slab_pool_t *) zone->shm.addr;
    dir = pool->data;

    if (dir == NULL) {
        dir = ngx_slab_calloc(pool, sizeof(ngx_shop_zone_dir_t));
        if (dir == NULL) {
            return NGX_ERROR;
        }

        pool->data = dir;
    }

    for (i = 0; i < zcf->nparts; i++) {
        if (ngx_shop_zone_make(zone, dir, zcf->parts[i]) != NGX_OK) {
            ngx_log_error(NGX_LOG_EMERG, zone->shm.log, 0,
                          "zone: shop_zone \"%V\" is too small for \"%s\", "
                          "which takes %uz bytes", &zone->shm.name,
                          zcf->parts[i]->name, zcf->parts[i]->size);
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* A part of another size is made anew and the old one stays, since the
   workers of the configuration before still use it. */

static ngx_int_t
ngx_shop_zone_make(ngx_shm_zone_t *zone, ngx_shop_zone_dir_t *dir,
    const ngx_shop_zone_part_t *part)
{
    u_char                 *p;
    ngx_slab_pool_t        *pool;
    ngx_shop_zone_entry_t  *entry;

    if (ngx_shop_zone_find(dir, part)) {
        return NGX_OK;
    }

    if (dir->n == NGX_SHOP_ZONE_PARTS) {
        return NGX_ERROR;
    }

    pool = (ngx_slab_pool_t *) zone->shm.addr;

    p = ngx_slab_calloc(pool, part->size);
    if (p == NULL) {
        return NGX_ERROR;
    }

    entry = &dir->entries[dir->n];

    ngx_cpystrn(entry->name, (u_char *) part->name, NGX_SHOP_ZONE_NAME);
    entry->size = part->size;
    entry->offset = p - zone->shm.addr;
    dir->n++;

    return NGX_OK;
}


static ngx_shop_zone_entry_t *
ngx_shop_zone_find(ngx_shop_zone_dir_t *dir, const ngx_shop_zone_part_t *part)
{
    ngx_uint_t              i;
    ngx_shop_zone_entry_t  *entry;

    for (i = 0; i < dir->n; i++) {
        entry = &dir->entries[i];

        if (entry->size == part->size
            && ngx_strcmp(entry->name, part->name) == 0)
        {
            return entry;
        }
    }

    return NULL;
}


static void *
ngx_shop_zone_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_shop_zone_conf_t));
}


static char *
ngx_shop_zone_init_conf(ngx_conf_t *cf, void *conf)
{
    ngx_str_t              name;
    ngx_shop_zone_conf_t  *zcf = conf;

    if (zcf->zone) {
        return NGX_CONF_OK;
    }

    ngx_str_set(&name, "shop");

    zcf->zone = ngx_shared_memory_add(cf, &name, NGX_SHOP_ZONE_SIZE,
                                      &ngx_http_shop_zone_module);
    if (zcf->zone == NULL) {
        return NGX_CONF_ERROR;
    }

    zcf->zone->init = ngx_shop_zone_init;
    zcf->zone->data = zcf;

    return NGX_CONF_OK;
}


static char *
ngx_shop_zone(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ssize_t                size;
    ngx_str_t             *value;
    ngx_shop_zone_conf_t  *zcf = conf;

    (void) cmd;

    if (zcf->zone) {
        return "is duplicate";
    }

    value = cf->args->elts;

    size = ngx_parse_size(&value[2]);

    if (size == NGX_ERROR || size < NGX_SHOP_ZONE_MINIMUM) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "shop_zone: \"%V\" is not a size of 1m or more",
                           &value[2]);
        return NGX_CONF_ERROR;
    }

    zcf->zone = ngx_shared_memory_add(cf, &value[1], size,
                                      &ngx_http_shop_zone_module);
    if (zcf->zone == NULL) {
        return NGX_CONF_ERROR;
    }

    zcf->zone->init = ngx_shop_zone_init;
    zcf->zone->data = zcf;

    return NGX_CONF_OK;
}
