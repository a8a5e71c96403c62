"use strict";
/* Keeps the pages of this scope at hand when there is no line, and sends what waits when the browser says so.
   Its files and addresses come from `xaSettings`, written before this script by the address it is served from. */
(function () {
  const told = self.xaSettings, name = "xa-" + told.version;
  const PATIENCE = 5000; // a page at hand is shown when the line has not answered by then

  const isPage = (answer) => answer.ok && !answer.redirected && (answer.headers.get("Content-Type") || "").startsWith("text/html");

  async function keep(cache, address) {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-cache" });
    if (isPage(answer)) await cache.put(address, answer);
    return isPage(answer);
  }

  self.addEventListener("install", (event) => event.waitUntil((async () => {
    const cache = await caches.open(name);
    await cache.addAll(told.assets.map((address) => new Request(address, { cache: "no-cache" })));
    await Promise.all(told.shell.map((address) => keep(cache, address).catch(() => false)));
    await self.skipWaiting();
  })()));

  /* An older set of files goes only when the new set can stand alone: pages at hand never lose their files. */
  self.addEventListener("activate", (event) => event.waitUntil((async () => {
    const cache = await caches.open(name);
    const held = await Promise.all(told.shell.map((address) => cache.match(address)));
    if (held.every(Boolean)) {
      for (const other of await caches.keys()) if (other.startsWith("xa-") && other !== name) await caches.delete(other);
    }
    await self.clients.claim();
  })()));

  async function page(request) {
    const path = new URL(request.url).pathname, cache = await caches.open(name);
    const inShell = told.shell.includes(path);
    const fromLine = fetch(request).then(async (answer) => {
      if (inShell && isPage(answer) && !new URL(request.url).search) await cache.put(path, answer.clone());
      return answer;
    });
    const atHand = async () => (inShell && await caches.match(path)) || await caches.match(told.fallback);
    const kept = inShell && await caches.match(path);
    if (!kept) {
      return fromLine.catch(async (error) => { const other = await atHand(); if (other) return other; throw error; });
    }
    const waited = new Promise((show) => setTimeout(() => show(kept.clone()), PATIENCE));
    return Promise.race([fromLine.catch(() => kept.clone()), waited]);
  }

  self.addEventListener("fetch", (event) => {
    const request = event.request, address = new URL(request.url);
    if (request.method !== "GET" || address.origin !== self.location.origin) return;
    if (told.assets.includes(address.pathname)) {
      event.respondWith(caches.match(request).then((held) => held || fetch(request)));
    } else if (request.mode === "navigate" && address.pathname.startsWith(told.scope)) {
      event.respondWith(page(request));
    }
  });

  self.addEventListener("sync", (event) => { if (event.tag === "atvsld-xa-queue") event.waitUntil(self.xaQueue.drain()); });

  /* Signing out: pages that carry a name leave the telephone; the files without names may stay. */
  self.addEventListener("message", (event) => {
    if (event.data !== "forget-pages") return;
    event.waitUntil((async () => {
      for (const one of await caches.keys()) {
        const cache = await caches.open(one);
        for (const address of told.shell) await cache.delete(address);
      }
      if (event.ports[0]) event.ports[0].postMessage("forgotten");
    })());
  });
})();
