// Shows the read-aloud button where the browser can speak, and reads the page's text piece by piece.
(function () {
  "use strict";
  var button = document.querySelector(".read-aloud");
  var speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;

  var start = button.textContent;
  var stop = button.getAttribute("data-stop");
  var pieces = [];
  var reading = false;

  function collect() {
    var language = document.documentElement.lang;
    var blocks = document.querySelectorAll(
      "main h1, main h2, main h3, main p, main li, main dt, main dd, main caption, main th, main td, main figcaption"
    );
    pieces = [];
    Array.prototype.forEach.call(blocks, function (block) {
      // A block inside another one is read with it.
      if (block.parentElement.closest("p, li, dt, dd, caption, th, td, figcaption")) return;
      var text = block.innerText.replace(/\s+/g, " ").trim();
      // Browsers fall silent in long texts, so each sentence is spoken on its own.
      (text.match(/[^。！？；.!?;]+[。！？；.!?;]*/g) || []).forEach(function (sentence) {
        pieces.push({ text: sentence, language: (block.closest("[lang]") || {}).lang || language });
      });
    });
  }

  function finish() {
    reading = false;
    speech.cancel();
    button.textContent = start;
    button.setAttribute("aria-pressed", "false");
  }

  function next() {
    if (!reading) return;
    var piece = pieces.shift();
    if (!piece) return finish();
    var words = new SpeechSynthesisUtterance(piece.text);
    words.lang = piece.language === "zh-Hans" ? "zh-CN" : piece.language;
    words.rate = 0.9;
    words.onend = next;
    words.onerror = finish;
    speech.speak(words);
  }

  button.addEventListener("click", function () {
    if (reading) return finish();
    collect();
    reading = true;
    button.textContent = stop;
    button.setAttribute("aria-pressed", "true");
    speech.cancel();
    next();
  });
  window.addEventListener("pagehide", finish);
  button.setAttribute("aria-pressed", "false");
  button.parentElement.hidden = false;
})();
