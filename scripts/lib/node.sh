# Node 22 for the pages: Debian 12 has an older one, whose npm would also leave
# out the packages that ask for more.
# shellcheck shell=bash

# The one in the path if it is new enough, else one in build/ that npm brings,
# with an npm that runs on it.
node_22() {
    local major arch dir=$root/build/node
    major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
    if [ "$major" -ge 22 ]; then
        return
    fi
    case $(uname -m) in
        x86_64) arch=x64 ;;
        aarch64) arch=arm64 ;;
        *) echo "no Node 22 package for $(uname -m)" >&2; return 1 ;;
    esac
    if [ ! -e "$dir/.done" ]; then
        mkdir -p "$dir"
        npm install --prefix "$dir" --no-save --no-audit --no-fund \
            --loglevel=error "node-linux-$arch@22" npm@10 >&2
        touch "$dir/.done"
    fi
    PATH=$dir/node_modules/node-linux-$arch/bin:$dir/node_modules/.bin:$PATH
}
