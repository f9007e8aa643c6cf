// Counts what was typed and not saved, says it beside the button, asks before the page is left, and has the server keep it.
(function () {
  "use strict";
  var form = document.querySelector("form.office-form");
  if (!form) return;
  var EVERY = 10000; // milliseconds between two sendings at least
  var count = form.querySelector(".changed-count"), first = new Map(), isSent = false;
  var wasUnsaved = form.dataset.unsaved === "yes", kept = null, timer = null, sending = null;
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
  function typed() {
    var body = new URLSearchParams();
    new FormData(form).forEach(function (entry, name) { if (typeof entry === "string") body.append(name, entry); });
    body.append("_address", location.pathname + location.search);
    return body.toString();
  }
  function keep() {
    clearTimeout(timer);
    timer = null;
    if (isSent || !form.dataset.keep || !(wasUnsaved || changed())) return;
    var body = typed();
    if (body === kept) return;
    sending = new AbortController();
    kept = body;
    fetch(form.dataset.keep, {
      method: "POST", body: body, credentials: "same-origin", redirect: "error", signal: sending.signal,
      keepalive: document.visibilityState === "hidden" && body.length < 60000,
      headers: {"Content-Type": "application/x-www-form-urlencoded"}
    }).catch(function () { kept = null; });
  }
  function keepSoon() {
    if (!timer) timer = setTimeout(keep, EVERY);
  }
  fields().forEach(function (field) { first.set(field, value(field)); });
  ["input", "change"].forEach(function (kind) {
    form.addEventListener(kind, tell);
    form.addEventListener(kind, keepSoon);
  });
  if (wasUnsaved) keepSoon();
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") keep(); });
  form.addEventListener("submit", function () {
    isSent = true;
    if (sending) sending.abort();
  });
  window.addEventListener("beforeunload", function (event) {
    if (!isSent && (wasUnsaved || changed())) event.preventDefault();
  });
})();
