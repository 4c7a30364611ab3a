# One service directory (runit) a component: what it is configured with, and
# the command that runsv starts again when it ends.
# shellcheck shell=bash

components=(nginx worker postgres redis kafka mail)
pg_bin=/usr/lib/postgresql/15/bin

# service NAME [down] <<COMMAND: writes DIR/service/NAME/run
service() {
    local dir=$home/service/$1
    mkdir -p "$dir"
    {
        printf '#!/bin/sh\nexec >>"%s/%s.log" 2>&1\n' "$home/log" "$1"
        printf 'cd "%s"\n' "$home"
        cat
    } >"$dir/run.new"
    chmod 755 "$dir/run.new"
    mv "$dir/run.new" "$dir/run"
    if [ "${2-}" = down ]; then
        touch "$dir/down"
    else
        rm -f "$dir/down"
    fi
}

postgres_prepare() {
    local pg=$home/pg
    if [ ! -s "$pg/PG_VERSION" ] && database_copied; then
        cp -r "$SHOP_DATABASE_COPY/." "$pg"
        [ "$(id -u)" -ne 0 ] || chown -R "$user:$user" "$pg"
    elif [ ! -s "$pg/PG_VERSION" ]; then
        printf '%s\n' "$pg_password" >"$run/pw"
        chmod 644 "$run/pw"
        "${as_user[@]}" "$pg_bin/initdb" -D "$pg" -U shop_admin \
            -E UTF8 --locale=C.UTF-8 --data-checksums \
            --auth-local=trust --auth-host=scram-sha-256 \
            --pwfile="$run/pw" >"$home/log/initdb.log" 2>&1 \
            || { cat "$home/log/initdb.log" >&2; return 1; }
        rm -f "$run/pw"
        echo "include 'shop.conf'" >>"$pg/postgresql.conf"
    fi
    postgres_conf >"$pg/shop.conf"
    huge_pages_reserve
    # sockets are guarded by their directory, which is this user's alone
    service postgres <<X
exec ${as_user[*]} $pg_bin/postgres -D "$pg"
X
    # TERM would wait for every session to end; INT is the fast shutdown
    mkdir -p "$home/service/postgres/control"
    cat >"$home/service/postgres/control/t" <<'X'
#!/bin/sh
kill -INT "$(cat supervise/pid)"
X
    chmod 755 "$home/service/postgres/control/t"
}

# Each backend maps each page of the buffers when it first reads it, 4 kB at a
# time; of huge pages, 2 MB.  They are taken from the machine's memory whole, so
# what was reserved is known and given back (instance_end).
huge_pages_file=/proc/sys/vm/nr_hugepages

huge_pages_reserve() {
    local need had want
    huge_pages_return
    [ "$SHOP_HUGE_PAGES" = on ] || return 0
    need=$("${as_user[@]}" "$pg_bin/postgres" -D "$home/pg" \
        -C shared_memory_size_in_huge_pages 2>>"$home/log/postgres.log")
    need=$((need - $(huge_pages Free -Rsvd)))
    [ "$need" -gt 0 ] || return 0
    # surplus pages are counted first when there are to be more
    had=$(cat "$huge_pages_file")
    want=$((had + $(huge_pages Surp) + need))
    # what the kernel can't find it leaves out without an error
    if ! echo "$want" >"$huge_pages_file" \
        || [ "$(cat "$huge_pages_file")" -lt "$want" ]
    then
        die "SHOP_HUGE_PAGES: vm.nr_hugepages can't be $want"
    fi
    echo "$((want - had)) $(boot_id)" >"$state/huge-pages"
}

# huge_pages FIELD...: the sum of what the kernel counts, less those with a -
huge_pages() {
    local field sum=0 minus number
    for field in "$@"; do
        minus=${field%%[A-Z]*}
        number=$(awk -v f="HugePages_${field#-}:" '$1 == f { print $2 }' \
            /proc/meminfo)
        sum=$((sum + ${minus}1 * ${number:-0}))
    done
    echo "$sum"
}

huge_pages_return() {
    local mine boot
    read -r mine boot 2>/dev/null <"$state/huge-pages" || return 0
    if [ "$boot" = "$(boot_id)" ]; then
        echo $(($(cat "$huge_pages_file") - mine)) >"$huge_pages_file"
    fi
    rm -f "$state/huge-pages"
}

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# Connections (docs/operations.md): a gateway worker holds 1 read, 2 write,
# 1 slow, 1 order and 1 barrier connection, a node 1 listener; all of it twice
# during a reload; 16 for shop-worker, 20 for people and tools.
postgres_connections() {
    local workers=$SHOP_WORKERS nodes=1
    if [ "$SHOP_LAYOUT" = split ]; then
        nodes=${#split_domains[@]}
        workers=$nodes
    fi
    echo $((2 * (6 * workers + nodes) + 16 + 20))
}

# An eighth of the machine's memory, 128 MB to 2 GB; none of it is taken before
# there is something to keep in it.
postgres_buffers() {
    local size=$SHOP_POSTGRES_BUFFERS
    if [ "$size" = auto ]; then
        size=$(awk '/^MemTotal:/ { print int($2 / 8192) }' /proc/meminfo)
        [ "$size" -ge 128 ] || size=128
        [ "$size" -le 2048 ] || size=2048
        size=${size}MB
    fi
    echo "$size"
}

postgres_conf() {
    local connections
    connections=$(postgres_connections)
    [ "$connections" -ge 100 ] || connections=100
    cat <<X
listen_addresses = '127.0.0.1'
port = $port_pg
unix_socket_directories = '$run'
max_connections = $connections
shared_buffers = $(postgres_buffers)
huge_pages = try
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
jit = off
max_wal_size = 1GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
wal_compression = on
wal_level = replica
fsync = $SHOP_POSTGRES_SYNC
synchronous_commit = $SHOP_POSTGRES_SYNC
full_page_writes = $SHOP_POSTGRES_SYNC
max_worker_processes = 4
max_parallel_workers_per_gather = 0
effective_io_concurrency = 0
autovacuum_vacuum_cost_delay = 2ms
idle_in_transaction_session_timeout = 60s
tcp_keepalives_idle = 60
log_timezone = 'UTC'
timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u '
log_min_duration_statement = 1s
log_parameter_max_length = 0
log_checkpoints = off
cluster_name = 'ngx_shop'
X
}

redis_prepare() {
    cat >"$home/redis/redis.conf" <<X
bind 127.0.0.1
port $port_redis
unixsocket $run/redis.sock
unixsocketperm 700
hash-max-listpack-entries 2200
hash-max-listpack-value 8192
dir $home/redis
save ""
appendonly yes
appendfsync everysec
maxmemory 256mb
maxmemory-policy noeviction
daemonize no
X
    service redis <<X
exec ${as_user[*]} redis-server "$home/redis/redis.conf"
X
}

kafka_prepare() {
    local conf=$home/kafka/server.properties
    cat >"$conf" <<X
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$port_kafka_controller
listeners=PLAINTEXT://127.0.0.1:$port_kafka,CONTROLLER://127.0.0.1:$port_kafka_controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port_kafka
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$home/kafka/data
broker.heartbeat.interval.ms=1000
broker.session.timeout.ms=3000
num.partitions=3
num.network.threads=2
num.io.threads=2
background.threads=2
log.cleaner.dedupe.buffer.size=4194304
log.segment.bytes=134217728
log.retention.hours=168
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=3
group.initial.rebalance.delay.ms=0
X
    if [ ! -s "$home/kafka/data/meta.properties" ]; then
        mkdir -p "$home/kafka/data"
        [ "$(id -u)" -ne 0 ] || chown -R "$user:$user" "$home/kafka"
        "${as_user[@]}" java -Xmx96m -XX:TieredStopAtLevel=1 \
            -cp "$home/lib/kafka/*" kafka.tools.StorageTool format \
            -t "$kafka_cluster" -c "$conf" >"$home/log/kafka-format.log" 2>&1 \
            || { cat "$home/log/kafka-format.log" >&2; return 1; }
    fi
    service kafka <<X
exec ${as_user[*]} java -Xmx$SHOP_KAFKA_HEAP -Xss512k \\
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=96m \\
    -XX:ReservedCodeCacheSize=48m -XX:+ExitOnOutOfMemoryError \\
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \\
    -Dorg.slf4j.simpleLogger.showDateTime=true \\
    -cp "$home/lib/kafka/*" kafka.Kafka "$conf"
X
}

mail_prepare() {
    keep "$root/scripts/lib/mail-sink.py" mail-sink.py
    service mail <<X
exec ${as_user[*]} "$home/lib/mail-sink.py" --smtp 127.0.0.1:$port_smtp \\
    --http 127.0.0.1:$port_mail --keep "$home/mail/messages.jsonl"
X
}

worker_prepare() {
    keep "$build/shop-worker" shop-worker
    keep "$build/shop-picture" shop-picture
    cat >"$home/lib/worker.conf" <<X
SHOP_DATABASE=host=$run port=$port_pg dbname=shop user=shop_worker
SHOP_REDIS=unix:$run/redis.sock
SHOP_KAFKA=127.0.0.1:$port_kafka
SHOP_SMTP_URL=${SHOP_SMTP_URL:-smtp://127.0.0.1:$port_smtp}
SHOP_MAIL_FROM=$SHOP_MAIL_FROM
SHOP_PUBLIC_URL=$SHOP_PUBLIC_URL
SHOP_WORKER_HEALTH=127.0.0.1:$port_worker
SHOP_RETRY_BASE=$SHOP_RETRY_BASE
SHOP_MEDIA_PATH=$home/media
SHOP_MEDIA_TOOL=$home/lib/shop-picture
SHOP_VAT_REGISTRY=$SHOP_VAT_REGISTRY
SHOP_S3_URL=$SHOP_S3_URL
SHOP_S3_REGION=$SHOP_S3_REGION
SHOP_S3_KEY=$SHOP_S3_KEY
SHOP_S3_SECRET_FILE=$SHOP_S3_SECRET_FILE
SHOP_RATES_URL=$SHOP_RATES_URL
SHOP_RATES_INTERVAL=$SHOP_RATES_INTERVAL
SHOP_RATES_TIMEOUT=$SHOP_RATES_TIMEOUT
X
    service worker down <<X
$(sanitizer_env worker)
exec ${as_user[*]} "$home/lib/shop-worker" -c "$home/lib/worker.conf"
X
}

# Built with sanitizers: a module in a stock nginx needs their library before
# all others.
sanitizer_env() {
    [ -s "$build/.sanitize" ] || return 0
    printf 'export ASAN_OPTIONS=detect_leaks=0\n'
    printf 'export UBSAN_OPTIONS=print_stacktrace=1\n'
    if [ "$1" = nginx ] && grep -q address "$build/.sanitize"; then
        printf 'export LD_PRELOAD=%s\n' "$(gcc -print-file-name=libasan.so)"
    fi
}

# The address of a component as --status tells it.
component_address() {
    case $1 in
        nginx) echo "$SHOP_PUBLIC_URL" ;;
        worker) echo "127.0.0.1:$port_worker" ;;
        postgres) echo "127.0.0.1:$port_pg" ;;
        redis) echo "127.0.0.1:$port_redis" ;;
        kafka) echo "127.0.0.1:$port_kafka" ;;
        mail) echo "127.0.0.1:$port_smtp" ;;
    esac
}
