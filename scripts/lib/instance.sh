# Start, stop and state of one instance.
# shellcheck shell=bash

instance_start() {
    local started=$SECONDS
    say "ngx_shop, state in $state"
    mkdir -p "$state"
    exec 7>"$state/.lock"
    flock -n 7 || die "another start or stop of $state is under way"

    packages_need
    service_user
    if instance_running; then
        instance_same
        return
    fi
    instance_leftover
    ! answers "$port" || die "port $port is taken; choose another by --port"

    build_all
    state_open
    settings_chosen
    keys_make
    prepare_all
    supervisor_start
    trap 'instance_failed' EXIT
    trap 'exit 130' INT TERM HUP
    database_fill
    gateway_start
    trap - EXIT INT TERM HUP
    env_write
    exec 7>&-
    say "started in $((SECONDS - started)) s"
    say
    summary
}

packages_need() {
    local extra=()
    command -v npm >/dev/null || extra+=(npm)
    [ -d "$kafka_libs" ] || extra+=(maven)
    packages_install "${packages_build[@]}" "${packages_run[@]}" "${extra[@]}"
}

build_all() {
    if [ -n "${SHOP_NO_BUILD-}" ]; then
        return
    fi
    mkdir -p "$root/build"
    task "nginx module and shop-worker" "$root/scripts/build" module worker
    task "pages" "$root/scripts/build" pages
    [ -d "$kafka_libs" ] || task "Kafka $kafka_version" kafka_fetch
    tasks_wait || die "the build failed"
}

prepare_all() {
    [ -e "$home/lib/kafka" ] || keep "$kafka_libs" kafka
    task "PostgreSQL's files" postgres_prepare
    task "Kafka's files" kafka_prepare
    tasks_wait || die "a component could not be prepared"
    redis_prepare
    mail_prepare
    worker_prepare
    nginx_prepare
}

supervisor_start() {
    setsid env -i PATH="$PATH" LANG=C.UTF-8 runsvdir -P "$home/service" >>"$home/log/runsvdir.log" 2>&1 \
        </dev/null 7>&- &
    echo $! >"$state/pid"
    disown
}

database_fill() {
    step "PostgreSQL" wait_until 60 database_ready \
        || die "PostgreSQL does not start: see $home/log/postgres.log"
    step "migrations" database_make || die "the migrations failed"
    if [ -n "$demo" ]; then
        step "demo shop" database_demo || die "the demo shop failed to load"
    else
        step "first administrator" database_admin || die "no administrator"
    fi
    # a restart of PostgreSQL must not find the whole load in the log only
    psql -Xqc checkpoint "$(admin_conninfo)"
    database_copy || die "the database could not be copied"
}

gateway_start() {
    local name
    task "Redis" wait_until 60 answers "$port_redis"
    task "Kafka" wait_until 60 answers "$port_kafka"
    task "mail sink" wait_until 60 answers "$port_mail"
    tasks_wait || die "a component does not start: see $home/log/"
    for name in worker "${nginx_services[@]}"; do
        rm -f "$home/service/$name/down"
        wait_until 30 sv up "$home/service/$name" \
            || die "the supervisor does not answer"
    done
    step "nginx" wait_until 60 healthy /health \
        || die "nginx does not answer: $(tail -n 3 "$home/log/nginx.log" \
            "$home/log/nginx-error.log" 2>/dev/null)"
    for name in "${nginx_services[@]}"; do
        [ "$name" = nginx ] || task "$name" wait_until 60 \
            test -S "$run/${name#nginx-}.sock"
    done
    task "gateway ready" wait_until 60 healthy /ready
    task "shop-worker" wait_until 60 answers "$port_worker"
    tasks_wait || die "not ready: $(curl -ks "$(local_url)/ready" || true)"
}

local_url() {
    echo "http${SHOP_TLS_CERTIFICATE:+s}://localhost:$port"
}

healthy() {
    curl -ksf -o /dev/null -m 2 "$(local_url)$1"
}

instance_failed() {
    trap - EXIT
    say "stopping what was started; logs are in $home/log" >&2
    instance_end
}

# --- what runs ------------------------------------------------------------

instance_running() {
    local pid
    pid=$(cat "$state/pid" 2>/dev/null) || return 1
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = runsvdir ]
}

# What goes on without its supervisor, which was killed.
instance_leftover() {
    local name
    state_find
    for name in "$home"/service/*; do
        if sv status "$name" >/dev/null 2>&1; then
            say "ending what an earlier start left"
            instance_end
            return
        fi
    done
}

# A second start of what runs already: the same address is all that is asked.
instance_same() {
    state_find
    . "$state/settings"
    SHOP_PUBLIC_URL=
    settings_check
    say "it runs already"
    say
    summary
}

env_write() {
    local file=$state/env
    cat >"$file.new" <<X
SHOP_URL=$(local_url)
DATABASE_URL=postgresql://shop_admin:$pg_password@127.0.0.1:$port_pg/shop
REDIS_URL=redis://127.0.0.1:$port_redis/0
KAFKA_BROKERS=127.0.0.1:$port_kafka
MAIL_URL=http://127.0.0.1:$port_mail
X
    mv "$file.new" "$file"
}

summary() {
    say "  shop       $SHOP_PUBLIC_URL/"
    say "  API        $SHOP_PUBLIC_URL/docs/"
    say "  mail sink  http://localhost:$port_mail/"
    if [ -n "$demo" ]; then
        say "  accounts   customer@demo.test, seller@demo.test," \
            "admin@demo.test"
        say "             password demo-password-1"
    elif [ -s "$state/first-admin" ]; then
        say "  the first administrator's account is made here, once, within" \
            "seven days:"
        say "  $(cat "$state/first-admin")"
        rm -f "$state/first-admin"
    fi
    say
}

instance_foreground() {
    trap 'say; say "stopping"; instance_end; exit 0' INT TERM HUP
    say "Ctrl-C stops it"
    while instance_running; do
        sleep 2 &
        wait $! || true
    done
    [ -f "$state/pid" ] || return 0
    die "the supervisor ended: see $home/log/runsvdir.log"
}

# --- stop -----------------------------------------------------------------

instance_stop() {
    if ! instance_running; then
        [ ! -d "$state" ] || instance_leftover
        say "not running: $state"
        return
    fi
    exec 7>"$state/.lock"
    flock -w 60 7 || die "a start of $state is under way"
    say "stopping"
    instance_end
}

# In the order of dependence: nobody loses what he still talks to.  runsvdir
# goes first, so that it starts nothing again.
instance_end() {
    local names=() name
    state_find
    kill -TERM "$(cat "$state/pid" 2>/dev/null)" 2>/dev/null || true
    for name in "$home"/service/nginx*; do
        [ ! -d "$name" ] || names+=("${name##*/}")
    done
    service_end 15 "${names[@]}"
    service_end 15 worker
    service_end 20 kafka mail redis
    service_end 20 postgres
    huge_pages_return
    rm -f "$state/pid"
    say "stopped"
}

# service_end SECONDS NAME...: asks, waits, then kills
service_end() {
    local seconds=$1 name dirs=()
    shift
    for name in "$@"; do
        dirs+=("$home/service/$name")
    done
    sv -w "$seconds" force-shutdown "${dirs[@]}" >/dev/null 2>&1 || true
}

# --- status ---------------------------------------------------------------

instance_status() {
    local name pid
    [ -f "$state/settings" ] || die "no instance in $state"
    state_find
    . "$state/settings"
    SHOP_PUBLIC_URL=$(. "$state/env" 2>/dev/null && echo "$SHOP_URL") \
        || SHOP_PUBLIC_URL=http://localhost:$port
    for name in "${components[@]}"; do
        pid=$(component_pid "$name")
        if [ -n "$pid" ]; then
            printf '%-9s %7s  %-28s up\n' "$name" "$pid" \
                "$(component_address "$name")"
        else
            printf '%-9s %7s  %-28s down\n' "$name" - \
                "$(component_address "$name")"
        fi
    done
}

# nginx's pid is its master's, not that of the one who follows it
component_pid() {
    local pid
    if [ "$1" = nginx ]; then
        pid=$(cat "$run/nginx.pid" 2>/dev/null) || return 0
    else
        pid=$(cat "$home/service/$1/supervise/pid" 2>/dev/null) || return 0
    fi
    if [ -n "$pid" ] && [ -d "/proc/$pid" ]; then
        echo "$pid"
    fi
}
