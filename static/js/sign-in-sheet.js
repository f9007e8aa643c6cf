// A sign-in sheet by keyboard: a key marks a line and leads to the next one; names that are known are proposed.
(function () {
  "use strict";
  var form = document.querySelector(".sheet-form");
  if (!form) return;
  var lines = Array.from(form.querySelectorAll("tr[data-line]"));
  var names = Array.from(form.querySelectorAll(".walk-ins input[name^=walk-]"));
  var count = form.querySelector(".sheet-count"), all = form.querySelector("[data-all-present]");

  function radios(line) { return Array.from(line.querySelectorAll("input[type=radio]")); }
  function marked(line) { return radios(line).find(function (radio) { return radio.checked; }); }
  function focusLine(at) {
    var line = lines[at];
    if (line) (marked(line) || radios(line)[0]).focus();
    else if (at >= lines.length && names.length) names[0].focus();
  }
  function tell() {
    if (!count) return;
    var sums = { present: 0, leave: 0, excused: 0, none: 0 };
    lines.forEach(function (line) {
      var radio = marked(line), mark = radio && radio.value ? radio.value : "none";
      sums[mark in sums ? mark : "none"] += 1;
    });
    var hasLeave = form.querySelector("input[type=radio][value=leave]") !== null;
    var words = hasLeave ? form.dataset.counted : form.dataset.came;
    (hasLeave ? [sums.present, sums.leave, sums.excused, sums.none] : [sums.present]).forEach(function (number) {
      words = words.replace("#", number);
    });
    count.textContent = words;
  }
  function mark(line, key) {
    var values = { 1: "present", 2: "leave", 3: "excused", 0: "absent" };
    var own = radios(line), radio = own.find(function (one) { return one.value === values[key]; });
    // Where nobody was due, 0 says that somebody did not come.
    if (!radio && key === "0") radio = own.find(function (one) { return one.value === ""; });
    if (!radio) return false;
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  form.addEventListener("keydown", function (event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    var line = event.target.closest("tr[data-line]"), at = lines.indexOf(line);
    if (event.target.type === "radio" && at >= 0) {
      if (/^[0-3]$/.test(event.key) && mark(line, event.key)) {
        event.preventDefault();
        var why = line.querySelector("input[name^=why-]");
        if (event.key === "2" && why) why.focus(); else focusLine(at + 1);
      } else if (event.key === "ArrowDown" || event.key === "Enter") {
        event.preventDefault();
        focusLine(at + 1);
      } else if (event.key === "ArrowUp") {
        event.preventDefault();
        focusLine(Math.max(at - 1, 0));
      }
      return;
    }
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (at >= 0) { focusLine(at + 1); return; }
    var here = names.indexOf(event.target), next = here >= 0 && names[here + 1];
    if (next && event.target.value.trim()) next.focus();
    else if (here >= 0) form.querySelector("[name=residents]").focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.altKey && event.code === "KeyS") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("change", tell);
  if (all) {
    all.hidden = !lines.length;
    all.addEventListener("click", function () {
      lines.forEach(function (line) { if (!marked(line) || !marked(line).value) mark(line, "1"); });
      tell();
    });
  }
  // The first line is where typing begins, unless something is to be put right first.
  if (lines.length && !form.querySelector(".error")) focusLine(0);
  tell();

  var known = document.getElementById("people-known"), asked = 0;
  names.forEach(function (box) {
    box.setAttribute("list", "people-known");
    box.addEventListener("input", function () {
      var words = box.value.trim(), mine = ++asked;
      if (!words) return;
      fetch(form.dataset.people + "?q=" + encodeURIComponent(words), { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : { people: [] }; })
        .then(function (found) {
          if (mine !== asked) return;
          known.replaceChildren.apply(known, found.people.map(function (person) {
            var option = document.createElement("option");
            option.value = person;
            // What was typed may be letters of the name: without it the browser would not show the name.
            option.label = words;
            return option;
          }));
        })
        .catch(function () {});
    });
  });
})();
