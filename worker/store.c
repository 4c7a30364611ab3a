#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store.h"


const int  shop_store_widths[SHOP_STORE_WIDTHS] = {
    160, 320, 640, 960, 1280, 1920
};


static void shop_store_files(const shop_conf_t *conf, const char *key,
    char *path);
static int shop_store_directory(const char *path);
static int shop_store_keep_here(const shop_conf_t *conf, const char *key);
static int shop_store_keep_far(const shop_conf_t *conf, const char *key);
static int shop_store_sync(const char *path, int flags);
static void shop_store_empty(const char *path);
static int shop_store_is_old(const char *path, const char *name,
    time_t before);


void
shop_store_incoming(const shop_conf_t *conf, const char *key, char *path)
{
    (void) snprintf(path, SHOP_STORE_PATH, "%s/incoming/%s", conf->media_path,
                    key);
}


void
shop_store_work(const shop_conf_t *conf, const char *key, char *path)
{
    (void) snprintf(path, SHOP_STORE_PATH, "%s/work/%s", conf->media_path,
                    key);
}


static void
shop_store_files(const shop_conf_t *conf, const char *key, char *path)
{
    (void) snprintf(path, SHOP_STORE_PATH, "%s/files/%.2s/%s",
                    conf->media_path, key, key);
}


static int
shop_store_directory(const char *path)
{
    return (mkdir(path, 0750) == 0 || errno == EEXIST) ? SHOP_OK : SHOP_DOWN;
}


int
shop_store_begin(const shop_conf_t *conf, const char *key)
{
    char  path[SHOP_STORE_PATH];

    (void) snprintf(path, sizeof(path), "%s/work", conf->media_path);

    if (shop_store_directory(path) != SHOP_OK) {
        return SHOP_DOWN;
    }

    /* what a worker left that was killed */

    shop_store_work(conf, key, path);
    shop_store_empty(path);

    return shop_store_directory(path);
}


int
shop_store_keep(const shop_conf_t *conf, const char *key)
{
    return *conf->s3_url ? shop_store_keep_far(conf, key)
                         : shop_store_keep_here(conf, key);
}


/* each file is there as a whole or not at all, and on disk */

static int
shop_store_keep_here(const shop_conf_t *conf, const char *key)
{
    int   i;
    char  work[SHOP_STORE_PATH], from[SHOP_STORE_PATH + 16];
    char  files[SHOP_STORE_PATH], to[SHOP_STORE_PATH + 16];

    (void) snprintf(files, sizeof(files), "%s/files", conf->media_path);

    if (shop_store_directory(files) != SHOP_OK) {
        return SHOP_DOWN;
    }

    (void) snprintf(files, sizeof(files), "%s/files/%.2s", conf->media_path,
                    key);

    if (shop_store_directory(files) != SHOP_OK) {
        return SHOP_DOWN;
    }

    shop_store_work(conf, key, work);
    shop_store_files(conf, key, files);

    if (shop_store_directory(files) != SHOP_OK) {
        return SHOP_DOWN;
    }

    for (i = 0; i < SHOP_STORE_WIDTHS; i++) {
        (void) snprintf(from, sizeof(from), "%s/%d.webp", work,
                        shop_store_widths[i]);
        (void) snprintf(to, sizeof(to), "%s/%d.webp", files,
                        shop_store_widths[i]);

        if (shop_store_sync(from, O_RDONLY) != SHOP_OK
            || rename(from, to) != 0)
        {
            return SHOP_DOWN;
        }
    }

    if (shop_store_sync(files, O_RDONLY | O_DIRECTORY) != SHOP_OK) {
        return SHOP_DOWN;
    }

    (void) snprintf(files, sizeof(files), "%s/files/%.2s", conf->media_path,
                    key);

    return shop_store_sync(files, O_RDONLY | O_DIRECTORY);
}


static int
shop_store_keep_far(const shop_conf_t *conf, const char *key)
{
    int   i, rc;
    char  object[SHOP_STORE_KEY + 16], work[SHOP_STORE_PATH];
    char  file[SHOP_STORE_PATH + 16];

    shop_store_work(conf, key, work);

    for (i = 0; i < SHOP_STORE_WIDTHS; i++) {
        (void) snprintf(object, sizeof(object), "%.32s/%d.webp", key,
                        shop_store_widths[i]);
        (void) snprintf(file, sizeof(file), "%s/%d.webp", work,
                        shop_store_widths[i]);

        rc = shop_s3_put(conf, object, file);

        if (rc != SHOP_OK) {
            return rc;
        }
    }

    return SHOP_OK;
}


int
shop_store_remove(const shop_conf_t *conf, const char *key)
{
    int   i, rc;
    char  object[SHOP_STORE_KEY + 16], path[SHOP_STORE_PATH];

    if (*conf->s3_url == '\0') {
        shop_store_files(conf, key, path);
        shop_store_empty(path);

        return (rmdir(path) == 0 || errno == ENOENT) ? SHOP_OK : SHOP_DOWN;
    }

    for (i = 0; i < SHOP_STORE_WIDTHS; i++) {
        (void) snprintf(object, sizeof(object), "%.32s/%d.webp", key,
                        shop_store_widths[i]);

        rc = shop_s3_delete(conf, object);

        if (rc != SHOP_OK) {
            return rc;
        }
    }

    return SHOP_OK;
}


void
shop_store_end(const shop_conf_t *conf, const char *key, int upload)
{
    char  path[SHOP_STORE_PATH];

    shop_store_work(conf, key, path);
    shop_store_empty(path);
    (void) rmdir(path);

    if (upload) {
        shop_store_incoming(conf, key, path);
        (void) unlink(path);
    }
}


void
shop_store_uploads(const shop_conf_t *conf, time_t before, int n,
    shop_store_found_pt found, void *data)
{
    DIR            *dir;
    char            path[SHOP_STORE_PATH];
    struct dirent  *entry;

    (void) snprintf(path, sizeof(path), "%s/incoming", conf->media_path);

    dir = opendir(path);
    if (dir == NULL) {
        return;
    }

    while (n > 0 && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.'
            && shop_store_is_old(path, entry->d_name, before))
        {
            found(data, entry->d_name);
            n--;
        }
    }

    (void) closedir(dir);
}


static int
shop_store_is_old(const char *path, const char *name, time_t before)
{
    char         file[SHOP_STORE_PATH + 256];
    struct stat  st;

    (void) snprintf(file, sizeof(file), "%s/%s", path, name);

    return stat(file, &st) == 0 && st.st_mtime < before;
}


static int
shop_store_sync(const char *path, int flags)
{
    int  fd, rc;

    fd = open(path, flags | O_CLOEXEC);
    if (fd == -1) {
        return SHOP_DOWN;
    }

    rc = fsync(fd);
    (void) close(fd);

    return rc == 0 ? SHOP_OK : SHOP_DOWN;
}


/* a directory of files only */

static void
shop_store_empty(const char *path)
{
    DIR            *dir;
    struct dirent  *entry;

    dir = opendir(path);
    if (dir == NULL) {
        return;
    }

    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0
            && strcmp(entry->d_name, "..") != 0)
        {
            (void) unlinkat(dirfd(dir), entry->d_name, 0);
        }
    }

    (void) closedir(dir);
}
