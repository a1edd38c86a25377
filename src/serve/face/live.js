// Live reload, the overlay of findings, and badges of drafts: in every page that `feedmill serve` sends.
(() => {
  const own = document.currentScript;
  const marks = JSON.parse(own.dataset.marks || "{}");
  for (const link of document.querySelectorAll(".entries h3 a")) {
    const label = marks[link.getAttribute("href")];
    if (!label) continue;
    const badge = document.createElement("span");
    badge.className = "feedmill-badge";
    badge.textContent = label;
    link.after(" ", badge);
  }

  const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_preview/live.css";
  const box = document.createElement("div");
  box.className = "overlay";
  box.setAttribute("role", "status");
  root.append(style, box);

  let source;
  let shown = "";
  const listen = () => {
    source?.close();
    source = new EventSource(`/_preview/events?${new URLSearchParams({ page: location.pathname, mark: own.dataset.mark })}`);
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("state", ({ data }) => {
      if (data === shown) return;
      box.innerHTML = shown = data;
      // What lies over the page may cover none of it at the end; without an error the box follows the page.
      const covers = getComputedStyle(box).position === "fixed";
      document.body.style.paddingBlockEnd = covers ? `${box.offsetHeight}px` : "";
    });
  };
  // A browser opens few connections to one host: pages that nobody sees give theirs back.
  document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : listen()));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", listen);
})();
