// Counts what was typed and not saved, says it beside the button, and asks before the page is left.
(function () {
  "use strict";
  var form = document.querySelector("form.office-form");
  if (!form) return;
  var count = form.querySelector(".changed-count"), first = new Map(), isSent = false;
  function value(field) {
    if (field.type === "checkbox" || field.type === "radio") return String(field.checked);
    if (field.multiple) return Array.from(field.selectedOptions).map(function (one) { return one.value; }).join("|");
    return field.value;
  }
  function fields() {
    return Array.from(form.elements).filter(function (field) { return field.name && field.type !== "hidden" && field.type !== "submit"; });
  }
  function changed() {
    return fields().filter(function (field) {
      if (!first.has(field)) first.set(field, field.type === "checkbox" || field.type === "radio" ? String(field.defaultChecked) : field.defaultValue || "");
      return value(field) !== first.get(field);
    }).length;
  }
  function tell() {
    var number = changed();
    count.textContent = number ? (number === 1 ? form.dataset.changedOne : form.dataset.changedMany.replace("#", number)) : "";
  }
  fields().forEach(function (field) { first.set(field, value(field)); });
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  form.addEventListener("submit", function () { isSent = true; });
  window.addEventListener("beforeunload", function (event) {
    if (!isSent && changed()) event.preventDefault();
  });
})();
