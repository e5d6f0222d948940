// The page of a norm: copies its citation in one click, and marks in the contents where the reader is.
"use strict";
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const status = button.parentElement.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    status.textContent = button.dataset.done;
  });
}
const contents = document.querySelector(".norm-contents");
if (contents) {
  if (!matchMedia("(min-width: 60em)").matches) contents.querySelector("details").open = false;
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const follow = () => {
    const reached = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3).pop();
    for (const [id, link] of links) {
      if (reached && id === reached.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let asked = false;
  addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; follow(); });
  }, { passive: true });
  follow();
}
