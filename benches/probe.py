#!/usr/bin/env python3
"""How long 1,000 images take on a loopback server that answers after 50 ms: on one host, over eight, again within
images.max_age, and after it. Run by hand: cargo build --release && benches/probe.py [path/to/feedmill]

Expected: under 15 s on one host, under 6 s over eight; a second run opens no connection; a run after max_age sends one
conditional request an image and gets no body. Exits 1 where one of these does not hold."""
import asyncio, pathlib, struct, subprocess, sys, tempfile, time, zlib

IMAGES, LATENCY = 1000, 0.05
root = pathlib.Path(__file__).resolve().parent.parent
feedmill = sys.argv[1] if len(sys.argv) > 1 else str(root / "target/release/feedmill")
seen = {"connections": 0, "requests": 0, "conditional": 0, "bodies": 0}


def png():
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 800, 600, 8, 2, 0, 0, 0)) + b"\0" * 90000


PICTURE = png()


async def serve(reader, writer):
    seen["connections"] += 1
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            seen["requests"] += 1
            await asyncio.sleep(LATENCY)
            if b"if-none-match" in head.lower():
                seen["conditional"] += 1
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
            else:
                seen["bodies"] += 1
                part = PICTURE[:65536]
                writer.write(b'HTTP/1.1 206 Partial Content\r\nETag: "1"\r\nContent-Length: %d\r\nContent-Range: bytes 0-%d/%d\r\n\r\n'
                             % (len(part), len(part) - 1, len(PICTURE)) + part)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def probe(folder, now):
    for key in seen:
        seen[key] = 0
    began = time.monotonic()
    run = await asyncio.create_subprocess_exec(feedmill, "probe", "-C", folder, "--now", now, "--report", "short",
                                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = await run.communicate()
    assert run.returncode == 0, (out, err)
    return time.monotonic() - began, dict(seen), out.decode()


async def main():
    worst = 0
    for hosts, limit in ((1, 15), (8, 6)):
        servers = [await asyncio.start_server(serve, f"127.0.0.{n + 1}", 0) for n in range(hosts)]
        addresses = ["%s:%d" % s.sockets[0].getsockname() for s in servers]
        with tempfile.TemporaryDirectory() as folder:
            content = pathlib.Path(folder, "content")
            content.mkdir()
            pathlib.Path(folder, "feedmill.yaml").write_text(
                'site: {url: "https://example.org/"}\nimages: {allow_private: true}\n')
            for n in range(IMAGES):
                (content / f"{n:04}.md").write_text(
                    f"---\ntitle: A {n}\nslug: a-{n}\ndate: 2025-01-01T{n // 60:02}:{n % 60:02}:00Z\n"
                    f"img: http://{addresses[n % hosts]}/{n}.png\n---\n\nBody.\n")
            for name, now, holds in (
                ("first", "2026-01-01T00:00:00Z", lambda t, s: t < limit and s["bodies"] == IMAGES),
                ("again", "2026-01-02T00:00:00Z", lambda t, s: s["connections"] == 0),
                ("later", "2026-03-01T00:00:00Z",
                 lambda t, s: s["conditional"] == s["requests"] == IMAGES and s["bodies"] == 0),
            ):
                seconds, counts, out = await probe(folder, now)
                good = holds(seconds, counts)
                worst |= not good
                print(f"{hosts} host(s), {name}: {seconds:6.2f} s  {counts}  {'ok' if good else 'MISSED'}", flush=True)
        for server in servers:
            server.close()
    return worst


sys.exit(asyncio.run(main()))
