/*
 * GET /health, /ready and /metrics for the supervisor and the monitoring, on
 * an address that is not reachable from outside.
 */

#ifndef _SHOP_HEALTH_H_INCLUDED_
#define _SHOP_HEALTH_H_INCLUDED_


#include "shop_worker.h"


/* Listens on host:port or unix:PATH; a socket, or -1 after a log line. */
int shop_health_listen(const char *address);

/* data points to the socket. */
void *shop_health_thread(void *data);


#endif /* _SHOP_HEALTH_H_INCLUDED_ */
