#!/usr/bin/env python3
"""Writes the posts of posts.toml into tests/engines/ENGINE/site, in the engine's own form.

    generate.py ENGINE...

What is not a post (configs, pages, templates) is written by hand and left alone. An engine is one function: a post → its
path below site/, and its head. sources(ENGINE) is also what facts.py looks up titles in.
"""
import json
import pathlib
import re
import shutil
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
SITES = HERE.parents[1] / "tests" / "engines"
MARK = "`, in short. Some "
PLAIN = re.compile(r"[^\W\d][\w /-]*")
BODY = """The text of `{file}`, in short. Some *stress*, some `code`, a [link](https://example.com/?a=1&b=2).

- one
- two
"""


def posts(engine):
    for post in tomllib.loads((HERE / "posts.toml").read_text())["post"]:
        if engine in post.get("only", [engine]) and engine not in post.get("not", []):
            yield {"day": post.get("date", "")[:10], **post}


def value(written):
    """A text, a list or a truth value in YAML."""
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, list):
        return "[" + ", ".join(value(one) for one in written) + "]"
    if isinstance(written, dict):
        return "".join(f"\n  {key}: {value(one)}" for key, one in written.items())
    is_plain = PLAIN.fullmatch(written) or re.match(r"\d{4}-\d\d-\d\d", written) or re.match(r"/[\w./-]+$", written)
    return written if is_plain else json.dumps(written, ensure_ascii=False)


def yaml(post, engine, keys):
    """A head of YAML; `keys` are those of the engine: its name of a key → what is written."""
    lines = [f"{key}: {value(one)}".replace(": \n", ":\n") for key, one in keys.items() if one not in (None, [], "")]
    lines += [post["head"][engine]] if engine in post.get("head", {}) else []
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def toml(keys):
    lines = [f"{key} = {json.dumps(one, ensure_ascii=False)}" for key, one in keys.items() if one not in (None, [], "")]
    return "+++\n" + "\n".join(lines) + "\n+++\n\n"


def common(post):
    """Keys that most engines call alike."""
    return {key: post.get(key) for key in ("title", "date", "updated", "slug", "tags", "categories", "draft")}


def has_time(date):
    return len(date) > 10


def split(post):
    folder, _, name = post["file"].rpartition("/")
    return folder, name


def markdown(root, post, name=None, bundles=True):
    """The path of a Markdown file, with `index.md` for a bundle."""
    folder, own = split(post)
    end = "/index.md" if bundles and post.get("bundle") else ".md"
    return "/".join(part for part in (root, folder, (name or own) + end) if part)


def dated(post):
    return f"{post['day']}-{split(post)[1]}"


def name_if_needed(post):
    """A dated name only where the post is about that."""
    return dated(post) if post["file"].startswith("name-") else None


def hugo(post):
    keys = {key: one for key, one in common(post).items() if key != "updated"}
    keys |= {"lastmod": post.get("updated"), "url": post.get("url"), "author": post.get("author")}
    folder = "" if "/" in post["file"] else "posts"
    path = markdown("content/" + folder if folder else "content", post, name_if_needed(post))
    is_toml = len(post["title"]) % 2 == 0 and "head" not in post
    return path, toml(keys) if is_toml else yaml(post, "hugo", keys)


def zola(post):
    taxonomies = {"tags": post.get("tags"), "categories": post.get("categories")}
    keys = {key: post.get(key) for key in ("title", "slug", "draft")} | {"path": post.get("url"), "authors": [post["author"]] if "author" in post else None}
    lines = [f"{key} = {json.dumps(one, ensure_ascii=False)}" for key, one in keys.items() if one not in (None, [], "")]
    lines += [f"{key} = {post[key].replace(' ', 'T')}" for key in ("date", "updated") if key in post]
    kept = [f"{key} = {json.dumps(one, ensure_ascii=False)}" for key, one in taxonomies.items() if one]
    lines += ["", "[taxonomies]", *kept] if kept else []
    folder = "content" if "/" in post["file"] else "content/posts"
    return markdown(folder, post, name_if_needed(post)), "+++\n" + "\n".join(lines) + "\n+++\n\n"


def jekyll(post):
    folder, _ = split(post)
    parts = (folder, "_drafts", split(post)[1]) if post.get("draft") else (folder, "_posts", dated(post))
    keys = common(post) | {"updated": None, "draft": None, "last_modified_at": post.get("updated")}
    keys |= {"permalink": post.get("url"), "author": post.get("author")}
    if not has_time(post.get("date", "")) or post.get("draft"):
        keys["date"] = None
    return "/".join(part for part in parts if part) + ".md", yaml(post, "jekyll", keys)


def hexo(post):
    keys = common(post) | {"draft": None, "permalink": post.get("url", "")[1:], "author": post.get("author")}
    root = "source/_drafts" if post.get("draft") else "source/_posts"
    return markdown(root, post, bundles=False), yaml(post, "hexo", keys)


def pelican(post):
    url = post.get("url", "")[1:]
    keys = {"Title": post["title"], "Date": post.get("date"), "Modified": post.get("updated"), "Slug": post.get("slug")}
    keys |= {"Category": post.get("categories", [None])[0], "Tags": ", ".join(post.get("tags", []))}
    keys |= {"Authors": post.get("author"), "URL": url, "Save_as": re.sub("/$", "/index.html", url)}
    keys |= {"Status": "draft" if post.get("draft") else None}
    lines = [f"{key}: {one}" for key, one in keys.items() if one]
    lines += [post["head"]["pelican"]] if "pelican" in post.get("head", {}) else []
    path = markdown("content", post, name_if_needed(post), bundles=False)
    return path, "\n".join(lines) + "\n\n"


def nikola(post):
    category = post.get("categories", [""])[0]
    tags = ", ".join(post.get("tags", []))
    keys = {key: post.get(key, "") for key in ("title", "slug", "date", "updated")} | {"tags": tags, "category": category}
    keys |= {"author": post.get("author"), "status": "draft" if post.get("draft") else None, "type": "text"}
    own = post.get("head", {}).get("nikola")
    path = markdown("posts", post, bundles=False)
    if len(post["title"]) % 2:
        return path, yaml(post, "nikola", keys)
    keys["slug"] = keys["slug"] or split(post)[1]
    lines = [f".. {key}: {one}" for key, one in keys.items() if one is not None and (one or key != "updated")]
    lines += [f".. {own}"] if own else []
    return path, "<!--\n" + "\n".join(lines) + "\n-->\n\n"


def safe_tags(post):
    """Tags for two engines that do not escape them, so that `R&D` makes a feed that is not well-formed."""
    return [tag for tag in post.get("tags", []) if "&" not in tag]


def mkdocs(post):
    keys = common(post) | {"authors": ["ann"] if "author" in post else None, "tags": safe_tags(post)}
    heading = ""
    if len(post["title"]) % 2:
        keys["title"], heading = None, f"# {post['title']}\n\n"
    return markdown("docs/blog/posts", post), yaml(post, "mkdocs", keys) + heading


def docusaurus(post):
    keys = common(post) | {"updated": None, "categories": None, "slug": post.get("url", post.get("slug"))}
    keys |= {"authors": ["ann" if "author" in post else "editor"], "tags": safe_tags(post)}
    if "updated" in post:
        keys["last_update"] = {"date": post["updated"]}
    if not has_time(post.get("date", "")):
        keys["date"] = None
    return markdown("blog", post, dated(post)), yaml(post, "docusaurus", keys) + "{/* truncate */}\n\n"


def eleventy(post):
    keys = common(post) | {"categories": None, "slug": None, "permalink": post.get("url"), "author": post.get("author")}
    return markdown("content/blog", post, name_if_needed(post)), yaml(post, "eleventy", keys)


def astro(post):
    keys = {"title": post["title"], "description": f"About {split(post)[1]}.", "pubDate": post.get("words", post["date"])}
    keys |= {"updatedDate": post.get("updated"), "slug": post.get("slug"), "tags": post.get("tags")}
    return markdown("src/content/blog", post), yaml(post, "astro", keys)


def vitepress(post):
    keys = {key: post.get(key) for key in ("title", "date", "tags", "author")}
    return markdown("posts", post), yaml(post, "vitepress", keys)


ENGINES = {one.__name__: one for one in (
    hugo, zola, jekyll, hexo, pelican, nikola, mkdocs, docusaurus, eleventy, astro, vitepress)}
NO_ADDRESS = {"nikola", "mkdocs", "astro", "vitepress"}  # a post cannot have an address of its own
NO_DRAFT = {"astro", "vitepress"}  # the documented example lists every file
NAME_ONLY = {"hugo", "zola", "jekyll", "pelican", "docusaurus", "eleventy"}  # a name can be the only date


def sources(engine):
    """(path, post, text) of each post of an engine."""
    for post in posts(engine):
        skipped = "url" in post and engine in NO_ADDRESS or "draft" in post and engine in NO_DRAFT
        if not skipped and ("date" in post or engine in NAME_ONLY):
            path, head = ENGINES[engine](post)
            yield path, post, head + BODY.format(file=post["file"])


def main(engines):
    for engine in engines:
        site = SITES / engine / "site"
        written = list(sources(engine))
        for root in {path.split("/")[0] for path, _, _ in written}:
            for old in (site / root).rglob("*.md"):
                if MARK in old.read_text():
                    old.unlink()
        for path, _, text in written:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text)
        print(f"{engine}: {len(written)} posts")


if __name__ == "__main__":
    main(sys.argv[1:] or ENGINES)
