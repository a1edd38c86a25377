// `feedmill serve` in a real browser: an edit reloads the open page, a broken article shows an overlay that goes when it is mended,
// badges of drafts, what readers make of a feed, axe; and how long an edit takes to be seen, among 10,000 articles.
import { spawn } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { article, axe, check, equal, feedmill, finish, holds, open, shot, work } from "./rig.mjs";

const running = [];
process.on("exit", () => running.forEach((server) => server.kill()));

/** Writes a site and serves it; gives its address and a function that writes an article. */
async function served(name, articles, args = []) {
  const dir = join(work, name);
  mkdirSync(join(dir, "content"), { recursive: true });
  writeFileSync(join(dir, "feedmill.yaml"), 'site: {title: The Mill, url: "https://example.org/", language: en, description: What the stones say}\n');
  const write = (path, text) => writeFileSync(join(dir, "content", path), text);
  for (const [path, text] of Object.entries(articles)) write(path, text);
  const server = spawn(feedmill, ["serve", "-C", dir, "--addr", "127.0.0.1:0", "--quiet", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  running.push(server);
  const line = await new Promise((said) => server.stdout.once("data", (bytes) => said(String(bytes))));
  return { dir, write, server, base: line.match(/http:\/\/[^/]+\//)[0] };
}

const draft = (n, title) => article({ title, tags: ["News"], n }).replace("---\n", "---\ndraft: true\n");
const small = await served("small", {
  "a.md": article({ title: "First", tags: ["News"], n: 1 }),
  "b.md": article({ title: "Second", tags: ["News", "Mill"], n: 2, body: "With **body**." }),
  "c.md": draft(3, "A draft"),
  "d.md": article({ title: "Of the future", tags: ["Mill"], n: 4 }).replace(/date: "[^"]*"/, 'date: "2099-01-01T00:00:00Z"'),
});
const overlay = (page) => page.locator(".overlay");

await check("an edit reloads the open page", async () => {
  const page = await open(small.base);
  equal(page.url(), `${small.base}feeds/`, "where / leads");
  await page.getByText("Second", { exact: true }).waitFor();
  small.write("b.md", article({ title: "Second, mended", tags: ["News", "Mill"], n: 2 }));
  await page.getByText("Second, mended").waitFor({ timeout: 10_000 });
  const tag = await open(`${small.base}feeds/tags/mill/`);
  small.write("new.md", article({ title: "A newcomer", tags: ["Mill"], n: 9 }));
  await tag.getByText("A newcomer").waitFor({ timeout: 10_000 });
  await page.getByText("A newcomer").waitFor({ timeout: 10_000 });
  equal([page.faults, page.asked, tag.faults, tag.asked], [[], [], [], []], "faults and requests elsewhere");
});

await check("a page that does not show the edit stays as it is", async () => {
  const page = await open(`${small.base}feeds/tags/mill/`);
  await page.evaluate(() => (window.stayed = true));
  small.write("a.md", article({ title: "First, mended", tags: ["News"], n: 1 }));
  const other = await open(`${small.base}feeds/`);
  await other.getByText("First, mended").waitFor({ timeout: 10_000 });
  await page.waitForTimeout(300);
  equal(await page.evaluate(() => window.stayed), true, "what the page remembers");
});

await check("a broken article shows an overlay that goes when it is mended", async () => {
  const page = await open(`${small.base}feeds/`);
  equal(await overlay(page).innerText(), "", "overlay at first");
  small.write("b.md", article({ title: "Second", tags: ["News"], n: 2 }).replace(/date: "[^"]*"/, 'date: "<img src=x onerror=alert(1)>"'));
  await overlay(page).getByText(/content\/b\.md:\d+:\d+/).waitFor({ timeout: 10_000 });
  holds((await overlay(page).innerText()).includes("A010"), "the code is told");
  holds((await overlay(page).innerText()).includes("onerror"), "the value is told as text");
  await shot(page, "serve-overlay");
  equal(await axe(page), [], "axe with an overlay");
  small.write("b.md", article({ title: "Second, mended again", tags: ["News"], n: 2 }));
  await page.getByText("Second, mended again").waitFor({ timeout: 10_000 });
  await page.waitForFunction(() => [...document.querySelectorAll("div")].every((div) => !div.shadowRoot?.querySelector("details")), null, { timeout: 10_000 });
  equal(page.faults, [], "faults");
});

await check("a broken config shows an overlay over the last good page", async () => {
  const page = await open(`${small.base}feeds/`);
  const config = join(small.dir, "feedmill.yaml");
  renameSync(config, `${config}.old`);
  writeFileSync(config, "site: {title: [}\n");
  await overlay(page).getByText("Not built:").waitFor({ timeout: 10_000 });
  await page.getByText("First, mended").waitFor();
  await shot(page, "serve-config");
  renameSync(`${config}.old`, config);
  await overlay(page).getByText("Not built:").waitFor({ state: "detached", timeout: 10_000 });
});

await check("drafts and the future are marked", async () => {
  const page = await open(`${small.base}feeds/`);
  const badge = (title) => page.locator(".entries h3", { hasText: title }).locator(".feedmill-badge").allInnerTexts();
  equal([await badge("A draft"), await badge("Of the future"), await badge("First")], [["Draft"], ["Future"], []], "badges");
  await page.getByText("Not in a build yet:").waitFor();
  await shot(page, "serve-drafts");
});

await check("a phone needs no sideways scrolling", async () => {
  for (const path of ["feeds/", "_preview/", "_preview/all", "nothing"]) {
    const page = await open(small.base + path, { width: 320, height: 640 });
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    holds(wide <= seen, `${path} is ${wide} pixels wide`);
  }
});

await check("the table tells what each reader takes", async () => {
  const page = await open(`${small.base}_preview/`);
  await shot(page, "serve-preview-list");
  await page.getByRole("link", { name: /^Mill/ }).click();
  await page.getByRole("heading", { name: /What readers make of/ }).waitFor();
  equal(page.url(), `${small.base}_preview/tag/mill`, "address");
  const entry = page.locator(".entry").first();
  const names = (await entry.locator(".card .who").allInnerTexts()).join(", ").split(", ");
  for (const reader of ["NetNewsWire", "Miniflux", "FreshRSS", "newsboat", "Mail digest"]) holds(names.includes(reader), `${reader} has no card`);
  equal(new Set(names).size, names.length, "each reader has one card");
  holds((await entry.locator(".card h3").first().innerText()).length > 0, "a card has its title");
  await entry.locator("summary").click();
  const row = entry.locator("tbody tr", { hasText: "Miniflux" });
  holds((await row.innerText()).includes("listed below the body"), "Miniflux lists the enclosure");
  await shot(page, "serve-preview");
  const dark = await open(`${small.base}_preview/all`, { dark: true });
  await shot(dark, "serve-preview-dark");
  await shot(await open(`${small.base}_preview/all`, { width: 390, height: 800 }), "serve-preview-phone");
  await page.getByRole("link", { name: "JSON Feed" }).click();
  await page.locator(".entry summary").first().click();
  await page.getByText("content_html").first().waitFor();
  equal(page.faults, [], "faults");
});

for (const path of ["feeds/", "feeds/tags/mill/", "_preview/", "_preview/all", "_preview/all?format=json", "nothing"]) {
  for (const dark of [false, true]) {
    await check(`axe finds nothing serious in ${path}, ${dark ? "dark" : "light"}`, async () => {
      equal(await axe(await open(small.base + path, { dark })), [], "findings");
    });
  }
}

// The gate asks no clock: it tells the figure, and `FEEDMILL_TIMED=1` on a machine with nothing else to do holds it to the goal.
await check("an edit to one of 10,000 articles shows in the open page (goal: 300 ms, median of 20)", async () => {
  const tags = (n) => [`Tag ${n % 200}`, `Tag ${(n * 7) % 200}`, `Tag ${(n * 31) % 200}`];
  const body = "The stones turn and the flour runs. ".repeat(60);
  const many = {};
  for (let n = 0; n < 10_000; n += 1) many[`${n}.md`] = article({ title: `Stone ${n}`, tags: tags(n), n, body });
  const large = await served("large", many);
  const page = await open(`${large.base}feeds/`);
  const median = await edits();
  holds(!process.env.FEEDMILL_TIMED || median <= 300, `the median is ${median} ms`);
  large.server.kill();

  async function edits() {
    const took = [];
    for (let n = 0; n < 21; n += 1) {
      const title = `Seen at once ${n}`;
      const began = performance.now();
      large.write("9999.md", article({ title, tags: tags(9999), n: 9999, body }));
      await page.getByText(title, { exact: true }).waitFor({ timeout: 20_000 });
      took.push(performance.now() - began);
      await page.waitForTimeout(100);
    }
    // The first finds a server that has just begun.
    const sorted = took.slice(1).sort((a, b) => a - b).map(Math.round);
    console.log(`      edits seen after ${sorted.join(", ")} ms; the median is ${(sorted[9] + sorted[10]) / 2} ms`);
    return (sorted[9] + sorted[10]) / 2;
  }
});

finish();
