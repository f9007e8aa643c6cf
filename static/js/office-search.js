// The key / jumps into the box on top of the page, except where somebody is typing.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var place = event.target, box = document.getElementById("office-search");
    if (!box || place.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
