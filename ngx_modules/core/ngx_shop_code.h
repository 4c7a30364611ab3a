/*
 * Codes that people type: those of an authenticator (RFC 6238: SHA-1, 30 s,
 * six digits, as every authenticator has it) and recovery codes.  Knows no
 * request and no clock of its own.
 */

#ifndef _NGX_SHOP_CODE_H_INCLUDED_
#define _NGX_SHOP_CODE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_SHOP_TOTP_SECRET    20   /* bytes */
#define NGX_SHOP_TOTP_TEXT      32   /* base32 of them */
#define NGX_SHOP_TOTP_DIGITS    6
#define NGX_SHOP_TOTP_STEP      30   /* seconds */
#define NGX_SHOP_TOTP_DRIFT     1    /* steps to each side */

#define NGX_SHOP_RECOVERY_CODES  10
#define NGX_SHOP_RECOVERY_CHARS  16  /* of five bits */
#define NGX_SHOP_RECOVERY_LEN    19  /* with a dash after each four */
#define NGX_SHOP_RECOVERY_HASH   66  /* "\x" and hexadecimal SHA-256 */


typedef struct {
    u_char                   text[NGX_SHOP_RECOVERY_LEN + 1];
    u_char                   hash[NGX_SHOP_RECOVERY_HASH + 1];   /* a bytea */
} ngx_shop_recovery_t;


/* Once a process, before the others. */
ngx_int_t ngx_shop_code_init(void);

/* A new secret, and its base32 (with a NUL) for the authenticator. */
ngx_int_t ngx_shop_totp_make(u_char *secret, u_char *text);

/* The time step, at most NGX_SHOP_TOTP_DRIFT from now, that the code is of,
   or -1.  The code is what was typed: spaces between digits don't count. */
int64_t ngx_shop_totp_step(const ngx_str_t *secret, const ngx_str_t *typed,
    time_t now);

/* A new recovery code; the hash of one that was typed, in either case and
   with or without its dashes (NGX_DECLINED when it can't be one). */
ngx_int_t ngx_shop_recovery_make(ngx_shop_recovery_t *code);
ngx_int_t ngx_shop_recovery_read(const ngx_str_t *typed, u_char *hash);


#endif /* _NGX_SHOP_CODE_H_INCLUDED_ */
