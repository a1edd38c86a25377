#!/usr/bin/env python3
"""Holds feedmill's YAML trees to PyYAML's, scalar by scalar: every front matter of the corpora, and generated ones.

    yaml_trees.py DUMP [CORPORA]    DUMP is target/debug/examples/yaml-trees; without CORPORA the generated ones alone

Every scalar is compared as its text, keys and twins of keys included; a plain scalar that YAML calls null is nothing in
both. Passed over: what PyYAML cannot read (feedmill mends some of it), merge keys (feedmill resolves them), non-text keys.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import yaml

NULLS = ("", "~", "null", "Null", "NULL")


def theirs(text):
    """PyYAML's tree in the form of the dump; None where it has no say."""
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError):
        return None
    return None if root is None else value(root, 0)


def value(node, depth):
    if depth > 40:
        raise RecursionError
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in NULLS else node.value
    if isinstance(node, yaml.SequenceNode):
        return {"list": [value(item, depth + 1) for item in node.value]}
    if not all(isinstance(key, yaml.ScalarNode) and key.value != "<<" for key, _ in node.value):
        raise RecursionError
    return {"map": [[key.value, value(item, depth + 1)] for key, item in node.value]}


def heads(corpora):
    for file in sorted(pathlib.Path(corpora).rglob("*.md")):
        text = file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
        text = text.replace("\r\n", "\n").lstrip("\n")
        lines = text.split("\n")
        if lines[0].strip() != "---":
            continue
        end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
        if end:
            yield str(file), "\n".join(lines[1:end]) + "\n"


WORDS = ["a", "Ночь", "it's", "no", "on", "1e3", "0x1F", "012", "1_000", "12:30:45", "2020-01-02", "2020-01-02T03:04:05Z", "~", "null",
         "-1.5", ".inf", "=", "a: b", "#x", "a #b", "- x", "? y", "[z", "{q", "&a", "*b", "!c", "%d", "@e", "`f", '"g"', "h\\n", "tab\tin",
         "line\nbreak", "two\n\nbreaks\n", " lead", "trail ", "", "😀", "x" * 90, "word " * 30, "a, b", "http://e.org/?a=b#c", "C++", "\u00a0"]


def generated(count):
    dice = random.Random(2026)

    def any_value(depth):
        kind = dice.random()
        if depth < 3 and kind < 0.2:
            return [any_value(depth + 1) for _ in range(dice.randrange(4))]
        if depth < 3 and kind < 0.4:
            return {dice.choice(WORDS[:12]) + str(n): any_value(depth + 1) for n in range(dice.randrange(4))}
        return "".join(dice.choice(WORDS) for _ in range(dice.choice([1, 1, 1, 2, 3])))

    for n in range(count):
        mapping = {f"key{i}": any_value(0) for i in range(1 + dice.randrange(6))}
        yield f"generated {n}", yaml.dump(
            mapping, allow_unicode=dice.random() < 0.7, default_flow_style=dice.choice([True, False, None]),
            default_style=dice.choice([None, None, "'", '"', "|", ">"]), width=dice.choice([20, 80, 1000]),
            indent=dice.choice([2, 4, 8]), explicit_start=False)
    for n in range(count):
        lines = []
        for i in range(1 + dice.randrange(5)):
            text = dice.choice(WORDS) + dice.choice(["", " ", ": "]) + dice.choice(WORDS)
            shape = dice.choice(["{}", "'{}'", '"{}"', "|\n  {}\n  {}", ">-\n  {}\n\n   {}", "{}\n  {}", "[{}, {}]", "- {}", "|+2\n    {}\n",
                                 "# {}", "\n- {}\n- {}", "\n  a: {}\n  b: {}", "{{a: {}, b: {}}}", "&x {}\nz: *x"])
            lines.append(f"k{i}: " + shape.replace("{}", text.replace("\n", " ")).replace("{{", "{").replace("}}", "}"))
        yield f"written {n}", "\n".join(lines) + "\n"
    for n in range(count):
        text = "\n".join(line(dice, f"k{i}") for i in range(1 + dice.randrange(6))) + dice.choice(["\n", "\n", "\n\n"])
        yield f"styled {n}", text.replace("\n", "\r\n") if dice.random() < 0.3 else text


KEYS = ["{}", "{}", "'{}'", '"{}"', "ключ-{}", "-{}", "{}.x/y", '"a: {}"', "'it''s {}'", "two words {}", "12{}", '"\\u0416{}"', "@{}", "? {}\n", "{}   "]
TEXTS = ["plain", "Ночь и день", "It's", "a - b", "x:y", "e#f", "C++ & C#", "1_000", "0o17", "日本語", "🙂 ok", "«да»", "a\u00a0b", "50 %", "(see *x*)", "--", "http://e.org/a:b"]
COMMENTS = ["", "", "", " # why", "   # ключ: \"x\"", "\n# alone", "\n  # indented", "\n\n"]


def line(dice, name):
    """One key in one of the styles that people write: each scalar style, blocks with indicators, flows over lines, anchors."""
    a, b, c = (dice.choice(TEXTS) for _ in range(3))
    key = dice.choice(KEYS).replace("{}", name)
    head, tail = dice.choice(["|", ">"]), dice.choice(["", "-", "+"])
    pad = " " * dice.choice([1, 2, 4])
    block = f"{head}{tail}{dice.choice(['', '', ' # note'])}\n{pad}{a}\n{dice.choice(['', pad, '   '])}\n{pad}  {b}\n{pad}{c}{dice.choice(['', chr(10), chr(10) * 2])}"
    quoted = dice.choice(['"{a}\\n{b}\\t\\"{c}\\""', '"{a} \\\n   {b}\n\n   {c}"', "'{q}\n  {b}\n\n  {c}'", '"\\x41\\u00e9\\U0001F600 {a}"', '""', "''", '"  {a}  "'])
    quoted = quoted.replace("{a}", a).replace("{b}", b).replace("{c}", c).replace("{q}", a.replace("'", "''"))
    value = dice.choice([
        a, f"{a} {b}", f"{a}\n{pad}{b}\n{pad}{c}", block, f"{head}2{tail}\n  {a}\n   {b}", quoted, quoted,
        f"[{a}, '{b.replace(chr(39), '')}', \"{c}\"]", f"[\n  {a},\n  {b}, # c\n]", f"{{x: {a}, 'y': [{b}, {{z: {c}}}]}}", "[]", "{}",
        f"\n- {a}\n- {b}\n-\n- - {c}\n  - {a}", f"\n  - x: {a}\n    y: {b}\n  - x: {c}", f"\n  x:\n    y:\n      z: {a}\n  w: {b}",
        f"&n{name} {a}\n{name}b: *n{name}", f"&m{name} [{a}, {b}]\n{name}c: *m{name}", f"!!str {a}", "", "~", "null", "true", "2020-01-02", f"{a}\n{name}: {b}",
    ])
    return f"{key}: {value}{dice.choice(COMMENTS) if chr(10) not in value else ''}"


def main():
    dump, *corpora = sys.argv[1:3]
    cases = [*(heads(corpora[0]) if corpora else []), *generated(3000)]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, (_, text) in enumerate(cases):
            path = pathlib.Path(folder, f"{n}.yml")
            path.write_text(text, encoding="utf-8", newline="")
            paths.append(str(path))
        ran = subprocess.run([dump], input="".join(p + "\n" for p in paths), capture_output=True, text=True, check=True)
    ours = [json.loads(line) for line in ran.stdout.split("\n") if line]
    compared, passed, faults = {"heads": 0, "generated": 0}, {"heads": 0, "generated": 0}, []
    for (name, text), our in zip(cases, ours, strict=True):
        try:
            their = theirs(text)
        except RecursionError:
            their = None
        kind = "generated" if name.startswith(("generated ", "written ", "styled ")) else "heads"
        if their is None or not isinstance(their, dict):
            passed[kind] += 1
            continue
        compared[kind] += 1
        if our.get("tree") != their:
            faults.append((name, text, our, their))
    for kind in compared:
        print(f"{kind}: {compared[kind]} compared, {passed[kind]} passed over")
    if compared["generated"] < 5000:
        raise SystemExit("too few generated texts are YAML to say anything")
    print(f"{len(faults)} differ")
    for name, text, our, their in faults[:12]:
        print(f"\n== {name}\n{text[:600]}\nours:   {json.dumps(our, ensure_ascii=False)[:600]}\ntheirs: {json.dumps(their, ensure_ascii=False)[:600]}")
    sys.exit(int(bool(faults)))


if __name__ == "__main__":
    main()
