// Keeps what is typed into a task: saves by itself, and remembers it in this tab when saving is not possible.
"use strict";
(() => {
  const WAIT = 1500;
  const fields = (form) => [...form.elements].filter((e) => e.name && e.type !== "hidden" && e.type !== "submit");
  const key = (form) => `ledger-task-${form.dataset.keep}`;
  const version = (form) => form.elements[`t${form.dataset.keep}-version`];
  const say = (form, text) => { form.querySelector(".kept").textContent = text; };

  const remember = (form) => {
    const typed = Object.fromEntries(fields(form).map((e) => [e.name, e.value]));
    sessionStorage.setItem(key(form), JSON.stringify({ version: version(form).value, typed }));
  };

  const restore = (form) => {
    const kept = JSON.parse(sessionStorage.getItem(key(form)) || "null");
    if (!kept) return;
    if (kept.version !== version(form).value) { sessionStorage.removeItem(key(form)); return; }
    for (const e of fields(form)) if (e.name in kept.typed) e.value = kept.typed[e.name];
    say(form, "已恢复上次没有保存的内容，请保存。");
  };

  const save = async (form) => {
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), redirect: "manual", headers: { "X-Requested-With": "save" },
      });
      if (answer.status === 422) { say(form, (await answer.json()).problems.join("；")); return; }
      if (!answer.ok) throw new Error(answer.status);
      const saved = await answer.json();
      version(form).value = saved.version;
      sessionStorage.removeItem(key(form));
      say(form, `已自动保存 ${saved.at}`);
    } catch {
      say(form, "没有保存：登录可能已超时。内容已留在本页，请在新窗口登录后回到这里保存。");
    }
  };

  for (const form of document.querySelectorAll("form[data-keep]")) {
    let timer;
    restore(form);
    form.addEventListener("input", () => {
      remember(form);
      clearTimeout(timer);
      timer = setTimeout(() => save(form), WAIT);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  }
})();
