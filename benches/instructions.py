#!/usr/bin/env python3
"""Counts the instructions of every stage of a build and holds them to the committed baseline.

    instructions.py [--bless] [STAGE ...]

Builds `benches/instructions.rs` in the profile `profiling`, runs each stage once under `valgrind --tool=callgrind` and prints
instructions, the ratio to `instructions.tsv` and instructions per article. Exit code 1 where a stage takes a tenth more than
its baseline. Instructions hang on the compiler: after a new one, look at the ratios and bless. Needs valgrind.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / "instructions.tsv"
ARTICLES = 400
WORSE = 1.10


def program():
    """The built program's path."""
    built = subprocess.run(
        ["cargo", "bench", "--locked", "--profile", "profiling", "--bench", "instructions", "--no-run", "--message-format=json"],
        cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    made = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
    return next(m["executable"] for m in reversed(made) if m.get("executable") and m["target"]["name"] == "instructions")


def count(binary, stage):
    """Instructions of one stage."""
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*instructions*measured*",
             f"--callgrind-out-file={folder}/out", binary, stage],
            env={"RAYON_NUM_THREADS": "1"}, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", ran.stderr)
    if ran.returncode or not found or found[1] == "0":
        sys.exit(f"{stage}: valgrind counted nothing: {ran.stderr[-400:]}")
    return int(found[1])


def main():
    args = sys.argv[1:]
    bless = "--bless" in args
    binary = program()
    known = subprocess.run([binary], capture_output=True, text=True, check=True).stdout.split()
    wanted = [arg for arg in args if arg != "--bless"] or known
    base = dict(line.split("\t") for line in BASELINE.read_text().splitlines()) if BASELINE.exists() else {}
    worse = []
    print(f"{'stage':<12}{'instructions':>16}{'an article':>12}{'to baseline':>13}")
    for stage in wanted:
        now = count(binary, stage)
        ratio = now / int(base[stage]) if stage in base else None
        print(f"{stage:<12}{now:>16,}{now // ARTICLES:>12,}{f'{ratio:.3f}' if ratio else 'new':>13}", flush=True)
        if ratio and ratio > WORSE:
            worse.append(stage)
        if bless:
            base[stage] = str(now)
    if bless:
        BASELINE.write_text("".join(f"{stage}\t{base[stage]}\n" for stage in known if stage in base))
    elif worse:
        sys.exit(f"more instructions than the baseline by a tenth: {', '.join(worse)}")


if __name__ == "__main__":
    main()
