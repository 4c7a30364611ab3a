/*
 * What a unit test prints: TAP.
 */

#ifndef _NGX_SHOP_UNIT_H_INCLUDED_
#define _NGX_SHOP_UNIT_H_INCLUDED_


#include <stdio.h>


/* as if all pools were destroyed (nginx.c) */
void ngx_unit_cleanup(void);


static int  unit_tests, unit_failures;


static void
ok(int good, const char *name)
{
    unit_tests++;
    unit_failures += !good;

    printf("%sok %d - %s\n", good ? "" : "not ", unit_tests, name);
    fflush(stdout);
}


/* the plan, and the exit status */

static int
unit_end(void)
{
    ngx_unit_cleanup();

    printf("1..%d\n", unit_tests);
    fflush(stdout);

    return unit_failures != 0;
}


#endif /* _NGX_SHOP_UNIT_H_INCLUDED_ */
