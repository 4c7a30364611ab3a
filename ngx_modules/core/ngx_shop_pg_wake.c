/*
 * Who gives back a slot wakes the worker whose turn it is.  The master makes
 * one eventfd a worker before it forks them; workers of another configuration
 * (a crew) are not in reach and find out by asking again.
 */

#include "ngx_shop_pg_conn.h"
#include "ngx_shop_slot.h"

#if (NGX_HAVE_EVENTFD)
#include <sys/eventfd.h>


static void ngx_shop_pg_wake_close(void *data);
static void ngx_shop_pg_wake_handler(ngx_event_t *ev);


static ngx_uint_t         ngx_shop_pg_crews;
static ngx_connection_t  *ngx_shop_pg_wake_io;


ngx_int_t
ngx_shop_pg_wake_make(ngx_cycle_t *cycle, ngx_shop_pg_conf_t *conf)
{
    ngx_fd_t            *fd;
    ngx_int_t            i;
    ngx_core_conf_t     *ccf;
    ngx_pool_cleanup_t  *cln;

    ccf = (ngx_core_conf_t *) ngx_get_conf(cycle->conf_ctx, ngx_core_module);

    cln = ngx_pool_cleanup_add(cycle->pool, 0);

    if (cln == NULL
        || ngx_array_init(&conf->wake, cycle->pool, ccf->worker_processes,
                          sizeof(ngx_fd_t)) != NGX_OK)
    {
        return NGX_ERROR;
    }

    cln->handler = ngx_shop_pg_wake_close;
    cln->data = &conf->wake;

    conf->crew = ++ngx_shop_pg_crews;

    for (i = 0; i < ccf->worker_processes; i++) {
        fd = ngx_array_push(&conf->wake);
        *fd = eventfd(0, EFD_NONBLOCK|EFD_CLOEXEC);

        if (*fd == -1) {
            ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                          "pg: eventfd() failed");
            conf->wake.nelts--;
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_shop_pg_wake_start(const ngx_shop_pg_conf_t *conf, ngx_event_t *run)
{
    ngx_fd_t          *fds;
    ngx_connection_t  *io;

    if (ngx_worker >= conf->wake.nelts) {
        return NGX_OK;
    }

    fds = conf->wake.elts;

    io = ngx_get_connection(fds[ngx_worker], ngx_cycle->log);
    if (io == NULL) {
        return NGX_ERROR;
    }

    io->data = run;
    io->read->handler = ngx_shop_pg_wake_handler;
    io->read->log = ngx_cycle->log;
    io->write->log = ngx_cycle->log;

    if (ngx_add_event(io->read, NGX_READ_EVENT, NGX_LEVEL_EVENT) != NGX_OK) {
        ngx_free_connection(io);
        return NGX_ERROR;
    }

    ngx_shop_pg_wake_io = io;
    ngx_shop_slot_identity(conf->crew, ngx_worker);

    return NGX_OK;
}


/* The eventfd itself stays, for a worker that takes this one's place. */

void
ngx_shop_pg_wake_stop(void)
{
    ngx_connection_t  *io;

    io = ngx_shop_pg_wake_io;

    if (io == NULL) {
        return;
    }

    ngx_shop_pg_wake_io = NULL;

    (void) ngx_del_event(io->read, NGX_READ_EVENT, 0);

    if (io->read->posted) {
        ngx_delete_posted_event(io->read);
    }

    ngx_free_connection(io);
    io->fd = (ngx_socket_t) -1;
}


void
ngx_shop_pg_wake(const ngx_shop_pg_conf_t *conf, ngx_uint_t worker)
{
    uint64_t   one;
    ngx_fd_t  *fds;

    if (worker >= conf->wake.nelts) {
        return;
    }

    one = 1;
    fds = conf->wake.elts;

    if (write(fds[worker], &one, sizeof(one)) == -1) {
        ngx_log_debug0(NGX_LOG_DEBUG_CORE, ngx_cycle->log, ngx_errno,
                       "pg: a worker could not be woken");
    }
}


static void
ngx_shop_pg_wake_handler(ngx_event_t *ev)
{
    uint64_t           count;
    ngx_event_t       *run;
    ngx_connection_t  *io;

    io = ev->data;
    run = io->data;

    if (read(io->fd, &count, sizeof(count)) != -1 && !run->posted) {
        ngx_post_event(run, &ngx_posted_events);
    }
}


static void
ngx_shop_pg_wake_close(void *data)
{
    ngx_fd_t     *fds;
    ngx_uint_t    i;
    ngx_array_t  *wake = data;

    fds = wake->elts;

    for (i = 0; i < wake->nelts; i++) {
        (void) ngx_close_file(fds[i]);
    }
}

#else

ngx_int_t
ngx_shop_pg_wake_make(ngx_cycle_t *cycle, ngx_shop_pg_conf_t *conf)
{
    (void) cycle;
    (void) conf;

    return NGX_OK;
}


ngx_int_t
ngx_shop_pg_wake_start(const ngx_shop_pg_conf_t *conf, ngx_event_t *run)
{
    (void) conf;
    (void) run;

    return NGX_OK;
}


void
ngx_shop_pg_wake_stop(void)
{
}


void
ngx_shop_pg_wake(const ngx_shop_pg_conf_t *conf, ngx_uint_t worker)
{
    (void) conf;
    (void) worker;
}

#endif
