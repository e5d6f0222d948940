/* Starts Wagtail's date pickers, inline panels and choosers from data (the content policy runs no inline script), and
   gives the rich text editor the name of its field. */
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
  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    nameEditors(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          if (node.matches("script[data-mt-start]")) start(node);
          else startAll(node);
          nameEditors(node);
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
