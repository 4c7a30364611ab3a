/*
 * Time, waiting and stopping.
 *
 * Stopping is one eventfd that is written once and never read: every poll()
 * that includes it returns at once from then on, in all threads.
 */

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "shop_worker.h"


static int         shop_stop_event = -1;
static atomic_int  shop_stop_flag;


int
shop_stop_init(void)
{
    shop_stop_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    return shop_stop_event == -1 ? SHOP_ERROR : SHOP_OK;
}


void
shop_stop(void)
{
    atomic_store(&shop_stop_flag, 1);
    shop_wake(shop_stop_event);
}


int
shop_stopping(void)
{
    return atomic_load(&shop_stop_flag);
}


int
shop_stop_fd(void)
{
    return shop_stop_event;
}


int64_t
shop_now_ms(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);

    return (int64_t) ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}


int
shop_wait(int ms)
{
    return shop_wait_wake(ms, -1);
}


int
shop_wait_wake(int ms, int wake)
{
    int            n;
    int64_t        until, now;
    eventfd_t      value;
    struct pollfd  fds[2];

    fds[0].fd = shop_stop_event;
    fds[0].events = POLLIN;
    fds[1].fd = wake;
    fds[1].events = POLLIN;
    fds[1].revents = 0;

    now = shop_now_ms();
    until = now + ms;

    do {
        n = poll(fds, wake == -1 ? 1 : 2,
                 until > now ? (int) (until - now) : 0);
        now = shop_now_ms();
    } while (n == -1 && errno == EINTR && now < until);

    if (n > 0 && (fds[1].revents & POLLIN)) {
        (void) eventfd_read(wake, &value);
    }

    return shop_stopping();
}


void
shop_wake(int wake)
{
    if (wake == -1) {
        return;
    }

    /* fails only when the counter is full: then it is readable already */
    (void) eventfd_write(wake, 1);
}


int
shop_backoff_next(shop_backoff_t *b)
{
    return shop_backoff_at(b->base, b->max, b->tries++);
}


int
shop_backoff_at(int base, int max, int tries)
{
    int64_t   wait;
    uint32_t  rnd;

    wait = (int64_t) base << (tries < 20 ? tries : 20);

    if (wait > max) {
        wait = max;
    }

    if (getrandom(&rnd, sizeof(rnd), GRND_NONBLOCK) != sizeof(rnd)) {
        rnd = (uint32_t) shop_now_ms() * 2654435761u;
    }

    return (int) (wait / 2 + (int64_t) rnd % (wait / 2 + 1));
}
