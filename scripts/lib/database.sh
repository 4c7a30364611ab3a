# The database: made once, migrated at each start, filled with the demo shop.
# shellcheck shell=bash

admin_conninfo() {
    echo "host=$run port=$port_pg user=shop_admin dbname=${1:-shop}"
}

database_ready() {
    "$pg_bin/pg_isready" -q -h "$run" -p "$port_pg"
}

# Tests: with SHOP_DATABASE_COPY=DIR the first demo shop leaves a copy of its
# database there, and later ones begin with it.
database_copied() {
    [ -n "$demo" ] && [ -n "${SHOP_DATABASE_COPY-}" ] \
        && [ -s "$SHOP_DATABASE_COPY/PG_VERSION" ]
}

database_copy() {
    [ -n "$demo" ] && [ -n "${SHOP_DATABASE_COPY-}" ] || return 0
    ! database_copied || return 0
    "$pg_bin/pg_basebackup" -D "$SHOP_DATABASE_COPY" -d "$(admin_conninfo)" \
        --checkpoint=fast --wal-method=fetch --no-sync --no-manifest
}

database_make() {
    [ "$(psql -XAtqc "select 1 from pg_database where datname = 'shop'" \
        "$(admin_conninfo postgres)")" = 1 ] \
        || psql -Xqc 'create database shop' "$(admin_conninfo postgres)"
    # a copied one has another's password
    ! database_copied || psql -Xqt -v password="$pg_password" \
        "$(admin_conninfo)" <<<"alter role shop_admin password :'password'" \
        || return
    "$root/scripts/migrate" "$(admin_conninfo)" || return
    psql -Xqt "$(admin_conninfo)" >/dev/null \
        -c "select payment.enable('sandbox', '$SHOP_SANDBOX')"
}

database_demo() {
    "$root/scripts/migrate" --demo "$(admin_conninfo)"
}

# The first administrator of a shop without demo data: from the settings, or
# whoever opens the link that is told once.
database_admin() {
    local there email=$SHOP_ADMIN_EMAIL
    there=$(psql -XAtqc "select exists (select from identity.account_role
        where role = 'admin')" "$(admin_conninfo)")
    [ "$there" = f ] || return 0
    if [ -n "$email" ] && [ -n "$SHOP_ADMIN_PASSWORD" ]; then
        database_admin_made
    else
        database_admin_invited
    fi
}

# by standard input: psql -c knows no variables
database_admin_made() {
    local hash
    hash=$(printf %s "$SHOP_ADMIN_PASSWORD" \
        | argon2 "$(random_secret)" -id -t 2 -k 19456 -p 1 -l 32 -e)
    psql -Xqt -v ON_ERROR_STOP=1 -v email="$SHOP_ADMIN_EMAIL" -v hash="$hash" \
        "$(admin_conninfo)" >/dev/null <<'SQL'
select identity.put_account(store.id, :'email', 'Administrator',
    :'hash', array['customer', 'admin']) from store.store where is_default;
SQL
}

# Only the link holds the secret: another start before it was used makes
# another one.
database_admin_invited() {
    local token
    token=$(psql -XAtq -v ON_ERROR_STOP=1 -v email="$SHOP_ADMIN_EMAIL" \
        "$(admin_conninfo)" <<'SQL'
select identity.invite_first(store.id, nullif(:'email', ''))
from store.store where is_default;
SQL
    ) || return
    (umask 077; printf '%s/accept-invitation#token=%s\n' "$SHOP_PUBLIC_URL" \
        "$token" >"$state/first-admin")
}
