// Figures as people type them, read by the same rules as on the server.
"use strict";

window.Filing = window.Filing || {};

(() => {
  const vietnamese = /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
  const english = /^-?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
  const plain = /^-?\d+(?:[.,]\d+)?$/;

  // null for an empty text, NaN for one that is no figure.
  Filing.read = (text) => {
    const bare = String(text).replace(/[\s\u00a0\u202f\u2009]/g, "").replace("−", "-");
    if (bare === "") return null;
    if (vietnamese.test(bare)) return Number(bare.replaceAll(".", "").replace(",", "."));
    if (english.test(bare)) return Number(bare.replaceAll(",", ""));
    if (plain.test(bare)) return Number(bare.replace(",", "."));
    return NaN;
  };

  Filing.show = (value) => {
    if (value === null || Number.isNaN(value)) return "";
    const rounded = Math.round(value * 1000) / 1000;
    const [whole, decimals] = String(Math.abs(rounded)).split(".");
    if (whole.includes("e")) return String(rounded);
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
    const minus = rounded < 0 ? "-" : "";
    return minus + grouped + (decimals ? `,${decimals}` : "");
  };

  // Sums and quotients in the order given; `value(key)` is what stands in a cell.
  Filing.workOut = (formulas, value) => {
    const found = new Map();
    const of = (key) => (found.has(key) ? found.get(key) : value(key));
    for (const one of formulas) {
      let result = null;
      if (one.sum) {
        const parts = one.sum.map(of);
        const known = parts.filter((part) => part !== null && !Number.isNaN(part));
        if (known.length && !(one.all && known.length < parts.length)) {
          result = known.reduce((sum, part) => sum + part, 0);
        }
      } else {
        const [above, below] = one.over.map(of);
        if (above !== null && below) result = (above * one.times) / below;
      }
      found.set(one.key, result);
    }
    return found;
  };
})();
