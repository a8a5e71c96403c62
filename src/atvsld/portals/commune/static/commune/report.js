"use strict";
/* One question a page, each answer kept at once: on this telephone, and on the server when there is a line. */
(function () {
  const form = document.getElementById("phieu"), app = self.xaApp, queue = self.xaQueue;
  const words = document.querySelector("main [data-words]").dataset;
  const steps = [...form.querySelectorAll("[data-step]")];
  const nav = form.querySelector("[data-nav]"), progress = form.querySelector("[data-progress]");
  const saved = form.querySelector("[data-saved]");
  let here = 0, timer = 0;

  const field = (name) => form.elements.namedItem(name);
  const count = (name) => Number.parseInt(field(name).value, 10) || 0;

  function answers() {
    const found = {};
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken" || name === "key") continue;
      found[name] = name in found ? [].concat(found[name], value) : value;
    }
    return found;
  }

  function fill(fields) {
    for (const control of form.elements) {
      if (!control.name || !(control.name in fields) && !["checkbox", "radio"].includes(control.type)) continue;
      if (["csrfmiddlewaretoken", "key"].includes(control.name)) continue;
      const held = [].concat(fields[control.name] ?? []);
      if (["checkbox", "radio"].includes(control.type)) control.checked = held.includes(control.value);
      else if (control.type !== "hidden") control.value = held[0] ?? "";
    }
    form.querySelectorAll("details").forEach((part) => { part.open = Boolean(part.querySelector("input:checked")); });
  }

  /* `dead,severe` = any of these counts above none; `employed=household,firm` = one of these chosen. */
  function wanted(node) {
    const rule = node.dataset.when;
    if (!rule) return true;
    const [name, values] = rule.split("=");
    return values ? values.split(",").includes(field(name).value) : name.split(",").some(count);
  }

  const shown = () => steps.filter(wanted);

  function settle() {
    form.querySelectorAll("label[data-when]").forEach((node) => { node.hidden = !wanted(node); });
    const visible = shown(), step = steps[here];
    steps.forEach((node) => { node.hidden = node !== step; });
    const at = visible.indexOf(step), last = step.dataset.step === "kiem-tra";
    nav.hidden = false;
    progress.hidden = false;
    nav.querySelector("[data-back]").disabled = at === 0;
    nav.querySelector("[data-next]").hidden = last;
    progress.querySelector("[data-progress-text]").textContent = words.progress.replace("{n}", at + 1).replace("{total}", visible.length);
    Object.assign(progress.querySelector("progress"), { max: visible.length, value: at + 1 });
    if (last) review();
  }

  function go(to, push) {
    here = to;
    settle();
    if (push) history.pushState({ step: here }, "", `#${steps[here].dataset.step}`);
    const head = steps[here].querySelector(".step-title");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function move(by) {
    const visible = shown(), at = visible.indexOf(steps[here]) + by;
    if (at >= 0 && at < visible.length) go(steps.indexOf(visible[at]), true);
  }

  function complain(step, text) {
    step.querySelector(".missing")?.remove();
    if (!text) return true;
    step.append(Object.assign(document.createElement("p"), { className: "missing", textContent: text }));
    step.lastElementChild.setAttribute("role", "alert");
    return false;
  }

  function answered(step) {
    if (step.dataset.step === "bao-nhieu") {
      const people = ["dead", "severe", "minor", "unclear"].reduce((sum, name) => sum + count(name), 0);
      return complain(step, people ? "" : words.missingPeople);
    }
    const missing = [...step.querySelectorAll("[required]")].some((control) => !control.value.trim());
    return complain(step, missing ? words.missing : "");
  }

  /* What will be sent, in words, each with a way back to its question. */
  function review() {
    const list = form.querySelector("[data-answers]");
    list.replaceChildren(...shown().slice(0, -1).flatMap((step) => {
      const said = spoken(step);
      if (!said) return [];
      const row = document.createElement("div"), change = document.createElement("button");
      row.append(
        Object.assign(document.createElement("dt"), { textContent: step.querySelector(".step-title").textContent }),
        Object.assign(document.createElement("dd"), { textContent: said }), change,
      );
      Object.assign(change, { type: "button", className: "link", textContent: words.change, onclick: () => go(steps.indexOf(step), true) });
      return [row];
    }));
  }

  function spoken(step) {
    const parts = [];
    step.querySelectorAll("input, select, textarea").forEach((control) => {
      if (control.closest("[hidden]") && control.closest("label[hidden]")) return;
      const label = control.closest("label")?.querySelector("span")?.textContent.trim() || "";
      if (["checkbox", "radio"].includes(control.type)) { if (control.checked) parts.push(label); }
      else if (control.type === "hidden") { if (control.dataset.shown) parts.push(control.dataset.shown); }
      else if (control.closest(".count")) { if (count(control.name)) parts.push(`${label}: ${count(control.name)} ${words.people}`); }
      else if (control.tagName === "SELECT") { if (control.value) parts.push(`${label}: ${control.selectedOptions[0].textContent}`); }
      else if (control.type === "date" && control.value) parts.push(control.value.split("-").reverse().join("/"));
      else if (control.value.trim()) parts.push(control.id === "description" || control.type === "time" ? control.value.trim() : `${label}: ${control.value.trim()}`);
    });
    return parts.join("; ");
  }

  /* Kept at every step and shortly after every change. */
  async function keep() {
    clearTimeout(timer);
    const at = Date.now(), fields = answers(), key = field("key").value, step = steps[here].dataset.step;
    await queue.put("drafts", { key, owner: app.me, at, step, fields });
    saved.textContent = words.savedHere;
    if (!navigator.onLine) return;
    try {
      const who = await queue.session();
      if (who && who.user === app.me) {
        const answer = await queue.post(app.data.drafts, { key, step, fields, saved_at: new Date(at).toISOString() }, who);
        if (answer.ok) saved.textContent = words.saved;
      }
    } catch { /* the telephone keeps it */ }
  }

  function soon() { clearTimeout(timer); timer = setTimeout(keep, 2500); }

  async function send(event) {
    event.preventDefault();
    const open = shown().find((step) => !answered(step));
    if (open) { go(steps.indexOf(open), true); return; }
    clearTimeout(timer);
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    field("sent_at").value = new Date().toISOString();
    const key = field("key").value;
    await queue.add({ key, owner: app.me, at: Date.now(), fields: answers() });
    await queue.remove("drafts", key);
    await Promise.race([app.attempt(), new Promise((give) => setTimeout(give, 6000))]);
    const received = await queue.get("received", key);
    location.assign(received ? received.url : app.data.queue);
  }

  function setDay(back) {
    const day = new Date(Date.now() - back * 86400000);
    field("day").value = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
    soon();
  }

  async function begin() {
    const asked = new URLSearchParams(location.search).get("phieu");
    const told = document.getElementById("phieu-da-luu"), kept = told ? JSON.parse(told.textContent) : null;
    const local = asked ? (await queue.get("queue", asked)) || (await queue.get("drafts", asked)) : null;
    const mine = local && local.owner === app.me ? local : null;
    const later = mine && (!kept || mine.at >= Date.parse(kept.saved_at)) ? mine : kept;
    if (later) {
      fill(later.fields);
      field("key").value = later.key;
      /* Taken out of the queue while it is being mended; sending puts it back. */
      if (mine && (await queue.get("queue", asked))) { await keep(); await queue.remove("queue", asked); queue.tell(); }
    } else if (!form.querySelector(".notice")) {
      /* A page at hand may be days old: its key and its clock are made anew here. */
      field("key").value = queue.newKey();
      const now = new Date();
      setDay(0);
      clearTimeout(timer);
      field("hour").value = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    }
    const wish = location.hash.slice(1) || (later && later.step) || "";
    const start = steps.findIndex((step) => step.dataset.step === wish);
    history.replaceState({ step: Math.max(start, 0) }, "");
    go(Math.max(start, 0), false);
    form.dataset.ready = "yes";
  }

  form.addEventListener("submit", send);
  form.addEventListener("input", soon);
  form.addEventListener("change", () => { settleLabels(); soon(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT" && steps[here].dataset.step !== "kiem-tra") { event.preventDefault(); next(); }
  });
  nav.querySelector("[data-back]").addEventListener("click", () => { move(-1); keep(); });
  nav.querySelector("[data-next]").addEventListener("click", next);
  form.querySelectorAll("[data-day]").forEach((button) => button.addEventListener("click", () => setDay(Number(button.dataset.day))));
  form.querySelectorAll("[data-more], [data-less]").forEach((button) => button.addEventListener("click", () => {
    const name = button.dataset.more || button.dataset.less, by = button.dataset.more ? 1 : -1;
    field(name).value = String(Math.max(count(name) + by, 0));
    soon();
  }));
  addEventListener("popstate", (event) => { if (event.state) go(event.state.step, false); });

  function settleLabels() { form.querySelectorAll("label[data-when]").forEach((node) => { node.hidden = !wanted(node); }); }
  function next() { if (answered(steps[here])) { move(1); keep(); } }
  begin();
})();
