#!/usr/bin/env python3
"""What runs cost: cold, without a change, with one changed article, with one feed's config changed.

    runs.py FEEDMILL CONTENT [--runs 3] [--home DIR] [--keep]

FEEDMILL is a release build, CONTENT a folder of articles (`../shared/bench/gen.py -f ours` makes one). The project lies in a
folder of its own under --home (default: the system's temporary folder); one article of CONTENT is edited and put back. Prints
a Markdown table of medians: CPU seconds (user and system, of the process and its threads), wall seconds, peak memory, and how
many heads were read anew, entries rendered, documents made and written, as the run itself counts them. The floor is
`find -type f -printf` over the same files.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

CONFIG = """site: {{title: Bench, url: "https://example.org/", language: ru, since: 2019, timezone: Europe/Moscow}}
content: {{dir: {content}}}
output: {{dir: out, limit: 20}}
feeds: [{{by: tag}}, {{name: one, description: "{words}", where: {{not: {{tag: nothing}}}}}}]
"""
FIND = ["find", None, "-type", "f", "-printf", "%s %T@ %i %p\\n"]


def measured(command, cwd):
    """Runs a command; its CPU and wall seconds, peak memory in MiB, and what it wrote to stderr."""
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        process = subprocess.Popen([str(c) for c in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        said.seek(0)
        text = said.read().decode()
    if status:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}: {text[-600:]}")
    return {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": used.ru_maxrss / 1024, "text": text}


def build(binary, project):
    """One build, with what it counted."""
    run = measured([binary, "build", "--quiet", "--timings", "json"], project)
    stages = json.loads(next(line for line in run["text"].splitlines() if line.startswith("{")))["stages"]
    counts = {}
    for stage in stages:
        for name, count in stage["counts"].items():
            counts[name] = counts.get(name, 0) + count
    return run | {"counts": counts}


def row(name, runs):
    """One line of the table."""
    middle = {key: statistics.median(run[key] for run in runs) for key in ("cpu", "wall", "peak")}
    counts = runs[-1].get("counts", {})
    count = [counts.get(key, 0) for key in ("files_read", "entries_rendered", "documents_made", "documents_written")]
    cells = [name, f"{middle['cpu']:.3f}", f"{middle['wall']:.3f}", f"{middle['peak']:.0f}", *(f"{n:,}" for n in count)]
    print("| " + " | ".join(cells) + " |", flush=True)
    return middle


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feedmill", type=pathlib.Path)
    parser.add_argument("content", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--home", type=pathlib.Path)
    parser.add_argument("--keep", action="store_true", help="leave the project folder")
    args = parser.parse_args()
    content, binary = args.content.resolve(), args.feedmill.resolve()
    project = pathlib.Path(tempfile.mkdtemp(prefix="feedmill-runs-", dir=args.home))
    config = project / "feedmill.yaml"

    def configure(words):
        config.write_text(CONFIG.format(content=content, words=words))

    configure("first")
    # One of the last folder's; their names are not kept: a child's peak is at least what its parent held.
    folders = sorted(path for path in content.iterdir() if path.is_dir())
    victim = sorted(folders[-1].glob("*.md"))[-3]
    many = sum(name.endswith(".md") for _, _, names in os.walk(content) for name in names)
    text = victim.read_bytes()
    print(f"{many:,} articles, {args.runs} runs each, medians\n")
    print("| run | CPU s | wall s | peak MiB | files read | entries rendered | documents made | documents written |")
    print("|---|---|---|---|---|---|---|---|")
    try:
        cold = []
        for _ in range(args.runs):
            shutil.rmtree(project / "out", ignore_errors=True)
            shutil.rmtree(project / ".feedmill-cache", ignore_errors=True)
            # So that the disk has no say: what is read is in the page cache, as far as it fits.
            subprocess.run(["find", content, "-type", "f", "-exec", "cat", "{}", "+"], stdout=subprocess.DEVNULL, check=True)
            cold.append(build(binary, project))
        first = row("cold", cold)
        build(binary, project)
        same = row("no change", [build(binary, project) for _ in range(args.runs)])
        changed = []
        for _ in range(args.runs):
            victim.write_bytes(text + f"\nChanged at {time.time_ns()}.\n".encode())
            changed.append(build(binary, project))
        one = row("one article changed", changed)
        victim.write_bytes(text)
        build(binary, project)
        other = []
        for _ in range(args.runs):
            configure(time.time_ns())
            other.append(build(binary, project))
        row("one feed's config changed", other)
        floor = row("find", [measured([part or content for part in FIND], project) for _ in range(5)])
    finally:
        victim.write_bytes(text)
        if not args.keep:
            shutil.rmtree(project)
    print(f"\nno change : find = {same['cpu'] / floor['cpu']:.2f}, one changed : no change = {one['cpu'] / same['cpu']:.2f}, "
          f"cold = {first['cpu'] / many * 1e6:.0f} µs CPU an article")


if __name__ == "__main__":
    main()
