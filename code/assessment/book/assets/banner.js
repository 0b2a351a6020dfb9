// The banner says in words, shape and colour when the check of sources is late. The dates come from the page, today from the reader's clock.
// A mark in the header says how many changes were listed since the reader last opened the list of changes; that page alone keeps how many there were.
(() => {
  "use strict";
  const KEPT = "changes-seen";
  const day = (text) => Date.UTC(...text.split("-").map((part, i) => part - (i === 1 ? 1 : 0)));
  const check = () => {
    const now = new Date();
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    for (const banner of document.querySelectorAll(".book-status[data-due]")) {
      const late = Math.round((today - day(banner.dataset.due)) / 86400000);
      const state = today > day(banner.dataset.stale) ? "stopped" : late > 0 ? "late" : "current";
      banner.dataset.state = state;
      if (state === "current") continue;
      banner.querySelector(".status-shape").textContent = state === "late" ? "▲" : "■";
      banner.querySelector(".status-late").textContent = ` ${banner.dataset[state].replace("{days}", late)}`;
    }
  };
  // What was not looked at in time: a source of the list of those watched, an assumption of the ledger.
  const rows = () => {
    const now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    for (const row of document.querySelectorAll("tr[data-due]")) {
      if (today <= day(row.dataset.due)) continue;
      row.dataset.state = row.dataset.when || "late";
      row.querySelector(".row-late").textContent = `${row.dataset.when ? "■" : "▲"} ${row.dataset.late}`;
    }
  };
  const news = () => {
    const banner = document.querySelector(".book-status[data-changes]"), all = Number(banner && banner.dataset.changes);
    let seen = 0;
    try { seen = Number(localStorage.getItem(KEPT)); } catch { return; }  // a browser that keeps nothing
    if (!all) return;
    const list = document.querySelector(".change-list");
    if (list) {
      for (const row of list.querySelectorAll("[data-number]")) if (seen && Number(row.dataset.number) > seen) row.classList.add("change-new");
      try { localStorage.setItem(KEPT, all); } catch { /* as above */ }
    }
    if (!seen || all <= seen) return;
    const mark = Object.assign(document.createElement("a"), { className: "changes-new", href: banner.dataset.list || "#", textContent: banner.dataset.new.replace("{n}", all - seen) });
    (document.querySelector(".article-header-buttons") || banner).prepend(mark);
  };
  // Rows of a long register are laid out as they come near, so the one that an address names may slip off the screen after it was reached.
  const land = () => {
    const row = document.querySelector("table.facts tr:target, .made:target, .change:target");
    let moved = !row;
    for (const move of ["wheel", "pointerdown", "keydown", "touchstart"]) window.addEventListener(move, () => { moved = true; }, { once: true, capture: true, passive: true });
    for (const wait of [0, 100, 300]) setTimeout(() => {
      if (moved) return;
      const { top, bottom } = row.getBoundingClientRect();
      if (top < 0 || bottom > window.innerHeight) row.scrollIntoView();
    }, wait);
  };
  window.addEventListener("load", land);
  const apply = () => { check(); rows(); news(); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", apply); else apply();
})();
