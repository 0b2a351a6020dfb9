// Text and links that can be copied, what to quote when an error is told, and the switch that shows how results are computed.
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
  // Kept in the reader's browser, as the colours are (shell.js): nothing else ever is.
  const root = document.documentElement;
  const showComputed = (button) => {
    const shown = "computed" in root.dataset;
    button.setAttribute("aria-pressed", String(shown));
    if (shown) for (const part of document.querySelectorAll("details.how, div.cell details.hide")) part.open = true;
  };
  const switchComputed = (button) => {
    if ("computed" in root.dataset) delete root.dataset.computed; else root.dataset.computed = "shown";
    try { if ("computed" in root.dataset) localStorage.setItem("computed", "shown"); else localStorage.removeItem("computed"); } catch { /* a browser that keeps nothing */ }
    showComputed(button);
  };
  const copyLink = async (link) => {
    const said = link.nextElementSibling || Object.assign(document.createElement("span"), { className: "copy-said" });
    said.setAttribute("role", "status");
    link.after(said);
    const box = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: link.href });
    document.body.append(box);
    said.textContent = (await copy(link.href, box)) ? link.dataset.copied : "";
    box.remove();
    history.replaceState(null, "", link.hash);
    setTimeout(() => { said.textContent = ""; }, 4000);
  };
  const ready = () => {
    for (const button of document.querySelectorAll(".how-switch button")) { showComputed(button); button.addEventListener("click", () => switchComputed(button)); }
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".figure-link");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); copyLink(link); }
    });
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
