// What pages do beyond HTML. Everything works without this file; it only makes it quicker.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");
  // Requests of lists carry only the filters that say something, so that addresses stay short.
  document.addEventListener("htmx:configRequest", (event) => {
    const given = event.detail.parameters;
    for (const [name, value] of Object.entries(given)) {
      if (value === "" || value === null) delete given[name];
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get" && form.matches(".list-tools, [data-tidy]")) {
      for (const input of form.querySelectorAll("input, select")) {
        if (input.value === "" && !input.disabled) {
          input.disabled = true;
          setTimeout(() => { input.disabled = false; }, 0);
        }
      }
    }
    const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
    else if (form.method === "post" && !event.defaultPrevented) guardAgainstTwice(event, form);
  });

  // A double click must not send twice; the server's own keys guard as well.
  function guardAgainstTwice(event, form) {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    const button = event.submitter;
    form.dataset.sent = "1";
    if (button && !button.name) setTimeout(() => { button.setAttribute("aria-disabled", "true"); }, 0);
    setTimeout(() => { delete form.dataset.sent; if (button) button.removeAttribute("aria-disabled"); }, 4000);
  }

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle-nav]");
    if (toggle) {
      const open = document.body.classList.toggle("nav-open");
      toggle.setAttribute("aria-expanded", String(open));
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const fill = event.target.closest("[data-fill]");
    if (fill) {
      for (const [id, value] of Object.entries(JSON.parse(fill.dataset.fill))) {
        const input = document.getElementById(id);
        if (input) input.value = value;
      }
      const form = fill.closest("[data-fill-form]") || document.querySelector("form[method=post]");
      if (form && form.requestSubmit) form.requestSubmit();
    }
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      const box = document.getElementById("tim-tat-ca");
      if (box) { event.preventDefault(); box.focus(); }
    }
  });

  // A form sent back with errors: start reading at its summary.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // Charts: the interpreter instead of generated code, no inline styles, so that the security policy holds.
  function drawCharts(root) {
    if (!window.vegaEmbed) return;
    for (const figure of root.querySelectorAll("[data-vega-lite]:not([data-drawn])")) {
      const source = document.getElementById(figure.dataset.vegaLite);
      if (!source) continue;
      figure.dataset.drawn = "1";
      const spec = JSON.parse(source.textContent);
      window.vegaEmbed(figure, spec, {
        ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: false,
        config: {
          font: "system-ui, 'Segoe UI', Roboto, sans-serif", background: "transparent", view: { stroke: null },
          mark: { color: "#0f5f78" }, axis: { labelColor: "#445660", titleColor: "#445660", gridColor: "#e6ecef", domainColor: "#c5d0d6", labelAngle: 0 },
          range: { category: ["#0f5f78", "#d98a00", "#7a93a0", "#8a1f1f", "#55307c"] },
        },
        formatLocale: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " đ"] },
      }).catch((error) => { figure.textContent = String(error.message || error); });
    }
  }
  window.addEventListener("load", () => drawCharts(document));
  document.addEventListener("htmx:afterSettle", (event) => drawCharts(event.target));
})();
