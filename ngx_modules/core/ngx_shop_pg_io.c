/*
 * The socket of a connection, which belongs to libpq, in nginx's event loop.
 */

#include "ngx_shop_pg_conn.h"


ngx_int_t
ngx_shop_pg_io_attach(ngx_shop_pg_conn_t *c, ngx_uint_t read,
    ngx_uint_t write, ngx_event_handler_pt handler)
{
    ngx_connection_t  *io;

    io = ngx_get_connection(PQsocket(c->pg), ngx_cycle->log);
    if (io == NULL) {
        return NGX_ERROR;
    }

    io->data = c;
    io->read->handler = handler;
    io->read->log = ngx_cycle->log;
    io->write->handler = handler;
    io->write->log = ngx_cycle->log;
    c->io = io;

    /* level-triggered: PQconsumeInput() may leave a part unread */

    if ((read && ngx_add_event(io->read, NGX_READ_EVENT, NGX_LEVEL_EVENT)
                 != NGX_OK)
        || (write && ngx_add_event(io->write, NGX_WRITE_EVENT,
                                   NGX_LEVEL_EVENT) != NGX_OK))
    {
        ngx_shop_pg_io_detach(c);
        return NGX_ERROR;
    }

    return NGX_OK;
}


/* At the end of a stream libpq closes the socket itself, and its number may
   already be that of another: then nothing may be said to the kernel. */

void
ngx_shop_pg_io_detach(ngx_shop_pg_conn_t *c)
{
    ngx_uint_t         flags;
    ngx_connection_t  *io;

    io = c->io;

    if (io == NULL) {
        return;
    }

    flags = PQsocket(c->pg) == io->fd ? 0 : NGX_CLOSE_EVENT;

    if (io->read->active) {
        (void) ngx_del_event(io->read, NGX_READ_EVENT, flags);
    }

    if (io->write->active) {
        (void) ngx_del_event(io->write, NGX_WRITE_EVENT, flags);
    }

    if (io->read->posted) {
        ngx_delete_posted_event(io->read);
    }

    if (io->write->posted) {
        ngx_delete_posted_event(io->write);
    }

    ngx_free_connection(io);
    io->fd = (ngx_socket_t) -1;
    c->io = NULL;
}
