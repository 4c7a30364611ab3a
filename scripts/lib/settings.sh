# Settings of an instance: the defaults below, then the file of --config, then
# what was chosen once and is kept in DIR/settings (ports, secrets).
# shellcheck shell=bash disable=SC2034

settings_defaults() {
    SHOP_RATE_LIMITS=on          # limits and lockouts; off for load tests
    SHOP_WORKERS=auto            # nginx workers
    SHOP_LAYOUT=one              # one nginx, or split: one a domain
    SHOP_LISTEN=any              # any address, or loopback
    SHOP_PUBLIC_URL=             # http://localhost:PORT
    SHOP_ADMIN_EMAIL=            # the first administrator (--empty)
    SHOP_ADMIN_PASSWORD=
    SHOP_MAIL_FROM=shop@localhost
    SHOP_SMTP_URL=               # the mail sink
    SHOP_ORDER_COMMIT=auto       # auto, grouped, single
    SHOP_ORDER_SLOTS=1
    SHOP_SANDBOX=on              # sandbox payments
    SHOP_DEBUG_TRIPS=off         # header X-Shop-Trips
    SHOP_LOG_LEVEL=warn          # of nginx
    SHOP_TLS_CERTIFICATE=        # PEM; with a key: TLS and HTTP/2 on PORT
    SHOP_TLS_KEY=
    SHOP_POSTGRES_SYNC=on        # off: no durability, for throw-away tests
    SHOP_POSTGRES_BUFFERS=auto   # shared_buffers; auto: by the memory
    SHOP_HUGE_PAGES=off          # on: reserved for them, given back at a stop
    SHOP_KAFKA_HEAP=160m
    SHOP_RETRY_BASE=5s           # of the worker
    SHOP_RATES_URL=              # exchange rates (XML), fetched by the worker
    SHOP_RATES_INTERVAL=3h       # this often
    SHOP_RATES_TIMEOUT=20s
    SHOP_OIDC=                   # a file of shop_oidc directives
    SHOP_CA=/etc/ssl/certs/ca-certificates.crt   # whom those are checked by
    SHOP_VAT_REGISTRY=           # VIES: https://HOST/rest-api; asked about VAT ids
    SHOP_S3_URL=                 # pictures in a bucket: http://HOST/BUCKET
    SHOP_S3_REGION=us-east-1
    SHOP_S3_KEY=
    SHOP_S3_SECRET_FILE=
    SHOP_NGINX=                  # another nginx binary
    SHOP_NGINX_HTTP=             # a file included at the end of http {}
    SHOP_NGINX_SERVER=           # ... of server {}
}

settings_names=(
    SHOP_POSTGRES_BUFFERS SHOP_HUGE_PAGES
    SHOP_RATE_LIMITS SHOP_WORKERS SHOP_LAYOUT SHOP_LISTEN SHOP_PUBLIC_URL
    SHOP_ADMIN_EMAIL SHOP_ADMIN_PASSWORD SHOP_MAIL_FROM SHOP_SMTP_URL
    SHOP_ORDER_COMMIT SHOP_ORDER_SLOTS SHOP_SANDBOX SHOP_DEBUG_TRIPS
    SHOP_LOG_LEVEL SHOP_TLS_CERTIFICATE SHOP_TLS_KEY SHOP_POSTGRES_SYNC
    SHOP_KAFKA_HEAP SHOP_RETRY_BASE SHOP_RATES_URL SHOP_RATES_INTERVAL
    SHOP_RATES_TIMEOUT SHOP_OIDC SHOP_CA SHOP_NGINX
    SHOP_NGINX_HTTP SHOP_NGINX_SERVER SHOP_S3_URL SHOP_S3_REGION SHOP_S3_KEY
    SHOP_S3_SECRET_FILE SHOP_VAT_REGISTRY
)

# settings_read FILE: KEY=value lines; # begins a comment line
settings_read() {
    local line key value number=0
    [ -r "$1" ] || die "cannot read $1"
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        line=${line%$'\r'}
        [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
        [[ $line =~ ^[[:space:]]*([A-Z0-9_]+)=(.*)$ ]] \
            || die "$1:$number: not a KEY=value line"
        key=${BASH_REMATCH[1]}
        value=${BASH_REMATCH[2]}
        [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]] \
            && value=${BASH_REMATCH[1]}
        [[ " ${settings_names[*]} " == *" $key "* ]] \
            || die "$1:$number: unknown setting $key"
        printf -v "$key" %s "$value"
    done <"$1"
}

settings_check() {
    one_of SHOP_RATE_LIMITS on off
    one_of SHOP_LAYOUT one split
    one_of SHOP_LISTEN any loopback
    one_of SHOP_ORDER_COMMIT auto grouped single
    one_of SHOP_SANDBOX on off
    one_of SHOP_DEBUG_TRIPS on off
    one_of SHOP_POSTGRES_SYNC on off
    one_of SHOP_HUGE_PAGES on off
    [[ $SHOP_WORKERS =~ ^(auto|[1-9][0-9]{0,2})$ ]] \
        || die "SHOP_WORKERS is auto or a number, not: $SHOP_WORKERS"
    [[ $SHOP_ORDER_SLOTS =~ ^[1-9][0-9]?$ ]] \
        || die "SHOP_ORDER_SLOTS is a number, not: $SHOP_ORDER_SLOTS"
    [ -z "$SHOP_TLS_CERTIFICATE" ] || [ -n "$SHOP_TLS_KEY" ] \
        || die "SHOP_TLS_CERTIFICATE needs SHOP_TLS_KEY"
    [ -z "$SHOP_OIDC" ] || [ -r "$SHOP_OIDC" ] \
        || die "SHOP_OIDC: cannot read $SHOP_OIDC"
    [ -z "$SHOP_S3_URL" ] || [ -r "$SHOP_S3_SECRET_FILE" ] \
        || die "SHOP_S3_SECRET_FILE: cannot read $SHOP_S3_SECRET_FILE"
    if [ "$SHOP_WORKERS" = auto ]; then
        SHOP_WORKERS=$(nproc)
    fi
    if [ -z "$SHOP_PUBLIC_URL" ]; then
        SHOP_PUBLIC_URL=http${SHOP_TLS_CERTIFICATE:+s}://localhost:$port
    fi
}

one_of() {
    local name=$1 word
    shift
    for word in "$@"; do
        [ "${!name}" != "$word" ] || return 0
    done
    die "$name is one of: $*; not: ${!name}"
}

# What is chosen once: ports stay the same over restarts unless they were
# taken by others meanwhile.
settings_chosen() {
    local name asked=$port
    [ ! -f "$state/settings" ] || . "$state/settings"
    port=$asked
    taken_ports="${taken_ports-} $port"
    for name in port_pg port_redis port_kafka port_kafka_controller \
        port_smtp port_mail port_worker
    do
        if [ -z "${!name-}" ] || [ "${!name}" = "$port" ] \
            || answers "${!name}"
        then
            free_port
            printf -v "$name" %s "$chosen_port"
        fi
        taken_ports="${taken_ports-} ${!name}"
    done
    : "${pg_password:=$(random_secret)}"
    : "${kafka_cluster:=$(random_secret | cut -c1-22)}"
    {
        for name in port_pg port_redis port_kafka port_kafka_controller \
            port_smtp port_mail port_worker pg_password kafka_cluster
        do
            printf '%s=%s\n' $name "${!name}"
        done
        printf 'port=%s\n' "$port"
    } >"$state/settings.new"
    chmod 600 "$state/settings.new"
    mv "$state/settings.new" "$state/settings"
}
