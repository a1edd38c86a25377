#!/usr/bin/env python3
"""Plants faults into a copy of the sources, one at a time, and demands that the tests fail.

    run.py [NAME ...] [--some N]

Each file beside this one, NAME.toml, is a fault: `find` is a regular expression that matches once in the files of `files`
(`src/**/*.rs` if not given), `replace` is what takes its place, and `tests` are the arguments of the `cargo test` that must then
fail. `--some N` takes N of them, chosen by the commit. The copy and its build are in target/faults.

Exit code 1 if a test passes with its fault; if a test fails without any; if a fault does not compile, or its pattern does not
match exactly once: the sources have changed, and the fault must be written anew.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "target/faults"
COPY = WORK / "source"
ENV = os.environ | {"CARGO_TARGET_DIR": str(WORK / "build")}
MINUTES = 40


def copy_sources():
    """Brings the copy up to date; files that have not changed stay, so that the build is incremental."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout
    paths = {path for path in listed.split("\0") if path and (ROOT / path).is_file()}
    for path in paths:
        target, content = COPY / path, (ROOT / path).read_bytes()
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for file in [file for file in COPY.rglob("*") if file.is_file() and str(file.relative_to(COPY)) not in paths]:
        file.unlink()


def find(fault):
    """The one place of a fault: the file and the text that it has with the fault; else why there is none."""
    found = []
    for path in sorted(COPY.glob(fault.get("files", "src/**/*.rs"))):
        text, count = re.subn(fault["find"], fault["replace"], path.read_text())
        found += [(path, text)] * count
    if len(found) != 1:
        places = ", ".join(str(path.relative_to(COPY)) for path, _ in found) or "nowhere"
        return None, f"its pattern must match once and matches {len(found)} times: {places}"
    return found[0], None


def cargo_test(*arguments):
    """Whether the tests pass, and the end of what cargo said."""
    command = ["cargo", "test", "--locked", "--quiet", *arguments]
    try:
        ran = subprocess.run(command, cwd=COPY, env=ENV, capture_output=True, text=True, timeout=60 * MINUTES, check=False)
    except subprocess.TimeoutExpired:
        return False, f"not done after {MINUTES} minutes"
    return ran.returncode == 0, (ran.stdout + ran.stderr)[-1500:]


def compiled(tests):
    """Whether the test compiles: the arguments without the names of tests to run."""
    target = tests[:2] if tests[0] == "--test" else tests[:1]
    return cargo_test(*target, "--no-run")


def try_fault(fault):
    """What is wrong with the tests or the fault; None if the tests fail, as they should."""
    place, why = find(fault)
    if why:
        return why
    path, text = place
    original = path.read_text()
    path.write_text(text)
    try:
        builds, said = compiled(fault["tests"])
        if not builds:
            return f"it does not compile:\n{said}"
        passes, _ = cargo_test(*fault["tests"])
        return f"NOT CAUGHT by cargo test {' '.join(fault['tests'])}" if passes else None
    finally:
        path.write_text(original)


def chosen(names, some):
    """The faults to try, by name."""
    known = {path.stem: tomllib.loads(path.read_text()) for path in sorted(HERE.glob("*.toml"))}
    if unknown := set(names) - known.keys():
        sys.exit(f"there is no fault {', '.join(sorted(unknown))}")
    picked = list(names or known)
    if some:
        commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        first = int(commit[:7], 16) % len(picked)
        picked = (picked[first:] + picked[:first])[:some]
    return {name: known[name] for name in picked}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--some", type=int, metavar="N")
    options = parser.parse_args()
    faults = chosen(options.names, options.some)
    copy_sources()
    for tests in sorted({tuple(fault["tests"]) for fault in faults.values()}):
        passes, said = cargo_test(*tests)
        if not passes or not re.search(r"\b[1-9]\d* passed", said):
            sys.exit(f"without a fault, cargo test {' '.join(tests)} fails or runs no test:\n{said}")
    wrong = 0
    for name, fault in faults.items():
        why = try_fault(fault)
        wrong += why is not None
        print(f"{name}: {why or 'caught'}", flush=True)
    print(f"{len(faults) - wrong} of {len(faults)} planted faults are caught")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
