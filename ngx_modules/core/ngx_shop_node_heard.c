/*
 * What is announced on the channel shop_node (ops.notify_drop() and others):
 *
 *   drop TAG...          cached answers with one of the tags changed
 *   state                stores or roles changed
 *   keys                 API keys, or what their makers may do, changed
 *   revoke s ID EPOCH    a session ended; its tokens live until EPOCH
 *   revoke u ID EPOCH    tokens of a user from before EPOCH don't count
 */

#include "ngx_shop_node_zone.h"
#include "ngx_shop_cache.h"


static void ngx_shop_node_heard_revoke(ngx_str_t *text);
static ngx_uint_t ngx_shop_node_heard_word(ngx_str_t *text, ngx_str_t *word);


ngx_uint_t
ngx_shop_node_heard(const char *payload)
{
    ngx_str_t  text, word;

    text.data = (u_char *) payload;
    text.len = ngx_strlen(payload);

    if (!ngx_shop_node_heard_word(&text, &word)) {
        return 0;
    }

    if (word.len == 4 && ngx_strncmp(word.data, "drop", 4) == 0) {
        ngx_shop_cache_drop(&text);

    } else if (word.len == 5 && ngx_strncmp(word.data, "state", 5) == 0) {
        return 1;

    } else if (word.len == 4 && ngx_strncmp(word.data, "keys", 4) == 0) {
        ngx_shop_node_keys_changed(ngx_shop_node_zone());

    } else if (word.len == 6 && ngx_strncmp(word.data, "revoke", 6) == 0) {
        ngx_shop_node_heard_revoke(&text);

    } else {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "node: \"%V\" is not a known announcement", &word);
    }

    return 0;
}


static void
ngx_shop_node_heard_revoke(ngx_str_t *text)
{
    time_t     epoch;
    ngx_str_t  kind, id, number;

    if (!ngx_shop_node_heard_word(text, &kind)
        || !ngx_shop_node_heard_word(text, &id)
        || !ngx_shop_node_heard_word(text, &number))
    {
        return;
    }

    epoch = ngx_atotm(number.data, number.len);

    if (epoch == (time_t) NGX_ERROR) {
        return;
    }

    ngx_shop_node_revoked_add(ngx_shop_node_zone(),
                              kind.data[0] == 's' ? NGX_SHOP_NODE_SESSION
                                                  : NGX_SHOP_NODE_USER,
                              &id, epoch);
}


/* Takes the next word off the text. */

static ngx_uint_t
ngx_shop_node_heard_word(ngx_str_t *text, ngx_str_t *word)
{
    while (text->len && *text->data == ' ') {
        text->data++;
        text->len--;
    }

    word->data = text->data;
    word->len = 0;

    while (text->len && *text->data != ' ') {
        text->data++;
        text->len--;
        word->len++;
    }

    return word->len != 0;
}
