// What was typed goes to the server cell by cell. What cannot be sent is kept in this browser and sent again.
"use strict";

window.Filing = window.Filing || {};

(() => {
  // `stored`: what the server holds written, by key. Reports to: sending(n), answered(answer), failed(n, why).
  Filing.Saver = class {
    constructor({ url, token, store, stored, on }) {
      Object.assign(this, { url, token, store, on });
      this.stored = new Map(Object.entries(stored).map(([key, entry]) => [key, entry.text]));
      this.waiting = new Map();
      this.flying = null;
      this.delay = 0;
      this.timer = null;
      for (const [key, edit] of Object.entries(this.kept())) this.waiting.set(key, edit);
      window.addEventListener("online", () => this.soon(0));
      window.addEventListener("beforeunload", (event) => {
        if (this.waiting.size || this.flying) event.preventDefault();
      });
    }

    kept() {
      try { return JSON.parse(localStorage.getItem(this.store) || "{}"); } catch { return {}; }
    }

    keep() {
      const all = Object.fromEntries([...(this.flying || []), ...this.waiting]);
      try {
        if (Object.keys(all).length) localStorage.setItem(this.store, JSON.stringify(all));
        else localStorage.removeItem(this.store);
      } catch { /* a full or forbidden store: the page itself still holds what was typed */ }
    }

    // `now` null takes back what was written; `reason` undefined leaves the reason alone.
    put(key, now, reason, was) {
      const before = this.waiting.get(key);
      const held = this.stored.has(key) ? this.stored.get(key) : null;
      const flying = this.flying && this.flying.get(key);
      const edit = { key, was: was !== undefined ? was : before ? before.was : flying ? flying.now : held, now };
      if (reason !== undefined) edit.reason = reason;
      else if (before && before.reason !== undefined) edit.reason = before.reason;
      if (edit.now === edit.was && edit.reason === undefined) this.waiting.delete(key);
      else this.waiting.set(key, edit);
      this.keep();
      this.soon(500);
    }

    soon(delay) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), delay);
    }

    async send() {
      if (this.flying || !this.waiting.size) return;
      this.flying = this.waiting;
      this.waiting = new Map();
      this.on.sending(this.flying.size);
      let answer = null, why = "failed";
      try {
        const response = await fetch(this.url, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
          body: JSON.stringify({ edits: [...this.flying.values()] }),
        });
        if (response.redirected || response.status === 403) why = "signedout";
        else if ((response.headers.get("Content-Type") || "").includes("json")) {
          answer = await response.json();
          if (!response.ok) { why = answer.error; answer = null; }
        }
      } catch { /* no connection */ }
      const sent = this.flying;
      this.flying = null;
      if (answer) {
        this.delay = 0;
        this.stored = new Map(Object.entries(answer.draft.entries).map(([key, entry]) => [key, entry.text]));
        for (const clash of answer.clashes) this.waiting.delete(clash.key);
        this.keep();
        this.on.answered(answer, this.waiting.size);
        if (this.waiting.size) this.soon(0);
      } else {
        // Newer typing in the same cell wins; where it began stays what the server last said.
        for (const [key, edit] of sent) {
          const newer = this.waiting.get(key);
          this.waiting.set(key, newer ? { ...edit, ...newer, was: edit.was } : edit);
        }
        this.keep();
        this.on.failed(this.waiting.size, why);
        this.delay = Math.min(30000, (this.delay || 1000) * 2);
        this.soon(this.delay);
      }
    }

    get quiet() { return !this.waiting.size && !this.flying; }
  };
})();
