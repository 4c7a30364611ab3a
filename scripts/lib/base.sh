# Shared by scripts/*: words to the user, long steps with progress, waiting.
# shellcheck shell=bash

if [ -t 1 ]; then tty_out=1; else tty_out=; fi

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# task LABEL COMMAND...: runs a step in the background; tasks_wait shows how
# far the steps are, and the end of the log of one that failed.
task_pids=() task_labels=() task_logs=() task_starts=()

task() {
    local label=$1 log
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/shop-step.XXXXXX")
    ("$@") >"$log" 2>&1 </dev/null &
    task_pids+=($!)
    task_labels+=("$label")
    task_logs+=("$log")
    task_starts+=("$SECONDS")
}

tasks_wait() {
    local i left=${#task_pids[@]} failed=0 turns=0
    while [ "$left" -gt 0 ]; do
        for i in "${!task_pids[@]}"; do
            kill -0 "${task_pids[i]}" 2>/dev/null && continue
            task_end "$i" || failed=1
            left=$((left - 1))
        done
        [ "$left" -gt 0 ] || break
        sleep 0.1
        turns=$((turns + 1))
        task_progress $turns
    done
    task_pids=() task_labels=() task_logs=() task_starts=()
    return $failed
}

task_end() {
    local i=$1 rc=0 took
    took=$((SECONDS - task_starts[i]))
    wait "${task_pids[i]}" || rc=$?
    [ -z "$tty_out" ] || printf '\r\033[K'
    if [ $rc -eq 0 ]; then
        printf '  %-44s %4d s\n' "${task_labels[i]}" $took
    else
        printf '  %-44s failed\n' "${task_labels[i]}"
        tail -n 40 "${task_logs[i]}" | sed 's/^/    /' >&2
    fi
    rm -f "${task_logs[i]}"
    unset "task_pids[i]"
    return $rc
}

# what still runs, on one line: each second on a terminal, else each 15 s
task_progress() {
    local i line=
    if [ -n "$tty_out" ]; then
        [ $(($1 % 10)) -eq 0 ] || return 0
    else
        [ $(($1 % 150)) -eq 0 ] || return 0
    fi
    for i in "${!task_pids[@]}"; do
        line+="${line:+, }${task_labels[i]} ($((SECONDS - task_starts[i])) s)"
    done
    if [ -n "$tty_out" ]; then
        printf '\r\033[K  ... %s' "${line:0:72}"
    else
        printf '  ... %s\n' "$line"
    fi
}

step() {
    task "$@"
    tasks_wait
}

# wait_until SECONDS COMMAND...: until the command succeeds
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

answers() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A free loopback port below the range of outgoing connections, so that no
# connection takes it while its component is being started again.
free_port() {
    local port
    while :; do
        port=$((10240 + (RANDOM * 32768 + RANDOM) % 11760))
        [[ " ${taken_ports-} " != *" $port "* ]] || continue
        answers $port || break
    done
    taken_ports="${taken_ports-} $port"
    chosen_port=$port
}

random_secret() { od -An -N18 -tx1 /dev/urandom | tr -d ' \n'; }
