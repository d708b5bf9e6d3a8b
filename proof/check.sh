# Sourced by the proofs that are shell scripts: counts what passed, and shows the end of the output of what did not.
passed=0 failed=0

# check <sentence> <command...>
check() {
  local name=$1 started=$SECONDS log
  shift
  log="$(mktemp)"
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $name ($((SECONDS - started)) s)$(grep -m1 '^accepted' "$log" | sed 's/^/: /' || true)"
  else
    failed=$((failed + 1))
    echo "not ok  $name ($((SECONDS - started)) s)"
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
}
