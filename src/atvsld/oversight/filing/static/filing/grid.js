// The entry page as a spreadsheet: keys, blocks pasted and copied, undo, totals while typing, problems that lead to cells.
"use strict";

(() => {
  const form = document.getElementById("lap-bao-cao");
  if (!form) return;
  const words = Object.fromEntries(
    [...document.getElementById("cau-chu").content.querySelectorAll("[data-word]")].map((el) => [el.dataset.word, el.textContent]));
  const say = (word, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`%${name}`, value), words[word] || word);
  let state = JSON.parse(document.getElementById("ban-nhap").textContent);
  const formulas = JSON.parse(document.getElementById("cong-thuc").textContent);
  const inputs = new Map();
  const computed = new Map([...form.querySelectorAll("[data-computed]")].map((el) => [el.dataset.computed, el]));
  const last = new Map(); // what was last put for each key, to know what changed
  const undone = [];
  let range = null; // {table, from: [r, c], to: [r, c]}
  form.classList.add("scripted");

  const valueOf = (input) => (input.type === "checkbox" ? (input.checked ? "1" : "") : input.value.trim());
  function register(root) {
    for (const input of root.querySelectorAll("[data-key]")) {
      inputs.set(input.dataset.key, input);
      last.set(input.dataset.key, valueOf(input));
    }
  }
  register(form);

  // ---- saving -------------------------------------------------------------------------------------------------------
  const status = document.getElementById("trang-thai");
  const saver = new Filing.Saver({
    url: form.dataset.save,
    token: form.querySelector("[name=csrfmiddlewaretoken]").value,
    store: `filing:${form.dataset.filing}`,
    stored: state.entries,
    on: {
      sending: () => tell("saving", "is-busy"),
      answered: (answer, left) => { take(answer, left); },
      failed: (count, why) => tell(words[why] ? why : null, "is-bad", { n: count }, why),
    },
  });
  function tell(word, tone, values, text) {
    status.className = `entry-status ${tone}`;
    status.querySelector("span").textContent = word ? say(word, values) : text;
  }
  // What an earlier visit could not send stands in its cells again and is sent now.
  for (const [key, edit] of saver.waiting) {
    const input = inputs.get(key);
    if (input && edit.now !== null && input.type !== "checkbox") { input.value = edit.now; last.set(key, edit.now); }
  }
  if (saver.waiting.size) saver.soon(0);

  function commit(input, { quietly = false } = {}) {
    const key = input.dataset.key, now = valueOf(input), before = last.get(key);
    if (now === before) return;
    if (!quietly) undone.push([[key, before]]);
    last.set(key, now);
    saver.put(key, now);
    mark(input);
    total();
  }

  let reload = false; // “nothing occurred” makes another page of it
  function take(answer, left) {
    if (reload && !left) { window.location.reload(); return; }
    state = answer.draft;
    tell("saved", "is-good");
    for (const [key, entry] of Object.entries(state.entries)) {
      const input = inputs.get(key);
      // What others wrote appears, unless somebody is writing there now.
      if (input && input !== document.activeElement && !saver.waiting.has(key) && input.type !== "checkbox" && valueOf(input) !== entry.text) {
        input.value = entry.text;
        last.set(key, entry.text);
      }
    }
    if (!left) for (const [key, text] of Object.entries(state.computed)) if (computed.has(key)) computed.get(key).textContent = text;
    for (const clash of answer.clashes) showClash(clash);
    problems();
    for (const input of inputs.values()) mark(input);
  }

  // ---- where a figure comes from -------------------------------------------------------------------------------------
  const source = document.getElementById("nguon");
  form.addEventListener("focusin", (event) => {
    const input = event.target.closest("[data-key]");
    source.replaceChildren();
    if (!input || input.inputMode !== "decimal") return;
    const held = input.dataset.register;
    source.append(held === undefined ? source.dataset.none : source.dataset.register.replace("%v", held));
    const cell = input.closest("td[data-counted]");
    if (held !== undefined && held !== "0" && cell && source.dataset.records) {
      const [table, ...rest] = input.dataset.key.split("/"), column = rest.pop(), a = document.createElement("a");
      a.href = `${source.dataset.records}&${new URLSearchParams({ table, row: rest.join("/"), column })}`;
      a.target = "_blank"; a.textContent = source.dataset.open;
      source.append(" · ", a);
    }
  });

  // ---- clashes ------------------------------------------------------------------------------------------------------
  const clashCard = document.getElementById("xung-dot");
  function showClash(clash) {
    const list = clashCard.querySelector("ul"), item = document.createElement("li");
    const shown = (text) => (text === null || text === "" ? words.blankcell : text);
    item.append(link(clash.key, clash.where), ": " + say("clash", { a: shown(clash.mine), b: shown(clash.theirs), w: clash.by || "?" }) + " ");
    for (const [word, mine] of [["mine", true], ["theirs", false]]) {
      const button = document.createElement("button");
      button.type = "button"; button.className = "btn btn-sm"; button.textContent = words[word];
      button.addEventListener("click", () => {
        const input = inputs.get(clash.key), text = mine ? clash.mine : clash.theirs;
        if (input) { input.value = text ?? input.dataset.register ?? ""; last.set(clash.key, input.value); }
        if (mine) saver.put(clash.key, clash.mine, undefined, clash.theirs);
        item.remove();
        clashCard.hidden = !list.children.length;
        total();
      });
      item.append(button, " ");
    }
    list.append(item);
    clashCard.hidden = false;
  }

  // ---- totals and marks ---------------------------------------------------------------------------------------------
  function total() {
    const found = Filing.workOut(formulas, (key) => {
      const input = inputs.get(key);
      return input ? Filing.read(input.value) : null;
    });
    for (const [key, value] of found) if (computed.has(key)) computed.get(key).textContent = Filing.show(value);
  }
  function mark(input) {
    const field = input.closest(".entry-field");
    if (!field) return;
    const value = input.classList.contains("entry-number") || input.inputMode === "decimal" ? Filing.read(input.value) : null;
    const bad = Number.isNaN(value);
    field.classList.toggle("bad", bad);
    input.toggleAttribute("aria-invalid", bad);
    if (input.dataset.register === undefined) return;
    const departs = !bad && value !== Filing.read(input.dataset.register);
    field.classList.toggle("departs", departs);
    let note = field.querySelector(".entry-note");
    if (departs && !note) { note = document.createElement("small"); note.className = "entry-note"; field.append(note); }
    if (note && !note.querySelector("b")) note.textContent = departs ? say("register", { v: input.dataset.register }) : "";
  }

  // ---- problems -----------------------------------------------------------------------------------------------------
  function link(key, text) {
    const a = document.createElement("a");
    a.href = `#o:${key}`; a.dataset.jump = key; a.textContent = text;
    return a;
  }
  function labelled(text, attributes, value) {
    const label = document.createElement("label"), input = document.createElement("input");
    label.className = "explain"; input.className = "form-control"; input.value = value;
    for (const [name, given] of Object.entries(attributes)) input.setAttribute(name, given);
    label.append(text + " ", input);
    return label;
  }
  function problems() {
    const count = document.getElementById("so-loi");
    count.textContent = state.problems ? count.dataset.one.replace("%n", state.problems) : count.dataset.none;
    const active = document.activeElement;
    const checks = document.getElementById("kiem-tra");
    if (!checks.contains(active)) {
      checks.replaceChildren(...state.checks.map((check) => {
        const item = document.createElement("li"), tag = document.createElement("span");
        tag.className = `tag tag-${{ block: "danger", explain: "warning", warn: "secondary" }[check.severity]}`;
        tag.textContent = words[check.severity];
        item.append(tag, ` ${check.message} `);
        check.places.forEach((one, at) => item.append(at ? "; " : "", link(one.where, one.place)));
        if (check.more) item.append(` ${say("more", { n: check.more })}`);
        if (check.severity === "explain") {
          item.append(labelled(words.explain, { name: `c:explain:${check.id}`, "data-key": `explain:${check.id}` }, check.explanation));
        }
        return item;
      }));
      if (!state.checks.length) { const item = document.createElement("li"); item.textContent = words.good; checks.append(item); }
      register(checks);
    }
    const departures = document.getElementById("khac-so"), keys = Object.keys(state.departures);
    const nilReason = document.getElementById("ly-do-nil"), common = document.getElementById("ly-do-chung");
    if (nilReason) nilReason.hidden = !(state.nil && keys.length);
    common.hidden = state.nil || !keys.some((key) => !state.departures[key].reason);
    if (departures.contains(active) || state.nil) { if (state.nil) departures.replaceChildren(); return; }
    departures.replaceChildren(...keys.map((key) => {
      const one = state.departures[key], item = document.createElement("li"), back = document.createElement("button");
      back.type = "button"; back.className = "btn btn-sm"; back.dataset.back = key; back.textContent = words.back;
      item.append(link(key, one.where), `: ${say("departs", { a: one.text || words.blankcell, b: one.register })} `,
        labelled(words.reason, { name: `r:${key}`, "data-reason": key }, one.reason), " ", back);
      return item;
    }));
  }
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.dataset.reason !== undefined) reason(input.dataset.reason, input.value.trim());
    else if (input.name === "r:all") {
      for (const key of Object.keys(state.departures)) if (!state.departures[key].reason) reason(key, input.value.trim());
      input.value = "";
    } else if (input.dataset.back !== undefined && input.type === "checkbox") { if (input.checked) takeBack(input.dataset.back); }
    else if (input.dataset.key !== undefined) { commit(input); if (input.dataset.key === "nil") { reload = true; saver.soon(0); } }
    else if (input.dataset.show !== undefined && input.value) showRow(input);
  });
  function reason(key, text) {
    const input = inputs.get(key);
    if (input && text) saver.put(key, valueOf(input), text);
  }
  function takeBack(key) {
    const input = inputs.get(key);
    if (!input) return;
    undone.push([[key, valueOf(input)]]);
    input.value = input.dataset.register ?? "";
    last.set(key, input.value);
    saver.put(key, saver.stored.has(key) || saver.waiting.has(key) ? null : input.value);
    mark(input);
    total();
  }
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-jump]");
    if (jump) { event.preventDefault(); goTo(jump.dataset.jump); }
    const back = event.target.closest("button[data-back]");
    if (back) takeBack(back.dataset.back);
    const add = event.target.closest("[data-add]");
    if (add) addRow(add.dataset.add);
  });
  function goTo(key) {
    const target = inputs.get(key) || computed.get(key);
    if (!target) return;
    target.focus();
    target.scrollIntoView({ block: "center", inline: "center" });
  }
  // A row that holds nothing is fetched when somebody needs it, and put where the form has it.
  async function showRow(select) {
    const option = select.selectedOptions[0], table = form.querySelector(`table[data-table="${CSS.escape(select.dataset.show)}"]`);
    const response = await fetch(`?${new URLSearchParams({ bang: select.dataset.show, dong: option.value })}`).catch(() => null);
    if (!response || !response.ok || response.redirected) { select.value = ""; return; }
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    const row = holder.content.querySelector("tr");
    const after = [...table.tBodies[0].rows].find((one) => Number(one.dataset.order) > Number(option.dataset.order));
    table.tBodies[0].insertBefore(row, after || null);
    option.remove();
    select.value = "";
    register(row);
    for (const el of row.querySelectorAll("[data-computed]")) computed.set(el.dataset.computed, el);
    row.querySelector("input").focus();
  }
  // A ULID later than every row of the table, so that rows stay in the order in which they were added.
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  function newKey(table) {
    const write = (number, length) => {
      let text = "";
      for (let rest = number; text.length < length; rest = Math.floor(rest / 32)) text = letters[rest % 32] + text;
      return text;
    };
    const read = (text) => [...text].reduce((sum, letter) => sum * 32 + letters.indexOf(letter), 0);
    const times = [...table.tBodies[0].rows].map((row) => read(row.dataset.row.slice(0, 10)));
    const time = Math.max(Date.now(), ...times.map((one) => one + 1));
    return write(time, 10) + Array.from({ length: 16 }, () => letters[Math.floor(Math.random() * 32)]).join("");
  }
  function addRow(id) {
    const table = form.querySelector(`table[data-table="${CSS.escape(id)}"]`);
    const key = newKey(table);
    const row = form.querySelector(`template[data-blank="${CSS.escape(id)}"]`).content.querySelector("tr").cloneNode(true);
    for (const el of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of [...el.attributes]) if (attribute.value.includes("#MOI/") || attribute.value === "MOI") attribute.value = attribute.value.replace("MOI", key);
    }
    table.tBodies[0].append(row);
    register(row);
    row.querySelector("input").focus();
  }

  // ---- the sheet ----------------------------------------------------------------------------------------------------
  // Rows of cells as they lie on the screen; a cell is an input, a computed figure, or nothing.
  const lines = (table) => [...table.tBodies[0].rows].filter((row) => row.querySelector("input, output"))
    .map((row) => [...row.cells].flatMap((cell) => {
      const found = [...cell.querySelectorAll("input, output")];
      return found.length ? found : cell.tagName === "TH" ? [] : [null];
    }));
  const place = (el) => {
    const table = el.closest("table"), grid = lines(table);
    for (let r = 0; r < grid.length; r++) { const c = grid[r].indexOf(el); if (c >= 0) return { table, grid, r, c }; }
    return null;
  };
  const isCell = (el) => el && el.matches && el.matches(".entry-input");
  let editing = false, begun = "";

  form.addEventListener("focusin", (event) => {
    if (!isCell(event.target)) return;
    editing = false;
    begun = event.target.value;
    event.target.select();
  });
  form.addEventListener("focusout", (event) => { if (event.target.dataset && event.target.dataset.key !== undefined && event.target.type !== "checkbox") commit(event.target); });
  form.addEventListener("mousedown", (event) => {
    if (!isCell(event.target)) { clearRange(); return; }
    if (event.shiftKey && isCell(document.activeElement)) { event.preventDefault(); extend(place(event.target)); }
    else { clearRange(); if (event.target === document.activeElement) editing = true; }
  });
  form.addEventListener("input", (event) => {
    if (isCell(event.target)) total();
    const input = event.target;
    // Long writing is saved while it goes on.
    if (input.tagName === "TEXTAREA") commit(input, { quietly: true });
  });

  function move(from, down, right) {
    const at = place(from);
    if (!at) return false;
    let { r, c } = at;
    for (let steps = 0; steps < 2000; steps++) {
      r += down; c += right;
      if (right && (c < 0 || c >= at.grid[r].length)) return false;
      if (r < 0 || r >= at.grid.length) return false;
      const cell = at.grid[r][Math.min(c, at.grid[r].length - 1)];
      if (isCell(cell)) { cell.focus(); return true; }
    }
    return false;
  }

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.key === "Enter" && input.tagName === "INPUT" && !isCell(input)) { event.preventDefault(); input.dispatchEvent(new Event("change", { bubbles: true })); return; }
    if (!isCell(input)) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && !event.shiftKey && event.key.toLowerCase() === "z" && !(editing && input.value !== begun)) { event.preventDefault(); undo(); return; }
    if (event.key === "F2") { event.preventDefault(); editing = true; input.setSelectionRange(input.value.length, input.value.length); return; }
    if (event.key === "Escape") { event.preventDefault(); input.value = begun; editing = false; clearRange(); input.select(); total(); return; }
    if (event.key === "Enter") { event.preventDefault(); commit(input); if (!move(input, event.shiftKey ? -1 : 1, 0)) { editing = false; input.select(); } return; }
    if ((event.key === "Delete" || event.key === "Backspace") && range) { event.preventDefault(); clearCells(); return; }
    const arrow = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!arrow || ctrl || event.altKey) return;
    if (event.shiftKey && !editing) {
      const head = range ? { table: range.table, grid: lines(range.table), r: range.to[0], c: range.to[1] } : place(input);
      const r = head.r + arrow[0], c = head.c + arrow[1];
      if (head.grid[r] && c >= 0 && c < head.grid[r].length) { event.preventDefault(); extend({ ...head, r, c }); }
      return;
    }
    if (arrow[1] && editing) return;
    event.preventDefault();
    clearRange();
    move(input, ...arrow);
  });

  // ---- blocks -------------------------------------------------------------------------------------------------------
  function extend(to) {
    const at = place(document.activeElement);
    if (!at || !to || at.table !== to.table) return;
    range = { table: at.table, from: [at.r, at.c], to: [to.r, to.c] };
    paint();
  }
  function bounds() {
    const [top, bottom] = [range.from[0], range.to[0]].sort((a, b) => a - b);
    const [left, right] = [range.from[1], range.to[1]].sort((a, b) => a - b);
    return { top, bottom, left, right };
  }
  function chosen() {
    const { top, bottom, left, right } = bounds();
    return lines(range.table).slice(top, bottom + 1).map((line) => line.slice(left, right + 1));
  }
  function paint() {
    for (const cell of form.querySelectorAll(".in-range")) cell.classList.remove("in-range");
    if (range) for (const cell of chosen().flat()) if (cell) cell.closest("td").classList.add("in-range");
  }
  function clearRange() { if (range) { range = null; paint(); } }
  const textOf = (cell) => (cell ? (cell.tagName === "OUTPUT" ? cell.textContent : cell.value) : "");

  form.addEventListener("copy", (event) => {
    if (!range || !isCell(event.target)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", chosen().map((line) => line.map(textOf).join("\t")).join("\n"));
  });
  form.addEventListener("paste", (event) => {
    if (!isCell(event.target)) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const block = text.split("\n").map((line) => line.split("\t").map((cell) => cell.replace(/^"([\s\S]*)"$/, "$1").trim()));
    const table = event.target.closest("table"), start = place(event.target);
    if (form.querySelector(`template[data-blank="${CSS.escape(table.dataset.table)}"]`)) {
      while (lines(table).length < start.r + block.length) addRow(table.dataset.table);
      event.target.focus();
    }
    const grid = lines(table), changes = [];
    block.forEach((line, down) => line.forEach((value, right) => {
      const cell = (grid[start.r + down] || [])[start.c + right];
      // Computed figures are passed over: they follow from the others.
      if (isCell(cell) && cell.value.trim() !== value) { changes.push([cell, value]); }
    }));
    put(changes);
    event.target.select();
  });
  function clearCells() { put(chosen().flat().filter((cell) => isCell(cell) && cell.value !== "").map((cell) => [cell, ""])); }
  function put(changes) {
    if (!changes.length) return;
    undone.push(changes.map(([cell]) => [cell.dataset.key, last.get(cell.dataset.key)]));
    for (const [cell, value] of changes) { cell.value = value; commit(cell, { quietly: true }); }
    begun = document.activeElement.value;
    total();
  }
  function undo() {
    if (isCell(document.activeElement)) commit(document.activeElement);
    const step = undone.pop();
    if (!step) return;
    for (const [key, value] of step) {
      const input = inputs.get(key);
      if (!input || input.type === "checkbox") continue;
      input.value = value;
      commit(input, { quietly: true });
    }
    const first = inputs.get(step[0][0]);
    if (first) { first.focus(); begun = first.value; }
    total();
  }

  // ---- sending the whole page -----------------------------------------------------------------------------------------
  form.addEventListener("submit", async (event) => {
    if (form.dataset.leaving) return;
    event.preventDefault();
    if (document.activeElement && document.activeElement.dataset.key) commit(document.activeElement);
    saver.soon(0);
    const onward = event.submitter && event.submitter.name === "nop";
    for (let waited = 0; waited < 100 && !saver.quiet; waited++) await new Promise((done) => setTimeout(done, 100));
    if (onward && saver.quiet && clashCard.hidden) window.location.href = form.dataset.submit;
  });
  total();
})();
