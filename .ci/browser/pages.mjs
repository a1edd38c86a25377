// The pages in a real browser: the index filters 2,000 tags, addresses can be copied with and without scripts, dark mode, a
// phone of 320 pixels, right to left, hostile text, and axe finds nothing serious.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { article, axe, check, equal, finish, holds, open, root, serve, shot, shots, site, work, require } from "./rig.mjs";

const url = "https://example.org/";
const config = (more = "") => `site: {title: The Mill, url: "${url}", language: en, description: What the stones say}\n${more}`;

const many = {};
for (let n = 0; n < 2000; n += 1) {
  const tags = [n % 2 ? `Tag number ${n}` : `Криптовалюта ${n}`];
  many[`${n}.md`] = article({ title: `How stone ${n} turns`, tags, n });
}
const index = await serve(site("many", config(), many));

const evil = "<script>alert(1)</script>";
const hostile = await serve(
  site("hostile", config().replace("The Mill", `"${evil} \\u202Eevil"`), {
    "a.md": article({ title: `${evil}"onload="alert(2)`, tags: [evil, "\u202Egnp.exe", "W".repeat(190)], summary: `${evil} ${"long".repeat(200)}` }),
    "b.md": article({ title: "x".repeat(400), tags: [evil], n: 2, image: "https://images.example/a.png?\"onerror=\"alert(3)" }),
  }),
);

const hebrew = await serve(
  site("hebrew", config("pages: {texts: {he: {subscribe: הרשמה, latest: חדשות, copy: העתקה}}}\n").replace("language: en", "language: he"), {
    "a.md": article({ title: "שלום עולם 2025", tags: ["חדשות", "C++"], summary: "תקציר קצר של הכתבה." }),
    "b.md": article({ title: "עוד כתבה", tags: ["חדשות", "Layer2"], n: 2, summary: "A summary in English." }),
  }),
);

const example = await serve(join(root, "feeds"));

await check("the index filters 2,000 tags", async () => {
  const page = await open(index);
  const shown = () => page.locator("#feeds li:visible").count();
  equal(await shown(), 2000, "feeds shown");
  await page.getByLabel("Find a feed").fill("NUMBER 19");
  const wanted = Array.from({ length: 2000 }, (_, n) => n).filter((n) => n % 2 && String(n).includes("19")).length;
  equal(await shown(), wanted, "feeds shown for `number 19`");
  equal(await page.locator("#feeds [role=status]").innerText(), `${wanted} of 2000`);
  await page.getByLabel("Find a feed").fill("kriptovalyuta-1998");
  equal(await page.locator("#feeds li:visible").allInnerTexts().then((all) => all.map((text) => text.replace(/\s+/g, " "))), ["Криптовалюта 1998 1"]);
  const took = await page.evaluate(() => {
    const box = document.querySelector("#filter");
    const began = performance.now();
    box.value = "tag";
    box.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - began;
  });
  holds(took < 250, `filtering took ${took} ms`);
  await page.getByLabel("Find a feed").fill("nothing like it");
  equal(await shown(), 0, "feeds shown for nonsense");
  await shot(page, "index-filtered");
  await page.getByLabel("Find a feed").fill("");
  equal(await shown(), 2000, "feeds shown again");
  equal(page.faults, [], "faults");
  const size = readFileSync(join(work, "many/feeds/index.html")).length;
  holds(size < 30_000 + 120 * 2000, `the index has ${size} bytes`);
});

await check("an address is copied by its button", async () => {
  const page = await open(index);
  await page.getByRole("button", { name: "Copy Atom" }).click();
  equal(await page.evaluate(() => navigator.clipboard.readText()), `${url}feeds/atom.xml`, "clipboard");
  equal(await page.locator(".subscribe [role=status]").innerText(), "Copied");
  await page.getByRole("button", { name: "Copied Atom" }).waitFor();
  await page.getByRole("button", { name: "Copy Atom" }).waitFor({ timeout: 5000 });
});

await check("without scripts an address is text that one click selects", async () => {
  const page = await open(index, { script: false });
  equal(await page.locator("button").count() + await page.locator("input").count(), 0, "controls without a script");
  await page.locator("code").nth(2).click();
  equal(await page.evaluate(() => getSelection().toString()), `${url}feeds/feed.json`, "selection");
  equal(await page.locator("#feeds li:visible").count(), 2000, "feeds listed");
});

await check("dark mode is dark", async () => {
  const paper = async (dark) => {
    const page = await open(example, { dark });
    await shot(page, dark ? "index-dark" : "index-light");
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number)[0]);
  };
  holds((await paper(false)) > 230, "the light page is not light");
  holds((await paper(true)) < 50, "the dark page is not dark");
});

for (const [name, address] of [["index", example], ["tag", `${example}tags/layer2/`], ["hostile", hostile], ["hebrew", hebrew], ["many", index]]) {
  await check(`a phone of 320 pixels shows ${name} without sideways scrolling`, async () => {
    const page = await open(address, { width: 320, height: 700 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (name !== "many") await shot(page, `phone-${name}`);
    holds(wide <= 320, `the page is ${wide} pixels wide`);
  });
  for (const dark of [false, true]) {
    await check(`axe finds nothing serious in ${name}, ${dark ? "dark" : "light"}`, async () => {
      equal(await axe(await open(address, { dark })), [], "findings");
    });
  }
}

await check("hostile text runs nothing and asks nothing of other hosts", async () => {
  const slugs = [...readFileSync(join(work, "hostile/feeds/feeds.opml"), "utf8").matchAll(/feeds\/(tags\/[^/]+\/)/g)].map((m) => m[1]);
  for (const path of new Set(["", ...slugs])) {
    const page = await open(hostile + path);
    if (!path) await shot(page, "hostile");
    equal([page.faults, page.asked], [[], []], `faults and requests of /${path}`);
    equal(await page.locator("script").count(), 1, "scripts");
  }
});

await check("the policy lets no other script run", async () => {
  const page = await open(index);
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.head.append(script);
    return window.ran === true;
  });
  holds(!ran && page.faults.some((fault) => /Content Security Policy/.test(fault)), "a foreign script ran");
});

await check("right to left", async () => {
  const page = await open(hebrew);
  await shot(page, "hebrew");
  equal(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["he", "rtl"]);
  const [title, image] = [page.locator(".entries h3").first(), page.locator(".entries img").first()];
  holds((await title.boundingBox()).x > (await image.boundingBox()).x, "the image does not stand on the left");
  const edge = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).textAlign);
  equal([await edge("h1"), await edge(".entries p[dir]")], ["right", "right"], "the edge where lines begin");
  equal(await page.locator("code").first().evaluate((code) => getComputedStyle(code).direction), "ltr", "an address");
});

await check("by keyboard: the skip link first, then everything in order", async () => {
  const page = await open(`${example}tags/layer2/`);
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip");
  holds(await skip.evaluate((link) => link === document.activeElement), "the first stop is not the skip link");
  await page.waitForTimeout(100);
  holds((await skip.boundingBox()).y >= 0, "the skip link is not seen when it has the focus");
  const outline = await skip.evaluate((link) => getComputedStyle(link).outlineStyle);
  equal(outline, "solid", "outline");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  holds(await page.evaluate(() => document.activeElement.closest("#latest") !== null), "it does not lead to the articles");
  await shot(page, "tag");
});

await check("pages lead to each other", async () => {
  const page = await open(example);
  await page.locator("#feeds a[href='tags/layer2/']").click();
  await page.waitForURL(`${example}tags/layer2/`);
  await page.locator(".feeds a").first().click();
  await page.waitForURL(/\/tags\/(?!layer2)[^/]+\/$/);
  await page.locator("nav a").nth(1).click();
  await page.waitForURL(example);
});

await check("html-validate finds no error", () => {
  const cli = join(require.resolve("html-validate/package.json"), "../bin/html-validate.mjs");
  const rules = join(root, ".ci/browser/htmlvalidate.json");
  const folders = [join(root, "feeds"), ...["many", "hostile", "hebrew"].map((name) => join(work, name, "feeds"))];
  const pages = folders.map((folder) => join(folder, folder.includes("many") ? "index.html" : "**/*.html"));
  try {
    execFileSync(process.execPath, [cli, "--config", rules, ...pages], { encoding: "utf8", stdio: "pipe", maxBuffer: 1 << 26 });
  } catch (fault) {
    throw new Error(`${fault.stdout}${fault.stderr}`.slice(0, 3000));
  }
});

finish();
