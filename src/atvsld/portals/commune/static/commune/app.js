"use strict";
/* What every page of the commune does: registers the worker, shows what waits, tries again until it is sent. */
(function () {
  const body = document.body, data = body.dataset, queue = self.xaQueue, me = data.user;
  self.xaSettings = { session: data.session, send: data.send };
  document.documentElement.classList.add("js");
  document.querySelectorAll("[data-only-script]").forEach((node) => { node.hidden = false; });

  const FIRST = 5000, LAST = 60000;
  let pause = FIRST, timer = 0, signedOut = false, reached = true;

  const clock = (at) => new Intl.DateTimeFormat("vi-VN", { dateStyle: "short", timeStyle: "short" }).format(new Date(at));
  const title = (fields, words) => String(fields.description || "").slice(0, 80) || (words ? words.dataset.untitled : "");

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(data.worker, { scope: data.scope })
      .then(() => navigator.serviceWorker.ready)
      .then(() => { document.documentElement.dataset.worker = "ready"; })
      .catch(() => { document.documentElement.dataset.worker = "none"; });
  }

  async function show() {
    const items = await queue.all("queue");
    const mine = items.filter((item) => item.owner === me), others = items.length - mine.length;
    const strip = document.getElementById("trang-thai");
    const states = {
      waiting: mine.length > 0,
      offline: !navigator.onLine || (!reached && mine.length > 0),
      signin: signedOut && mine.length > 0,
      other: others > 0,
    };
    for (const [name, on] of Object.entries(states)) strip.querySelector(`[data-state=${name}]`).hidden = !on;
    strip.querySelector("[data-count]").textContent = String(mine.length);
    strip.hidden = !Object.values(states).some(Boolean);
    document.dispatchEvent(new CustomEvent("xa:changed", { detail: { items, signedOut } }));
    return mine.filter((item) => item.state !== "refused").length;
  }

  /* The line's return is announced by some browsers only, and by none reliably: the clock asks as well. */
  async function attempt() {
    clearTimeout(timer);
    const outcome = await queue.drain().catch(() => ({ reached: false, signedOut: false }));
    reached = outcome.reached;
    signedOut = outcome.signedOut;
    const left = await show();
    pause = reached && !signedOut ? FIRST : Math.min(pause * 2, LAST);
    if (left) timer = setTimeout(attempt, pause);
    return left;
  }

  function hurry() { pause = FIRST; attempt(); }

  async function submit(item) {
    await queue.add(item);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => false);
    navigator.serviceWorker?.ready.then((one) => one.sync && one.sync.register("atvsld-xa-queue")).catch(() => null);
    pause = FIRST;
    return attempt();
  }

  addEventListener("online", hurry);
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
  queue.onChange(() => show());

  function from(name) { return document.querySelector(`template[data-template=${name}]`).content.firstElementChild.cloneNode(true); }

  async function listQueue() {
    const place = document.querySelector("[data-queue-list]");
    if (!place) return;
    const words = document.querySelector("[data-words]"), list = place.querySelector("[data-list]");
    const items = await queue.all("queue"), received = (await queue.all("received")).filter((one) => one.owner === me);
    const rows = items.map((item) => queuedRow(item, words));
    for (const one of received.sort((a, b) => b.at - a.at).slice(0, 5)) {
      const row = from("received"), link = row.querySelector("[data-link]");
      link.href = one.url;
      row.querySelector("[data-title]").textContent = `${words.dataset.received} ${one.number}`;
      rows.push(row);
    }
    list.replaceChildren(...rows);
    place.querySelector("[data-empty]").hidden = items.length > 0;
    place.querySelector("[data-send-now]").hidden = !items.some((item) => item.owner === me && item.state !== "refused");
    await listDrafts(words);
  }

  function queuedRow(item, words) {
    const row = from("queued"), mine = item.owner === me, problems = row.querySelector("[data-problems]");
    row.querySelector("[data-title]").textContent = mine ? title(item.fields, words) : words.dataset.other;
    row.querySelector("[data-when]").textContent = clock(item.at);
    row.querySelector("[data-status]").textContent = words.dataset[mine ? (item.state === "refused" ? "refused" : "waiting") : "other"];
    problems.hidden = item.state !== "refused";
    problems.replaceChildren(...(item.problems || []).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    if (!mine) { row.querySelector(".buttons").hidden = true; return row; }
    row.querySelector("[data-edit]").href = `${data.report}?phieu=${item.key}`;
    row.querySelector("[data-export]").onclick = () => save(item);
    row.querySelector("[data-remove]").onclick = () => { row.querySelector("[data-confirm]").hidden = false; };
    row.querySelector("[data-remove-no]").onclick = () => { row.querySelector("[data-confirm]").hidden = true; };
    row.querySelector("[data-remove-yes]").onclick = () => queue.remove("queue", item.key).then(queue.tell);
    return row;
  }

  async function listDrafts(words) {
    const place = document.querySelector("[data-draft-list]");
    const drafts = (await queue.all("drafts")).filter((one) => one.owner === me);
    place.hidden = drafts.length === 0;
    place.querySelector("[data-list]").replaceChildren(...drafts.sort((a, b) => b.at - a.at).map((one) => {
      const row = from("draft");
      row.querySelector("[data-title]").textContent = title(one.fields, words);
      row.querySelector("[data-when]").textContent = clock(one.at);
      row.querySelector("[data-edit]").href = `${data.report}?phieu=${one.key}`;
      row.querySelector("[data-remove]").onclick = async () => {
        await queue.remove("drafts", one.key);
        queue.tell();
        queue.session().then((who) => who && queue.post(data.drafts, { key: one.key, discard: true }, who)).catch(() => null);
      };
      return row;
    }));
  }

  function save(item) {
    const file = new Blob([JSON.stringify({ key: item.key, at: item.at, fields: item.fields }, null, 1)], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `phieu-${item.key}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /* Signing out asks what becomes of notices that were not sent; drafts kept by the server leave the telephone. */
  async function prepareLeave(form) {
    const waiting = (await queue.all("queue")).filter((item) => item.owner === me);
    const drafts = (await queue.all("drafts")).filter((item) => item.owner === me);
    const unsent = form.querySelector("[data-unsent]");
    unsent.hidden = waiting.length + drafts.length === 0;
    unsent.querySelector("[data-count]").textContent = String(waiting.length + drafts.length);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (new FormData(form).get("phieu") === "clear") {
        for (const item of waiting) await queue.remove("queue", item.key);
        for (const item of drafts) await queue.remove("drafts", item.key);
      }
      for (const one of await queue.all("received")) await queue.remove("received", one.key);
      await forgetPages();
      form.submit();
    });
  }

  function forgetPages() {
    const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (!worker) return Promise.resolve();
    return new Promise((done) => {
      const line = new MessageChannel();
      line.port1.onmessage = done;
      worker.postMessage("forget-pages", [line.port2]);
      setTimeout(done, 2000);
    });
  }

  document.addEventListener("xa:changed", listQueue);
  document.querySelector("[data-send-now]")?.addEventListener("click", hurry);
  const leaving = document.querySelector("[data-leave]");
  if (leaving) prepareLeave(leaving);
  self.xaApp = { submit, attempt, me, data, clock };
  attempt();
})();
