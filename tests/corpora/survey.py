#!/usr/bin/env python3
"""Which files of a content folder are articles: those with a title and any date. The denominator of feedmill's acceptance.

    survey.py FOLDER             every file, one a line: `article PATH` or `rejected PATH: why`, then the counts
    survey.py FOLDER --json      {"articles": [...], "rejected": {path: why}}

It knows nothing of feedmill: heads are read by PyYAML, tomllib and json, dates by the list below. Needs PyYAML.
Rejected: files without a head and a date in their name, section pages, heads that cannot be read, no title, no date, a date
that does not exist.
"""
import datetime
import json
import pathlib
import re
import sys
import tomllib

import yaml

DATE_KEYS = ("date pubDate pubdate publishDate publishdate datePublished published_at publishedAt published extra.created "
             "extra.date advisory.date").split()
ADDRESS_KEYS = "permalink url path slug".split()
MONTHS = "january february march april may june july august september october november december".split()
CLOCK = r"\d{1,2}:\d{2}(:\d{1,2}([.,]\d+)?)?"
ZONE = r"(z|[+-]\d{1,2}(:?\d{2})?|[a-z]{2,5}|[a-z]+/[a-z_]+)"
NUMERIC = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})([t ,]+{CLOCK}\s*{ZONE}?)?", re.I)
DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})([ ,]+{CLOCK}\s*{ZONE}?)?", re.I)
WORDS = re.compile(r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:(\d{1,2}) ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2})),? (\d{4})\b.*", re.I)
NAMED = re.compile(r"(?:^|/)(\d{4})[-_](\d{1,2})[-_](\d{1,2})(?=[-_. /]|$)")
FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?=/|$)")


class Reject(Exception):
    """Why a file is no article."""


def head(text):
    """The head of a file as a mapping, and the text behind it. No head: an empty mapping."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n \t")
    first, _, rest = text.partition("\n")
    if first.strip() in ("```", "```md", "```markdown") and rest.lstrip().startswith(("---", "+++")):
        return head(rest)
    if first.strip() in ("```yaml", "```toml"):
        inside, _, body = rest.partition("\n```")
        return parse("yaml" if "yaml" in first else "toml", inside.replace("---\n", "").replace("+++\n", "")), body
    for mark, kind, closing in (("---", "yaml", ("---", "...")), ("+++", "toml", ("+++",)), (";;;", "json", (";;;",))):
        if first.strip() == mark:
            lines = rest.split("\n")
            for number, line in enumerate(lines):
                if line.strip() in closing and not line.startswith((" ", "\t")):
                    return parse(kind, "\n".join(lines[:number])), "\n".join(lines[number + 1:])
            raise Reject("the head is not closed")
    if first.startswith("{") and not first.startswith(("{%", "{{")):
        try:
            value, end = json.JSONDecoder().raw_decode(text)
            return value, text[end:]
        except ValueError as why:
            raise Reject(f"JSON: {why}") from why
    if re.match(r"[A-Za-z][A-Za-z0-9 _-]{0,39}:\s", first) and re.search(r"^(title|date):", text.split("\n\n")[0], re.I | re.M):
        block, _, body = text.partition("\n\n")
        pairs = (line.split(":", 1) for line in block.split("\n") if ":" in line and not line.startswith((" ", "\t")))
        return {key.strip().lower(): value.strip() for key, value in pairs}, body
    return {}, text


def parse(kind, text):
    try:
        if kind == "yaml":
            value = yaml.load(text, Loader=yaml.BaseLoader)
        else:
            value = tomllib.loads(text) if kind == "toml" else json.loads(text)
    except (yaml.YAMLError, ValueError) as why:
        raise Reject(f"{kind}: {str(why).splitlines()[0]}") from why
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise Reject("the head is no mapping")
    return value


def find(mapping, key):
    """The value of a key, `a.b` inside `a`; a capital first letter will do."""
    for part in key.split("."):
        if not isinstance(mapping, dict):
            return None
        mapping = mapping.get(part, mapping.get(part[:1].upper() + part[1:]))
    return mapping


def date_of(value):
    """The day of a date; None where the value is no date at all; Reject where no such day exists."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value
    text = " ".join(str(value).split())
    if re.fullmatch(r"\d{9,10}|\d{13}", text):
        return datetime.date(1970, 1, 1)
    if match := NUMERIC.fullmatch(text):
        return exists(match[1], match[2], match[3], text)
    if match := DOTTED.fullmatch(text):
        return exists(match[3], match[2], match[1], text)
    if match := WORDS.fullmatch(text):
        name = (match[2] or match[3]).lower()
        month = next((n for n, m in enumerate(MONTHS, 1) if m.startswith(name)), None)
        return exists(match[5], month, match[1] or match[4], text) if month else None
    return None


def exists(year, month, day, text):
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError as why:
        raise Reject(f"the date {text!r}: {why}") from why


def date_in_path(text):
    for pattern in (NAMED, FOLDERS):
        for match in pattern.finditer(str(text).split("?")[0]):
            try:
                return datetime.date(*map(int, match.groups()))
            except ValueError:
                pass
    return None


def judge(root, file):
    """Raises Reject, or returns nothing: the file is an article."""
    path = file.relative_to(root).as_posix()
    if file.name.startswith("_index."):
        raise Reject("a section page")
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError as why:
        raise Reject("not UTF-8") from why
    mapping, body = head(text)
    title = find(mapping, "title")
    if not (isinstance(title, (str, int, float)) and str(title).strip()):
        outside = re.sub(r"^(```|~~~).*?^\1", "", body, flags=re.M | re.S)
        if not re.search(r"^# +\S|^\S.*\n=+ *$", outside, re.M):
            raise Reject("no title")
    for key in DATE_KEYS:
        value = find(mapping, key)
        if value in (None, "", "null", "~") or str(value).lower() in ("true", "false", "yes", "no"):
            continue
        if date_of(value) is None:
            raise Reject(f"`{key}: {value}` is no date")
        return
    if any(date_in_path(find(mapping, key)) for key in ADDRESS_KEYS if find(mapping, key)) or date_in_path(path):
        return
    raise Reject("no date")


def survey(root):
    root = pathlib.Path(root)
    articles, rejected = [], {}
    for file in sorted(root.rglob("*")):
        parts = file.relative_to(root).parts
        if not file.is_file() or file.suffix not in (".md", ".markdown", ".mdx") or any(p.startswith(".") for p in parts):
            continue
        path = "/".join(parts)
        try:
            judge(root, file)
            articles.append(path)
        except Reject as why:
            rejected[path] = str(why)
    return articles, rejected


def main():
    articles, rejected = survey(sys.argv[1])
    if "--json" in sys.argv:
        print(json.dumps({"articles": articles, "rejected": rejected}, ensure_ascii=False, indent=1))
        return
    for path in articles:
        print(f"article {path}")
    for path, why in rejected.items():
        print(f"rejected {path}: {why}")
    print(f"{len(articles)} articles, {len(rejected)} rejected")


if __name__ == "__main__":
    main()
