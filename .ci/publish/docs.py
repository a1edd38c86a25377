"""What docs/publishing.md tells people to paste is run as it stands there, with /srv/site and /usr/local/bin put elsewhere: the crontab
line, the unit's command, the loop, the steps of the CI job (into a bucket of moto), every config."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from rig import FEEDMILL, ROOT, WORK, Bucket, Project, article, check, finish

text = (ROOT / "docs/publishing.md").read_text()
blocks = dict(re.findall(r"<!-- (\S+) -->\n```\w[^\n]*\n(.*?)```", text, re.S))
config = "site: {title: The Mill, url: 'https://example.org/', language: en, since: 2025}\n"
site = Project("site", config, {n: article(n, ["news"]) for n in range(3)})
path = WORK / "bin"
path.mkdir()
(path / "feedmill").symlink_to(pathlib.Path(FEEDMILL).resolve())


def placed(command):
    return command.replace("/usr/local/bin/", f"{path}/").replace("/srv/site", str(site.dir))


def bare(command, env=None, cwd="/"):
    """As cron would: in / with next to no environment."""
    shutil.rmtree(site.dir / "feeds", ignore_errors=True)
    done = subprocess.run(["/bin/sh", "-c", placed(command)], env=env or {}, cwd=cwd, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


line = re.search(r"^(?:\S+ ){5}(.*)$", blocks["crontab"], re.M)[1]
code, told = bare(line)
check("the crontab line publishes and says nothing", (code, told) == (0, "") and (site.dir / "feeds/rss.xml").exists(), (code, told))
if shutil.which("crontab"):
    (WORK / "crontab").write_text(blocks["crontab"])
    # Debian's looks with -n, cronie with -T.
    looks = [subprocess.run(["crontab", flag, WORK / "crontab"], capture_output=True, text=True) for flag in ("-n", "-T")]
    check("crontab takes it", any(done.returncode == 0 for done in looks), [done.stderr[:200] for done in looks])

command = re.search(r"^ExecStart=(.*)$", blocks["feedmill.service"], re.M)[1]
code, told = bare("exec " + command)
check("the unit's command publishes and says nothing", (code, told) == (0, "") and (site.dir / "feeds/rss.xml").exists(), (code, told))
if shutil.which("systemd-analyze"):
    units = [WORK / "feedmill.service", WORK / "feedmill.timer"]
    for unit in units:
        unit.write_text(placed(blocks[unit.name]))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    own = [told for told in done.stderr.splitlines() if "feedmill" in told]
    check("systemd takes the units", not own, own)

if shutil.which("jq"):
    due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 100))
    site.write(9, article(9, ["news"]).replace("date: 2025-01-10T09:09:00Z", f"date: {due}"))
    (path / "sleep").write_text(f"#!/bin/sh\necho $1 > {WORK}/slept\nkill $PPID\n")
    (path / "sleep").chmod(0o755)
    bare(blocks["loop.sh"], {"PATH": f"{path}:{os.environ['PATH']}"})
    slept = int((WORK / "slept").read_text())
    check("the loop sleeps until the next article is due", 60 < slept <= 101, slept)

bucket = Bucket("bucket")
steps = re.findall(r"^ +- run: (.*)$", blocks["feeds.yml"], re.M)
env = {**bucket.env, "PATH": f"{path}:{os.environ['PATH']}", "HOME": str(site.dir / "home")}
codes = [bare(step, env, site.dir) for step in steps]
check("the steps of the CI job publish", len(steps) == 2 and all(code == 0 for code, _ in codes) and "feeds/rss.xml" in bucket.keys(), codes)

for number, block in enumerate(re.findall(r"```yaml\n(output:.*?)```", text, re.S)):
    project = Project(f"config-{number}", config + block, {1: article(1, ["news"])})
    code, told = project.run("publish", "--dry-run", "--quiet", env={**bucket.env, "PATH": shlex.quote(str(path))})
    check(f"config {number + 1} is taken", (code, told) == (0, ""), (code, told))

finish()
