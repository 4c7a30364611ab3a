/*
 * What a thread does with an upload: finds the picture in it, looks whether it
 * is one, and keeps it for shop-worker under the name of its content.
 */

#include "ngx_http_shop_media.h"
#include <openssl/evp.h>
#include <openssl/rand.h>


#define NGX_HTTP_SHOP_MEDIA_PATH  4096


static ngx_int_t ngx_http_shop_media_work_read(ngx_http_shop_media_job_t *job);
static ngx_int_t ngx_http_shop_media_work_form(ngx_http_shop_media_job_t *job,
    ngx_str_t *file);
static ngx_int_t ngx_http_shop_media_work_part(ngx_http_shop_media_job_t *job,
    ngx_shop_part_t *part, ngx_str_t *file);
static ngx_uint_t ngx_http_shop_media_work_is(ngx_str_t *name,
    const char *text);
static ngx_int_t ngx_http_shop_media_work_look(ngx_http_shop_media_job_t *job,
    ngx_str_t *file);
static ngx_uint_t ngx_http_shop_media_work_fits(ngx_str_t *declared,
    const char *type);
static ngx_int_t ngx_http_shop_media_work_name(ngx_http_shop_media_job_t *job,
    ngx_str_t *file);
static ngx_int_t ngx_http_shop_media_work_keep(ngx_http_shop_media_job_t *job,
    ngx_str_t *file);
static ngx_int_t ngx_http_shop_media_work_write(const u_char *path,
    ngx_str_t *file);
static ngx_int_t ngx_http_shop_media_work_sync(const u_char *path);
static ngx_int_t ngx_http_shop_media_work_away(ngx_http_shop_media_job_t *job);
static ngx_int_t ngx_http_shop_media_work_bad(ngx_http_shop_media_job_t *job,
    const char *pointer, const char *detail);
static ngx_int_t ngx_http_shop_media_work_type(ngx_http_shop_media_job_t *job,
    const char *detail);


void
ngx_http_shop_media_work(void *data, ngx_log_t *log)
{
    ngx_str_t                   file;
    ngx_http_shop_media_job_t  *job = data;

    (void) log;

    if (ngx_http_shop_media_work_read(job) != NGX_OK) {
        return;
    }

    ngx_str_null(&file);

    if (job->is_form) {

        if (ngx_http_shop_media_work_form(job, &file) != NGX_OK) {
            return;
        }

    } else {
        file.data = job->body;
        file.len = job->size;
    }

    if (file.data == NULL || file.len == 0) {
        (void) ngx_http_shop_media_work_bad(job, "/file", "is required");
        return;
    }

    if (ngx_http_shop_media_work_look(job, &file) == NGX_OK
        && ngx_http_shop_media_work_name(job, &file) == NGX_OK)
    {
        (void) ngx_http_shop_media_work_keep(job, &file);
    }
}


static ngx_int_t
ngx_http_shop_media_work_read(ngx_http_shop_media_job_t *job)
{
    off_t    at;
    ssize_t  n;

    if (job->body) {
        return NGX_OK;
    }

    job->body = malloc(job->size + 1);
    if (job->body == NULL) {
        return ngx_http_shop_media_work_away(job);
    }

    for (at = 0; at < job->size; at += n) {

        n = pread(job->fd, job->body + at, job->size - at, at);

        if (n <= 0) {
            return ngx_http_shop_media_work_away(job);
        }
    }

    job->body[job->size] = '\0';

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_work_form(ngx_http_shop_media_job_t *job, ngx_str_t *file)
{
    ngx_int_t        rc;
    ngx_uint_t       i;
    ngx_shop_part_t  part;

    rc = ngx_shop_multipart_open(&job->form, job->body, job->size);

    while (rc == NGX_OK) {

        rc = ngx_shop_multipart_next(&job->form, &part);

        if (rc == NGX_OK
            && ngx_http_shop_media_work_part(job, &part, file) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (rc == NGX_ERROR) {
        job->status = NGX_HTTP_BAD_REQUEST;
        job->code = "invalid_form";
        job->detail = "the body is not multipart/form-data";
        return NGX_ERROR;
    }

    /* what follows a value, a delimiter, has been read */

    for (i = 0; i < job->nparts; i++) {
        job->parts[i].value.data[job->parts[i].value.len] = '\0';
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_work_part(ngx_http_shop_media_job_t *job,
    ngx_shop_part_t *part, ngx_str_t *file)
{
    ngx_uint_t  i;

    if (part->file || ngx_http_shop_media_work_is(&part->name, "file")) {

        if (!ngx_http_shop_media_work_is(&part->name, "file")) {
            return ngx_http_shop_media_work_bad(job, "/file", "is the name of "
                                                "the part that has the "
                                                "picture");
        }

        if (file->data) {
            return ngx_http_shop_media_work_bad(job, "/file",
                                                "is given twice");
        }

        *file = part->value;
        job->type = part->type;

        return NGX_OK;
    }

    for (i = 0; i < job->nparts; i++) {

        if (job->parts[i].name.len == part->name.len
            && ngx_memcmp(job->parts[i].name.data, part->name.data,
                          part->name.len)
               == 0)
        {
            break;
        }
    }

    if (i < job->nparts || i == NGX_HTTP_SHOP_MEDIA_PARTS) {
        return ngx_http_shop_media_work_bad(job, "", i < job->nparts
                                            ? "a field is given twice"
                                            : "there are too many fields");
    }

    job->parts[job->nparts++] = *part;

    return NGX_OK;
}


static ngx_uint_t
ngx_http_shop_media_work_is(ngx_str_t *name, const char *text)
{
    return name->len == ngx_strlen(text)
           && ngx_memcmp(name->data, text, name->len) == 0;
}


/* by its bytes, whatever it is called */

static ngx_int_t
ngx_http_shop_media_work_look(ngx_http_shop_media_job_t *job, ngx_str_t *file)
{
    u_char              *p;
    ngx_int_t            rc;
    const char          *why;
    ngx_shop_picture_t  *picture;

    if (file->len > job->conf->bytes) {
        job->status = NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
        job->code = "too_large";
        p = ngx_snprintf(job->text, sizeof(job->text) - 1,
                         "a picture may have %uz bytes", job->conf->bytes);
        *p = '\0';
        job->detail = (const char *) job->text;
        return NGX_ERROR;
    }

    picture = &job->picture;
    rc = ngx_shop_picture_read(picture, file->data, file->len, &why);

    if (rc == NGX_DECLINED) {
        return ngx_http_shop_media_work_type(job, "the file must be a JPEG, "
                                             "PNG or WebP picture");
    }

    if (!ngx_http_shop_media_work_fits(&job->type, picture->type)) {
        return ngx_http_shop_media_work_type(job, "the file is of another "
                                             "type than its Content-Type "
                                             "says");
    }

    if (rc != NGX_OK) {
        p = ngx_snprintf(job->text, sizeof(job->text) - 1,
                         "is no whole picture: %s", why);
        *p = '\0';
        return ngx_http_shop_media_work_bad(job, "/file",
                                            (const char *) job->text);
    }

    if (picture->width > job->conf->side || picture->height > job->conf->side
        || picture->width * picture->height > job->conf->pixels)
    {
        p = ngx_snprintf(job->text, sizeof(job->text) - 1,
                         "must have at most %ui pixels a side and %ui in all",
                         job->conf->side, job->conf->pixels);
        *p = '\0';
        return ngx_http_shop_media_work_bad(job, "/file",
                                            (const char *) job->text);
    }

    job->bytes = file->len;

    return NGX_OK;
}


/* what is not said, or as good as nothing, is no lie */

static ngx_uint_t
ngx_http_shop_media_work_fits(ngx_str_t *declared, const char *type)
{
    size_t       len;
    ngx_uint_t   i;

    static const char *const  silent[] = {
        "application/octet-stream", "image/*"
    };

    for (len = 0; len < declared->len; len++) {
        if (declared->data[len] == ';' || declared->data[len] == ' ') {
            break;
        }
    }

    if (len == 0) {
        return 1;
    }

    for (i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
        if (len == ngx_strlen(silent[i])
            && ngx_strncasecmp(declared->data, (u_char *) silent[i], len)
               == 0)
        {
            return 1;
        }
    }

    if (len < 7
        || ngx_strncasecmp(declared->data, (u_char *) "image/", 6) != 0)
    {
        return 0;
    }

    len -= 6;

    return (len == ngx_strlen(type)
            && ngx_strncasecmp(declared->data + 6, (u_char *) type, len) == 0)
           || (len == 3 && ngx_strcmp(type, "jpeg") == 0
               && ngx_strncasecmp(declared->data + 6, (u_char *) "jpg", 3)
                  == 0);
}


static ngx_int_t
ngx_http_shop_media_work_name(ngx_http_shop_media_job_t *job, ngx_str_t *file)
{
    u_char  digest[EVP_MAX_MD_SIZE];

    if (!EVP_Digest(file->data, file->len, digest, NULL, EVP_sha256(), NULL)) {
        return ngx_http_shop_media_work_away(job);
    }

    *ngx_hex_dump(job->key, digest, NGX_HTTP_SHOP_MEDIA_KEY / 2) = '\0';

    return NGX_OK;
}


/* Whole and on disk, or not there: by another name first. */

static ngx_int_t
ngx_http_shop_media_work_keep(ngx_http_shop_media_job_t *job, ngx_str_t *file)
{
    u_char      path[NGX_HTTP_SHOP_MEDIA_PATH];
    u_char      part[NGX_HTTP_SHOP_MEDIA_PATH], random[8], hex[17];
    ngx_str_t  *store = (ngx_str_t *) &job->conf->store;

    if (RAND_bytes(random, sizeof(random)) != 1) {
        return ngx_http_shop_media_work_away(job);
    }

    *ngx_hex_dump(hex, random, sizeof(random)) = '\0';

    *ngx_sprintf(path, "%V/incoming", store) = '\0';

    if (mkdir((char *) path, 0750) == -1 && ngx_errno != NGX_EEXIST) {
        return ngx_http_shop_media_work_away(job);
    }

    *ngx_sprintf(part, "%V/incoming/%s.%s", store, job->key, hex) = '\0';
    *ngx_sprintf(path, "%V/incoming/%s", store, job->key) = '\0';

    if (ngx_http_shop_media_work_write(part, file) != NGX_OK
        || rename((char *) part, (char *) path) == -1)
    {
        (void) ngx_http_shop_media_work_away(job);
        (void) unlink((char *) part);
        return NGX_ERROR;
    }

    *ngx_sprintf(path, "%V/incoming", store) = '\0';

    if (ngx_http_shop_media_work_sync(path) != NGX_OK) {
        return ngx_http_shop_media_work_away(job);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_work_write(const u_char *path, ngx_str_t *file)
{
    int      fd;
    size_t   done;
    ssize_t  n;

    fd = open((char *) path, O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0640);
    if (fd == -1) {
        return NGX_ERROR;
    }

    for (done = 0; done < file->len; done += n) {

        n = write(fd, file->data + done, file->len - done);

        if (n == -1) {
            (void) close(fd);
            return NGX_ERROR;
        }
    }

    if (fsync(fd) == -1) {
        (void) close(fd);
        return NGX_ERROR;
    }

    return close(fd) == -1 ? NGX_ERROR : NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_work_sync(const u_char *path)
{
    int  fd, rc;

    fd = open((char *) path, O_RDONLY|O_DIRECTORY|O_CLOEXEC);
    if (fd == -1) {
        return NGX_ERROR;
    }

    rc = fsync(fd);
    (void) close(fd);

    return rc == -1 ? NGX_ERROR : NGX_OK;
}


static ngx_int_t
ngx_http_shop_media_work_away(ngx_http_shop_media_job_t *job)
{
    job->err = ngx_errno ? ngx_errno : NGX_ENOSPC;
    job->status = NGX_HTTP_SERVICE_UNAVAILABLE;

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_media_work_bad(ngx_http_shop_media_job_t *job,
    const char *pointer, const char *detail)
{
    job->status = NGX_SHOP_UNPROCESSABLE;
    job->pointer = pointer;
    job->detail = detail;

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_shop_media_work_type(ngx_http_shop_media_job_t *job,
    const char *detail)
{
    job->status = NGX_HTTP_UNSUPPORTED_MEDIA_TYPE;
    job->code = "unsupported_media_type";
    job->detail = detail;

    return NGX_ERROR;
}
