// The banner says in words, shape and colour when the check of sources is late. The dates come from the page, today from the reader's clock.
(() => {
  "use strict";
  const day = (text) => Date.UTC(...text.split("-").map((part, i) => part - (i === 1 ? 1 : 0)));
  const apply = () => {
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
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", apply); else apply();
})();
