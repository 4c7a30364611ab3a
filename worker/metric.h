/*
 * The counters as Prometheus text, and the parts' state as JSON.
 */

#ifndef _SHOP_METRIC_H_INCLUDED_
#define _SHOP_METRIC_H_INCLUDED_


#include "buf.h"
#include "shop_worker.h"


/* Parts are registered before the first thread starts. */
void shop_part_add(shop_part_t *part, const char *name);

/* Adds {"status": "ok" or "degraded", "parts": {...}}; returns 1 when no part
   is down. */
int shop_parts_json(shop_buf_t *b);

void shop_metrics_text(shop_buf_t *b);


#endif /* _SHOP_METRIC_H_INCLUDED_ */
