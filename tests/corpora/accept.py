#!/usr/bin/env python3
"""Holds feedmill to the survey: of the articles of each corpus at least 99.5 % are accepted, by the config of `feedmill init`.

    accept.py FEEDMILL CORPORA [NAME ...] [--templates] [--judge JUDGE.PY [--judges A,B] [--sample N]]

For each folder of CORPORA: a copy, `feedmill init --url …`, `feedmill build`; then the survey of the content folder that
init chose. Drafts and their like count as accepted. Every file left out needs a finding, and no run may crash or last
ten minutes. With --templates every article is in the feeds, and no template's source may stand outside code in any of
them; with --judge the feeds go through the judge (0 errors, 0 warnings): all of its programs or those of `--judges a,b`,
and `--sample N` files at most. Exit code 1 where anything fails.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import survey

NOW = "2026-11-21T00:00:00Z"
CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.S)
LEFTOVER = re.compile(r"\{%.{0,60}|\{\{<.{0,60}|^:::.{0,60}|^import .{1,80} from (?:['\"]|&quot;|&#).{0,60}", re.M)


def run(mill, args, cwd):
    ran = subprocess.run([mill, *args], cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    if ran.returncode not in (0, 1) or "panicked" in ran.stderr:
        raise SystemExit(f"{cwd}: feedmill {' '.join(args)}: exit {ran.returncode}\n{ran.stderr[-2000:]}")
    return ran


def corpus(mill, source, judge, templates):
    """The faults of one corpus, and a line about it."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder, source.name)
        shutil.copytree(source, site)
        subprocess.run(["chmod", "-R", "u+w", site], check=True)
        url = f"https://{source.name}.example/"
        run(mill, ["init", "--url", url], site)
        short = run(mill, ["build", "--report", "short", "-v", "--now", NOW], site).stderr
        left = dict(re.findall(r"^left out +(.+?) \(([^()]*)\)$", short, re.M))
        report = json.loads(run(mill, ["build", "--report", "json", "--now", NOW], site).stdout)
        told = {finding["path"] for finding in report["diagnostics"]}
        config = (site / "feedmill.yaml").read_text()
        content = re.search(r'^  dir: "?([^"#\n]*?)"? *(#.*)?$', config, re.M)[1]
        articles, rejected = survey.survey(site / content)
        within = lambda path: os.path.normpath(os.path.join(content, path))
        errors = [path for path in articles if left.get(within(path)) in ("with an error", "no article")]
        silent = [path for path, why in left.items() if why in ("with an error", "no article") and path not in told]
        faults += [f"left out without a finding: {path}" for path in silent]
        if len(errors) > 0.005 * len(articles):
            faults += [f"not accepted: {path}" for path in errors]
        if judge:
            faults += judged(judge, site / "feeds", url + "feeds/")
        if templates:
            (site / "feedmill.yaml").write_text(config + "\noutput: {dir: whole, limit: 100000, formats: [json], pages: false}\n")
            run(mill, ["build", "-q", "--now", NOW], site)
            faults += leftovers(site / "whole")
    share = 100 * (1 - len(errors) / max(1, len(articles)))
    found = report["articles"]
    line = (f"{source.name:12} {found['found']:5} files, {len(articles):5} articles by the survey, {share:6.2f} % accepted"
            f" ({len(errors)} not), {len(rejected):4} rejected by the survey, {found['accepted']:5} accepted by feedmill")
    return faults, line


def judged(judge, feeds, base):
    """What the judge has against the feeds."""
    ran = subprocess.run([*judge, "--base-url", base, feeds], capture_output=True, text=True, check=False)
    summary = re.search(r"^SUMMARY files=\d+ errors=0 warnings=0 parity_mismatches=0$", ran.stdout, re.M)
    if ran.returncode == 0 and summary:
        return []
    lines = [line for line in ran.stdout.splitlines() if re.search(r"^SUMMARY|^FAIL|^warn|\b(error|warning)\b", line)]
    return [f"the judge: {line}" for line in [*lines, *ran.stderr.splitlines()[-5:]]]


def leftovers(feeds):
    """Source of templates outside code in the content of the feed of all articles."""
    document = json.loads((feeds / "feed.json").read_text())
    found = []
    for item in document["items"]:
        text = CODE.sub("", item.get("content_html", ""))
        found += [f"a template's source in {item['url']}: {match}" for match in LEFTOVER.findall(text)[:3]]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feedmill")
    parser.add_argument("corpora")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--templates", action="store_true")
    parser.add_argument("--judge")
    parser.add_argument("--judges")
    parser.add_argument("--sample")
    args = parser.parse_args()
    judge = [args.judge, "--require", args.judges or "all"] if args.judge else None
    if judge:
        judge += ["--judges", args.judges] if args.judges else []
        judge += ["--sample", args.sample] if args.sample else []
    known = [folder for folder in sorted(pathlib.Path(args.corpora).iterdir()) if folder.is_dir() and folder.name != "seeds"]
    failed = False
    for folder in known:
        if args.names and folder.name not in args.names:
            continue
        faults, line = corpus(os.path.abspath(args.feedmill), folder, judge, args.templates)
        print(line, flush=True)
        for fault in faults[:60]:
            print(f"  {fault}")
        failed |= bool(faults)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
