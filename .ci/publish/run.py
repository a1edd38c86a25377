"""Publishing for real: to an S3 (moto) and to a folder, through a WebSub hub of PyPI. Run by .ci/run with the Python of .ci/setup/publish.sh.

A bucket gets exactly what changed; two publishers at once leave one whole set; a run that dies after any write leaves whole feeds
and the next completes them; a second machine changes nothing; a subscriber gets byte-equal content, signed; one article of ten
thousand moves only its own feeds."""
import hashlib
import hmac
import pathlib
import sys
import threading
import time
import urllib.parse
import urllib.request

sys.dont_write_bytecode = True
from rig import HERE, WORK, Bucket, Handler, Project, article, check, finish, free_port, program, serve

STATE = ("feeds/.feedmill/manifest.json", "feeds/.feedmill/pushed")
bucket = Bucket()
config = "site: {{title: The Mill, url: 'https://example.org/', language: en, since: 2025}}\noutput: {{url: '{url}', target: 's3://site/{to}'}}\n"


def feeds(paths):
    return {path for path in paths if path.endswith((".xml", "feed.json"))}


# ---- a site in a bucket, served with Link headers as a CDN would, a hub, and a subscriber with a secret for each topic

hub_port = free_port()
program("hub", hub_port, sys.executable, str(HERE / "hub.py"), str(hub_port), str(WORK / "hub.sqlite3"))
pings, deliveries, secrets = [], {}, {}


class Front(Handler):
    """The hub as the publisher knows it: counts pings and passes everything on."""

    def do_POST(self):
        body = self.body()
        form = urllib.parse.parse_qs(body.decode())
        if form["hub.mode"] == ["publish"]:
            pings.append(form["hub.topic"][0])
        asked = urllib.request.Request(f"http://127.0.0.1:{hub_port}/hub", body, {"Content-Type": self.headers["Content-Type"]})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            self.reply(answer.status, answer.read())


class Origin(Handler):
    """What the bucket holds, with Content-Type and Cache-Control as put, and the headers that this hub wants."""

    def do_GET(self):
        try:
            found = bucket.get(self.path.lstrip("/"))
        except bucket.client.exceptions.NoSuchKey:
            return self.reply(404)
        links = [("Link", f'<{front}>; rel="hub"'), ("Link", f'<{origin}{self.path}>; rel="self"')]
        self.reply(200, found["Body"].read(), [("Content-Type", found["ContentType"]), ("Cache-Control", found["CacheControl"]), *links])


class Subscriber(Handler):
    def do_GET(self):
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        self.reply(200, asked["hub.challenge"].encode())

    def do_POST(self):
        body = self.body()
        topic = urllib.parse.unquote(self.path.lstrip("/"))
        algorithm, _, signature = (self.headers["X-Hub-Signature"] or "").partition("=")
        right = algorithm and hmac.compare_digest(hmac.new(secrets[topic].encode(), body, algorithm).hexdigest(), signature)
        deliveries[topic] = (body, right)
        self.reply(204)


front, origin, subscriber = serve(Front), serve(Origin), serve(Subscriber)
tags = {n: [f"tag-{n % 5}"] for n in range(30)}
with_hub = config.format(url=f"{origin}/feeds/", to="feeds") + f"websub: {{hubs: ['{front}/']}}\n"
site = Project("site", with_hub, {n: article(n, tags[n]) for n in tags})


def publish(project, *more, env=None):
    return project.run("publish", "--quiet", *more, env={**bucket.env, **(env or {})})


def delivered(names):
    """Waits for the deliveries of these documents, and says which are wrong."""
    end = time.time() + 20
    wanted = {f"{origin}/feeds/{name}" for name in names}
    while time.time() < end and not wanted <= deliveries.keys():
        time.sleep(0.1)
    documents = bucket.documents("feeds/")
    right = {f"{origin}/feeds/{name}": (documents[name], True) for name in names}
    return [topic for topic, sent in right.items() if deliveries.get(topic) != sent]


code, told = publish(site, "--no-push")
first = bucket.documents("feeds/")
check("a first publish puts every document once, then the manifest", code == 0 and len(feeds(first)) == 18, told)
writes = [key for key in bucket.writes if "conditions-" not in key]
check("... the manifest last", len(writes) == len(set(writes)) == len(first) + 1 and writes[-1] == STATE[0], writes[-3:])
check("... up to sixteen at once", 1 < bucket.most <= 16, bucket.most)
tried = [key for key in bucket.written() if "conditions-" in key]
check("... after a try whether the store honours conditions, whose key is gone", len(tried) == 2 and not bucket.keys("feeds/.feedmill/conditions"), tried)
types = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json", "index.html": "text/html"}
for name, kind in types.items():
    found = bucket.get(f"feeds/{name}")
    said = (found["ContentType"], found["CacheControl"])
    check(f"{name} carries its headers", said == (f"{kind}; charset=utf-8", "public, max-age=300"), said)

for name in feeds(first):
    topic = f"{origin}/feeds/{name}"
    secrets[topic] = hashlib.sha256(topic.encode()).hexdigest()
    form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": f"{subscriber}/{urllib.parse.quote(topic, safe='')}", "hub.secret": secrets[topic]}
    urllib.request.urlopen(f"http://127.0.0.1:{hub_port}/hub", urllib.parse.urlencode(form).encode(), timeout=30).read()
code, told = publish(site)
wrong = delivered(feeds(first))
check("what was not pushed is owed: every topic is told once", (code, sorted(pings)) == (0, sorted(secrets)), told)
check("the subscriber of a real hub gets the bytes of the bucket, signed", not wrong, wrong)
check("... and only the push state is put", bucket.written() == [STATE[1]])

pings.clear(), deliveries.clear()
site.write(3, article(3, tags[3], "An edit."))
code, told = publish(site)
changed = {name for name, body in bucket.documents("feeds/").items() if first[name] != body}
written = bucket.written()
check("one article changed: its feeds and pages are put, the manifest and the push state, and nothing else", code == 0 and set(written) == {f"feeds/{name}" for name in changed} | set(STATE) and len(written) == len(set(written)), (told, written))
check("... which are the feeds that hold it", feeds(changed) == {f"{at}{name}" for at in ("", "tags/tag-3/") for name in ("rss.xml", "atom.xml", "feed.json")}, changed)
check("... and these topics are told", sorted(pings) == sorted(f"{origin}/feeds/{name}" for name in feeds(changed)), pings)
wrong = delivered(feeds(changed))
check("... and delivered, byte for byte and signed", not wrong, wrong)

pings.clear()
other = Project("other-machine", with_hub, {n: (site.dir / f"content/{n}.md").read_text() for n in tags})
code, told = publish(other)
check("a second machine that keeps nothing changes nothing and tells nobody", (code, told, bucket.written(), pings) == (0, "", [], []), (code, told))

# ---- two at once, a winner that cannot be overtaken, a store without conditions


def project(name, to, version, count=12):
    text = config.format(url="https://example.org/feeds/", to=to)
    return Project(name, text, {n: article(n, [f"tag-{n % 4}"] if version else [f"tag-{n % 3}"], f"Version {version}. " * 9) for n in range(count)})


one, two = project("one", "two-at-once", 0), project("two", "two-at-once", 1)
alone = {}
for at in (one, two):
    publish(at, "--no-push", "--out", f"s3://site/alone-{at.dir.name}")
    alone[at] = bucket.documents(f"alone-{at.dir.name}/")
both = threading.Barrier(2)
waiting = [True, True]


def together(method, path, headers):
    """The first two puts of the manifest wait for one another, and reach the store one after the other."""
    if method == "PUT" and path == "two-at-once/.feedmill/manifest.json" and waiting:
        waiting.pop()
        both.wait(60)
        with turn:
            time.sleep(0.2)


turn = threading.Lock()
bucket.rule = together
runs = [at.start("publish", "--quiet", "--accept", env=bucket.env) for at in (one, two)]
said = [(child.communicate(timeout=120), child.returncode) for child in runs]
bucket.rule = None
left = bucket.documents("two-at-once/")
check("two publishers at once both end well and leave one whole set", [code for _, code in said] == [0, 0] and left in alone.values() and not waiting, said)
bucket.written()
publish(one, "--accept"), publish(one)
bucket.written()
check("... and the next run finds nothing to mend", publish(one)[0] == 0 and bucket.written() == [] and bucket.documents("two-at-once/") == alone[one])

bucket.rule = lambda method, path, headers: 412 if method == "PUT" and path.endswith("manifest.json") else None
one.write(1, article(1, ["tag-1"], "Never the winner."))
code, told = publish(one)
bucket.rule = None
check("a publisher that is overtaken four times ends with 3 and names the winner", code == 3 and "4 times" in told and "pid " in told, (code, told))


def unconditional(method, path, headers):
    for name in [name for name in headers if name.lower().startswith("if-")]:
        del headers[name]


bucket.rule = unconditional
code, told = project("weak", "weak-store", 0).run("publish", env=bucket.env)
bucket.rule = None
check("a store without conditional puts is told", code == 0 and "conditional puts" in told, (code, told[-500:]))

# ---- a death after any write

old, new = project("old", "death", 0), project("new", "death", 1)
publish(new, "--out", "s3://site/after", "--accept")
after = bucket.documents("after/")
publish(old)
bucket.copy("death/", "before/")
before = bucket.documents("death/")
bucket.written()
publish(new, "--accept")
count = len(bucket.written())
torn, unfinished = [], []
for allowed in range(0, count, max(1, count // 12)):
    bucket.copy("before/", "death/")
    bucket.written()
    dying, gone = [], threading.Event()

    def dies(method, path, headers):
        if method in ("PUT", "DELETE"):
            with turn:
                dying.append(path)
                if len(dying) > allowed:
                    child.kill()
                    gone.set()
                    return 500

    bucket.rule = dies
    child = new.start("publish", "--quiet", "--accept", env=bucket.env)
    child.communicate(timeout=60)
    bucket.rule = None
    left = bucket.documents("death/")
    torn += [(allowed, name) for name, body in left.items() if body not in (before.get(name), after.get(name))]
    torn += [(allowed, name) for name in before.keys() & after.keys() if name not in left]
    publish(new, "--accept")
    unfinished += [allowed] if bucket.documents("death/") != after or not gone.is_set() else []
check(f"a publisher killed after any of its {count} writes leaves whole feeds", not torn, torn)
check("... and the next run completes the set", not unfinished, unfinished)

# ---- ten thousand articles under three hundred tags

told_topics = []


class Quick(Handler):
    def do_POST(self):
        told_topics.append(urllib.parse.parse_qs(self.body().decode())["hub.topic"][0])
        self.reply(204)


class Files(Handler):
    def do_GET(self):
        path = large.dir / "feeds" / self.path.lstrip("/")
        self.reply(200, path.read_bytes()) if path.is_file() else self.reply(404)


quick, files = serve(Quick), serve(Files)
many = f"site: {{title: Large, url: 'https://example.org/', language: en, since: 2025}}\noutput: {{url: '{files}/'}}\nwebsub: {{hubs: ['{quick}/']}}\npush: {{at_once: 16, per_second: 1000}}\n"
large = Project("large", many, {n: article(n, [f"tag-{n % 300}"]) for n in range(10_000)})
began = time.time()
code, told = large.run("publish", "--quiet")
check(f"10,000 articles, 300 tags: 903 topics are told once, in {time.time() - began:.1f} s", code == 0 and len(told_topics) == len(set(told_topics)) == 903, (code, told[-500:], len(told_topics)))
told_topics.clear()
tree = lambda: {path.relative_to(large.dir / "feeds").as_posix(): path.stat().st_mtime_ns for path in pathlib.Path(large.dir / "feeds").rglob("*") if path.is_file() and ".feedmill" not in path.parts}
stood = tree()
large.write(7, article(7, ["tag-7"], "An edit."))
began = time.time()
code, told = large.run("publish", "--quiet")
took = time.time() - began
moved = {name for name, at in tree().items() if stood[name] != at}
its_own = {f"tags/tag-7/{name}" for name in ("rss.xml", "atom.xml", "feed.json")}
check(f"one of them changed: the feeds that hold it are written, in {took:.1f} s", code == 0 and feeds(moved) == its_own, (code, told, moved))
check("... and told, and no other", set(told_topics) == {f"{files}/{name}" for name in its_own} and len(told_topics) == 3, told_topics)

bucket.written()
began = time.time()
code, told = publish(large, "--no-push", "--out", "s3://site/large")
check(f"all of them into a bucket, {len(bucket.written())} objects, in {time.time() - began:.1f} s", code == 0, told)
large.write(7, article(7, ["tag-7"], "Another edit."))
code, told = publish(large, "--no-push", "--out", "s3://site/large")
written = {key.removeprefix("large/") for key in bucket.written()}
check("... and one changed: only the feeds that hold it are put", code == 0 and feeds(written) == its_own and ".feedmill/manifest.json" in written and len(written) <= 6, (told, written))

finish()
