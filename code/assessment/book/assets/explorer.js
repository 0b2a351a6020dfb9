// The explorer's form: what its controls stand for, its answers, its address. The sums are in explorer_sums.js.
// It begins when the screen comes within its own height of it, or at once when the address says what to show.
{
  const ADDRESS = "#explorer:", shared = location.hash.startsWith(ADDRESS);
  const begin = (root, model) => {
    const { data, said, names, sliders, baseState, compute, told, short, withUnit, spoken } = model;
    const { move, follow } = window.assessmentExplorer, draw = window.assessmentExplorer.drawing(root, model);
    const one = (kind, name) => root.querySelector(`[data-${kind}="${name}"]`), control = n => one("control", n);
    const form = root.querySelector("form"), live = root.querySelector(".explorer-spoken");
    const says = root.querySelector(".explorer-said"), banner = root.querySelector(".explorer-shared");

    // A slider's own rounding must not move the base case: its nearest step stands for the exact base value.
    const read = () => Object.fromEntries(names.map(n => {
      if (control(n).type !== "range") return [n, control(n).value];
      const v = Number(control(n).value), s = data.cohorts[control("cohort").value].sliders[n];
      return [n, s ? s.base + Math.round((v - s.base) / s.step) * s.step : Math.round(v * 50) / 50];
    }));
    function write(state) {
      for (const [n, s] of Object.entries(data.cohorts[state.cohort].sliders)) {
        Object.assign(control(n), { min: s.min, max: s.max, step: s.step });
      }
      for (const n of names) control(n).value = state[n];
    }

    function positions(state) {
      const own = state.effect === "own";
      control("ratio").closest(".explorer-control").hidden = !own;
      control("family").disabled = own;
      one("why", "family").hidden = !own;
      for (const n of [...sliders, "ratio"]) {
        one("shown", n).textContent = withUnit(n, state[n]);
        control(n).setAttribute("aria-valuetext", spoken(n, state[n]));
      }
    }
    const raw = (which, r) => which === "budget" ? r.budget[4] : r[which];
    const at = r => said.at_value.replace("{amount}", model.number(r.threshold));
    function results(r, b) {
      for (const out of root.querySelectorAll("[data-output]")) {
        const which = out.dataset.output, changed = r && told(which, r) !== told(which, b);
        const note = which === "icer" && r?.noted ? [said.note_of_ratio] : [];
        out.textContent = !r ? "–" : which === "icer" ? short(which, r) : told(which, r);
        out.dataset.value = r ? raw(which, r) : "";
        const before = `${said.base}: ${which === "icer" ? short(which, b) : told(which, b)}`;
        one("base", which).textContent = [...(changed ? [before] : []), ...note].join("; ");
      }
      for (const out of root.querySelectorAll("[data-strip]")) {
        const which = out.dataset.strip, changed = r && short(which, r) !== short(which, b);
        const arrow = changed && raw(which, r) !== raw(which, b) ? raw(which, r) > raw(which, b) ? "▲" : "▼" : "";
        out.textContent = r ? short(which, r) : "–";
        out.nextElementSibling.textContent = arrow; // for the eye; the line below says it in words
        one("was", which).textContent = `${said.base}: ${short(which, b)}`;
      }
      for (const place of root.querySelectorAll("[data-at]")) place.textContent = r ? at(r) : "";
      if (r) draw(r, b);
    }

    let later, speaking;
    function show(speak = true) {
      const state = read(), r = compute(state), b = compute(baseState(state.cohort));
      positions(state);
      results(r, b);
      clearTimeout(speaking);
      // one sentence when the controls have come to rest, not one at each step
      if (speak && r) speaking = setTimeout(() => {
        live.textContent = said.spoken_results.replace("{cohort}", data.cohorts[state.cohort].name)
          .replace("{gain}", told("qalys", r)).replace("{benefit}", `${told("benefit", r)} ${at(r)}`)
          .replace("{price}", told("price", r));
      }, 700);
      return state;
    }
    function address(state) {
      const base = baseState(state.cohort), kept = n => n === "cohort" || String(state[n]) !== String(base[n]);
      return ADDRESS + names.filter(kept).map(n => encodeURIComponent(`${n}=${state[n]}`)).join("&");
    }
    function remember(state) {
      clearTimeout(later); // browsers refuse many changes of an address in a short time
      later = setTimeout(() => history.replaceState(null, "", address(state)), 300);
    }
    function fromAddress() {
      const given = location.hash.slice(ADDRESS.length).split("&").map(part => decodeURIComponent(part).split("="));
      const cohort = given.find(([n, v]) => n === "cohort" && v in data.cohorts)?.[1] ?? Object.keys(data.cohorts)[0];
      const state = baseState(cohort);
      for (const [n, v] of given) {
        const c = n !== "cohort" && names.includes(n) && control(n);
        if (c && c.type === "range" && Number.isFinite(Number(v))) state[n] = Number(v);
        if (c && c.type !== "range" && [...c.options].some(option => option.value === v)) state[n] = v;
      }
      return state;
    }
    function touched() {
      banner.hidden = true;
      says.textContent = "";
      const state = show();
      remember(state);
      move({ price_per_pack_nok: state.price_per_pack_nok }, root);
    }
    function toBase() { write(baseState(control("cohort").value)); touched(); }
    async function copy() {
      clearTimeout(later);
      history.replaceState(null, "", address(read()));
      try { await navigator.clipboard.writeText(location.href); says.textContent = said.copied; }
      catch { says.textContent = said.not_copied; } // opened from a folder, or not allowed
    }

    for (const el of root.querySelectorAll("form [disabled]")) el.disabled = false;
    const { moved } = window.assessmentExplorer, first = Object.keys(data.cohorts)[0];
    const start = shared ? fromAddress() : { ...baseState(first), ...moved };
    write(start);
    root.classList.add("explorer-live");
    show(false);
    const more = root.querySelector(".explorer-more"), base = baseState(start.cohort);
    more.open = names.some(n => more.contains(control(n)) && String(start[n]) !== String(base[n]));
    if (shared) {
      banner.hidden = false;
      move({ price_per_pack_nok: start.price_per_pack_nok }, root);
      // what lies above may get its height only when it is painted
      for (const wait of [0, 150, 500]) setTimeout(() => { if (!banner.hidden) root.scrollIntoView(); }, wait);
    }
    form.addEventListener("input", (e) => {
      if (e.target === control("cohort")) {
        const kept = Object.entries(baseState(e.target.value)).filter(([n]) => sliders.includes(n) || n === "threshold");
        write({ ...read(), ...Object.fromEntries(kept) });
      }
      touched();
    });
    form.addEventListener("submit", e => e.preventDefault());
    form.addEventListener("reset", (e) => { e.preventDefault(); toBase(); });
    root.querySelector(".explorer-copy").addEventListener("click", copy);
    banner.querySelector("button").addEventListener("click", () => { toBase(); control("cohort").focus(); });
    follow((moved) => {
      write({ ...read(), ...moved });
      banner.hidden = true;
      const state = show(false);
      if (location.hash.startsWith(ADDRESS)) remember(state);
    }, root);
  };
  const { load, near } = window.assessmentExplorer;
  for (const root of document.querySelectorAll(".explorer")) {
    const start = () => load(root.dataset.from).then(model => begin(root, model));
    if (shared) start(); else near(root, start);
  }
}
