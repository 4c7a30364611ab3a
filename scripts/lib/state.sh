# The state directory, and the user that the components run as.
# shellcheck shell=bash

# PostgreSQL refuses root, and nothing here needs it: root starts everything
# but nginx's master as a system user of its own.
service_user() {
    if [ "$(id -u)" -ne 0 ]; then
        user=$(id -un) as_user=()
        return
    fi
    user=ngx_shop
    id -u $user >/dev/null 2>&1 \
        || useradd --system --user-group --no-create-home \
            --home-dir /nonexistent --shell /usr/sbin/nologin $user
    as_user=(chpst -u "$user:$user")
}

# Where the data is: in DIR, unless its user can't get there (below /root).
# Then it is in /var/lib, and DIR holds links to it.
state_open() {
    local part
    mkdir -p "$state"
    home=$state
    if [ -f "$state/home" ]; then
        home=$(cat "$state/home")
        mkdir -p "$home"
    elif ! "${as_user[@]}" test -x "$state"; then
        mkdir -p /var/lib/ngx_shop
        home=$(mktemp -d /var/lib/ngx_shop/state.XXXXXX)
        chmod 755 "$home"
        printf '%s\n' "$home" >"$state/home"
    fi
    for part in pg redis kafka mail media nginx keys log service lib; do
        mkdir -p "$home/$part"
        [ "$home" = "$state" ] || ln -sfn "$home/$part" "$state/$part"
    done
    run_open
    if [ "$(id -u)" -eq 0 ]; then
        chown "$user:$user" "$home"/{pg,redis,kafka,mail,media,log} "$run"
        chown "root:$user" "$home/keys"
    fi
    chmod 750 "$home/keys" "$home/media" "$run"
    chmod 700 "$home/pg"
}

# Sockets: their paths may have 107 bytes at most.
run_open() {
    run=$home/run
    if [ ${#home} -gt 70 ]; then
        run=$(readlink "$home/run" || true)
        if [ -z "$run" ] || [ ! -d "$run" ]; then
            run=$(mktemp -d /tmp/ngx_shop.XXXXXX)
            ln -sfn "$run" "$home/run"
        fi
    fi
    mkdir -p "$run"
    [ "$home" = "$state" ] || ln -sfn "$run" "$state/run"
}

# The present directories of an instance, for --stop and --status.
state_find() {
    home=$state
    [ ! -f "$state/home" ] || home=$(cat "$state/home")
    run=$home/run
    run=$(readlink -f "$run" || echo "$run")
}

# keep SOURCE NAME: a copy that the instance runs from, so that a later build
# does not change it under its feet, and its user can read it.
keep() {
    local new=$home/lib/$2.new
    rm -rf "$new"
    cp -r "$1" "$new"
    chmod -R a+rX "$new"
    rm -rf "$home/lib/$2.old"
    [ ! -e "$home/lib/$2" ] || mv "$home/lib/$2" "$home/lib/$2.old"
    mv "$new" "$home/lib/$2"
    rm -rf "$home/lib/$2.old"
}

# Keys: a token key (EC P-256), the key that derives refresh tokens, and the
# one that seals secrets in the database.
keys_make() {
    local keys=$home/keys
    umask 027
    if [ ! -s "$keys/token.pem" ]; then
        openssl ecparam -name prime256v1 -genkey -noout -out "$keys/token.new"
        mv "$keys/token.new" "$keys/token.pem"
    fi
    local name
    for name in refresh secret; do
        [ -s "$keys/$name.key" ] && continue
        head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' \
            >"$keys/$name.new"
        mv "$keys/$name.new" "$keys/$name.key"
    done
    umask 022
    [ "$(id -u)" -ne 0 ] || chgrp "$user" "$keys"/*
}
