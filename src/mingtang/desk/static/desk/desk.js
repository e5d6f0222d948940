/* Starts Wagtail's date pickers, inline panels and choosers from data (the content policy runs no inline script), and
   gives the rich text editor the name of its field and the calendar's buttons theirs. */
(function () {
  "use strict";
  const starts = {
    initDateChooser: (id, options) => window.initDateChooser(id, options),
    initDateTimeChooser: (id, options) => window.initDateTimeChooser(id, options),
    initTimeChooser: (id, options) => window.initTimeChooser(id, options),
    InlinePanel: (options) => new window.InlinePanel(JSON.parse(options)),
    SnippetChooser: (id, options) => new window.SnippetChooser(id, options),
    DocumentChooser: (id, options) => new window.DocumentChooser(id, options),
    Chooser: (id, options) => new window.Chooser(id, options),
  };
  function start(node) {
    const name = node.dataset.mtStart;
    if (!Object.hasOwn(starts, name)) return;
    delete node.dataset.mtStart;
    starts[name](...JSON.parse(node.textContent));
  }
  function startAll(root) {
    root.querySelectorAll("script[data-mt-start]").forEach(start);
  }
  /* The rich text editor names its field by the heading of the panel it stands in. */
  function nameEditors(root) {
    for (const editor of root.querySelectorAll('.public-DraftEditor-content[role="textbox"]:not([aria-label])')) {
      const heading = editor.closest(".w-panel")?.querySelector("[data-panel-heading-text], .w-panel__heading");
      editor.setAttribute("aria-label", heading ? heading.textContent.trim() : "正文");
    }
  }
  const calendar = {
    ".xdsoft_datepicker .xdsoft_prev": "上个月",
    ".xdsoft_datepicker .xdsoft_next": "下个月",
    ".xdsoft_today_button": "今天",
    ".xdsoft_timepicker .xdsoft_prev": "更早",
    ".xdsoft_timepicker .xdsoft_next": "更晚",
  };
  /* The calendar's buttons are arrows drawn as backgrounds: say what they do. */
  function nameCalendars(root) {
    for (const [buttons, label] of Object.entries(calendar)) {
      for (const button of root.querySelectorAll(buttons)) button.setAttribute("aria-label", label);
    }
  }
  function nameAll(root) {
    nameEditors(root);
    nameCalendars(root);
  }
  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    nameAll(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          if (node.matches("script[data-mt-start]")) start(node);
          else startAll(node);
          nameAll(node);
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
