"""Holds `feedmill schema` to check-jsonschema: both are draft-07, every config that feedmill takes is taken, wrong ones are refused
by both, and the front matter of this repository's articles is taken.

usage: check.py FEEDMILL   (with check-jsonschema beside this Python)
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

FEEDMILL = pathlib.Path(sys.argv[1]).resolve()
CHECKER = pathlib.Path(sys.executable).with_name("check-jsonschema")
URL = 'site: {url: "https://e.org/"}\n'
# One fault each, which an editor should underline.
WRONG = [
    "stie: {}",
    "site: {tilte: x}",
    "site: {url: e.org}",
    'site: {url: "https://e.org/", language: russian_language}',
    'site: {url: "https://e.org/", timezone: Europe/Moskow}',
    'site: {url: "https://e.org/", since: yesterday}',
    'site: {url: "https://e.org/", authors: [{name: A, email: a b}]}',
    "content: {engine: jeckyll}",
    "content: {fields: {titel: x}}",
    "content: {date_order: dym}",
    "content: {languages: [russian_language]}",
    "output: {formats: [rss, atmo]}",
    "output: {limit: 0}",
    "output: {limit: many}",
    "output: {content: all}",
    "output: {pages: maybe}",
    "output: {headers: [ngnix]}",
    "feeds: tag",
    "feeds: [{by: tags}]",
    "feeds: [{by: tag, name: x, where: {tag: y}}]",
    "feeds: [{by: tag, title: x}]",
    "feeds: [{name: x}]",
    "feeds: [{name: X, where: {tag: y}}]",
    "feeds: [{name: x, where: {}}]",
    "feeds: [{name: x, where: {tga: y}}]",
    "feeds: [{name: x, where: {any: [{not: {tga: y}}]}}]",
    "tags: {aliases: [a]}",
    "sources: {X: y}",
    "sources: {X: {urll: a}}",
    "websub: {hubs: hub.example}",
    "push: {at_once: 0}",
    "images: {max_age: 30}",
    "images: {figures: no}",
    "pages: {texts: {de: {subscrbe: x}}}",
    "targets: [flipbord]",
    "policy: {mode: Strict}",
    "policy: {levels: {A021: allowed}}",
    "policy: {levels: {A999: allow}}",
]
RIGHT = [
    "",
    "site:\n  url: https://e.org\n  title:\n  since: 2025-06-08\ncontent:\nfeeds:\n",
    URL + "output: {formats: rss, credit: no, pages: yes}\nfeeds: []\ncontent: {exclude: drafts/**}\n",
    URL + "feeds: [{name: a, where: {all: [{tag: 5}, {not: {featured: no}}]}, limit: 3}]\nsources: {X: 'https://x.org/', Y: }\n",
]


def refused(schema, files):
    """Of these files, those that the schema refuses."""
    command = [CHECKER, "--schemafile", schema, "-o", "JSON", *files]
    ran = subprocess.run(command, capture_output=True, text=True)
    if not ran.stdout:
        sys.exit(f"check-jsonschema: {ran.stderr[-3000:]}")
    told = json.loads(ran.stdout)
    bad = {fault["filename"]: fault for fault in told.get("errors", []) + told.get("parse_errors", [])}
    return bad


def takes(folder):
    """Whether feedmill takes the config of a folder."""
    ran = subprocess.run([FEEDMILL, "snippet", "-C", folder], capture_output=True, text=True)
    if ran.returncode not in (0, 2):
        sys.exit(f"{folder}: feedmill snippet ended with {ran.returncode}\n{ran.stderr}")
    return ran.returncode == 0


def front_matter(path):
    text = path.read_text(errors="replace")
    found = re.match(r"---\n(.*?)\n---\n", text, re.S)
    return found and found.group(1)


faults = []
with tempfile.TemporaryDirectory() as temp:
    temp = pathlib.Path(temp)
    schemas = {of: temp / f"{of}.json" for of in ("config", "article")}
    for of, path in schemas.items():
        path.write_bytes(subprocess.run([FEEDMILL, "schema", of], check=True, capture_output=True).stdout)
    meta = subprocess.run([CHECKER, "--check-metaschema", *schemas.values()], capture_output=True, text=True)
    if meta.returncode:
        faults.append(f"no schema of draft-07: {meta.stdout}{meta.stderr}")

    configs = [path for path in pathlib.Path(".").rglob("feedmill.yaml") if "target" not in path.parts]
    cases = {path.parent: None for path in configs}
    for number, text in enumerate(RIGHT + [URL + wrong if not wrong.startswith("site") else wrong for wrong in WRONG]):
        folder = temp / str(number)
        folder.mkdir()
        (folder / "feedmill.yaml").write_text(text)
        cases[folder] = number >= len(RIGHT)
    bad = refused(schemas["config"], [folder / "feedmill.yaml" for folder in cases])
    taken = 0
    for folder, wrong in cases.items():
        by_schema, file = str(folder / "feedmill.yaml") in bad, folder / "feedmill.yaml"
        by_feedmill = not takes(folder)
        if by_schema and not by_feedmill:
            faults.append(f"{file}: feedmill takes it, the schema does not: {bad[str(file)]}")
        if wrong and not (by_schema and by_feedmill):
            faults.append(f"{file.read_text()!r}: refused by the schema: {by_schema}, by feedmill: {by_feedmill}")
        if wrong is False and by_schema:
            faults.append(f"{file.read_text()!r}: refused by the schema: {bad[str(file)]}")
        taken += not by_schema

    heads = []
    for path in sorted(pathlib.Path("content").rglob("*.md")):
        head = front_matter(path)
        if head:
            heads.append(temp / f"head-{len(heads)}.yaml")
            heads[-1].write_text(head)
    faults += [f"front matter: {fault}" for fault in refused(schemas["article"], heads).values()]
    lists = temp / "wrong-head.yaml"
    lists.write_text("title: [a]\ndate: {}\n")
    if not refused(schemas["article"], [lists]):
        faults.append("front matter whose title is a list is taken")

print(f"{len(configs)} configs of the repository, {len(WRONG)} wrong ones, {len(heads)} heads; {taken} configs taken, "
      f"{len(cases) - taken} refused; {len(faults)} faults")
sys.exit("\n".join(faults) if faults else 0)
