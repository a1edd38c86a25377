"""Reads src/parse/engine/recipes, and holds a recipe to what its engine wrote."""
import pathlib
import re
import tomllib
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load(engine):
    return tomllib.loads((ROOT / "src/parse/engine/recipes" / f"{engine}.toml").read_text())


def kind_of(recipe, form, address):
    """Which address of the recipe this is: (kind, name); the first that fits."""
    for kind, patterns in recipe.get("addresses", {}).get(form, {}).items():
        for pattern in patterns if isinstance(patterns, list) else [patterns]:
            fits = re.fullmatch(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(pattern)), address)
            if fits:
                return kind, "/".join(fits.groups())
    return "unknown", ""


def evaluate(pattern, entry, head):
    """A pattern of the recipe for an entry of a feed; `{url}` is its link."""
    url = entry["link"]
    parts = urllib.parse.urlsplit(url)
    values = {
        "url": url,
        "parent": url.rstrip("/").rsplit("/", 1)[0],
        "host": parts.hostname,
        "path": parts.path,
        "day": entry["day"],
        **head,
    }
    first = lambda found: next(values[name] for name in found[1].split("|") if values.get(name))
    return re.sub(r"\{([\w|]+)\}", first, pattern)


def disagreements(recipe, form, entry, head):
    """What the engine wrote otherwise than the recipe says."""
    rule = recipe[form]
    expected = evaluate(rule["id"], entry, head)
    if expected != entry["id"]:
        yield f"id is {entry['id']}, by the recipe {expected}"
    if form == "rss":
        said = evaluate(rule["is_permalink"], entry, head)
        if said != entry["is_permalink"]:
            yield f"isPermaLink is {entry['is_permalink']}, by the recipe {said}"
    for name in ("published", "updated"):
        if (rule[name] == "none") != (entry[name] == ""):
            yield f"{name} is {entry[name] or 'absent'}, by the recipe {rule[name]}"
