# The database: made once, migrated at each start, filled with the demo shop.
# shellcheck shell=bash

admin_conninfo() {
    echo "host=$run port=$port_pg user=shop_admin dbname=${1:-shop}"
}

database_ready() {
    "$pg_bin/pg_isready" -q -h "$run" -p "$port_pg"
}

database_make() {
    [ "$(psql -XAtqc "select 1 from pg_database where datname = 'shop'" \
        "$(admin_conninfo postgres)")" = 1 ] \
        || psql -Xqc 'create database shop' "$(admin_conninfo postgres)"
    "$root/scripts/migrate" "$(admin_conninfo)" || return
    psql -Xqt "$(admin_conninfo)" >/dev/null \
        -c "select payment.enable('sandbox', '$SHOP_SANDBOX')"
}

database_demo() {
    "$root/scripts/migrate" --demo "$(admin_conninfo)"
}

# The first administrator of a shop without demo data: from the settings, or
# with a password that is told once.
database_admin() {
    local there password=$SHOP_ADMIN_PASSWORD email=$SHOP_ADMIN_EMAIL hash
    there=$(psql -XAtqc "select exists (select from identity.account_role
        where role = 'admin')" "$(admin_conninfo)")
    [ "$there" = f ] || return 0
    if [ -z "$email" ] || [ -z "$password" ]; then
        email=${email:-admin@localhost.localdomain}
        password=$(random_secret | cut -c1-20)
        printf '%s %s\n' "$email" "$password" >"$state/first-admin"
        chmod 600 "$state/first-admin"
    fi
    hash=$(printf %s "$password" \
        | argon2 "$(random_secret)" -id -t 2 -k 19456 -p 1 -l 32 -e)
    # by standard input: psql -c knows no variables
    psql -Xqt -v ON_ERROR_STOP=1 -v email="$email" -v hash="$hash" \
        "$(admin_conninfo)" >/dev/null <<'SQL'
select identity.put_account(store.id, :'email', 'Administrator',
    :'hash', array['customer', 'admin']) from store.store where is_default;
SQL
}
