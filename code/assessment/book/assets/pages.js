// What pages besides the chapters need: text that can be copied, and what to quote when an error is told.
(() => {
  "use strict";
  const copy = async (text, box) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* no permission, or a page opened from a folder */ }
    const range = document.createRange();
    range.selectNodeContents(box);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand("copy");
  };
  const offer = (box, name, done) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy-text", textContent: name });
    const said = Object.assign(document.createElement("span"), { className: "copy-said" });
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => { said.textContent = (await copy(box.textContent, box)) ? done : ""; });
    box.after(button, said);
  };
  const ready = () => {
    const quote = document.querySelector(".report-quote");
    const asked = new URLSearchParams(location.search);
    if (quote && asked.get("page")) {
      const version = document.querySelector(".status-version");
      quote.querySelector("code").textContent = [asked.get("page"), asked.get("fact"), version && version.textContent].filter(Boolean).join(" · ");
      quote.hidden = false;
    }
    const words = document.querySelector(".cite-box");
    if (!words) return;
    for (const box of document.querySelectorAll(".copyable")) offer(box, words.dataset.copy, words.dataset.copied);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
})();
