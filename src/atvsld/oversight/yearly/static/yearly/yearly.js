// The preview of a sentence: marks become the figures they stand for. Without this file the page works as well.
"use strict";

(() => {
  const box = document.querySelector("[data-sentence-text]");
  if (!box) return;
  const chips = [...document.querySelectorAll("[data-put]")];
  const values = new Map(chips.map((chip) => [chip.dataset.put, chip.dataset.value]));
  const preview = document.getElementById(box.dataset.preview);
  const show = () => {
    if (preview) preview.textContent = box.value.replace(/\{f\d{1,3}\}/g, (mark) => values.get(mark) ?? mark);
  };
  box.addEventListener("input", show);
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      box.setRangeText(chip.dataset.put, box.selectionStart, box.selectionEnd, "end");
      box.focus();
      show();
    });
  }
  show();
})();
