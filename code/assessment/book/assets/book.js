// The book's own script: source cards, charts drawn as they come near the screen, the filter of the sources page.
(() => {
  "use strict";

  // --- Source cards. Each stands in a <noscript>, which is one piece of text here, and is made when its number is pointed at, focused or tapped.
  const coarse = window.matchMedia("(hover: none)");
  const make = (holder) => {
    const kept = holder.querySelector(":scope > noscript");
    if (!kept) return;
    kept.outerHTML = kept.textContent;
    const card = holder.querySelector(":scope > .fact-card");
    if (card) card.prepend(closer(holder));
  };
  // On a small screen the card has a button that closes it; the number has the focus again, and its card stays closed.
  const closer = (fact) => {
    const button = Object.assign(document.createElement("button"), { className: "fact-close", type: "button", tabIndex: -1 });
    button.textContent = `${document.querySelector("[data-close]")?.dataset.close ?? ""} ×`;
    button.addEventListener("click", () => { fact.querySelector(".fact-link").focus(); close(fact); });
    return button;
  };
  // A card lies above everything (popover), so that neither a table that scrolls nor a section that is drawn late cuts it off.
  const place = (card, link) => {
    if (getComputedStyle(card).position === "fixed") return;
    const lines = [...link.getClientRects()], first = lines[0], last = lines.at(-1);
    const above = last.bottom + card.offsetHeight > window.innerHeight && first.top > card.offsetHeight + 20;
    card.style.left = `${window.scrollX + Math.max(8, Math.min((above ? first : last).left, document.documentElement.clientWidth - card.offsetWidth - 16))}px`;
    card.style.top = `${window.scrollY + (above ? first.top - card.offsetHeight : last.bottom)}px`;
    card.classList.toggle("above", above);
  };
  const open = (fact) => {
    make(fact);
    const card = fact.querySelector(":scope > .fact-card");
    if (!card.showPopover || card.matches("[popover]:popover-open")) return;
    for (const other of document.querySelectorAll(".fact-card[popover]:popover-open")) other.hidePopover();
    card.popover = "manual";
    card.showPopover();
    place(card, fact.querySelector(".fact-link"));
  };
  const close = (fact) => fact.querySelector(":scope > .fact-card[popover]")?.hidePopover();
  const inside = (event) => event.target.closest?.(".fact");
  document.addEventListener("DOMContentLoaded", () => {
    const enter = (event) => { const fact = inside(event); if (fact && !fact.contains(event.relatedTarget)) open(fact); };
    const leave = (event) => { const fact = inside(event); if (fact && !fact.contains(event.relatedTarget) && !fact.matches(event.type === "mouseout" ? ":focus-within" : ":hover")) close(fact); };
    // not by the hover that a finger's tap pretends: the card would lie under the finger, and the tap go to a link in it
    document.addEventListener("mouseover", (event) => { if (!coarse.matches) enter(event); });
    document.addEventListener("focusin", enter);
    document.addEventListener("mouseout", leave);
    document.addEventListener("focusout", leave);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") document.querySelectorAll(".fact:hover, .fact:focus-within").forEach(close);
    });
    // On a touch screen the first tap opens the card; the link inside it leads on to the sources page.
    document.addEventListener("click", (event) => {
      const fact = inside(event);
      for (const card of document.querySelectorAll(".fact-card[popover]:popover-open")) if (!card.contains(event.target) && card.parentElement !== fact) card.hidePopover();
      if (!event.target.closest(".fact-link") || !coarse.matches) return;
      event.preventDefault();
      event.target.closest(".fact-link").focus();
      open(fact);
    });
    document.addEventListener("toggle", (event) => { if (event.target.open) make(event.target); }, true);  // lists folded away are kept in the same manner
  });

  // --- Charts: each is fetched and shown as a drawing when the screen comes closer; near the screen it becomes interactive.
  const here = document.currentScript ? document.currentScript.src : "";
  const load = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done; script.onerror = failed;
    document.head.append(script);
  });
  let library;
  const fetched = new Map();
  const pictures = (chart) => {
    for (const kept of chart.querySelectorAll(".chart-picture noscript")) kept.parentElement.innerHTML = kept.textContent.replace('loading="lazy"', "");
  };
  const show = (chart) => {
    if (!fetched.has(chart)) fetched.set(chart, load(chart.dataset.from).then(() => {
      const { still, ...found } = window.assessmentData[chart.dataset.name];
      for (const width of ["wide", "narrow"]) chart.querySelector(`.chart-${width}`).innerHTML = still[width];
      return found;
    }).catch(() => pictures(chart)));
    return fetched.get(chart);
  };
  const draw = async (chart) => {
    if (chart.dataset.drawn) return;
    chart.dataset.drawn = "waiting";
    try {
      const { datasets, ...forms } = await show(chart);
      await (library ??= load(here.replace(/book\.js.*$/, "charts.js")));
      const form = chart.querySelector(".chart-narrow").offsetParent ? "narrow" : "wide";
      const target = document.createElement("div");
      const controls = document.createElement("form");
      // ast: expressions are interpreted, not compiled, so the page's policy can forbid eval.
      const result = await window.vegaEmbed(target, { ...forms[form], datasets },
        { actions: false, renderer: "svg", ast: true, defaultStyle: false, tooltip: { theme: "custom", disableDefaultStyle: true }, bind: controls });
      const svg = target.querySelector("svg");
      svg.setAttribute("viewBox", svg.getAttribute("viewBox") || `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
      svg.setAttribute("aria-hidden", "true");  // the picture around it carries the text alternative
      chart.querySelector(`.chart-${form}`).replaceChildren(target);
      const waiting = chart.querySelector(".vega-bindings");
      if (waiting) { waiting.replaceChildren(...controls.childNodes); announce(chart, waiting, result.view); }
      chart.dataset.drawn = form;
      chart.assessmentView = result.view;
    } catch (problem) {
      chart.dataset.drawn = "static";  // the picture stays
    }
  };
  // After a slider has moved, the sentences in the picture are read to those who cannot see it.
  const announce = (chart, controls, view) => {
    const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    said.setAttribute("aria-live", "polite");
    chart.append(said);
    let wait;
    controls.addEventListener("submit", (event) => event.preventDefault());
    controls.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        await view.runAsync();
        said.textContent = [...chart.querySelectorAll(`.chart-${chart.dataset.drawn} svg text`)].map((t) => t.textContent).filter((t) => t.length > 24).slice(0, 4).join(". ");
      }, 500);
    });
  };
  // One at a time and only when the page is idle, so that drawing never holds up reading; and not before the reader's first move, so that the library does not.
  const idle = window.requestIdleCallback ? (work) => window.requestIdleCallback(work, { timeout: 1500 }) : (work) => setTimeout(work, 50);
  const moved = new Promise((done) => {
    for (const move of ["pointermove", "pointerdown", "wheel", "scroll", "keydown", "focusin"]) window.addEventListener(move, done, { once: true, capture: true, passive: true });
  });
  let queue = moved, coming = moved;
  const enqueue = (chart) => { queue = queue.then(() => new Promise((done) => idle(() => draw(chart).then(done)))); };
  const near = (parts, distance, work) => {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); work(entry.target); }
    }, { rootMargin: distance });
    parts.forEach((part) => seen.observe(part));
  };
  document.addEventListener("DOMContentLoaded", () => {
    const charts = document.querySelectorAll(".chart");
    near(charts, "100%", show);
    near(charts, "200px", enqueue);
    // What the style sheet leaves out far from the screen is laid out too, so that the page has its height; above the screen only where the browser holds the reader's place.
    const holds = window.CSS.supports("overflow-anchor", "auto");
    for (const section of document.querySelectorAll(".bd-article > section > section")) {
      coming = coming.then(() => new Promise((done) => idle(() => {
        if (holds || section.getBoundingClientRect().top > 0) section.style.contentVisibility = "visible";
        done();
      })));
    }
    moved.then(() => charts.forEach((chart) => { coming = coming.then(() => new Promise((done) => idle(() => show(chart).then(done)))); }));
    window.addEventListener("beforeprint", () => charts.forEach(pictures));
  });

  // --- What the theme leaves for assistive technology: names that differ from the visible text, a sidebar without a role.
  document.addEventListener("DOMContentLoaded", () => {
    for (const shortcut of document.querySelectorAll(".search-button__kbd-shortcut")) shortcut.setAttribute("aria-hidden", "true");
    for (const button of document.querySelectorAll(".search-button-field[aria-label]")) button.removeAttribute("aria-label");
    const sidebar = document.querySelector(".bd-sidebar-primary");
    if (sidebar && !sidebar.getAttribute("role")) { sidebar.setAttribute("role", "complementary"); sidebar.setAttribute("aria-label", "Book"); }
    near(document.querySelectorAll("pre"), "100%", (code) => { if (code.scrollWidth > code.clientWidth) code.tabIndex = 0; });
  });

  // --- Tables that can be filtered: a text box and a menu per column named in data-filter.
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form.filter")) {
      const rows = [...document.querySelectorAll(`${form.dataset.rows} tbody tr`)];
      const count = form.querySelector("output");
      const apply = () => {
        const text = form.querySelector("input").value.trim().toLowerCase();
        const menus = [...form.querySelectorAll("select")].filter((menu) => menu.value);
        let shown = 0;
        for (const row of rows) {
          const fits = (!text || row.textContent.toLowerCase().includes(text)) && menus.every((menu) => row.dataset[menu.name] === menu.value);
          row.hidden = !fits;
          shown += fits;
        }
        count.textContent = count.dataset.text.replace("{n}", shown).replace("{all}", rows.length);
      };
      form.addEventListener("input", apply);
      form.addEventListener("submit", (event) => event.preventDefault());
      form.hidden = false;
      apply();
    }
  });
})();
