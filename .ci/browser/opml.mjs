// The list of all feeds in other programs: newsboat imports it, feedsmith reads it, and both find every feed.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { article, check, equal, feedmill, finish, require, root, site, work } from "./rig.mjs";

const odd = "T&J's \"best\" <b>, ]]> \u202Eevil";
const strange = site("opml", `site: {title: ${JSON.stringify(odd)}, url: "https://example.org/?", language: en}\n`.replace("/?", "/"), {
  "a.md": article({ title: "One", tags: [odd, "C++"] }),
});

for (const [name, dir, feeds] of [["the example", root, join(root, "feeds")], ["odd names", join(work, "opml"), strange]]) {
  const list = join(feeds, "feeds.opml");
  const told = execFileSync(feedmill, ["list", "-C", dir, "--report", "json", "--now", "2030-01-01T00:00:00Z"], { encoding: "utf8", maxBuffer: 1 << 26 });
  const wanted = JSON.parse(told).feeds.map((feed) => feed.documents[0].url).sort();

  await check(`newsboat imports ${name}`, () => {
    const urls = join(work, "urls");
    writeFileSync(urls, "");
    execFileSync("newsboat", ["-i", list, "-u", urls, "-c", join(work, "cache.db"), "-C", "/dev/null"], { stdio: "pipe" });
    equal(readFileSync(urls, "utf8").trim().split("\n").map((line) => line.split(" ")[0]).sort(), wanted, "feeds");
  });

  await check(`feedsmith reads ${name}`, () => {
    const { parseOpml } = require("feedsmith");
    const opml = parseOpml(readFileSync(list, "utf8"));
    const all = (outlines) => outlines.flatMap((outline) => [...(outline.xmlUrl ? [outline] : []), ...all(outline.outlines ?? [])]);
    const feeds = all(opml.body.outlines);
    equal(feeds.map((feed) => feed.xmlUrl).sort(), wanted, "feeds");
    if (name === "odd names") equal(feeds[0].text, odd, "title");
  });
}

finish();
