/*
 * The shared-memory zone of a node (shop_zone) in parts of a fixed size, each
 * with one owner.  A part is zeroed when the zone is made and kept over a
 * reload; it holds no pointer, and nothing is allocated in the zone after the
 * configuration was read, so that a worker that dies can't leave it broken.
 */

#ifndef _NGX_SHOP_ZONE_H_INCLUDED_
#define _NGX_SHOP_ZONE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    const char              *name;
    size_t                   size;
} ngx_shop_zone_part_t;


/* While the configuration is read: asks for a part, which must be static.
   Asking twice for the same part is asking once. */
ngx_int_t ngx_shop_zone_add(ngx_conf_t *cf, ngx_shop_zone_part_t *part);

/* The size of the zone, to derive that of a part from; 0 before init_main_conf
   of the zone's module (so ask in postconfiguration). */
size_t ngx_shop_zone_size(ngx_conf_t *cf);

/* In init_process: the address of a part; NULL if it was not asked for. */
void *ngx_shop_zone_open(ngx_cycle_t *cycle,
    const ngx_shop_zone_part_t *part);

/* The zone's mutex: held for some instructions, never over a call that may
   wait.  The master frees it when its holder dies. */
void ngx_shop_zone_lock(void);
void ngx_shop_zone_unlock(void);

/* Milliseconds of one monotonic clock for all processes of the node. */
ngx_msec_t ngx_shop_zone_now(void);


#endif /* _NGX_SHOP_ZONE_H_INCLUDED_ */
