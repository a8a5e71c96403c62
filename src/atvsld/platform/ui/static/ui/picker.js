// Long lists one can type into, without tone marks. Where this does not run, the plain select and boxes remain.
"use strict";

(() => {
  const MOST = 100;
  let made = 0;

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  const spread = (text) => ` ${(fold(text).match(/[\p{L}\p{N}]+/gu) || []).join(" ")}`;
  // The whole as it begins (codes), or each word as a word begins.
  function fits(line, typed) {
    const words = spread(typed).trim();
    return words === "" || fold(line).startsWith(fold(typed).trim()) || words.split(" ").every((word) => spread(line).includes(` ${word}`));
  }
  const say = (sentence, n) => (sentence || "").replace("%(n)s", String(n));

  function element(name, attributes, text) {
    const found = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
    if (text !== undefined) found.textContent = text;
    return found;
  }

  function combobox(select) {
    const number = ++made;
    const lines = [...select.options].map((option) => ({
      option, text: option.value === "" ? "" : option.text, shown: option.text,
      group: option.parentElement.tagName === "OPTGROUP" ? option.parentElement.label : "",
    }));
    const box = element("div", { class: "picker" });
    const input = element("input", {
      type: "text", class: "form-control", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `picker-${number}`, placeholder: select.dataset.search || "",
    });
    const list = element("ul", { class: "picker-list", role: "listbox", id: `picker-${number}` });
    const status = element("div", { class: "visually-hidden", role: "status" });
    list.hidden = true;
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    if (select.classList.contains("is-invalid")) input.classList.add("is-invalid");
    input.required = select.required;
    input.disabled = select.disabled;
    select.required = false;
    // The label of the select becomes the label of the box.
    input.id = select.id;
    select.removeAttribute("id");
    const label = input.id && document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    if (label) list.setAttribute("aria-label", label.textContent.trim());
    select.after(box);
    box.append(input, list, status);
    select.hidden = true;
    let active = -1;
    let options = [];
    const chosen = () => lines.find((line) => line.option.selected) || lines[0];
    const restore = () => { input.value = chosen() ? chosen().text : ""; };

    function mark(place) {
      if (options[active]) options[active].node.classList.remove("is-active");
      active = place;
      const now = options[active];
      if (now) {
        now.node.classList.add("is-active");
        now.node.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", now.node.id);
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }
    function open(typed) {
      const fitting = lines.filter((line) => (typed === "" ? true : line.text !== "" && fits(line.text, typed)));
      options = [];
      list.replaceChildren();
      let group = "";
      fitting.slice(0, MOST).forEach((line, place) => {
        if (line.group !== group) {
          group = line.group;
          if (group) list.append(element("li", { class: "picker-group", role: "presentation" }, group));
        }
        const node = element("li", { role: "option", id: `picker-${number}-${place}`, "aria-selected": String(line.option.selected) }, line.shown);
        options.push({ node, line });
        list.append(node);
      });
      const note = fitting.length === 0 ? select.dataset.none : `${say(select.dataset.found, fitting.length)}${fitting.length > MOST ? `; ${select.dataset.more}` : ""}`;
      if (fitting.length === 0 || fitting.length > MOST) list.append(element("li", { class: "picker-note", role: "presentation" }, note));
      status.textContent = note;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(typed === "" ? options.findIndex((one) => one.line.option.selected) : options.length ? 0 : -1);
    }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }
    function choose(line) {
      const changed = !line.option.selected;
      line.option.selected = true;
      input.value = line.text;
      close();
      if (changed) select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function settle() {
      const typed = input.value.trim();
      const empty = lines.find((line) => line.text === "");
      const fitting = lines.filter((line) => line.text !== "" && fits(line.text, typed));
      if (typed === "" && empty) choose(empty);
      else if (typed !== chosen().text && fitting.length === 1) choose(fitting[0]);
      restore();
      close();
    }

    input.addEventListener("input", () => open(input.value.trim()));
    input.addEventListener("click", () => { if (list.hidden) { input.select(); open(""); } });
    input.addEventListener("keydown", (event) => {
      const last = options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open("");
        else mark(event.key === "ArrowDown" ? (active < last ? active + 1 : 0) : active > 0 ? active - 1 : last);
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        if (options[active]) choose(options[active].line);
      } else if (event.key === "Escape") {
        if (!list.hidden) event.stopPropagation();
        restore();
        close();
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const found = options.find((one) => one.node.contains(event.target));
      if (found) choose(found.line);
    });
    input.addEventListener("blur", settle);
    // Scripts and tests that set the select itself are followed.
    select.addEventListener("change", restore);
    if (select.form) select.form.addEventListener("reset", () => setTimeout(restore, 0));
    restore();
  }

  function ticks(first) {
    const holder = first.closest("div.check-list");
    if (!holder) return;
    const rows = [...holder.querySelectorAll("label")].filter((label) => label.querySelector("input"));
    const bar = element("div", { class: "picker-many" });
    const input = element("input", { type: "search", class: "form-control", autocomplete: "off", placeholder: first.dataset.search, "aria-label": first.dataset.search, "aria-controls": holder.id });
    const status = element("span", { class: "text-secondary", role: "status" });
    bar.append(input, status);
    holder.before(bar);
    function refresh() {
      let shown = 0;
      let picked = 0;
      for (const row of rows) {
        const ticked = row.querySelector("input").checked;
        const fitting = fits(row.textContent.trim(), input.value);
        row.parentElement.hidden = !fitting && !ticked;
        shown += fitting ? 1 : 0;
        picked += ticked ? 1 : 0;
      }
      for (const group of holder.children) {
        if (group.children.length > 1) group.hidden = ![...group.children].some((child) => child.tagName === "DIV" && !child.hidden);
      }
      const found = input.value.trim() ? (shown ? say(first.dataset.found, shown) : first.dataset.none) : "";
      status.textContent = [found, picked ? say(first.dataset.chosen, picked) : ""].filter(Boolean).join(" · ");
    }
    input.addEventListener("input", refresh);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    holder.addEventListener("change", refresh);
    refresh();
  }

  function prepare(root) {
    for (const select of root.querySelectorAll("select[data-picker=one]:not([hidden])")) combobox(select);
    for (const first of root.querySelectorAll("input[data-picker=many]")) {
      if (!first.dataset.ready) { first.dataset.ready = "1"; ticks(first); }
    }
  }
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
