// Offers titles while somebody types into a search field: a list that keyboard and screen reader can walk.
"use strict";
(() => {
  const WAIT = 150;

  class Suggestions {
    constructor(field) {
      this.field = field;
      this.turn = this.timer = 0;
      this.at = -1;
      this.list = document.createElement("ul");
      this.list.id = `${field.id}-titles`;
      this.list.className = "suggestions";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", field.placeholder);
      this.list.hidden = true;
      field.form.append(this.list);
      for (const [name, value] of Object.entries({
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
      })) field.setAttribute(name, value);
      field.addEventListener("input", (event) => { if (!event.isComposing) this.ask(); });
      field.addEventListener("compositionend", () => this.ask());
      field.addEventListener("keydown", (event) => this.key(event));
      field.addEventListener("blur", () => this.close());
      // Before the field loses its focus, or the list would be gone when the button is let go.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
    }

    ask() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.offer(), WAIT);
    }

    async offer() {
      const typed = this.field.value.trim();
      const mine = ++this.turn;
      if (!typed) { this.close(); return; }
      try {
        const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`);
        const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
        if (mine === this.turn && document.activeElement === this.field) this.show(suggestions);
      } catch {
        this.close();
      }
    }

    show(suggestions) {
      this.at = -1;
      this.field.removeAttribute("aria-activedescendant");
      this.list.replaceChildren(...suggestions.map(({ title, address }, index) => {
        const item = document.createElement("li");
        item.id = `${this.list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.address = address;
        item.textContent = title;
        return item;
      }));
      this.list.hidden = !suggestions.length;
      this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    }

    key(event) {
      if (event.isComposing || this.list.hidden) return;
      const items = [...this.list.children];
      if (event.key === "Escape") { this.close(); event.preventDefault(); }
      else if (event.key === "Enter" && this.at >= 0) { event.preventDefault(); this.go(items[this.at]); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.at = (this.at + step + items.length + 1 + 1) % (items.length + 1) - 1;
        items.forEach((item, index) => item.setAttribute("aria-selected", String(index === this.at)));
        if (this.at >= 0) this.field.setAttribute("aria-activedescendant", items[this.at].id);
        else this.field.removeAttribute("aria-activedescendant");
      }
    }

    go(item) {
      if (item) location.assign(item.dataset.address);
    }

    close() {
      clearTimeout(this.timer);
      this.turn += 1;
      this.show([]);
    }
  }

  for (const field of document.querySelectorAll("input[data-suggest]")) new Suggestions(field);
})();
