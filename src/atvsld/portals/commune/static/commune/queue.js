"use strict";
/* Notices that wait on this telephone until the server has them. Used by the pages and by the worker alike.
   A notice leaves the queue only when the server has answered with its number; the key made here makes every
   repetition harmless. Whoever wrote a notice is written beside it: nobody sends another person's. */
(function (scope) {
  const LONGEST_WAIT = 45000; // a slow line needs time; a dead one is given up and tried again
  const settings = () => scope.xaSettings || {};
  let opening = null;

  function database() {
    opening = opening || scope.idb.openDB("atvsld-xa", 1, {
      upgrade(db) {
        for (const name of ["queue", "drafts", "received"]) db.createObjectStore(name, { keyPath: "key" });
      },
      blocking() { opening.then((db) => db.close()); opening = null; },
      terminated() { opening = null; },
    });
    return opening;
  }

  const all = async (name) => (await database()).getAll(name);
  const get = async (name, key) => (await database()).get(name, key);
  const put = async (name, value) => (await database()).put(name, value);
  const remove = async (name, key) => (await database()).delete(name, key);

  /* 26 letters and digits, sortable by time: the shape the server asks for. */
  function newKey(now) {
    const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let time = now === undefined ? Date.now() : now, head = "";
    for (let place = 0; place < 10; place += 1) { head = letters[time % 32] + head; time = Math.floor(time / 32); }
    const chance = scope.crypto.getRandomValues(new Uint8Array(16));
    return head + Array.from(chance, (byte) => letters[byte % 32]).join("");
  }

  function ask(url, options) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), LONGEST_WAIT);
    const asked = Object.assign({ credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal }, options);
    return fetch(url, asked).finally(() => clearTimeout(timer));
  }

  /* Who is signed in now: {user, token}, null for nobody; throws when the server is not to be reached. */
  async function session() {
    const answer = await ask(settings().session);
    if (answer.status === 401) return null;
    if (!answer.ok) throw new Error("session " + answer.status);
    return answer.json();
  }

  function post(url, body, who, more) {
    const headers = Object.assign({ "Content-Type": "application/json", "X-CSRFToken": who.token }, more);
    return ask(url, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async function sendOne(item, who) {
    const answer = await post(settings().send, { key: item.key, fields: item.fields }, who,
      { "Idempotency-Key": item.key, "X-Queue-Owner": item.owner });
    if (answer.ok) {
      const told = await answer.json();
      await put("received", { key: item.key, owner: item.owner, number: told.number, url: told.url, at: Date.now() });
      await remove("queue", item.key);
      await remove("drafts", item.key);
      return;
    }
    if (answer.status === 401) throw new Error("signed out");
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error("HTTP " + answer.status);
    const told = await answer.json().catch(() => ({}));
    await put("queue", Object.assign({}, item, { state: "refused", problems: told.problems || ["HTTP " + answer.status] }));
  }

  /* Tries every waiting notice once. One drainer at a time over all tabs and the worker, where locks are to be had;
     without them two may try at once, and the server takes only one. */
  async function drain() {
    const work = () => drainAlone();
    if (scope.navigator && scope.navigator.locks) return scope.navigator.locks.request("atvsld-xa-queue", work);
    return work();
  }

  async function drainAlone() {
    const found = await all("queue");
    const outcome = { signedOut: false, reached: true };
    if (found.some((item) => item.state !== "refused")) {
      try {
        const who = await session();
        outcome.signedOut = who === null;
        if (who) {
          for (const item of found) if (item.owner === who.user && item.state !== "refused") await sendOne(item, who);
        }
      } catch (error) {
        outcome.reached = false;
        if (String(error.message) === "signed out") Object.assign(outcome, { reached: true, signedOut: true });
      }
    }
    tell();
    return Object.assign(outcome, { left: await all("queue") });
  }

  /* Other tabs learn that the queue has changed. */
  const listeners = [];
  const speaker = scope.BroadcastChannel ? new scope.BroadcastChannel("atvsld-xa") : null;
  if (speaker) speaker.onmessage = () => listeners.forEach((call) => call());
  function tell() {
    listeners.forEach((call) => call());
    if (speaker) speaker.postMessage("changed");
  }

  async function add(item) {
    await put("queue", item);
    tell();
  }

  scope.xaQueue = { all, get, put, remove, newKey, session, post, drain, add, tell, onChange: (call) => listeners.push(call) };
})(self);
