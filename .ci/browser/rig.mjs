// What browser tests share: the packages that setup.sh installed, sites made on the fly and built with the real binary, a
// small web server, Chromium, axe, checks with a name. Screenshots and sites go to a temporary folder.
//
//   FEEDMILL_BROWSER_TOOLS  the folder that setup.sh prints
//   FEEDMILL                the binary; target/release/feedmill, else target/debug/feedmill
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tools = process.env.FEEDMILL_BROWSER_TOOLS ?? join(homedir(), ".cache/feedmill-browser");
export const require = createRequire(join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const work = mkdtempSync(join(tmpdir(), "feedmill-browser-"));
export const shots = join(tmpdir(), "feedmill-screenshots");
mkdirSync(shots, { recursive: true });

const binaries = [process.env.FEEDMILL, join(root, "target/release/feedmill"), join(root, "target/debug/feedmill")];
export const feedmill = binaries.find((path) => path && existsSync(path));

// ---- checks

let failed = 0;

/** Runs one named check; a failure is told and the others go on. */
export async function check(name, run) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (fault) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(fault.message ?? fault).replaceAll("\n", "\n      ")}`);
  }
}

export function equal(found, wanted, what = "value") {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${what} is ${a}, not ${b}`);
}

export function holds(truth, what) {
  if (!truth) throw new Error(what);
}

/** Ends the process: 1 when a check failed. */
export function finish() {
  console.log(failed ? `${failed} checks failed` : `all well; screenshots in ${shots}`);
  process.exit(failed ? 1 : 0);
}

// ---- sites

/** Writes a site and builds it; gives its output folder. */
export function site(name, config, articles, args = []) {
  const dir = join(work, name);
  mkdirSync(join(dir, "content"), { recursive: true });
  writeFileSync(join(dir, "feedmill.yaml"), config);
  for (const [path, text] of Object.entries(articles)) writeFileSync(join(dir, "content", path), text);
  execFileSync(feedmill, ["build", "-C", dir, "--quiet", "--now", "2030-01-01T00:00:00Z", ...args], { stdio: "inherit" });
  return join(dir, "feeds");
}

export function article({ title, tags, n = 1, summary = "A summary.", image = `https://images.example/${n}.png`, body = "Text." }) {
  const date = new Date(Date.UTC(2024, 0, 1) + n * 3_600_000).toISOString();
  const front = { title, slug: `article-${n}`, date, tags, description: summary, img: image, alt: "A drawing" };
  const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n${body}\n`;
}

// ---- serving and looking

const types = { ".html": "text/html; charset=utf-8", ".xml": "application/xml", ".json": "application/json", ".opml": "text/x-opml" };

/** Serves a folder on a free port of the loopback; folders give their index.html. */
export function serve(folder) {
  const server = createServer((request, response) => {
    let path = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" }).end(readFileSync(path));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${server.address().port}/`)));
}

let browser;

/** Opens an address. Images of other hosts are drawn here; what else is asked of them is noted in `page.asked`. */
export async function open(url, { width = 1200, height = 900, dark = false, script = true } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  page.asked = [];
  page.faults = [];
  const own = new URL(url).origin;
  await context.route((to) => to.origin !== own, (route) => {
    const kind = route.request().resourceType();
    if (kind !== "image") page.asked.push(`${kind} ${route.request().url()}`);
    return route.fulfill({ contentType: "image/svg+xml", body: picture });
  });
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && page.faults.push(message.text()));
  page.on("pageerror", (fault) => page.faults.push(fault.message));
  page.on("dialog", (dialog) => (page.faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  await page.goto(url);
  return page;
}

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="1200" height="630" fill="#2f6f73"/><circle cx="820" cy="240" r="150" fill="#f2b66d"/></svg>';

/** Serious and critical findings of axe. */
export async function axe(page) {
  await page.context().newCDPSession(page).then((session) => session.send("Page.setBypassCSP", { enabled: true }));
  await page.reload();
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run());
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return bad.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html + " " + node.any.map((a) => a.message).join("; ")).join(" | ")}`);
}

export const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
