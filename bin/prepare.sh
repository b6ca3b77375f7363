# Sourced by start, heed and dev, with $root set: what a fresh clone needs before Heed can run.

say() { printf '%s\n' "heed: $*" >&2; }
fail() { say "$@"; exit 1; }

check_node() {
  command -v node >/dev/null 2>&1 ||
    fail "Node.js is not installed (or not in PATH). Install version 20.19 or newer from https://nodejs.org, then run this again."
  found=$(node --version)
  major=${found#v}; major=${major%%.*}
  minor=${found#v*.}; minor=${minor%%.*}
  if [ "$major" -gt 20 ] 2>/dev/null; then return; fi
  if [ "$major" -eq 20 ] 2>/dev/null && [ "$minor" -ge 19 ]; then return; fi
  fail "Node.js $found is too old. Install version 20.19 or newer from https://nodejs.org, then run this again."
}

# Quiet while it works; all it said when it does not.
quietly() {
  what=$1; shift
  output=$(mktemp) || fail "cannot write to the temporary folder"
  if ! "$@" >"$output" 2>&1; then
    cat "$output" >&2
    rm -f "$output"
    fail "$what failed; the reason stands above."
  fi
  rm -f "$output"
}

# No install scripts are needed; building needs the development packages whatever NODE_ENV says.
install_packages() (
  cd "$root" || exit 1
  stamp=node_modules/.heed-installed
  [ -f "$stamp" ] || stamp=node_modules/.package-lock.json
  if [ -f "$stamp" ] && [ ! package-lock.json -nt "$stamp" ]; then exit 0; fi
  say "installing packages (npm ci), this takes a minute"
  quietly "npm ci" npm ci --include=dev --ignore-scripts --no-audit --no-fund
  : >node_modules/.heed-installed
)

# The quick look; tools/build.mjs looks closer, and builds only what changed.
build_when_older() (
  cd "$root" || exit 1
  stamp=dist/.heed-built
  if [ -f "$stamp" ] && [ -f dist/src/main.js ]; then
    newer=$(find src migrations tools package.json package-lock.json tsconfig.json -name node_modules -prune -o -newer "$stamp" -print 2>/dev/null | head -n 1)
    [ -n "$newer" ] || exit 0
  fi
  say "building"
  # Dated when the build began: what changed meanwhile is built the next time.
  mkdir -p dist && : >"$stamp.new"
  quietly "the build" node tools/build.mjs
  # The build may have cleared dist.
  if [ -f "$stamp.new" ]; then mv "$stamp.new" "$stamp"; else : >"$stamp"; fi
)
