"""What the tests of publishing share: servers on free ports of loopback, a bucket behind a proxy that counts and misbehaves as
told, projects made on the fly, named checks. Everything started here ends with the process."""
import atexit
import http.client
import http.server
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

import boto3
from botocore.config import Config

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = pathlib.Path(tempfile.mkdtemp(prefix="feedmill-publish-"))
FEEDMILL = next(
    path
    for path in (os.environ.get("FEEDMILL"), ROOT / "target/release/feedmill", ROOT / "target/debug/feedmill")
    if path and pathlib.Path(path).exists()
)
atexit.register(shutil.rmtree, WORK, ignore_errors=True)

failed = 0


def check(name, holds, told=""):
    """One named check; a failure is told and the others go on."""
    global failed
    failed += not holds
    print(f"ok    {name}" if holds else f"FAIL  {name}: {told}", flush=True)


def finish():
    print(f"{failed} checks failed" if failed else "all well")
    sys.exit(1 if failed else 0)


# ---- servers


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers are whole; nothing is logged."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def reply(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_):
        pass


def serve(handler):
    """A server on a port of its own; gives its address."""
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name, port, *args):
    """Starts a server that is a program, waits until it listens, and ends it with this process."""
    with open(WORK / f"{name}.log", "wb") as log:
        child = subprocess.Popen(args, stdout=log, stderr=log, cwd=WORK)
    atexit.register(lambda: (child.terminate(), child.wait()))
    end = time.time() + 60
    while time.time() < end and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{name} does not listen:\n{(WORK / f'{name}.log').read_text()[-2000:]}")


# ---- the bucket


class Bucket:
    """moto behind a proxy. `writes` are the keys that were put or deleted; `rule(method, key, headers)` may change the headers,
    wait, or give the status to answer instead."""

    def __init__(self, name="site"):
        port = free_port()
        program("moto", port, str(pathlib.Path(sys.executable).parent / "moto_server"), "-H", "127.0.0.1", "-p", str(port))
        self.moto, self.writes, self.rule, self.most, self.under_way = port, [], None, 0, 0
        self.lock = threading.Lock()
        self.name = name
        access = dict(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
        self.client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", config=Config(s3={"addressing_style": "path"}), **access)
        self.client.create_bucket(Bucket=name)
        bucket = self

        class Proxy(Handler):
            def forward(self):
                bucket.forward(self)

            do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = forward

        self.endpoint = serve(Proxy)
        self.env = dict(
            AWS_ENDPOINT=self.endpoint, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_REGION="us-east-1"
        )

    def forward(self, asked):
        body = asked.body()
        path, _, query = asked.path.removeprefix(f"/{self.name}").lstrip("/").partition("?")
        deletes = asked.command == "POST" and query.startswith("delete")
        changed = re.findall(r"<Key>(.*?)</Key>", body.decode()) if deletes else [path] if asked.command in ("PUT", "DELETE") else []
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in ("connection", "accept-encoding")}
        status = self.rule("DELETE" if deletes else asked.command, path, headers) if self.rule else None
        if status:
            return asked.reply(status, b"<Error><Code>PreconditionFailed</Code></Error>")
        with self.lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        try:
            link = http.client.HTTPConnection("127.0.0.1", self.moto, timeout=60)
            link.request(asked.command, asked.path, body, headers)
            answer = link.getresponse()
            data = answer.read()
        finally:
            with self.lock:
                self.under_way -= 1
        if answer.status < 300:
            with self.lock:
                self.writes.extend(changed)
        skip = ("content-length", "transfer-encoding", "connection", "date", "server")
        asked.reply(answer.status, data, [(k, v) for k, v in answer.getheaders() if k.lower() not in skip])

    def written(self):
        """The keys written since the last call, sorted."""
        with self.lock:
            writes, self.writes = sorted(self.writes), []
        return writes

    def keys(self, prefix=""):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        return sorted(item["Key"] for page in pages for item in page.get("Contents", []))

    def get(self, key):
        return self.client.get_object(Bucket=self.name, Key=key)

    def documents(self, prefix):
        """All objects but feedmill's own, with their bytes."""
        keys = [key for key in self.keys(prefix) if not key.startswith(f"{prefix}.")]
        return {key.removeprefix(prefix): self.get(key)["Body"].read() for key in keys}

    def copy(self, source, target):
        """The objects of one prefix under another one, as the only ones there."""
        for key in self.keys(target):
            self.client.delete_object(Bucket=self.name, Key=key)
        for key in self.keys(source):
            self.client.copy_object(Bucket=self.name, Key=target + key.removeprefix(source), CopySource=f"{self.name}/{key}")


# ---- projects


def article(n, tags, text="As first written."):
    at = f"2025-{n // 2000 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:{n % 60:02}:{n // 60 % 60:02}Z"
    return f"---\ntitle: Article number {n}\nslug: article-{n}\ndate: {at}\ntags: [{', '.join(tags)}]\n---\n\n{text}\n"


class Project:
    """A folder with a config and articles, and a home of its own."""

    def __init__(self, name, config, articles):
        self.dir = WORK / name
        (self.dir / "content").mkdir(parents=True)
        (self.dir / "home").mkdir()
        (self.dir / "feedmill.yaml").write_text(config)
        for n, text in articles.items():
            self.write(n, text)

    def write(self, n, text):
        (self.dir / f"content/{n}.md").write_text(text)

    def start(self, *args, env=None):
        """Starts feedmill in the folder, with nothing of this machine's but the path."""
        env = dict(env or {}, PATH=os.environ["PATH"], HOME=str(self.dir / "home"))
        return subprocess.Popen(
            [FEEDMILL, *args], cwd=self.dir, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *args, env=None):
        """Runs it to its end: exit code and all that it said."""
        child = self.start(*args, env=env)
        out, err = child.communicate(timeout=300)
        return child.returncode, out + err
