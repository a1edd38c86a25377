"use strict";
{
const words = document.body.dataset;
const element = (name, facts) => Object.assign(document.createElement(name), facts);

const told = element("p", { className: "unseen" });
told.setAttribute("role", "status");
document.querySelector(".subscribe").append(told);
for (const code of document.querySelectorAll("dd code")) {
const button = element("button", { type: "button" });
const say = (word) => {
button.textContent = word;
button.setAttribute("aria-label", word + " " + code.closest("div").firstChild.textContent);
};
say(words.copy);
button.addEventListener("click", async () => {
try {
await navigator.clipboard.writeText(code.textContent);
} catch {
getSelection().selectAllChildren(code);
if (!document.execCommand("copy")) return;
}
say(told.textContent = words.copied);
setTimeout(() => say(words.copy, told.textContent = ""), 2000);
});
code.after(button);
}

const feeds = document.getElementById("feeds");
if (feeds) {
const plain = (text) => text.normalize("NFKC").toLowerCase();
const items = [...feeds.querySelectorAll("li")].map((item) => ({
item,
text: plain(item.querySelector("bdi").textContent) + " " + item.firstChild.getAttribute("href"),
}));
const box = element("input", { type: "search", id: "filter", autocomplete: "off", spellcheck: false });
const label = element("label", { htmlFor: "filter", textContent: words.filter });
const found = element("p", { className: "small" });
found.setAttribute("role", "status");
box.addEventListener("input", () => {
const wanted = plain(box.value).trim().split(/\s+/);
let shown = 0;
for (const { item, text } of items) {
item.hidden = !wanted.every((word) => text.includes(word));
if (!item.hidden) shown += 1;
}
for (const group of feeds.querySelectorAll("div")) group.hidden = !group.querySelector("li:not([hidden])");
found.textContent = box.value ? words.found.replace("{shown}", shown).replace("{all}", items.length) : "";
});
feeds.querySelector("h2").after(label, box, found);
}
}
