#!/usr/bin/env python3
"""Compares two feedmill programs: the same findings, exit codes and documents, on every project folder at hand.

    run.py BEFORE AFTER [--corpus NAME ...] [--bench N] [--ignore FILE] [--messages] [--no-manifest] [--timeout SECONDS]

Each case is copied once for each program. There run, with a fixed clock: `init` where there is no feedmill.yaml; the case's
own command or `build`; `build` again, with the cache; `check`. Compared are

* exit codes; path, line, column, code and severity of every finding; the other fields of the JSON report except times;
* the bytes of every file that is then in the folder, whoever wrote it: feeds, pages, manifest, fixed articles. Not the cache.
  Of the config that `init` writes, comments and blank lines may differ.

Cases: tests/corpus/articles, tests/corpus/sites, content/, and, where ../shared exists, its corpora and its reported cases;
with `--bench N` also N articles of its generator. `--corpus NAME` runs some of: articles sites project corpora cases.
`--messages` compares texts as well: messages, help and comments. `--no-manifest` leaves the manifest out, which names
the program's version. `--ignore FILE` names cases that may differ, one a line (a folder, or a pattern such as
`cases/house/*`; `#` begins a comment). Exit code 1 if a case differs that the file does not name.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import cases

NOW = ["--now", "2026-11-30T12:00:00Z"]
JSON = ["--report", "json", "-v"]
TEXTS = ("message", "help", "what", "error")
DIFFERENCES_SHOWN = 8
ENV = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
ENV |= {"LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}


def run(program, args, folder, options):
    """One command: its exit code and what it printed, without the name of the temporary folder."""
    try:
        ran = subprocess.run([program, *args, *([] if args[0] == "init" else NOW)], cwd=folder, env=ENV, capture_output=True,
                             stdin=subprocess.DEVNULL, timeout=options.timeout, check=False)
    except subprocess.TimeoutExpired:
        return {"exit": f"none after {options.timeout} s"}
    stdout, stderr = (text.decode(errors="replace").replace(str(folder), "<project>") for text in (ran.stdout, ran.stderr))
    result = {"exit": ran.returncode}
    try:
        report = json.loads(stdout) if "json" in args else {}
    except ValueError:
        return result | {"exit": f"{ran.returncode}, without a report"}
    if options.messages:
        result["stderr"] = re.sub(r"\d[\d.]* m?s\b", "_", stderr)
    return result | parts(report, options.messages)


def parts(report, with_texts):
    """The findings of a report as a count of each, and its other fields, one by one."""
    report.pop("elapsed_ms", None)
    report = report if with_texts else without_texts(report)
    findings = collections.Counter()
    for finding in report.pop("diagnostics", []):
        place = "{path}:{line}:{column}: {severity} {code}".format(**finding)
        findings[place + (f": {finding['message']} | {finding['help']}" if with_texts else "")] += 1
    return {"findings": findings} | report


def without_texts(value):
    """A value of JSON without the fields that hold prose."""
    if isinstance(value, dict):
        return {key: without_texts(inner) for key, inner in value.items() if key not in TEXTS}
    return [without_texts(inner) for inner in value] if isinstance(value, list) else value


def outcome(program, case, folder, options):
    """Everything that is compared: a result for each command, and the bytes of each file."""
    case.write(folder)
    results = {}
    by_init = not (folder / "feedmill.yaml").exists()
    if by_init:
        results["init"] = run(program, ["init", "--url", "https://example.org/"], folder, options)
    first = list(case.first or ["build"])
    results[" ".join(first)] = run(program, [*first, *JSON], folder, options)
    results["build again"] = run(program, ["build", *JSON], folder, options)
    results["check"] = run(program, ["check", *JSON], folder, options)
    files = dict(written(folder, options))
    config = folder / "feedmill.yaml"
    if by_init and config.exists() and not options.messages:
        lines = (re.sub(r"\s*(?:^|\s)#.*", "", line) for line in config.read_text().splitlines())
        files["feedmill.yaml"] = "\n".join(line for line in lines if line).encode()
    return results, files


def written(folder, options):
    """Each file of the folder with its bytes; of a symbolic link, where it leads."""
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if name.startswith(".feedmill-cache/") or options.no_manifest and name.endswith(".feedmill/manifest.json"):
            continue
        if path.is_symlink():
            yield name, os.readlink(path).encode()
        elif path.is_file():
            yield name, path.read_bytes()


def differences(before, after):
    """A line for each difference of two outcomes."""
    (results, files), (new_results, new_files) = before, after
    for command, old in results.items():
        new = new_results.get(command, {})
        for field in sorted(old.keys() | new.keys()):
            yield from (f"{command}: {text}" for text in field_differences(field, old.get(field), new.get(field)))
    for path in sorted(files.keys() | new_files.keys()):
        if path not in new_files or path not in files:
            yield f"{path}: only {'before' if path in files else 'after'}"
        elif files[path] != new_files[path]:
            yield f"{path}: {first_difference(files[path], new_files[path])}"


def field_differences(field, old, new):
    if old == new:
        return
    if field == "findings" and old is not None and new is not None:
        yield from (f"only before: {place}" for place in sorted((old - new).elements()))
        yield from (f"only after: {place}" for place in sorted((new - old).elements()))
    else:
        texts = (json.dumps(value, ensure_ascii=False, sort_keys=True).encode() for value in (old, new))
        yield f"{field}: {first_difference(*texts)}"


def first_difference(old, new):
    """The first byte that differs, with some of its surroundings."""
    at = next((n for n, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    line = old.count(b"\n", 0, at) + 1
    shown = (text[max(0, at - 30):at + 60].decode(errors="replace") for text in (old, new))
    return "line {}, byte {}: {!r} before, {!r} after".format(line, at, *shown)


def compared(case, options):
    """The differences of one case, and how many findings and files it has before."""
    with tempfile.TemporaryDirectory(prefix="feedmill-compare-") as temporary:
        folders = [pathlib.Path(temporary, side, case.name.replace("/", "-")) for side in ("before", "after")]
        for folder in folders:
            folder.parent.mkdir()
        outcomes = [outcome(program, case, folder, options)
                    for program, folder in zip((options.before, options.after), folders)]
        results, files = outcomes[0]
        findings = sum(result["findings"].total() for result in results.values() if "findings" in result)
        return list(differences(*outcomes)), findings, len(files)


def accepted_names(path):
    """The patterns of the file of accepted differences."""
    lines = path.read_text().splitlines() if path else []
    return [line for line in (line.split("#")[0].strip() for line in lines) if line]


def is_accepted(name, patterns):
    return any(name == p or name.startswith(f"{p}/") or fnmatch.fnmatch(name, p) for p in patterns)


def compare_corpus(corpus, found, patterns, options):
    """Compares the cases of one corpus, prints what differs, and gives how many cases differ that may not."""
    began, found = time.monotonic(), list(found)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: compared(case, options), found))
    counts = collections.Counter()
    for case, (lines, findings, files) in zip(found, results):
        counts.update(findings=findings, files=files)
        accepted = is_accepted(case.name, patterns)
        counts["accepted" if lines and accepted else "different" if lines else "equal"] += 1
        for line in lines[:DIFFERENCES_SHOWN]:
            print(f"{case.name}: {'(accepted) ' if accepted else ''}{line}")
        if len(lines) > DIFFERENCES_SHOWN:
            print(f"{case.name}: and {len(lines) - DIFFERENCES_SHOWN} more differences")
    seconds = time.monotonic() - began
    print(f"{corpus}: {len(found)} cases with {counts['findings']} findings and {counts['files']} files: {counts['equal']} equal, "
          f"{counts['different']} different, {counts['accepted']} with accepted differences; {seconds:.0f} s", flush=True)
    return counts["different"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=os.path.abspath)
    parser.add_argument("after", type=os.path.abspath)
    parser.add_argument("--corpus", action="append", choices=cases.CORPORA)
    parser.add_argument("--bench", type=int, metavar="N")
    parser.add_argument("--ignore", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--messages", action="store_true")
    parser.add_argument("--no-manifest", action="store_true")
    parser.add_argument("--timeout", type=float, default=300, metavar="SECONDS")
    return parser.parse_args()


def main():
    options = arguments()
    patterns = accepted_names(options.ignore)
    different = 0
    for corpus, collect in cases.CORPORA.items():
        if not options.corpus or corpus in options.corpus:
            different += compare_corpus(corpus, collect(), patterns, options)
    if options.bench:
        with tempfile.TemporaryDirectory(prefix="feedmill-compare-") as folder:
            different += compare_corpus("bench", cases.bench(options.bench, pathlib.Path(folder)), patterns, options)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
