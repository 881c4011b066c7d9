// Links the words of an article to the cards beside it. Without this script the page is complete, only still.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 62rem)");
  const articleOf = (element) => element.closest("article.record");
  const tokens = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  document.documentElement.classList.add("scripted");

  // Light up everything in an article that belongs to the given things, and what supports them more softly.
  function light(article, ids, name = "lit") {
    all(`.${name}, .${name}-soft`, article).forEach((e) => e.classList.remove(name, `${name}-soft`));
    if (!ids.length) return;
    const wanted = new Set(ids);
    for (const element of all("[data-ids], [data-evidence], [data-id]", article)) {
      const own = element.dataset.id !== undefined ? [element.dataset.id] : tokens(element, "ids");
      if (own.some((id) => wanted.has(id))) element.classList.add(name);
      else if (tokens(element, "evidence").some((id) => wanted.has(id))) element.classList.add(`${name}-soft`);
    }
  }

  const words = (article, id) =>
    article.querySelector(`.seg[data-ids~="${CSS.escape(id)}"]`) ||
    article.querySelector(`.seg[data-evidence~="${CSS.escape(id)}"]`);
  const card = (article, id) => article.querySelector(`.card[data-id="${CSS.escape(id)}"]`);
  const show = (element, block = "center") =>
    element && element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

  let held = []; // what stays lit when the pointer leaves
  let current = null;

  function settle(article) { light(article, current && articleOf(current) === article ? held : []); }

  function hold(chosen) {
    all(".card.current").forEach((e) => e.classList.remove("current"));
    if (current && (!chosen || articleOf(chosen) !== articleOf(current))) light(articleOf(current), []);
    current = chosen;
    held = chosen ? [chosen.dataset.id] : [];
    if (!chosen) return;
    chosen.classList.add("current");
    light(articleOf(chosen), held);
  }

  // Tabs: one list at a time, each list a section that stands by itself where there is no script.
  function choose(article, panel, focus = false) {
    for (const tab of all(".tabs button", article)) {
      const selected = tab.getAttribute("aria-controls") === panel.id;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected && focus) tab.focus();
    }
    all(".panel", article).forEach((other) => { other.hidden = other !== panel; });
  }

  for (const article of all("article.record")) {
    const cards = article.querySelector(".cards");
    const panels = all(".panel", cards);
    if (panels.length) {
      const tabs = document.createElement("div");
      tabs.className = "tabs";
      tabs.setAttribute("role", "tablist");
      tabs.setAttribute("aria-label", "What to list");
      for (const panel of panels) {
        const tab = document.createElement("button");
        tab.type = "button";
        tab.id = `${panel.id}-tab`;
        tab.setAttribute("role", "tab");
        tab.setAttribute("aria-controls", panel.id);
        const count = document.createElement("span");
        count.className = "count";
        count.textContent = panel.dataset.count;
        tab.append(panel.dataset.title, " ", count);
        tab.addEventListener("click", () => { choose(article, panel); cards.scrollTop = 0; });
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        tabs.append(tab);
      }
      tabs.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const at = panels.findIndex((panel) => !panel.hidden);
        choose(article, panels[(at + step + panels.length) % panels.length], true);
        event.preventDefault();
      });
      cards.prepend(tabs);
      cards.classList.add("tabbed");
      choose(article, panels[0]);
    }
    article.addEventListener("pointerover", (event) => {
      const over = event.target.closest(".seg[data-ids], .card, .bar");
      if (!over || event.pointerType === "touch") return;
      light(article, over.dataset.id !== undefined ? [over.dataset.id] : tokens(over, "ids"));
    });
    article.addEventListener("pointerout", (event) => {
      if (event.target.closest(".seg, .card, .bar")) settle(article);
    });
    article.addEventListener("click", (event) => {
      if (!getSelection().isCollapsed) return;
      const link = event.target.closest("a");
      const segment = event.target.closest(".seg[data-ids]");
      const repeat = event.target.closest("p[data-repeats]");
      const chosen = event.target.closest(".card");
      if (link) return;
      if (segment) open(article, nearest(article, tokens(segment, "ids")), true);
      else if (repeat) location.hash = `#${article.id}&char=${repeat.dataset.repeats}`;
      else if (chosen) { pick(chosen); show(words(article, chosen.dataset.id)); }
    });
    const box = article.querySelector(".hide-furniture");
    if (box) box.addEventListener("change", () => article.classList.toggle("without-furniture", box.checked));
  }

  // Of the things at a place, prefer one in the list that is open.
  const nearest = (article, ids) => ids.find((id) => card(article, id)?.closest(".panel:not([hidden])")) || ids[0];

  function pick(chosen) {
    hold(chosen);
    if (chosen.id) history.replaceState(null, "", `#${chosen.id}`);
  }

  // Open a thing: its list, its card, its words.
  function open(article, id, fromText = false) {
    const chosen = card(article, id);
    if (!chosen) return false;
    choose(article, chosen.closest(".panel"));
    pick(chosen);
    if (fromText || narrow.matches) show(chosen, fromText && !narrow.matches ? "nearest" : "center");
    else { chosen.scrollIntoView({ block: "nearest" }); show(words(article, id)); }
    return true;
  }

  // #char=412,498 counts code points of the article's text (RFC 5147), as the record does.
  function range(text, start, end) {
    const made = document.createRange();
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let passed = 0;
    let begun = false;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const points = [...node.data];
      const unit = (point) => points.slice(0, point - passed).join("").length;
      if (!begun && start < passed + points.length) { made.setStart(node, unit(start)); begun = true; }
      if (begun && end <= passed + points.length) { made.setEnd(node, unit(end)); return made; }
      passed += points.length;
    }
    return null;
  }

  function point(article, start, end) {
    const box = article.querySelector(".hide-furniture");
    if (box && box.checked) box.click();
    const found = range(article.querySelector(".text"), start, end);
    if (!found) return;
    show(found.startContainer.parentElement);
    if (window.Highlight && CSS.highlights) CSS.highlights.set("char", new Highlight(found));
    else { getSelection().removeAllRanges(); getSelection().addRange(found); }
  }

  function follow() {
    if (window.Highlight && CSS.highlights) CSS.highlights.delete("char");
    let key = location.hash.slice(1);
    try { key = decodeURIComponent(key); } catch { /* take it as it stands */ }
    const place = key.match(/^(?:(article-\d+)&)?char=(\d+),(\d+)$/);
    if (place) {
      const article = document.getElementById(place[1] || "article-1");
      if (article && Number(place[2]) < Number(place[3])) point(article, Number(place[2]), Number(place[3]));
      return;
    }
    const target = document.getElementById(key);
    if (target && target.matches(".card")) { open(articleOf(target), target.dataset.id); return; }
    for (const article of all("article.record")) if (key && open(article, key)) return;
  }

  // j and k walk the cards of the lists that are open, on into the next article.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const cards = all(".card").filter((one) => !one.closest("[hidden]"));
    const focused = event.target.closest(".card") || current;
    if (event.key === "j" || event.key === "k") {
      const next = cards[cards.indexOf(focused) + (event.key === "j" ? 1 : -1)] || (focused ? null : cards[0]);
      if (!next) return;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
      pick(next);
      if (!narrow.matches) show(words(articleOf(next), next.dataset.id));
    } else if (event.key === "Enter" && event.target.matches(".card")) {
      pick(event.target);
      show(words(articleOf(event.target), event.target.dataset.id));
    } else if (event.key === "Escape") {
      hold(null);
      if (window.Highlight && CSS.highlights) CSS.highlights.delete("char");
      history.replaceState(null, "", location.pathname + location.search);
    } else if (/^[1-9]$/.test(event.key)) {
      const middle = all("article.record").filter((one) => one.getBoundingClientRect().top < innerHeight / 2).pop();
      const panel = middle && all(".panel", middle)[Number(event.key) - 1];
      if (panel) choose(middle, panel);
    }
  });

  addEventListener("hashchange", follow);
  follow();
})();
