# What .ci/run and .ci/all share: reads the table of parts, sets up what they need, runs them. Sourced, in the root folder.
# shellcheck shell=bash

# The columns of .ci/parts.tsv, separated by tabs:
#   name     what `.ci/run NAME` runs
#   tier     gate: always; turn: in .ci/all, and in its turn in .ci/run; all: in .ci/all only
#   needs    scripts of .ci/setup, separated by commas, or -
#   run, all minutes that it should take on two cores in .ci/run and in .ci/all; after three times as many and five it is stopped
#   command  for bash; FEEDMILL_CI_SIZE is `short` in .ci/run and `full` in .ci/all
rows() { grep -v -e '^#' -e '^$' .ci/parts.tsv; }

# The names of the parts of a tier, or of several: `gate|turn`.
names() { rows | awk -F '\t' -v tier="^($1)\$" '$2 ~ tier { print $1 }'; }

# One column of a part's row.
column() { rows | awk -F '\t' -v name="$1" -v column="$2" '$1 == name { print $column }'; }

declare -A setups=() # need → well | failed

# Runs a script of .ci/setup, once, and exports what it prints: lines `NAME=value`.
set_up() {
  local need=$1 settings line
  if [ -z "${setups[$need]:-}" ]; then
    setups[$need]=failed
    if settings=$(".ci/setup/$need.sh"); then
      setups[$need]=well
      while IFS= read -r line; do
        if [ -n "$line" ]; then export "${line?}"; fi
      done <<<"$settings"
    fi
  fi
  [ "${setups[$need]}" = well ]
}

# Runs a part; afterwards $outcome says how it ended.
run_part() {
  local name=$1 need needs minutes command limit
  printf '\n== %s\n' "$name"
  IFS=, read -ra needs <<<"$(column "$name" 3)"
  for need in "${needs[@]}"; do
    if [ "$need" != - ] && ! set_up "$need"; then
      if [ "${CI:-}" = true ]; then outcome="failed: $need is missing"; else outcome="skipped: $need is missing"; fi
      return
    fi
  done
  minutes=$(column "$name" "$([ "$FEEDMILL_CI_SIZE" = full ] && echo 5 || echo 4)")
  limit=$(awk "BEGIN { print int($minutes * 3 + 5) }")
  command=$(column "$name" 6)
  printf '$ %s\n' "$command"
  if timeout --kill-after=10 "${limit}m" bash -euo pipefail -c "$command"; then
    outcome=well
  else
    outcome="failed: exit $?"
  fi
}

# run_parts DEFAULT … -- [--list | PART …]: runs the parts, goes on after a failure, and prints the time of each.
run_parts() {
  local parts=() name outcome began summary="" failed=0
  while [ "$1" != -- ]; do parts+=("$1"); shift; done
  shift
  if [ "${1:-}" = --list ]; then printf '%s\n' "${parts[@]}"; return; fi
  if [ $# -gt 0 ]; then parts=("$@"); fi
  for name in "${parts[@]}"; do
    if [ -z "$(column "$name" 1)" ]; then echo "there is no part $name in .ci/parts.tsv" >&2; return 2; fi
  done
  for name in "${parts[@]}"; do
    began=$SECONDS
    run_part "$name"
    printf '== %s: %s, %d s\n' "$name" "$outcome" "$((SECONDS - began))"
    summary+=$(printf '%5d s  %-16s %s' "$((SECONDS - began))" "$name" "$outcome")$'\n'
    if [[ $outcome == failed* ]]; then failed=$((failed + 1)); fi
  done
  printf '\n== summary\n%s%5d s  in all, %d of %d parts failed\n' "$summary" "$SECONDS" "$failed" "${#parts[@]}"
  [ "$failed" = 0 ]
}
