/*
 * An upload: the body is in a file; a thread looks at it and keeps it for the
 * worker (work.c), and the row's statement makes it known.
 */

#include "ngx_http_shop_media.h"


#define NGX_HTTP_SHOP_MEDIA_HOLD   1000

/* beyond what a body may have in memory (client_body_buffer_size) */
#define NGX_HTTP_SHOP_MEDIA_SMALL  (4 * 1024 * 1024)


static ngx_int_t ngx_http_shop_media_declared(ngx_http_shop_media_job_t *job,
    ngx_http_request_t *r);
static ngx_int_t ngx_http_shop_media_body(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job);
static ngx_int_t ngx_http_shop_media_post(ngx_http_shop_media_job_t *job);
static void ngx_http_shop_media_hold(ngx_event_t *ev);
static void ngx_http_shop_media_done(ngx_event_t *ev);
static ngx_int_t ngx_http_shop_media_go_on(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job);
static ngx_int_t ngx_http_shop_media_refuse(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job);
static ngx_int_t ngx_http_shop_media_fields(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job, json_t *document);
static ngx_int_t ngx_http_shop_media_field(json_t *document, ngx_str_t *name,
    ngx_str_t *value);
static void ngx_http_shop_media_detach(void *data);
static void ngx_http_shop_media_free(ngx_http_shop_media_job_t *job);


ngx_int_t
ngx_http_shop_media_upload(ngx_shop_request_t *sr)
{
    ngx_int_t                         rc;
    ngx_http_cleanup_t               *cln;
    ngx_http_shop_media_job_t        *job;
    ngx_http_shop_media_main_conf_t  *mcf;

    mcf = ngx_http_get_module_main_conf(sr->r, ngx_http_shop_media_module);

    if (mcf->store.len == 0) {
        return ngx_shop_unavailable(sr, "this shop keeps no pictures");
    }

    cln = ngx_http_cleanup_add(sr->r, 0);
    job = ngx_calloc(sizeof(ngx_http_shop_media_job_t),
                     sr->r->connection->log);

    if (cln == NULL || job == NULL) {
        ngx_free(job);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    job->sr = sr;
    job->conf = mcf;
    job->fd = NGX_INVALID_FILE;

    job->cleanup = cln;

    cln->handler = ngx_http_shop_media_detach;
    cln->data = job;

    rc = ngx_http_shop_media_declared(job, sr->r);

    if (rc == NGX_OK) {
        rc = ngx_http_shop_media_body(sr, job);
    }

    if (rc == NGX_OK) {

        if (ngx_http_shop_media_post(job) == NGX_OK) {
            return NGX_DONE;
        }

        job->status = NGX_HTTP_SERVICE_UNAVAILABLE;
    }

    /* an answer may end the request, and the job with it */

    job->cleanup->handler = NULL;
    rc = ngx_http_shop_media_refuse(sr, job);
    ngx_http_shop_media_free(job);

    return rc;
}


/* a small one is copied, of a large one the file is kept */

static ngx_int_t
ngx_http_shop_media_body(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job)
{
    ssize_t   n;
    ngx_fd_t  fd;

    if (ngx_shop_body_spool(sr, &fd, &job->size) == NGX_OK) {

        job->fd = dup(fd);

        if (job->fd == NGX_INVALID_FILE) {
            job->status = NGX_HTTP_SERVICE_UNAVAILABLE;
            return NGX_ERROR;
        }

        return NGX_OK;
    }

    job->body = ngx_alloc(NGX_HTTP_SHOP_MEDIA_SMALL + 1,
                          sr->r->connection->log);

    n = job->body ? ngx_shop_body_next(sr, job->body,
                                       NGX_HTTP_SHOP_MEDIA_SMALL)
                  : NGX_ERROR;

    if (n < 0 || n == NGX_HTTP_SHOP_MEDIA_SMALL) {
        job->status = NGX_HTTP_SERVICE_UNAVAILABLE;
        return NGX_ERROR;
    }

    job->size = n;
    job->body[n] = '\0';

    return NGX_OK;
}


/* a form, or the picture itself */

static ngx_int_t
ngx_http_shop_media_declared(ngx_http_shop_media_job_t *job,
    ngx_http_request_t *r)
{
    ngx_str_t   *type;

    if (r->headers_in.content_type
        && r->headers_in.content_type->value.len <= NGX_HTTP_SHOP_MEDIA_TYPE)
    {
        type = &r->headers_in.content_type->value;

        ngx_memcpy(job->declared, type->data, type->len);
        job->type.data = job->declared;
        job->type.len = type->len;

        switch (ngx_shop_multipart_type(&job->form, &job->type)) {

        case NGX_OK:
            job->is_form = 1;
            ngx_str_null(&job->type);
            return NGX_OK;

        case NGX_ERROR:
            job->status = NGX_HTTP_BAD_REQUEST;
            job->code = "invalid_form";
            job->detail = "the form has no good boundary";
            return NGX_ERROR;
        }

        if (type->len > 6
            && ngx_strncasecmp(type->data, (u_char *) "image/", 6) == 0)
        {
            return NGX_OK;
        }
    }

    job->status = NGX_HTTP_UNSUPPORTED_MEDIA_TYPE;
    job->code = "unsupported_media_type";
    job->detail = "the body must be multipart/form-data, image/jpeg, "
                  "image/png or image/webp";

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_media_post(ngx_http_shop_media_job_t *job)
{
    job->task.ctx = job;
    job->task.handler = ngx_http_shop_media_work;
    job->task.event.data = job;
    job->task.event.handler = ngx_http_shop_media_done;
    job->task.event.log = ngx_cycle->log;

    if (ngx_thread_task_post(job->conf->threads, &job->task) != NGX_OK) {
        return NGX_ERROR;
    }

    job->hold.data = job;
    job->hold.handler = ngx_http_shop_media_hold;
    job->hold.log = ngx_cycle->log;
    ngx_add_timer(&job->hold, NGX_HTTP_SHOP_MEDIA_HOLD);

    return NGX_OK;
}


/* a worker that exits stays while a timer that is not cancelable is set */

static void
ngx_http_shop_media_hold(ngx_event_t *ev)
{
    ngx_add_timer(ev, NGX_HTTP_SHOP_MEDIA_HOLD);
}


/* from the event loop */

static void
ngx_http_shop_media_done(ngx_event_t *ev)
{
    ngx_int_t                   rc;
    ngx_connection_t           *c;
    ngx_shop_request_t         *sr;
    ngx_http_shop_media_job_t  *job = ev->data;

    ngx_del_timer(&job->hold);

    if (job->err) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, job->err,
                      "media: an upload could not be kept in \"%V\"",
                      &job->conf->store);
    }

    sr = job->sr;

    if (sr == NULL) {
        ngx_http_shop_media_free(job);
        return;
    }

    c = sr->r->connection;
    ngx_http_set_log_request(c->log, sr->r);

    job->cleanup->handler = NULL;
    rc = job->status ? ngx_http_shop_media_refuse(sr, job)
                     : ngx_http_shop_media_go_on(sr, job);

    ngx_http_shop_media_free(job);

    if (rc != NGX_DONE) {
        (void) ngx_shop_unavailable(sr, "pictures cannot be kept now");
    }

    ngx_http_run_posted_requests(c);
}


/* The document of the statement: what was found, and the fields. */

static ngx_int_t
ngx_http_shop_media_go_on(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job)
{
    json_t     *document;
    ngx_int_t   rc;

    document = json_pack("{s:s, s:s, s:I, s:I, s:I, s:s%}",
                         "key", job->key, "type", job->picture.type,
                         "width", (json_int_t) job->picture.width,
                         "height", (json_int_t) job->picture.height,
                         "bytes", (json_int_t) job->bytes,
                         "spool", job->conf->name.data,
                         (size_t) job->conf->name.len);

    if (document == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_shop_media_fields(sr, job, document);

    if (rc == NGX_OK) {
        return ngx_shop_run_document(sr, document);
    }

    json_decref(document);

    return rc == NGX_DECLINED ? ngx_shop_invalid_send(sr)
                              : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


/* those of the form go before those of the query; NGX_DECLINED: some are
   wrong */

static ngx_int_t
ngx_http_shop_media_fields(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job, json_t *document)
{
    ngx_str_t               *value, name;
    ngx_uint_t               i, bad;
    const ngx_shop_field_t  *field;

    for (field = sr->ep->input; field && field->name.len; field++) {

        value = ngx_shop_query_arg(sr, (char *) field->name.data);
        name = field->name;

        if (value
            && ngx_http_shop_media_field(document, &name, value) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    for (bad = 0, i = 0; i < job->nparts; i++) {

        switch (ngx_shop_check_part(sr, &job->parts[i].name,
                                    &job->parts[i].value))
        {
        case NGX_OK:
            break;

        case NGX_DECLINED:
            bad = 1;
            continue;

        default:
            return NGX_ERROR;
        }

        if (ngx_http_shop_media_field(document, &job->parts[i].name,
                                      &job->parts[i].value)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return bad ? NGX_DECLINED : NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_field(json_t *document, ngx_str_t *name, ngx_str_t *value)
{
    char  key[NGX_HTTP_SHOP_MEDIA_TYPE + 1];

    /* it is the name of a field */
    (void) ngx_cpystrn((u_char *) key, name->data,
                       ngx_min(name->len + 1, sizeof(key)));

    return json_object_set_new(document, key,
                               json_stringn((char *) value->data, value->len))
           == 0 ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_media_refuse(ngx_shop_request_t *sr,
    ngx_http_shop_media_job_t *job)
{
    ngx_int_t    rc;
    ngx_uint_t   status;
    const char  *code, *pointer, *detail;

    status = job->status;
    code = job->code;
    pointer = job->pointer;
    detail = job->detail;

    if (status == NGX_HTTP_SERVICE_UNAVAILABLE) {
        return ngx_shop_unavailable(sr, "pictures cannot be kept now");
    }

    if (status != NGX_SHOP_UNPROCESSABLE) {
        return ngx_shop_problem(sr, status, code, detail);
    }

    rc = ngx_shop_invalid(sr, 0, pointer, detail);

    return rc == NGX_OK ? ngx_shop_invalid_send(sr)
                        : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


/* at the end of the request, or before when its client went away */

static void
ngx_http_shop_media_detach(void *data)
{
    ngx_http_shop_media_job_t  *job = data;

    if (job->hold.timer_set) {
        job->sr = NULL;
        return;
    }

    ngx_http_shop_media_free(job);
}


static void
ngx_http_shop_media_free(ngx_http_shop_media_job_t *job)
{
    if (job->fd != NGX_INVALID_FILE) {
        (void) ngx_close_file(job->fd);
    }

    ngx_free(job->body);
    ngx_free(job);
}
