/*
 * Where pictures are kept: DIRECTORY/files on this machine, or a bucket of an
 * S3-compatible store.
 *
 *     incoming/KEY         an upload, put there by the gateway
 *     work/KEY/            what is being made of it
 *     files/ab/KEY/W.webp  what was made (KEY begins with ab)
 */

#ifndef _SHOP_STORE_H_INCLUDED_
#define _SHOP_STORE_H_INCLUDED_


#include <time.h>

#include "shop_worker.h"


#define SHOP_STORE_KEY     32        /* characters */
#define SHOP_STORE_PATH    4096
#define SHOP_STORE_WIDTHS  6

extern const int  shop_store_widths[SHOP_STORE_WIDTHS];


/* Paths of an upload and of its directory of work. */
void shop_store_incoming(const shop_conf_t *conf, const char *key,
    char *path);
void shop_store_work(const shop_conf_t *conf, const char *key, char *path);

/* An empty directory to work in. */
int shop_store_begin(const shop_conf_t *conf, const char *key);

/* Takes what is in the directory of work over, durably: SHOP_OK, SHOP_ERROR
   (refused) or SHOP_DOWN. */
int shop_store_keep(const shop_conf_t *conf, const char *key);

/* Removes a picture that was kept; one that is not there is gone. */
int shop_store_remove(const shop_conf_t *conf, const char *key);

/* Ends the work on a picture; with its upload when that is done with. */
void shop_store_end(const shop_conf_t *conf, const char *key, int upload);

/* Calls found() for each upload that is older than a time, at most n. */
typedef void (*shop_store_found_pt)(void *data, const char *name);
void shop_store_uploads(const shop_conf_t *conf, time_t before, int n,
    shop_store_found_pt found, void *data);


/* s3.c: objects KEY/W.webp of the bucket. */
int shop_s3_put(const shop_conf_t *conf, const char *object,
    const char *file);
int shop_s3_delete(const shop_conf_t *conf, const char *object);


#endif /* _SHOP_STORE_H_INCLUDED_ */
