# What is installed from Debian, and Kafka by Maven.
# shellcheck shell=bash

packages_build=(
    gcc libc6-dev make pkg-config nginx nginx-dev
    libpq-dev libhiredis-dev librdkafka-dev libjansson-dev
    libargon2-dev libcrypt-dev libwslay-dev libssl-dev libcurl4-openssl-dev
    liboath-dev libfido2-dev zlib1g-dev libvips-dev
)
packages_run=(
    postgresql-15 postgresql-client-15 redis-server redis-tools
    openjdk-17-jre-headless runit python3 python3-aiosmtpd
    curl openssl argon2 ca-certificates procps
)
packages_test=(
    libmojolicious-perl libdbd-pg-perl libredis-perl libio-socket-ssl-perl
    libcryptx-perl libcbor-xs-perl python3-venv kcat chromium clang libclang-rt-14-dev
)
packages_lint=(
    cppcheck libperl-critic-perl shellcheck
)
packages_bench=(wrk)

# have PACKAGE: installed, or what it brings is there by other means
have() {
    case $1 in
        npm) command -v npm >/dev/null && return ;;
        maven) command -v mvn >/dev/null && return ;;
        openjdk-*) command -v java >/dev/null && return ;;
        chromium) command -v chromium >/dev/null && return ;;
    esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" \
        = installed ]
}

# packages_install PACKAGE...: those that are missing
packages_install() {
    local missing=() package
    for package in "$@"; do
        have "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    command -v apt-get >/dev/null \
        || die "missing, and this is not Debian: ${missing[*]}"
    step "package lists" as_root apt-get -q update \
        || die "apt-get update failed"
    step "installing ${#missing[@]} packages" packages_apt "${missing[@]}" \
        || die "apt-get install failed: ${missing[*]}"
}

# The packages' own services stay off: this shop starts its own, privately.
packages_apt() {
    local policy=/usr/sbin/policy-rc.d made='' rc=0 unit
    local config=/etc/postgresql-common/createcluster.conf
    if [ ! -e $policy ]; then
        made=1
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod 755 $policy
    fi
    if [ ! -e $config ]; then
        as_root mkdir -p "${config%/*}"
        echo 'create_main_cluster = false' | as_root tee $config >/dev/null
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        --no-install-recommends -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-unsafe-io \
        -o Dpkg::Options::=--force-confold install "$@" || rc=$?
    [ -z "$made" ] || as_root rm -f $policy
    for unit in nginx redis-server postgresql; do
        [[ " $* " == *" $unit"* ]] || continue
        as_root systemctl disable --quiet $unit 2>/dev/null || true
    done
    return $rc
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "to install packages, run it as root or install sudo"
    fi
}

# Kafka's libraries, fetched once into build/
kafka_version=3.9.1
kafka_libs=$root/build/kafka-$kafka_version

kafka_fetch() {
    rm -rf "$kafka_libs.part"
    mvn -q -B -ntp -f "$root/scripts/lib/kafka/pom.xml" \
        -Dkafka.version=$kafka_version dependency:copy-dependencies \
        -DoutputDirectory="$kafka_libs.part" -DincludeScope=runtime
    mv "$kafka_libs.part" "$kafka_libs"
}
