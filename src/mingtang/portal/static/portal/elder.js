// Elder mode: kept on this device alone, put on before the page is drawn; reads aloud with a voice of the device.
"use strict";
(() => {
  const KEY = "elder";
  const SIZES = ["1", "2", "3"];
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem(KEY); } catch { return null; } };

  function put(size) {
    if (SIZES.includes(size)) root.dataset.elder = size;
    else delete root.dataset.elder;
    try {
      if (root.dataset.elder) localStorage.setItem(KEY, size);
      else localStorage.removeItem(KEY);
    } catch { /* the browser keeps nothing: the mode holds for this page */ }
  }

  // What is read: the innermost blocks of the text, in order, cut at full stops so that no engine loses its breath.
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption, summary";
  const pieces = (text) => text.match(/[^。！？；\n]{1,120}[。！？；\n]?/gu) || [];

  class Voice {
    constructor(button) {
      this.button = button;
      this.words = button.textContent;
      this.turn = 0;
      this.fit();
      speechSynthesis.addEventListener?.("voiceschanged", () => this.fit());
      button.addEventListener("click", () => (this.reading ? this.stop() : this.start()));
      addEventListener("pagehide", () => this.stop());
    }

    // Only a voice of the device: others would send the text away.
    fit() {
      this.voice = speechSynthesis.getVoices().find((each) => each.localService && /^(zh|cmn)/i.test(each.lang));
      this.button.disabled = !this.voice;
      this.button.textContent = this.voice ? this.words : this.button.dataset.none;
    }

    start() {
      this.reading = true;
      this.button.textContent = this.button.dataset.stop;
      const blocks = [...document.querySelectorAll(`#main :is(${BLOCKS})`)].filter(
        (each) => !each.querySelector(BLOCKS) && !each.closest("[lang|=mn], nav, form") && each.getClientRects().length);
      this.read(blocks.flatMap((block) => pieces(block.textContent.replace(/\s+/gu, " ").trim()).map((text) => ({ block, text }))));
    }

    read(queue) {
      const mine = ++this.turn;
      const next = () => {
        this.mark?.classList.remove("is-read");
        const piece = mine === this.turn && queue.shift();
        if (!piece) { if (mine === this.turn) this.stop(); return; }
        this.mark = piece.block;
        this.mark.classList.add("is-read");
        this.mark.scrollIntoView({ block: "nearest" });
        const said = new SpeechSynthesisUtterance(piece.text);
        Object.assign(said, { lang: "zh-CN", voice: this.voice, rate: 0.9, onend: next, onerror: next });
        speechSynthesis.speak(said);
      };
      next();
    }

    stop() {
      this.turn += 1;
      this.reading = false;
      speechSynthesis.cancel();
      this.mark?.classList.remove("is-read");
      this.fit();
    }
  }

  function furnish() {
    const bar = document.getElementById("elder");
    const tools = document.getElementById("elder-tools").content.cloneNode(true);
    bar.querySelector("a").before(tools);
    const sizes = [...bar.querySelectorAll("[data-size]")];
    const show = () => sizes.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.size === root.dataset.elder)));
    const choose = (size) => { put(size); show(); };
    sizes.forEach((each) => each.addEventListener("click", () => choose(each.dataset.size)));
    const button = bar.querySelector("[data-stop]");
    const voice = "speechSynthesis" in window ? new Voice(button) : button.remove();
    document.querySelector(".elder-way").addEventListener("click", () => choose("1"));
    bar.querySelector("a").addEventListener("click", () => { voice?.stop(); choose(null); });
    if (location.hash === "#elder" && !root.dataset.elder) choose("1");
    show();
  }

  put(kept());
  document.addEventListener("DOMContentLoaded", furnish);
})();
