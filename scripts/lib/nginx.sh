# nginx: conf/ rendered with the values of the instance.
# shellcheck shell=bash

# the domains that have an nginx of their own in the split layout
split_domains=(identity catalog cart order pages)

nginx_prepare() {
    local binary=${SHOP_NGINX:-$build/nginx} name
    [ -x "$binary" ] || binary=/usr/sbin/nginx
    keep "$build/ngx_http_shop_module.so" ngx_http_shop_module.so
    keep "$root/scripts/lib/follow-nginx" follow-nginx
    keep "$root/html/dist" html
    if [ -f "$root/docs/openapi.json" ]; then
        keep "$root/docs/openapi.json" openapi.json
    fi

    rm -rf "$home/nginx/conf.new"
    cp -r "$root/conf" "$home/nginx/conf.new"
    nginx_render "$home/nginx/conf.new"
    rm -rf "$home/nginx/conf.old"
    [ ! -d "$home/nginx/conf" ] \
        || mv "$home/nginx/conf" "$home/nginx/conf.old"
    mv "$home/nginx/conf.new" "$home/nginx/conf"
    mkdir -p "$home/nginx/tmp"

    nginx_names
    for name in "${nginx_services[@]}"; do
        nginx_service "$name" "$binary"
    done
    for name in "${split_domains[@]}"; do
        [ "$SHOP_LAYOUT" = split ] || rm -rf "$home/service/nginx-$name"
    done
}

# the nginx instances of the layout
nginx_names() {
    nginx_services=(nginx)
    if [ "$SHOP_LAYOUT" = split ]; then
        nginx_services=("${split_domains[@]/#/nginx-}" nginx)
    fi
}

nginx_service() {
    local conf=nginx.conf socket=
    case $1 in
        nginx-*)
            conf=split/${1#nginx-}.conf
            socket="--socket \"$run/${1#nginx-}.sock\""
            ;;
        nginx) [ "$SHOP_LAYOUT" = one ] || conf=split/gateway.conf ;;
    esac
    service "$1" down <<X
$(sanitizer_env nginx)
exec "$home/lib/follow-nginx" $socket "$run/$1.pid" \\
    "$2" -p "$home/nginx" -e stderr -c "conf/$conf"
X
}

# nginx_render DIR: every @name@ in the files becomes its value
nginx_render() {
    local script='' name value
    nginx_values
    for name in "${!value_of[@]}"; do
        value=${value_of[$name]//\\/\\\\}
        value=${value//&/\\&}
        value=${value//|/\\|}
        value=${value//$'\n'/\\n}
        script+="s|@$name@|$value|g"$'\n'
    done
    find "$1" -type f -name '*.conf' -exec sed -i "$script" {} +
    ! grep -rnE '@[a-z_]+@' "$1" || die "a placeholder without a value"
}

declare -A value_of

nginx_values() {
    local files
    files=$(ulimit -Hn)
    if [ "$files" = unlimited ] || [ "$files" -gt 65536 ]; then
        files=65536
    fi
    value_of=(
        [files]=$files
        [connections]=$((files / 2))
        [conf]=$home/nginx/conf
        [user]="$([ "$(id -u)" -ne 0 ] || echo "user $user;")"
        [workers]=$SHOP_WORKERS
        [module]=$home/lib/ngx_http_shop_module.so
        [log]=$home/log
        [log_level]=$SHOP_LOG_LEVEL
        [run]=$run
        [tmp]=$home/nginx/tmp
        [html]=$home/lib/html
        [openapi]=$home/lib/openapi.json
        [keys]=$home/keys
        [media]=$home/media
        [s3]="$(nginx_s3)"
        [pictures]="${SHOP_S3_URL:+@bucket}"
        [bucket]="${SHOP_S3_URL:+include \"$home/nginx/conf/include/bucket.conf\";}"
        [env]="$([ ! -s "$build/.sanitize" ] || printf 'env LD_PRELOAD;\nenv ASAN_OPTIONS;\nenv UBSAN_OPTIONS;')"
        [postgres]="host=$run port=$port_pg dbname=shop user=shop_gateway"
        [redis]=unix:$run/redis.sock
        [kafka]=127.0.0.1:$port_kafka
        [issuer]=$SHOP_PUBLIC_URL
        [limits]=$SHOP_RATE_LIMITS
        [order_commit]=$SHOP_ORDER_COMMIT
        [order_slots]=$SHOP_ORDER_SLOTS
        [debug_trips]=$SHOP_DEBUG_TRIPS
        [oidc]="${SHOP_OIDC:+include \"$SHOP_OIDC\";}"
        [fetch]="${SHOP_OIDC:+include \"$home/nginx/conf/include/fetch.conf\";}"
        [ca]=$SHOP_CA
        [resolver]="$(nginx_resolver)"
        [extra_http]="${SHOP_NGINX_HTTP:+include $SHOP_NGINX_HTTP;}"
        [extra_server]="${SHOP_NGINX_SERVER:+include $SHOP_NGINX_SERVER;}"
        [listen]="$(nginx_listen)"
        [tls]="$(nginx_tls)"
    )
}

# pictures in a bucket, and copies of those that were asked for
nginx_s3() {
    [ -n "$SHOP_S3_URL" ] || return 0
    printf 'shop_media_s3 "%s" region=%s key=%s "secret=%s";\n' \
        "$SHOP_S3_URL" "$SHOP_S3_REGION" "$SHOP_S3_KEY" \
        "$SHOP_S3_SECRET_FILE"
    printf 'proxy_cache_path "%s/nginx/tmp/pictures" levels=1:2 ' "$home"
    printf 'keys_zone=pictures:10m max_size=1g inactive=30d use_temp_path=off;'
}

# the name servers of this machine
nginx_resolver() {
    local word address servers=''
    while read -r word address _; do
        [ "$word" = nameserver ] || continue
        case $address in
            *%*) ;;
            *:*) servers+=" [$address]" ;;
            *) servers+=" $address" ;;
        esac
    done < <(cat /etc/resolv.conf 2>/dev/null)
    printf '%s' "${servers:- 127.0.0.1}" | sed 's/^ //'
}

nginx_listen() {
    local how=${SHOP_TLS_CERTIFICATE:+ ssl http2} v4='' v6='[::]:'
    if [ "$SHOP_LISTEN" = loopback ]; then
        v4=127.0.0.1: v6='[::1]:'
    fi
    printf 'listen %s%s%s backlog=4096;' "$v4" "$port" "$how"
    [ ! -s /proc/net/if_inet6 ] \
        || printf '\n        listen %s%s%s backlog=4096 ipv6only=on;' \
            "$v6" "$port" "$how"
}

nginx_tls() {
    [ -n "$SHOP_TLS_CERTIFICATE" ] || return 0
    printf 'ssl_certificate "%s";\n' "$SHOP_TLS_CERTIFICATE"
    printf '        ssl_certificate_key "%s";\n' "$SHOP_TLS_KEY"
    printf '        include "%s/include/tls.conf";' "$home/nginx/conf"
}
