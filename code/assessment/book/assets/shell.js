// What surrounds a page: light and dark, the search box, the two menus on a narrow screen, and where the reader is.
(() => {
  "use strict";
  const root = document.documentElement;
  window.SPHINX_HIGHLIGHT_ENABLED = false;  // the theme's search would keep the reader's words in storage
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const show = (mode) => { root.dataset.mode = mode; root.dataset.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode; };
  dark.addEventListener("change", () => show(root.dataset.mode));
  // On paper every page is light.
  window.addEventListener("beforeprint", () => { root.dataset.theme = "light"; });
  window.addEventListener("afterprint", () => show(root.dataset.mode));

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".theme-switch-button")) {
      const name = Object.assign(document.createElement("span"), { className: "visually-hidden" });
      const say = () => { name.textContent = `Colours: ${{ auto: "as the system", light: "light", dark: "dark" }[root.dataset.mode]}`; };
      for (const icon of button.children) { icon.setAttribute("aria-hidden", "true"); icon.removeAttribute("title"); }
      button.removeAttribute("aria-label");
      button.title = "Switch colours";
      button.append(name);
      say();
      button.addEventListener("click", () => {
        const order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
        show(order[(order.indexOf(root.dataset.mode) + 1) % 3]);
        say();
        try { localStorage.setItem("mode", root.dataset.mode); } catch { /* a browser that keeps nothing */ }
      });
    }

    const outside = (dialog) => dialog.addEventListener("click", (event) => {
      const box = dialog.getBoundingClientRect();
      if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) dialog.close();
    });
    const search = document.getElementById("pst-search-dialog");
    const find = () => { if (search.open) search.close(); else { search.showModal(); search.querySelector("input").select(); } };
    if (search) {
      outside(search);
      for (const button of document.querySelectorAll(".search-button__button")) button.addEventListener("click", find);
      document.addEventListener("keydown", (event) => {
        if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); find(); }
      });
    }

    // Narrow screens: a menu's content moves into a dialog and back. Wide screens: the book's menu folds away.
    for (const [which, name] of [["primary", "Menu of the book"], ["secondary", "On this page"]]) {
      const button = document.querySelector(`.${which}-toggle`);
      const bar = document.getElementById(`pst-${which}-sidebar`);
      const dialog = document.getElementById(`pst-${which}-sidebar-modal`);
      if (!button) continue;
      if (!bar || !dialog) { button.remove(); continue; }
      button.title = name;
      button.setAttribute("aria-label", name);
      dialog.setAttribute("aria-label", name);
      const move = (from, to) => { to.append(...from.childNodes); const names = [...from.classList]; from.classList.remove(...names); to.classList.add(...names); };
      button.addEventListener("click", () => {
        if (which === "primary" && window.matchMedia("(min-width: 992px)").matches) {
          button.setAttribute("aria-expanded", String(!bar.classList.toggle("pst-sidebar-hidden")));
          return;
        }
        move(bar, dialog);
        dialog.showModal();
      });
      dialog.addEventListener("close", () => move(dialog, bar));
      dialog.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
      outside(dialog);
    }

    // The menu "On this page" marks the section on screen.
    const links = new Map([...document.querySelectorAll("#pst-page-toc-nav a[href^='#']")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
    const sections = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (sections.length) {
      const visible = new Set();
      const watch = new IntersectionObserver((entries) => {
        for (const entry of entries) entry.isIntersecting ? visible.add(entry.target) : visible.delete(entry.target);
        const here = sections.filter((s) => visible.has(s)).pop();  // the innermost, as sections nest
        if (!here) return;
        for (const [id, link] of links) {
          const on = id === here.id;
          link.classList.toggle("active", on);
          on ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
        }
      }, { rootMargin: "-12% 0px -70%" });
      for (const section of sections) watch.observe(section);
    }
  });
})();
