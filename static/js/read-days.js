// Says beside a field what its text is read as a day, and writes that day out in full; the form's own check stays.
(function () {
  "use strict";
  var address = document.body.dataset.reads;
  if (!address) return;
  function place(input) {
    var said = document.getElementById(input.id + "_read");
    if (!said) {
      said = document.createElement("span");
      said.id = input.id + "_read";
      said.className = "read-as";
      said.setAttribute("role", "status");
      input.parentElement.appendChild(said);
    }
    return said;
  }
  document.addEventListener("change", function (event) {
    var input = event.target, reads = input.dataset && input.dataset.reads, text = input.value;
    if (!reads || input.type !== "text" || !input.id) return;
    var said = place(input);
    said.textContent = "";
    if (!text.trim()) return;
    var params = new URLSearchParams({reads: reads, text: text, near: input.dataset.near || ""});
    fetch(address + "?" + params, {credentials: "same-origin", redirect: "error"}).then(function (answer) {
      return answer.ok ? answer.json() : {};
    }).then(function (found) {
      // Typed on meanwhile: the answer is of an earlier text.
      if (input.value !== text) return;
      said.textContent = found.words || found.sentence || "";
      said.classList.toggle("error", Boolean(found.sentence));
      if (found.value && found.value !== text) {
        input.value = found.value;
        input.dispatchEvent(new Event("input", {bubbles: true}));
      }
    }).catch(function () {});
  });
})();
