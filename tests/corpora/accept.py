#!/usr/bin/env python3
"""Holds feedmill to the survey: of the articles of each corpus at least 99.5 % are accepted, by the config of `feedmill init`.

    accept.py FEEDMILL CORPORA [NAME ...] [--judge JUDGE.PY]

For each folder of CORPORA: a copy, `feedmill init --url …`, `feedmill build`; then the survey of the content folder that
init chose. Drafts and their like count as accepted. Every file left out needs a finding or a word of its own in the
report, no run may crash, and no template's source may stand outside code in any feed. With --judge the feeds go through
the judge as well (0 errors, 0 warnings). Exit code 1 where anything fails.
"""
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
LEFTOVER = re.compile(r"\{%.{0,60}|\{\{<.{0,60}|^:::.{0,60}|^import .{1,80} from .{0,60}", re.M)


def run(mill, args, cwd):
    ran = subprocess.run([mill, *args], cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    if ran.returncode not in (0, 1) or "panicked" in ran.stderr:
        raise SystemExit(f"{cwd}: feedmill {' '.join(args)}: exit {ran.returncode}\n{ran.stderr[-2000:]}")
    return ran


def corpus(mill, source, judge):
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
        faults += leftovers(site / "feeds")
        if judge:
            base = url + "feeds/"
            judged = subprocess.run([judge, site / "feeds", "--base-url", base, "--require", "all", "--quiet"],
                                    capture_output=True, text=True, check=False)
            if judged.returncode:
                faults.append(f"the judge: {judged.stdout[-1500:]}{judged.stderr[-500:]}")
    share = 100 * (1 - len(errors) / max(1, len(articles)))
    found = report["articles"]
    line = (f"{source.name:12} {found['found']:5} files, {len(articles):5} articles by the survey, {share:6.2f} % accepted"
            f" ({len(errors)} not), {len(rejected):4} rejected by the survey, {found['accepted']:5} accepted by feedmill")
    return faults, line


def leftovers(feeds):
    """Source of templates outside code in the content of the feed of everything."""
    document = json.loads((feeds / "feed.json").read_text())
    found = []
    for item in document["items"]:
        text = CODE.sub("", item.get("content_html", ""))
        found += [f"a template's source in {item['url']}: {match}" for match in LEFTOVER.findall(text)[:3]]
    return found


def main():
    args = sys.argv[1:]
    judge = args.pop(args.index("--judge") + 1) if "--judge" in args else None
    args = [arg for arg in args if arg != "--judge"]
    mill, corpora, *names = args
    known = [folder for folder in sorted(pathlib.Path(corpora).iterdir()) if folder.is_dir() and folder.name != "seeds"]
    failed = False
    for folder in known:
        if names and folder.name not in names:
            continue
        faults, line = corpus(os.path.abspath(mill), folder, judge)
        print(line, flush=True)
        for fault in faults[:20]:
            print(f"  {fault}")
        failed |= bool(faults)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
