// A list of amounts at the door: the sum so far, and Enter leads to the next line instead of sending the list.
(function () {
  "use strict";
  var form = document.querySelector("form[data-running-total]");
  if (!form) return;
  var place = form.querySelector(".running-total"), boxes = Array.from(form.querySelectorAll('input[name$="-amount"]'));
  // Whole fen, so that no sum is off by a rounding; what the server alone can read (一百二十元) is counted and not summed.
  function fen(text) {
    var plain = text.normalize("NFKC").replace(/[\s,，¥￥元]/g, "");
    var parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
    return parts ? Number(parts[1]) * 100 + Number((parts[2] || "").padEnd(2, "0")) : null;
  }
  function tell() {
    var filled = boxes.filter(function (box) { return box.value.trim(); });
    var read = filled.map(function (box) { return fen(box.value); });
    var sum = read.reduce(function (total, one) { return total + (one || 0); }, 0);
    var yuan = Math.floor(sum / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",") + "." + String(sum % 100).padStart(2, "0");
    var words = form.dataset.runningTotal.replace("#", filled.length).replace("#", yuan);
    var unread = read.filter(function (one) { return one === null; }).length;
    place.textContent = unread ? words + " " + form.dataset.unread.replace("#", unread) : words;
  }
  form.addEventListener("input", tell);
  document.addEventListener("keydown", function (event) {
    if (event.altKey && event.code === "KeyS") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("keydown", function (event) {
    var here = boxes.indexOf(event.target);
    if (event.key !== "Enter" || event.isComposing || here < 0) return;
    event.preventDefault();
    if (boxes[here + 1]) { boxes[here + 1].focus(); boxes[here + 1].select(); } else form.querySelector("[type=submit]").focus();
  });
  tell();
})();

// On narrow screens the rest of a gift is folded under its line; without a script all of it stands there.
(function () {
  "use strict";
  document.querySelectorAll(".gifts-table").forEach(function (table) {
    table.classList.add("folds");
    table.querySelectorAll(".more details").forEach(function (more) {
      function fold() { more.closest("tr").classList.toggle("shows-rest", more.open); }
      more.addEventListener("toggle", fold);
      fold();
    });
  });
})();
