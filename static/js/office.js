// Gives the search boxes that select2 builds the name of the field they stand for: it leaves them without one.
(function () {
  "use strict";
  function name(box) {
    var select = box.previousElementSibling;
    var label = select && select.id && document.querySelector('label[for="' + CSS.escape(select.id) + '"]');
    if (!label) return;
    box.querySelectorAll('[role="combobox"], [role="textbox"]').forEach(function (part) {
      part.setAttribute("aria-label", label.textContent.trim());
    });
  }
  function nameAll() {
    document.querySelectorAll("select + .select2-container").forEach(name);
  }
  // They are built late, and again with every row that is added.
  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
  nameAll();
})();
