#!/usr/bin/env python3
"""Records what an engine built, and compares it with the recording that is committed.

    record.py NAME OUTPUT [--write]     NAME: an engine, or one of its variants, as hugo/subpath

Takes every feed below OUTPUT as it is, facts.tsv (a line for each entry of each feed) and feeds.tsv (a line for each feed).
Exit code 1 if the recording differs, the time of the build left out, or if the recipe does not say what the engine did.
With --write the new recording replaces the old one.
"""
import difflib
import email.utils
import html
import pathlib
import re
import shutil
import sys
import urllib.parse

import facts
import generate
import recipes

MTIME = "2024-12-01T00:00:00Z"  # of every file of a site, by run.sh
KEPT = "!$&'()*+,;=:@"  # signs that JavaScript's encodeURI leaves as they are
FEEDS = ["address", "format", "kind", "name", "label", "entries"]


def day_of(written):
    """The day of a date as it is written, in its own zone."""
    if re.match(r"\d{4}-", written):
        return written[:10]
    return email.utils.parsedate_to_datetime(written).strftime("%Y-%m-%d") if written and written != "build" else ""


def sources(engine, variant):
    """File of posts.toml and title → path; path → what its head and its name say."""
    paths, heads = {}, {}
    for path, post, text in generate.sources(engine):
        paths[plain(post["title"])] = path
        heads[path] = head_of(path, text) | {
            "tag": post.get("tags", []), "category": post.get("categories", []),
            "date": post.get("date", post["day"]), "updated": post.get("updated")}
    overlay = generate.SITES / engine / "variants" / variant / "site"
    for path in overlay.rglob("*.md") if variant else []:
        heads[str(path.relative_to(overlay))] = head_of(path.name, path.read_text())
    paths |= {head["named"]: path for path, head in heads.items()}
    return paths, heads


def head_of(path, text):
    """What a file's head and its name say."""
    keys = dict(re.findall(r"^(?:\.\. )?(guid|slug|date): (.+)$", text, re.M))
    dated = re.match(r"(?:(\d{4}-\d\d-\d\d)-)?(.+)", path.removesuffix("/index.md").removesuffix(".md").rsplit("/", 1)[-1])
    return {"named": re.search("The text of `(.+)`, in short", text)[1], "name": urllib.parse.quote(dated[2], safe=KEPT),
            "guid": keys.get("guid"), "slug": keys.get("slug"), "date": keys.get("date", dated[1]), "mtime": MTIME,
            "tag": [], "category": []}


def plain(title):
    return re.sub(r"\W+", "", html.unescape(title)).lower()


def recording(engine, variant, output):
    """Relative path → text, and what contradicts the recipe."""
    recipe = recipes.load(engine, variant)
    paths, heads = sources(engine, variant)
    files, feeds, rows, faults = {}, [], [], []
    for path in sorted(output.rglob("*"), key=lambda path: path.relative_to(output).as_posix()):
        text = path.read_text(errors="replace") if path.suffix in (".xml", ".json", ".atom", ".rss") else ""
        form = facts.format_of(path.name, text)
        if form is None:
            continue
        address = "/" + path.relative_to(output).as_posix()
        kind, name = recipes.kind_of(recipe, form, address)
        entries = facts.entries(form, text)
        files[address[1:]] = text
        feeds.append({"address": address, "format": form, "kind": kind, "name": name, "entries": len(entries)})
        faults += [f"{address}: the recipe has no such address"] if kind == "unknown" else []
        for entry in entries:
            entry |= {"feed": address, "day": day_of(entry["published"] or entry["updated"])}
            entry["source"] = paths.get(entry["named"]) or paths.get(plain(entry["title"]), "")
            rows.append(entry)
            if kind != "terms":
                faults += [f"{address}: {entry['title']}: {fault}" for fault in
                           recipes.disagreements(recipe, form, kind, entry, heads.get(entry["source"], {}))]
    has_future = any("from-the-future" in row["source"] for row in rows)
    if has_future != recipe["entries"]["future"]:
        faults.append(f"posts of the future: {has_future}, by the recipe {recipe['entries']['future']}")
    for feed in feeds:
        feed["label"] = label(feed, rows, heads)
    files["facts.tsv"] = facts.table(facts.COLUMNS, rows)
    files["feeds.tsv"] = facts.table(FEEDS, feeds)
    return files, faults


def label(feed, rows, heads):
    """The tag or category of a feed as posts write it: the one that just the feed's entries have, else one of that name."""
    if feed["kind"] not in ("tag", "category"):
        return ""
    recorded = {row["source"] for row in rows}
    listed = {row["source"] for row in rows if row["feed"] == feed["address"]}
    labels = sorted({one for head in heads.values() for one in head[feed["kind"]]})
    for one in labels:
        has = {path for path, head in heads.items() if one.lower() in map(str.lower, head[feed["kind"]])}
        if has & recorded == listed:
            return one
    return next((one for one in labels if one.lower() == feed["name"].lower()), "")


def differences(folder, files):
    """Lines of a diff between the folder and the new recording."""
    old = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(old.keys() | files.keys()):
        before, after = (facts.stamped(texts.get(name, "")).splitlines() for texts in (old, files))
        yield from difflib.unified_diff(before, after, f"recorded/{name}", f"built/{name}", lineterm="", n=0)


def main(name, output, *flags):
    engine, _, variant = name.partition("/")
    folder = generate.SITES / engine / ("variants" if variant else "") / variant / "recorded"
    files, faults = recording(engine, variant, pathlib.Path(output))
    is_written = "--write" in flags
    changed = [] if is_written else list(differences(folder, files))
    if is_written:
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
    faults += [f"{path}: not as generate.py writes it" for path, _, text in generate.sources(engine)
               if (generate.SITES / engine / "site" / path).read_text() != text]
    print(f"{name}: {len(files) - 2} feeds, {files['facts.tsv'].count(chr(10)) - 1} entries")
    print("\n".join([line[:400] for line in changed[:60]] + faults[:60]))
    sys.exit(1 if faults or changed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
