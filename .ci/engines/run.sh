#!/usr/bin/env bash
# Builds the sites of tests/engines with the engines themselves, and fails if a feed is not what is recorded beside the site.
#
#   run.sh [--write] [NAME…]     a NAME is an engine, or one of its variants: hugo, hugo/subpath
#                                --write: the new feeds replace the recorded ones
#
# Engines are installed in $FEEDMILL_ENGINES, at the versions of requirements/ENGINE.txt or of the site's package.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=$PWD/.ci/engines
tools=${FEEDMILL_ENGINES:-$PWD/target/ci-engines}
export TZ=UTC LC_ALL=C.UTF-8 CI=1

write=()
if [ "${1:-}" = --write ]; then write=(--write); shift; fi
names=("$@")
if [ ${#names[@]} = 0 ]; then
  for folder in tests/engines/*/site tests/engines/*/variants/*/site; do
    name=${folder#tests/engines/}
    name=${name/variants\//}
    names+=("${name%/site}")
  done
fi

# The folder of the programs that a Python engine brings.
python_tools() {
  local python
  python=$("$here/../venv.sh" "$tools/$1" "$here/requirements/$1.txt")
  dirname "$python"
}

# Puts a site's packages beside it. `--before` pins also what they depend on.
node_packages() {
  local kept=$tools/$1-packages
  if ! cmp -s package.json "$kept/package.json"; then
    rm -rf "$kept" && mkdir -p "$kept" && cp package.json "$kept" || return
    (cd "$kept" && npm install --silent --no-audit --no-fund --no-package-lock --before=2026-12-01) ||
      { rm -rf "$kept"; return 1; }
  fi
  cp -al "$kept/node_modules" . 2>/dev/null || cp -R "$kept/node_modules" .
}

# Debian's Jekyll.
jekyll_tools() {
  if ! command -v jekyll >/dev/null || ! [ -e /usr/share/rubygems-integration/all/specifications/jekyll-feed-0.17.0.gemspec ]; then
    { apt-get update && apt-get install -y --no-install-recommends jekyll ruby-jekyll-feed; } >&2
  fi
}

# Builds the site in the working folder into `out`. Hexo takes the day in an address from the zone of the machine: it gets the
# site's, as on the author's machine.
build() {
  case $1 in
    hugo) "$(python_tools hugo)/hugo" --quiet --destination out ;;
    jekyll) jekyll_tools && jekyll build --quiet --destination out ;;
    pelican) "$(python_tools pelican)/pelican" content --output out --settings publishconf.py --quiet ;;
    nikola) "$(python_tools nikola)/nikola" build && mv output out ;;
    mkdocs) NO_MKDOCS_2_WARNING=1 "$(python_tools mkdocs)/mkdocs" build --quiet --site-dir out ;;
    hexo) TZ=Europe/Berlin npx hexo generate --silent && mv public out ;;
    docusaurus) npx docusaurus build --out-dir out ;;
    eleventy) npx eleventy --quiet --output=out ;;
    astro) npx astro build --silent && mv dist out ;;
    vitepress) npx vitepress build && mv .vitepress/dist out ;;
    zola) "$here/zola.sh" "$tools" build --output-dir out ;;
    *) echo "there is no engine $1" >&2; return 2 ;;
  esac
}

# A copy of a site, with the files of the variant over it, outside of any repository; with one time of change for all files: Hexo reads it.
site_of() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/feedmill-engine.XXXXXX")
  cp -R "tests/engines/${1%%/*}/site/." "$folder"
  if [[ $1 == */* ]]; then cp -R "tests/engines/${1/\///variants/}/site/." "$folder"; fi
  find "$folder" -exec touch --no-dereference --date=2024-12-01T00:00:00Z {} +
  echo "$folder"
}

failed=()
for name in "${names[@]}"; do
  engine=${name%%/*}
  site=$(site_of "$name")
  if (cd "$site" && { [ ! -e package.json ] || node_packages "$engine"; } && build "$engine") >"$site.log" 2>&1; then
    python3 -B .ci/engines/record.py "$name" "$site/out" "${write[@]}" || failed+=("$name")
  else
    tail -n 30 "$site.log"
    failed+=("$name")
  fi
  rm -rf "$site" "$site.log"
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "not as recorded: ${failed[*]}" >&2
  exit 1
fi
