"""The files of `output.headers` in nginx, Apache and Caddy on loopback: what is served, with which headers, and what is not.
The site has a header of its own, which every answer must keep. The program is FEEDMILL, else the build in target/."""
import gzip
import http.client
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = pathlib.Path(tempfile.mkdtemp(prefix="feedmill-hosting-"))
SITE = WORK / "www"
FEEDS = SITE / "feeds"
BINARIES = ("target/release/feedmill", "target/debug/feedmill")
FEEDMILL = next(path for path in (os.environ.get("FEEDMILL"), *(ROOT / path for path in BINARIES)) if path and pathlib.Path(path).exists())
HSTS = "max-age=31536000; includeSubDomains"
LINK = '<https://hub.example/>; rel="hub", <https://example.org/feeds/{}>; rel="self"'
CACHE = "public, max-age=300"

# Path, Content-Type, Cache-Control, path of the `self` link.
SERVED = [
    ("/feeds/rss.xml", "application/rss+xml; charset=utf-8", CACHE, "rss.xml"),
    ("/feeds/atom.xml", "application/atom+xml; charset=utf-8", CACHE, "atom.xml"),
    ("/feeds/feed.json", "application/feed+json; charset=utf-8", CACHE, "feed.json"),
    ("/feeds/tags/news/rss.xml", "application/rss+xml; charset=utf-8", CACHE, "tags/news/rss.xml"),
    ("/feeds/feeds.opml", "text/x-opml; charset=utf-8", CACHE, None),
    ("/feeds/index.html", "text/html; charset=utf-8", None, None),
    ("/feeds/", "text/html; charset=utf-8", None, None),
    ("/feeds/tags/news/", "text/html; charset=utf-8", None, None),
    ("/about.txt", "text/plain", None, None),
]
REFUSED = [
    "/feeds/.feedmill",
    "/feeds/.feedmill/",
    "/feeds/.feedmill/manifest.json",
    "/feeds/.feedmill/nginx.conf",
    "/feeds/.feedmill/Caddyfile",
    "/feeds/.feedmill/.gitignore",
    "/feeds/%2Efeedmill/manifest%2Ejson",
    "/feeds/tags/../.feedmill/manifest.json",
    "/feeds//.feedmill/manifest.json",
    "/feeds/.htaccess",
    "/feeds/%2ehtaccess",
]
failed = 0


def check(name, holds, told=""):
    global failed
    failed += not holds
    print(f"ok    {name}" if holds else f"FAIL  {name}: {told}", flush=True)


def build():
    (WORK / "content").mkdir()
    (WORK / "content/a.md").write_text(
        "---\ntitle: An article\nslug: a\ntags: [news]\ndate: 2025-06-08T10:00:00Z\n---\n\n" + "A sentence of the article. " * 200
    )
    (WORK / "feedmill.yaml").write_text(
        "site: {title: The Mill, url: 'https://example.org/'}\nwebsub: {hubs: ['https://hub.example/']}\n"
        "output: {dir: www/feeds, url: 'https://example.org/feeds/', headers: [nginx, apache, caddy], precompress: [gz]}\n"
    )
    subprocess.run([FEEDMILL, "build", "-C", WORK, "--quiet"], check=True)
    (SITE / "about.txt").write_text("The site's own.\n")
    # The servers' workers are other users.
    WORK.chmod(0o755)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(port):
    conf = WORK / "nginx.conf"
    conf.write_text(f"""
daemon off; worker_processes 1; pid {WORK}/nginx.pid; error_log stderr;
events {{ }}
http {{
  types {{ text/html html; text/plain txt; application/xml xml; application/json json; }}
  access_log off; client_body_temp_path {WORK}/body; proxy_temp_path {WORK}/proxy; fastcgi_temp_path {WORK}/fastcgi;
  uwsgi_temp_path {WORK}/uwsgi; scgi_temp_path {WORK}/scgi;
  server {{
    listen 127.0.0.1:{port}; root {SITE};
    add_header Strict-Transport-Security "{HSTS}";
    include {FEEDS}/.feedmill/nginx.conf;
    # A location that nginx prefers to those by pattern must not open what is refused.
    location ^~ /feeds/.feedmill/ {{ }}
  }}
}}
""")
    return ["nginx", "-p", WORK, "-c", conf]


def apache(port):
    modules = "/usr/lib/apache2/modules"
    names = "mpm_event authz_core authz_host alias autoindex dir mime headers setenvif".split()
    conf = WORK / "apache.conf"
    user = "User www-data\nGroup www-data\n" if os.getuid() == 0 else ""
    conf.write_text(
        "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
        + f"""{user}ServerName localhost
Listen 127.0.0.1:{port}
PidFile {WORK}/apache.pid
DefaultRuntimeDir {WORK}
ErrorLog {WORK}/apache-error.log
TypesConfig /etc/mime.types
DocumentRoot {SITE}
Header set Strict-Transport-Security "{HSTS}"
<Directory {SITE}>
    Options Indexes
    AllowOverride FileInfo
    Require all granted
</Directory>
""")
    return ["apache2", "-X", "-d", WORK, "-f", conf]


def caddy(port):
    conf = WORK / "Caddyfile"
    conf.write_text(f"""{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * {SITE}
    header Strict-Transport-Security "{HSTS}"
    import {FEEDS}/.feedmill/Caddyfile
    # Paths of the site's own must not open what is refused.
    handle /feeds/* {{
        file_server {{
            precompressed gzip
        }}
    }}
    file_server
}}
""")
    return ["caddy", "run", "--config", conf, "--adapter", "caddyfile"]


def get(port, path, **headers):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request("GET", path, headers=headers)
    answer = link.getresponse()
    return answer, answer.read()


def ask(name, port):
    for path, kind, cache, topic in SERVED:
        answer, body = get(port, path)
        told = {"Content-Type": kind, "Cache-Control": cache, "Link": topic and LINK.format(topic), "Strict-Transport-Security": HSTS}
        came = {header: ", ".join(answer.headers.get_all(header) or []) or None for header in told}
        if not topic and not cache:
            # A server may name a charset where the site's own file is plain text.
            came["Content-Type"] = came["Content-Type"] if kind.startswith("text/html") else kind
        check(f"{name}: {path}", answer.status == 200 and came == told and body, (answer.status, came))
    for path in REFUSED:
        answer, body = get(port, path)
        # Where Apache's own rules forbid `.ht*` it answers 403 before any rule of a folder.
        check(f"{name}: {path} is not there", answer.status == 404 and b"a.md" not in body, answer.status)
    for path in ("/feeds/index.html", "/feeds/", "/feeds/rss.xml") if name != "apache" else ():
        answer, body = get(port, path, **{"Accept-Encoding": "gzip"})
        file = FEEDS / path.removeprefix("/feeds/") if not path.endswith("/") else FEEDS / "index.html"
        packed = file.with_name(file.name + ".gz").read_bytes()
        check(f"{name}: {path} is sent as it was packed", body == packed and gzip.decompress(body) == file.read_bytes(), answer.headers)


def run(server):
    name, port = server.__name__, free_port()
    env = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": str(WORK), "XDG_CONFIG_HOME": str(WORK), "XDG_DATA_HOME": str(WORK)}
    log = WORK / f"{name}.log"
    with open(log, "wb") as out:
        child = subprocess.Popen(server(port), stdout=out, stderr=out, env=env)
    try:
        end = time.time() + 30
        while time.time() < end and child.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return ask(name, port)
            except OSError:
                time.sleep(0.1)
        check(f"{name} starts", False, log.read_text()[-2000:])
    finally:
        child.terminate()
        child.wait()


try:
    build()
    for server in (nginx, apache, caddy):
        run(server)
finally:
    shutil.rmtree(WORK, ignore_errors=True)
print(f"{failed} checks failed" if failed else "all well")
sys.exit(1 if failed else 0)
