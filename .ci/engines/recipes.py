"""Reads src/parse/engine/recipes, and holds a recipe to what its engine wrote."""
import datetime
import email.utils
import pathlib
import re
import tomllib
import urllib.parse
import zoneinfo

UTC = datetime.timezone.utc
SITE = "Europe/Berlin"  # the zone of every site that has one
ROOT = pathlib.Path(__file__).resolve().parents[2]


def load(engine, variant):
    """The recipe, with what `recipe.toml` beside a variant's site says otherwise."""
    recipe = tomllib.loads((ROOT / "src/parse/engine/recipes" / f"{engine}.toml").read_text())
    own = ROOT / "tests/engines" / engine / "variants" / variant / "recipe.toml"
    return recipe | (tomllib.loads(own.read_text()) if variant and own.exists() else {})


def kind_of(recipe, form, address):
    """Which address of the recipe this is: (kind, name); the first that fits."""
    for feed in recipe["feed"]:
        fits = re.fullmatch(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(feed["path"])), address)
        if fits and feed["format"] == form:
            return feed["kind"], "/".join(fits.groups())
    return "unknown", ""


def evaluate(pattern, entry, head):
    """A pattern of the recipe for an entry of a feed; `{url}` is its link."""
    url = entry["link"]
    parts = urllib.parse.urlsplit(url)
    values = {
        "url": url,
        "parent": url.rstrip("/").rsplit("/", 1)[0],
        "decoded_url": urllib.parse.unquote(url),
        "host": parts.hostname,
        "path": parts.path,
        "day": entry["day"],
        **head,
    }
    first = lambda found: next(values[name] for name in found[1].split("|") if values.get(name))
    return re.sub(r"\{([\w|]+)\}", first, pattern)


def disagreements(recipe, form, kind, entry, head):
    """What the engine wrote otherwise than the recipe says."""
    rule = recipe[form] | recipe[form].get("kinds", {}).get(kind, {})
    is_known = head or rule["id"] == "{url}"  # of a page that is not in posts.toml, only the address is known
    expected = head.get(rule.get("id_key")) or is_known and evaluate(rule["id"], entry, head)
    if is_known and expected != entry["id"]:
        yield f"id is {entry['id']}, by the recipe {expected}"
    if form == "rss" and rule["is_permalink"] != entry["is_permalink"]:
        yield f"isPermaLink is {entry['is_permalink']}, by the recipe {rule['is_permalink']}"
    for name in ("published", "updated"):
        if " 0001 00:00:00" in entry[name]:
            continue  # Hugo, where a post has no date, or has it in its name only
        said, expected = instant(entry[name]), date_of(recipe, rule[name], head)
        if head and said != expected:
            yield f"{name} is {entry[name] or 'absent'}, by the recipe {expected}"


def date_of(recipe, rule, head):
    """The instant that a rule like `updated|date` gives; None for `none`."""
    if rule == "none":
        return None
    name = next((name for name in rule.split("|") if head.get(name)), "build")
    # Only what a post says is read by the recipe's rules.
    return name if name == "build" else instant(head[name], recipe["dates"] if name != "mtime" else None)


def instant(written, dates=None):
    """A date of a feed, or one of a post by the recipe's rules."""
    if written in ("", "build"):
        return written or None
    if "," in written:
        return email.utils.parsedate_to_datetime(written).astimezone(UTC)
    read = datetime.datetime.fromisoformat(written)
    if dates and dates.get("zoned") == "utc-clock" and read.tzinfo:
        read = read.astimezone(UTC).replace(tzinfo=None)
    if read.tzinfo is None:
        zone = dates["day" if len(written) == 10 else "time"].replace("site", SITE)
        read = read.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=dates.get("fold", 0))
    return read.astimezone(UTC).replace(microsecond=0)
