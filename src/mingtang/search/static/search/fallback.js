// Finds titles, document numbers and bodies in the browser when the application does not answer.
"use strict";
(() => {
  const form = document.getElementById("fallback");
  const list = document.getElementById("fallback-hits");
  const status = document.getElementById("fallback-status");
  const field = form.elements.q;
  const newest = Number(form.dataset.blocks); // blocks are numbered from the oldest
  const MOST = 50;
  const kept = new Map();
  let turn = 0;

  // One spelling for widths, capitals and every kind of bracket; blanks and punctuation do not count.
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const words = (text) => text.split(/\s+/u).map(fold).filter(Boolean);

  async function rowsOf(block) {
    if (!kept.has(block)) {
      const answer = await fetch(`/search/static/${block}.json`);
      if (!answer.ok) throw new Error(String(answer.status));
      const rows = await answer.json();
      kept.set(block, rows.map((row) => ({ row, text: fold(row[0] + row[1] + row[4]) })));
    }
    return kept.get(block);
  }

  function show([title, number, slug, on, body]) {
    const item = document.createElement("li");
    const heading = item.appendChild(document.createElement("h2"));
    const link = heading.appendChild(document.createElement("a"));
    link.href = `/records/${encodeURIComponent(slug)}/`;
    link.textContent = title;
    const facts = item.appendChild(document.createElement("p"));
    facts.className = "quiet";
    for (const fact of [number, body, on].filter(Boolean)) {
      facts.appendChild(document.createElement("span")).textContent = fact;
    }
    list.appendChild(item);
  }

  const say = (name, count) => { status.textContent = (status.dataset[name] || "").replace("%", count); };

  async function find(typed) {
    const mine = ++turn;
    const wanted = words(typed);
    list.replaceChildren();
    status.textContent = "";
    if (!wanted.length) return;
    say("busy");
    let count = 0;
    try {
      for (let block = newest; block > 0; block--) {
        const rows = await rowsOf(block);
        if (mine !== turn) return;
        for (const { row, text } of rows) {
          if (!wanted.every((word) => text.includes(word))) continue;
          if (++count > MOST) { say("more", MOST); return; }
          show(row);
        }
      }
      say(count ? "some" : "none", count);
    } catch {
      say("lost");
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    find(field.value);
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  find(field.value);
})();
