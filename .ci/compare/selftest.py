#!/usr/bin/env python3
"""Tries run.py itself: selftest.py FEEDMILL. A program is equal to itself, and each doctored copy of it is found out."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# A name, what a shell script does in place of the program ($REAL is the program), and what run.py must then print.
DOCTORED = [
    ("drops a finding", """$REAL "$@" | sed 's/{"code":"A012"[^}]*},*//'; exit "${PIPESTATUS[0]}" """, "only before: "),
    ("moves a finding", """$REAL "$@" | sed 's/"column":7/"column":8/'; exit "${PIPESTATUS[0]}" """, "only after: "),
    ("changes a severity", """$REAL "$@" | sed 's/"severity":"warning"/"severity":"note"/'; exit "${PIPESTATUS[0]}" """, "only after: "),
    ("changes a byte of a feed", """$REAL "$@"; code=$?; sed -i '0,/<item>/s//<itew>/' feeds/rss.xml 2>/dev/null; exit $code""",
     "feeds/rss.xml: line "),
    ("loses a feed", """$REAL "$@"; code=$?; rm -f feeds/atom.xml; exit $code""", "feeds/atom.xml: only before"),
    ("ends with another code", """$REAL "$@"; code=$?; [ $code != 1 ] || code=0; exit $code""", "exit: "),
    ("prints no report", """$REAL "$@" | head -c 100; exit "${PIPESTATUS[0]}" """, "without a report"),
]


def compare(before, after, *more):
    command = [sys.executable, HERE / "run.py", before, after, "--corpus", "sites", *more]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def main():
    real, failed = pathlib.Path(sys.argv[1]).resolve(), []
    if compare(real, real, "--corpus", "articles", "--messages")[0] != 0:
        failed.append("the program differs from itself")
    # Not in the usual place, from which programs may not be allowed to run.
    target = HERE.parents[1] / "target"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        for name, script, expected in DOCTORED:
            program = pathlib.Path(folder, name.replace(" ", "-"))
            program.write_text(f"#!/usr/bin/env bash\nREAL='{real}'\n{script}\n")
            program.chmod(0o755)
            code, printed = compare(real, program)
            if code != 1 or expected not in printed:
                failed.append(f"a program that {name} is not found out: exit {code}\n{printed[-600:]}")
        accepted = pathlib.Path(folder, "accepted.txt")
        accepted.write_text("# every site\nsites/*\n")
        if compare(real, program, "--ignore", accepted)[0] != 0:
            failed.append("an accepted difference counts")
    print("\n".join(failed) or f"equal to itself; {len(DOCTORED)} doctored programs are found out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
