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

  // The list under a box: drawn, walked through by keys, chosen from. `onChoose(line)` gets what was chosen.
  function popup(input, words, onChoose) {
    const number = ++made;
    const list = element("ul", { class: "picker-list", role: "listbox", id: `picker-${number}` });
    const status = element("div", { class: "visually-hidden", role: "status" });
    list.setAttribute("aria-label", words.list || "");
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": list.id, placeholder: words.search || "",
    })) input.setAttribute(name, value);
    list.hidden = true;
    const box = element("div", { class: "picker" });
    input.before(box);
    box.append(input, list, status);
    let active = -1;
    let options = [];

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
    function show(lines, first) {
      options = [];
      list.replaceChildren();
      let group = "";
      lines.slice(0, MOST).forEach((line, place) => {
        if (line.group !== group) {
          group = line.group;
          if (group) list.append(element("li", { class: "picker-group", role: "presentation" }, group));
        }
        const node = element("li", { role: "option", id: `picker-${number}-${place}`, "aria-selected": String(line.chosen()) }, line.shown);
        options.push({ node, line });
        list.append(node);
      });
      const note = lines.length === 0 ? words.none : `${say(words.found, lines.length)}${lines.length > MOST ? `; ${words.more}` : ""}`;
      if (lines.length === 0 || lines.length > MOST) list.append(element("li", { class: "picker-note", role: "presentation" }, note));
      status.textContent = note;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      list.scrollIntoView({ block: "nearest" });
      mark(first(options.map((one) => one.line)));
    }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }
    // True when the key was for the list.
    function key(event) {
      const last = options.length - 1;
      if (list.hidden) return false;
      if (event.key === "ArrowDown") mark(active < last ? active + 1 : 0);
      else if (event.key === "ArrowUp") mark(active > 0 ? active - 1 : last);
      else if (event.key === "Enter") { if (options[active]) onChoose(options[active].line); }
      else return false;
      event.preventDefault();
      return true;
    }
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const found = options.find((one) => one.node.contains(event.target));
      if (found) onChoose(found.line);
    });
    return { show, close, key, isOpen: () => !list.hidden };
  }

  // A select becomes a box one can type into; it stays in the form and carries the value.
  function combobox(select) {
    const lines = [...select.options].map((option) => ({
      option, text: option.value === "" ? "" : option.text, shown: option.text, chosen: () => option.selected,
      group: option.parentElement.tagName === "OPTGROUP" ? option.parentElement.label : "",
    }));
    const input = element("input", { type: "text", class: "form-select" });
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
    select.after(input);
    select.hidden = true;
    const chosen = () => lines.find((line) => line.option.selected) || lines[0];
    const restore = () => { input.value = chosen() ? chosen().text : ""; };
    const list = popup(input, select.dataset, choose);

    function choose(line) {
      const changed = !line.option.selected;
      line.option.selected = true;
      input.value = line.text;
      list.close();
      if (changed) select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function open(typed) {
      const fitting = lines.filter((line) => (typed === "" ? true : line.text !== "" && fits(line.text, typed)));
      list.show(fitting, (shown) => (typed === "" ? shown.findIndex((line) => line.option.selected) : shown.length ? 0 : -1));
    }
    function settle() {
      const typed = input.value.trim();
      const empty = lines.find((line) => line.text === "");
      const fitting = lines.filter((line) => line.text !== "" && fits(line.text, typed));
      if (typed === "" && empty) choose(empty);
      else if (chosen() && typed !== chosen().text && fitting.length === 1) choose(fitting[0]);
      restore();
      list.close();
    }
    input.addEventListener("input", () => open(input.value.trim()));
    input.addEventListener("click", () => { if (!list.isOpen()) { input.select(); open(""); } });
    input.addEventListener("keydown", (event) => {
      if (list.key(event)) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); open(""); }
      else if (event.key === "Escape") {
        if (list.isOpen()) event.stopPropagation();
        restore();
        list.close();
      }
    });
    input.addEventListener("blur", settle);
    // Scripts and tests that set the select itself are followed.
    select.addEventListener("change", restore);
    if (select.form) select.form.addEventListener("reset", () => setTimeout(restore, 0));
    const empty = lines.find((line) => line.text === "");
    if (empty && empty.shown) {
      const hint = select.dataset.search || "";
      input.placeholder = `${empty.shown} – ${hint.charAt(0).toLowerCase()}${hint.slice(1)}`;
    }
    restore();
  }

  // A text box with suggestions from the server: names are typed, the code is what stays.
  function remote(input) {
    const list = popup(input, input.dataset, (line) => { input.value = line.value; list.close(); });
    let waiting = 0;
    let asked = 0;
    async function ask() {
      const mine = ++asked;
      const address = new URL(input.dataset.url, window.location.href);
      address.searchParams.set(input.name, input.value.trim());
      for (const name of (input.dataset.include || "").split(" ").filter(Boolean)) {
        const other = input.form && input.form.elements[name];
        if (other) address.searchParams.set(name, other.value);
      }
      const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
      // A later question, or a person who went on, makes this answer stale.
      if (!answer || !answer.ok || mine !== asked || document.activeElement !== input) return;
      const held = new DOMParser().parseFromString(`<select>${await answer.text()}</select>`, "text/html");
      const lines = [...held.querySelectorAll("option")].map((option) => ({
        value: option.value, shown: option.textContent, group: "", chosen: () => option.value === input.value,
      }));
      list.show(lines, () => -1);
    }
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      if (input.value.trim() === "") { asked += 1; list.close(); } else waiting = setTimeout(ask, 250);
    });
    input.addEventListener("keydown", (event) => {
      if (list.key(event)) return;
      if (event.key === "ArrowDown" && input.value.trim()) { event.preventDefault(); ask(); }
      else if (event.key === "Escape" && list.isOpen()) { event.stopPropagation(); list.close(); }
    });
    input.addEventListener("blur", () => { asked += 1; list.close(); });
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
    for (const input of root.querySelectorAll("input[data-picker=remote]:not([role])")) remote(input);
    for (const first of root.querySelectorAll("input[data-picker=many]")) {
      if (!first.dataset.ready) { first.dataset.ready = "1"; ticks(first); }
    }
  }
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
