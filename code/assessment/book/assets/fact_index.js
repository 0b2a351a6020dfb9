// The list of all facts: finds one by a word or a number, and leads from a fact's old address, on this page, to the page of its group.
(() => {
  "use strict";
  const box = document.querySelector(".fact-index");
  const kept = box && box.querySelector("noscript");
  if (!kept) return;
  const lead = () => {
    const asked = location.hash.slice(1);
    if (asked.startsWith("made-")) { location.replace(`sources-computed.html#${asked}`); return; }
    if (!/^fact-[\w-]+$/.test(asked) || document.getElementById(asked)) return;
    const found = kept.textContent.match(new RegExp(`<li id="${asked}"><a href="([^"]+)"`));
    if (found) location.replace(found[1]);
  };
  lead();
  window.addEventListener("hashchange", lead);

  const form = box.querySelector("form"), list = box.querySelector(".facts-found");
  const said = form.querySelector("output"), most = Number(box.dataset.most);
  let rows;
  const search = () => {
    rows ??= (kept.textContent.match(/<li\b.*<\/li>/g) || []).map((row) => {
      const html = row.replace(/^.*<li(?: id="[^"]*")?>/, "<li>");
      return { html, text: html.replace(/<[^>]+>/g, "").toLowerCase() };
    });
    const words = form.querySelector("input").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? rows.filter((row) => words.every((word) => row.text.includes(word))) : [];
    list.innerHTML = found.slice(0, most).map((row) => row.html).join("");
    said.textContent = words.length ? said.dataset.text.replace("{n}", found.length).replace("{all}", rows.length) : "";
  };
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
})();
