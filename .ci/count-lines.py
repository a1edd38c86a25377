#!/usr/bin/env python3
"""Counts the code lines of src/: without blank lines, comments and tests (items under `#[cfg(test)]`, and the files they name).

    count-lines.py [FOLDER] [--by-module]

cloc and tokei count the same lines but for tests, which they cannot tell apart. FOLDER is a checkout (default: this one).
"""
import argparse
import collections
import pathlib
import re

# What may hold a brace or a comment's begin without being one: comments, strings, characters.
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|b?r(#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?'(?:\\[^\n]+?|[^\\'\n])'""", re.S)
TEST = re.compile(r"#\[cfg\((?:test|all\(test[^\n]*)\)\]")


def blank(match):
    """Comments become blank, and each line of what is in quotes becomes `"`; line breaks stay."""
    return re.sub(r"[^\n]+|(?<=\n)(?=\n)", "" if match[0].startswith("/") else '"', match[0])


def without_tests(code):
    """The code without items under `#[cfg(test)]`, and the names of the modules that these declare in files of their own."""
    modules = []
    while match := TEST.search(code):
        end = match.end() + min(at for at in (code[match.end():].find(c) for c in ";{") if at >= 0)
        if code[end] == ";":
            modules += re.findall(r"\bmod (\w+)$", code[match.end():end])
        depth = 0
        while code[end] != ";" or depth:
            depth += {"{": 1, "}": -1}.get(code[end], 0)
            if code[end] == "}" and depth == 0:
                break
            end += 1
        code = code[:match.start()] + code[end + 1:]
    return code, modules


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=pathlib.Path(__file__).resolve().parents[1], type=pathlib.Path)
    parser.add_argument("--by-module", action="store_true")
    options = parser.parse_args()
    source, counts, tests = options.folder / "src", {}, []
    for path in sorted(source.rglob("*.rs")):
        code, modules = without_tests(TOKEN.sub(blank, path.read_text()))
        counts[path] = sum(1 for line in code.split("\n") if line.strip())
        tests += [(path.parent if path.stem in ("mod", "lib", "main") else path.with_suffix("")) / name for name in modules]
    counts = {path: n for path, n in counts.items() if not any(t in (path.with_suffix(""), *path.parents) for t in tests)}
    if options.by_module:
        modules = collections.Counter()
        for path, n in counts.items():
            modules[path.relative_to(source).parts[0].removesuffix(".rs")] += n
        print(*(f"{n:6} {name}" for name, n in modules.most_common()), sep="\n")
    print(f"{sum(counts.values()):6} code lines in {len(counts)} files of src/")


if __name__ == "__main__":
    main()
