"""What a feed says of its entries, as rows: the facts that a feed of feedmill must repeat.

A date of the years 2025 to 2097 is the time of the build, since no post of posts.toml has one; it is written as `build`.
"""
import html
import json
import re
import xml.etree.ElementTree as tree

ATOM = "{http://www.w3.org/2005/Atom}"
COLUMNS = ["feed", "source", "link", "id", "is_permalink", "published", "updated", "title"]
NAMED = re.compile(r"The text of\s*(?:<code[^>]*>|`)?(.+?)(?:</code>|`)?, in short")
YEAR = r"20(?:2[5-9]|[3-8]\d|9[0-7])"
BUILD = re.compile(rf"{YEAR}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\w{{3}}, \d\d \w{{3}} {YEAR} [\d:]+ (?:[+-]\d{{4}}|GMT)")


def stamped(text):
    """The text with the time of the build replaced."""
    return BUILD.sub("build", text)


def format_of(name, text):
    """rss, atom or json; None for what is not a feed."""
    head = text[:2000]
    if name.endswith((".xml", ".atom", ".rss")):
        return "rss" if "<rss" in head else "atom" if "<feed" in head else None
    return "json" if name.endswith(".json") and "jsonfeed.org/version" in head else None


def entries(kind, text):
    """One mapping for each entry, in the feed's order."""
    if kind == "json":
        return [json_entry(item) for item in json.loads(text)["items"]]
    root = tree.fromstring(text.encode())
    if kind == "rss":
        return [rss_entry(item) for item in root.iter("item")]
    return [atom_entry(entry) for entry in root.iter(f"{ATOM}entry")]


def json_entry(item):
    return row(json.dumps(item, ensure_ascii=False), item.get("url"), item.get("id"), "", item.get("date_published"),
               item.get("date_modified"), item.get("title"))


def rss_entry(item):
    guid = item.find("guid")
    is_permalink = "" if guid is None else guid.get("isPermaLink", "absent")
    updated = item.findtext(f"{ATOM}updated")
    return row("".join(item.itertext()), item.findtext("link"), item.findtext("guid"), is_permalink,
               item.findtext("pubDate"), updated, item.findtext("title"))


def atom_entry(entry):
    links = {link.get("rel", "alternate"): link.get("href") for link in entry.findall(f"{ATOM}link")}
    find = lambda name: entry.findtext(ATOM + name)
    return row("".join(entry.itertext()), links.get("alternate"), find("id"), "", find("published"), find("updated"),
               find("title"))


def row(text, link, own, is_permalink, published, updated, title):
    named = NAMED.search(text.replace("\\n", " "))
    return {"named": html.unescape(named[1].strip()) if named else "", "link": link, "id": own,
            "is_permalink": is_permalink, "published": stamped(published or ""), "updated": stamped(updated or ""),
            "title": " ".join((title or "").split())}


def table(columns, rows):
    """A TSV with a line of names."""
    lines = ["\t".join(str(one.get(column) or "") for column in columns) for one in rows]
    return "\n".join(["\t".join(columns), *lines]) + "\n"
