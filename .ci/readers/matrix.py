"""Whether `feedmill diff` predicts what real readers do: matrix.py FEEDMILL READERS

Each event of tests/cli/diff.tsv happens to a site of its own, once with tag ids and once with URLs as ids. Readers fetch its feeds
before, everything is marked as read, the event happens, `diff` predicts, the site is built (agreed to where a build is refused), and
the readers fetch again. For every reader, format and site, the entries that are unread and those of them that the reader
had already must be those that `diff` predicted. READERS is the folder that .ci/readers/setup.sh prints.
"""

import collections
import http.server
import json
import mailbox
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading

FEEDMILL = str(pathlib.Path(sys.argv[1]).resolve())
READERS = pathlib.Path(sys.argv[2]).resolve()
PYTHON = READERS / "venv/bin/python"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="feedmill-matrix-"))
EVENTS = pathlib.Path(__file__).resolve().parents[2] / "tests/cli/diff.tsv"
DOCUMENTS = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def run(*command, ok=(0,), **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode not in ok:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves each document anew: readers are to see an edition however soon it follows the last one."""

    def do_GET(self):
        path = WORK / self.path.lstrip("/")
        if not path.is_file():
            return self.send_error(404)
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/feed+json" if path.suffix == ".json" else "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
BASE = f"http://127.0.0.1:{server.server_port}"


class Site:
    """A site to which one event happens."""

    def __init__(self, event, ids):
        self.event, self.ids = event, ids
        self.name = f"{event.replace(' ', '-')}-{ids}"
        self.root = WORK / self.name
        (self.root / "content").mkdir(parents=True)
        first = {"https": {"url": "http://e.org/"}, "three new": {"limit": 10}, "limit": {"limit": 6}}.get(event, {})
        self.configure(**first)
        for n in range(1, 13):
            self.article(n)
        run(FEEDMILL, "build", "--quiet", cwd=self.root)

    def configure(self, url="https://e.org/", limit=12, zone="Europe/Berlin", author="Ann", more="", since=None):
        has_since = self.ids == "tag" if since is None else since
        (self.root / "feedmill.yaml").write_text(
            f'site: {{title: "Site {self.name}", url: "{url}", {"since: 2020, " if has_since else ""}timezone: {zone}, authors: [{author}]}}\n'
            f'output: {{limit: {limit}, url: "{BASE}/{self.name}/feeds/"}}\n{more}'
        )

    def article(self, n, head="", text="Text"):
        title = "" if "title:" in head else f"title: Post {n}\n"
        date = "" if "date:" in head else f"date: 2025-01-{n:02} 10:00\n"
        image = "image: {src: https://e.org/p.png, alt: A picture}\n"
        (self.root / f"content/p{n}.md").write_text(f"---\n{title}{date}tags: [a]\n{image}{head}---\n{text} {n} of the site.\n")

    def change(self):
        remove = lambda n: (self.root / f"content/p{n}.md").unlink()
        match self.event:
            case "same": pass
            case "typo": self.article(12, text="Texd")
            case "edit with updated": self.article(12, "updated: 2025-03-01 10:00\n", "Other text")
            case "title": self.article(12, "title: Another\n")
            case "prefix": self.configure(more='content: {permalink: "/blog/{slug}/"}\n')
            case "https" | "limit": self.configure()
            case "new host": self.configure(url="https://new.example/")
            case "since": self.configure(since=self.ids != "tag")
            case "one withdrawn": remove(12)
            case "four withdrawn": [remove(n) for n in range(9, 13)]
            case "three new": [self.article(n) for n in range(13, 16)]
            case "timezone": self.configure(zone="America/New_York")
            case "date": self.article(12, "date: 2025-01-12 15:00\n")
            case "figure": self.configure(more="images: {figure: false}\n")
            case "author": self.configure(author="Bob")
            case other: raise ValueError(other)

    def predict(self):
        names = ",".join(reader.name for reader in ALL)
        report = json.loads(run(FEEDMILL, "diff", "--as", names, "--report", "json", cwd=self.root).stdout)
        formats = {document: name for name, document in DOCUMENTS.items()}
        rows = [row for row in report["diff"]["readers"] if row["path"] in formats]
        return {(row["reader"], self.name, formats[row["path"]]): (row["unread"], row["duplicates"]) for row in rows}

    def publish(self):
        if run(FEEDMILL, "build", "--quiet", cwd=self.root, ok=(0, 1)).returncode:
            run(FEEDMILL, "build", "--quiet", "--accept", cwd=self.root)


def articles(texts):
    """The numbers of the articles behind these texts."""
    return [re.search(r"(\d+) of the site", text)[1] for text in texts]


class Newsboat:
    name, formats = "newsboat", ["rss", "atom"]

    def fetch(self, feed):
        # One row for all feeds with a guid: each feed has a cache of its own.
        folder = WORK / "newsboat" / "-".join(feed)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "urls").write_text(f"{BASE}/{feed[0]}/feeds/{DOCUMENTS[feed[1]]}\n")
        (folder / "config").write_text("")
        run("newsboat", "-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config", "-x", "reload")
        return folder / "cache.db"

    def first(self, feeds):
        for feed in feeds:
            with sqlite3.connect(self.fetch(feed)) as store:
                store.execute("update rss_item set unread = 0")

    def second(self, feeds):
        for feed in feeds:
            with sqlite3.connect(self.fetch(feed)) as store:
                rows = list(store.execute("select content, unread from rss_item"))
            yield feed, articles(text for text, unread in rows if not unread), articles(text for text, unread in rows if unread)


class Rss2email:
    name, formats = "rss2email", ["rss", "atom"]
    folder = WORK / "rss2email"

    def r2e(self, *args):
        return run(READERS / "venv/bin/r2e", "-c", self.folder / "config", "-d", self.folder / "data.json", *args)

    def first(self, feeds):
        (self.folder / "mail").mkdir(parents=True)
        lines = ["[DEFAULT]", "to = a@example.org", "from = b@example.org", "email-protocol = maildir", f"maildir-path = {self.folder}/mail"]
        for feed in feeds:
            name = "-".join(feed)
            mailbox.Maildir(self.folder / "mail" / name)
            lines += [f"[feed.{name}]", f"url = {BASE}/{feed[0]}/feeds/{DOCUMENTS[feed[1]]}", f"maildir-mailbox = {name}"]
        (self.folder / "config").write_text("\n".join(lines) + "\n")
        self.r2e("run")
        for feed in feeds:
            for message in (self.folder / "mail" / "-".join(feed) / "new").iterdir():
                message.rename(message.parents[1] / "cur" / f"{message.name}:2,S")

    def second(self, feeds):
        self.r2e("run")
        for feed in feeds:
            box = self.folder / "mail" / "-".join(feed)
            texts = lambda place: [mailbox.MaildirMessage(path.read_bytes()).get_payload(decode=True).decode() for path in (box / place).iterdir()]
            yield feed, articles(texts("cur")), articles(texts("new"))


LEMON = """
import json, sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in json.loads(sys.stdin.read()):
    reader.add_feed(url, exist_ok=True)
for _ in reader.update_feeds_iter(scheduled=False):
    pass
entries = [(e.feed_url, e.read, " ".join(c.value for c in e.content) or e.summary) for e in reader.get_entries()]
for entry in list(reader.get_entries(read=False)):
    reader.mark_entry_as_read(entry)
print(json.dumps(entries))
"""


class Lemon:
    name, formats = "reader", ["rss", "atom", "json"]

    def update(self, feeds):
        urls = {f"{BASE}/{feed[0]}/feeds/{DOCUMENTS[feed[1]]}": feed for feed in feeds}
        done = run(PYTHON, "-c", LEMON, WORK / "reader.sqlite", input=json.dumps(list(urls)))
        found = collections.defaultdict(lambda: ([], []))
        for url, read, text in json.loads(done.stdout):
            found[urls[url]][not read].append(text)
        return found

    def first(self, feeds):
        self.update(feeds)

    def second(self, feeds):
        for feed, (read, unread) in self.update(feeds).items():
            yield feed, articles(read), articles(unread)


class Sfeed:
    name, formats = "sfeed", ["rss", "atom"]
    folder = WORK / "sfeed"

    def update(self, feeds):
        self.folder.mkdir(exist_ok=True)
        lines = [f'feed "{"-".join(feed)}" "{BASE}/{feed[0]}/feeds/{DOCUMENTS[feed[1]]}"' for feed in feeds]
        (self.folder / "rc").write_text(f'sfeedpath="{self.folder}"\nfeeds() {{\n' + "\n".join(lines) + "\n}\n")
        run("sfeed_update", self.folder / "rc")
        return {feed: (self.folder / "-".join(feed)).read_text().splitlines() for feed in feeds}

    def first(self, feeds):
        self.before = self.update(feeds)

    def second(self, feeds):
        for feed, lines in self.update(feeds).items():
            # Time, title, link, content, type, id: a row is another where id, link or title is.
            key = lambda line: tuple(line.split("\t")[at] for at in (1, 2, 5))
            known = {key(line) for line in self.before[feed]}
            content = lambda lines: articles(line.split("\t")[3] for line in lines)
            yield feed, content(self.before[feed]), content(line for line in lines if key(line) not in known)


ALL = [Newsboat(), Rss2email(), Lemon(), Sfeed()]


def main():
    events = dict.fromkeys(line.split("\t")[0] for line in EVENTS.read_text().splitlines() if not line.startswith("#"))
    sites = [Site(event, ids) for event in events for ids in ("tag", "url")]
    feeds = {reader.name: [(site.name, format) for site in sites for format in reader.formats] for reader in ALL}
    for reader in ALL:
        reader.first(feeds[reader.name])
    predicted = {}
    for site in sites:
        site.change()
        predicted |= site.predict()
        site.publish()
    wrong, cells, table = [], 0, collections.defaultdict(dict)
    for reader in ALL:
        for feed, had, unread in reader.second(feeds[reader.name]):
            cells += 1
            actual = (len(unread), sum(article in had for article in unread))
            table[feed[0]].setdefault(reader.name, set()).add("%d/%d" % actual)
            if actual != predicted.pop((reader.name, *feed)):
                wrong.append((reader.name, *feed, actual))
    for name, row in table.items():
        print(f"{name:24}" + "".join(f"  {reader} {' '.join(sorted(seen)):6}" for reader, seen in row.items()))
    for reader, name, format, actual in wrong:
        print(f"FAIL  {reader}, {name}, {format}: unread/duplicates are {actual[0]}/{actual[1]}, diff predicts otherwise")
    for missing in predicted:
        print("FAIL  not measured:", *missing)
    print(f"{cells - len(wrong)} of {cells} cells as predicted")
    return bool(wrong or predicted)


sys.exit(main())
