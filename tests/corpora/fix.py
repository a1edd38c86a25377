#!/usr/bin/env python3
"""Holds `feedmill check --fix` to its word on copies of the corpora: only lines that its report names change, the second
run finds nothing to mend, and what the feeds say stays.

    fix.py FEEDMILL CORPORA [NAME ...] [--no-engine]

For each folder of CORPORA: a copy, `feedmill init --url …`, a build, `check --fix --dry-run` (no byte may change, and the
diff must give, by `git apply`, what --fix writes), `check --fix`, a comparison of every file's bytes, `check --fix` again,
and another build, whose entries must be those of the first but for articles that could not be read before. With
--no-engine the config forgets what engine the folder belongs to, so that every missing slug is written. Exit code 1 where
anything fails.
"""
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

NOW = ["--now", "2026-11-21T00:00:00Z"]
BOM = b"\xef\xbb\xbf"


def run(mill, args, cwd):
    ran = subprocess.run([mill, *args], cwd=cwd, capture_output=True, timeout=1200, check=False)
    if ran.returncode not in (0, 1) or b"panicked" in ran.stderr:
        raise SystemExit(f"{cwd}: feedmill {' '.join(args)}: exit {ran.returncode}\n{ran.stderr[-2000:].decode()}")
    return ran.stdout


def texts(folder):
    files = (p for p in folder.rglob("*") if p.is_file() and ".feedmill" not in p.parts and ".git" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def only_named(old, new, named):
    """Whether the new text is the old one but for the named lines: each of them may go, be another, and have one before it."""
    if old.startswith(BOM) != new.startswith(BOM):
        return False
    old, new = (text.removeprefix(BOM).splitlines(keepends=True) for text in (old, new))
    at = {0}
    for number, line in enumerate(old, 1):
        if number in named:
            at = {j + k for j in at for k in range(3)}
        else:
            at = {j + 1 for j in at if j < len(new) and new[j] == line}
    return len(new) in at


def entries(mill, site):
    """What the JSON Feed of everything says, by id."""
    run(mill, ["build", "--accept", *NOW], site)
    items = json.loads((site / "feeds" / "feed.json").read_text())["items"]
    shutil.rmtree(site / "feeds")
    return {item["id"]: item for item in items}


def corpus(mill, source, folder, engine):
    faults = []
    site = pathlib.Path(folder, source.name)
    shutil.copytree(source, site)
    subprocess.run(["chmod", "-R", "u+w", site], check=True)
    run(mill, ["init", "--url", f"https://{source.name}.example/"], site)
    config = site / "feedmill.yaml"
    settings = config.read_text() if engine else re.sub(r"^  engine:.*\n", "", config.read_text(), flags=re.M)
    config.write_text(settings + "\noutput: {limit: 1000}\n")
    said = entries(mill, site)
    before = texts(site)

    diff = run(mill, ["check", "--fix", "--dry-run", *NOW], site)
    if texts(site) != before:
        faults.append("the dry run changed a file")
    report = json.loads(run(mill, ["check", "--fix", "--report", "json", *NOW], site))
    after = texts(site)
    named = collections.defaultdict(set)
    for mended in report["mended"]:
        named[mended["path"]].add(mended["line"])
    changed = {path for path in before if before[path] != after.get(path)}
    faults += [f"came or went: {path}" for path in before.keys() ^ after.keys()]
    faults += [f"changed and not named: {path}" for path in changed - named.keys()]
    faults += [f"named and not changed: {path}" for path in named.keys() - changed]
    faults += [f"changed outside its named lines: {path}" for path in changed & named.keys()
               if not only_named(before[path], after[path], named[path])]

    again = json.loads(run(mill, ["check", "--fix", "--report", "json", *NOW], site))
    faults += [f"mended again: {m['path']}:{m['line']}: {m['what']}" for m in again["mended"]]
    if texts(site) != after:
        faults.append("the second run changed a file")

    other = pathlib.Path(folder, "patched", source.name)
    for path in changed:
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_bytes(before[path])
    if diff:
        applied = subprocess.run(["git", "apply", "-p1", "--whitespace=nowarn", "-"], cwd=other, input=diff,
                                 capture_output=True, check=False)
        faults += [f"git apply: {applied.stderr[-300:].decode()}"] if applied.returncode else []
    faults += [f"the diff gives another text: {path}" for path in changed if (other / path).read_bytes() != after[path]]

    now = entries(mill, site)
    faults += [f"an entry is gone: {id}" for id in said.keys() - now.keys()]
    faults += [f"an entry says something else: {id}" for id in said.keys() & now.keys() if said[id] != now[id]]

    kinds = collections.Counter()
    for mended in report["mended"]:
        what = mended["what"]
        kinds.update(word for word in ("slug", "date", "quotes", "second", "fence") if f"{word}" in what.split("`")[0]
                     or (word == "slug" and "`slug:" in what) or (word == "quotes" and "in quotes" in what))
    left = sum(d["code"] == "A070" for d in report["diagnostics"])
    print(f"{source.name}: {report['articles']['found']} articles, {len(report['mended'])} lines in {len(changed)} files "
          f"({', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items())) or 'none'}), {left} left unproved, "
          f"{len(now.keys() - said.keys())} entries more; {'well' if not faults else f'{len(faults)} faults'}", flush=True)
    return faults


def main():
    words = [word for word in sys.argv[1:] if word != "--no-engine"]
    mill, corpora, *names = words
    mill = str(pathlib.Path(mill).resolve())
    sources = sorted(p for p in pathlib.Path(corpora).iterdir() if p.is_dir() and (not names or p.name in names))
    failed = False
    for source in sources:
        with tempfile.TemporaryDirectory() as folder:
            for fault in corpus(mill, source, folder, len(words) == len(sys.argv) - 1)[:50]:
                failed = True
                print(f"  {fault}")
    return 1 if failed or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
