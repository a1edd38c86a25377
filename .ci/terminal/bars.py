"""What a terminal shows of a run that takes longer than a second, and that nothing else does: feedmill on a pseudo-terminal against
a host of images that takes its time.

usage: bars.py FEEDMILL
"""

import http.server
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import threading
import time

FEEDMILL = str(pathlib.Path(sys.argv[1]).resolve())


class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep({"/0.png": 0.4, "/1.png": 1.6}.get(self.path, 2.4))
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_):
        pass


def on_terminal(args, folder, **env):
    """Exit code, stdout and what the terminal on stderr got."""
    main, other = pty.openpty()
    env = {**{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE")}, "TERM": "xterm", **env}
    run = subprocess.Popen([FEEDMILL, *args], cwd=folder, stdout=subprocess.PIPE, stderr=other, env=env)
    os.close(other)
    shown = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(main)
    out = run.stdout.read().decode()
    return run.wait(), out, shown.decode()


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = server.server_address[1]
with tempfile.TemporaryDirectory() as folder:
    root = pathlib.Path(folder)
    (root / "content").mkdir()
    (root / "feedmill.yaml").write_text('site: {url: "https://e.org/"}\nimages: {allow_private: true}\n')
    for n in range(3):
        (root / f"content/{n}.md").write_text(
            f"---\ntitle: Article {n}\nslug: a{n}\ndate: 2025-01-0{n + 1}T00:00:00Z\nimg: http://127.0.0.1:{port}/{n}.png\n---\nX.\n")

    def fresh():
        (root / "images.lock").unlink(missing_ok=True)

    code, out, shown = on_terminal(["probe"], root)
    assert code == 0 and "probing images [" in shown and " s left" in shown and "/s, " in shown, (code, shown)
    assert "\x1b[" in shown, "no colours on a terminal"
    assert shown.rstrip().endswith("\x1b[0m") or "probing" not in shown.rstrip().splitlines()[-1], "the bar was left standing"
    print("a bar with rate and time left:", re.findall(r"probing images [^\r\x1b]*left", shown)[-1].strip())

    fresh()
    code, out, shown = on_terminal(["probe", "--quiet"], root)
    assert "probing" not in shown, shown
    fresh()
    code, out, shown = on_terminal(["probe"], root, TERM="dumb")
    assert "probing" not in shown, shown
    fresh()
    code, out, shown = on_terminal(["probe"], root, NO_COLOR="1")
    assert "probing" in shown and not re.search(r"\x1b\[[0-9;]*m", shown), shown
    fresh()
    code, out, shown = on_terminal(["probe", "--log", "json"], root)
    events = [json.loads(line) for line in shown.splitlines() if line]
    assert {e["event"] for e in events} >= {"step_began", "step_ended", "finding", "ended"}, events
    ended = [e["fields"] for e in events if e["event"] == "step_ended" and e["fields"]["step"] == "probe"]
    assert ended and ended[0]["done"] == 3 and ended[0]["elapsed_ms"] >= 2300, ended
    fresh()
    plain = subprocess.run([FEEDMILL, "probe"], cwd=root, capture_output=True, text=True)
    assert "probing" not in plain.stderr and "\x1b" not in plain.stderr + plain.stdout, plain
    forced = subprocess.run([FEEDMILL, "build", "--color", "always"], cwd=root, capture_output=True, text=True)
    assert "\x1b[" in forced.stdout and "making" not in forced.stderr, forced
    code, out, shown = on_terminal(["build"], root)
    assert "making" not in shown, "a quick run needs no bar"
server.shutdown()
print("none with --quiet, on a dumb terminal, with --log json, without a terminal, or for what is quick")
