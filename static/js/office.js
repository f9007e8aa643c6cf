// Gives what Django's scripts build the words they lack: the search boxes of select2 the name of the field they stand for,
// the links to the calendar and the clock one short word instead of an icon.
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
    document.querySelectorAll(".date-icon").forEach(function (icon) { icon.title = document.body.dataset.calendar; });
    document.querySelectorAll(".clock-icon").forEach(function (icon) { icon.title = document.body.dataset.clock; });
  }
  // They are built late, and again with every row that is added.
  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
  nameAll();
})();

// "Today" of the calendars is the day of the office: its PC's own clock may be wrong, and the demo lives on a day of its own.
(function () {
  "use strict";
  window.addEventListener("load", function () {
    var shortcuts = window.DateTimeShortcuts, told = (document.body.dataset.today || "").split("-").map(Number);
    if (!shortcuts || told.length !== 3) return;
    function today() {
      var now = new Date();
      return new Date(told[0], told[1] - 1, told[2], now.getHours(), now.getMinutes(), now.getSeconds());
    }
    shortcuts.now = today;
    shortcuts.calendars.forEach(function (calendar) {
      if (calendar.selected) return;
      calendar.currentMonth = told[1];
      calendar.currentYear = told[0];
      calendar.drawCurrent();
    });
  });
})();

// Prints the page; without a script the browser's own keys do.
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();

// Copies a ready paragraph; without a script it is marked by hand.
(function () {
  "use strict";
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var range = document.createRange(), chosen = window.getSelection();
      range.selectNodeContents(document.getElementById(button.dataset.copy));
      chosen.removeAllRanges();
      chosen.addRange(range);
      // The clipboard's own interface is closed to pages that come over plain HTTP in an office.
      if (document.execCommand("copy")) button.textContent = button.dataset.copied;
    });
  });
})();
