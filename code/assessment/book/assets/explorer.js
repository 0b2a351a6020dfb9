// The live explorer: the arithmetic of assessment.case.model.analyses.explorer_closed_form, in the reader's browser.
// It begins when the screen comes within its own height of it, or at once when the address says what to show.
const begin = (root) => {
  const data = window.assessmentData[root.id], said = data.words;
  const control = n => root.querySelector(`[data-control="${n}"]`), arms = ["treated", "control"], SVG = "http://www.w3.org/2000/svg", WEEKS = data.weeks_per_year;
  const names = ["cohort", "effect", "family", "threshold", ...Object.keys(said.sliders), "ratio"];
  // As assessment.presentation.numbers.number, so that page and tables write a number alike.
  const number = (v, d = 0) => {
    if (!Number.isFinite(v)) return "–";
    const size = Math.abs(v), tie = Number.isInteger(size * 2 ** 20) && (size * 10 ** d) % 1 === 0.5;
    const even = tie ? 2 * Math.round(size * 10 ** d / 2) / 10 ** d : size; // of two numbers as near, the even one
    const [whole, part] = even.toFixed(d).split("."), marked = Math.abs(v) < 9999.5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, said.thousands);
    const text = part ? marked + said.decimal + part : marked;
    return v < 0 && /[1-9]/.test(text) ? "−" + text : text;
  };

  function integrals(list) {
    const out = {}; let k = 0;
    for (const arm of arms) {
      out[arm] = { lags: {} };
      for (const n of data.numbers) out[arm][n] = list[k++];
      for (const n of data.lags) { out[arm].lags[n] = list.slice(k, k + 5); k += 5; }
    }
    return out;
  }

  // A formula is a number, the name of an input, or [operation, part, …]; assessment.evidence.cells.formulas reads them.
  const operations = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, negative: a => -a, max: Math.max, min: Math.min };
  const value = (f, x) => typeof f === "number" ? f : typeof f === "string" ? x[f] : operations[f[0]](...f.slice(1).map(part => value(part, x)));
  const sum = list => list.reduce((a, b) => a + b, 0);
  // Years in each state and events, by the words that say when a cost falls.
  const byWhen = n => ({ start: n.start, alive: n.alive, "progression-free": n.free, progressed: n.alive - n.free, "on treatment": n.treated, "leaving progression-free": n.leaving, death: n.deaths });

  function results(found, x, adoption, threshold) {
    const out = {}, lags = {}, before = x.utility_progression_free, after = before - x.utility_loss_progression;
    for (const arm of arms) {
      if (arm === "control") x = { ...x, crossover_packs: found.control.crossed * out.treated.packs };
      const n = found[arm], when = byWhen({ ...n, start: 1, alive: n.free + n.progressed }), severe = x[`severe_events_${arm}`], lost = severe * x.severe_event_utility_loss * x.severe_event_weeks / WEEKS + x.utility_loss_on_treatment * n.treated;
      const rows = data.costs[arm].map(row => ({ ...row, units: value(row.use, x), amount: value(row.use, x) * value(row.unit, x) }));
      const items = Object.fromEntries(Object.keys(said.groups).map(group => [group, sum(rows.filter(row => row.group === group).map(row => row.amount * when[row.when]))]));
      out[arm] = { alive: when.alive, packs: sum(rows.filter(row => row.pack).map(row => row.units * when[row.when])), items, cost: sum(Object.values(items)), qalys: before * n.free_weighted + after * n.progressed_weighted - lost, undiscounted: before * n.free_undiscounted + after * n.progressed_undiscounted - lost };
      const paid = rows.filter(row => row.budget), years = n.lags.start.map((_, k) => byWhen(Object.fromEntries(data.lags.map(name => [name, n.lags[name][k]]))));
      lags[arm] = years.map(year => sum(paid.map(row => row.amount * (row.taxed ? 1 + adoption.tax : 1) * year[row.when])));
    }
    const [one, other] = arms.map(a => out[a]), bought = one.packs - other.packs, qalys = one.qalys - other.qalys, cost = one.cost - other.cost, started = adoption.uptake.map(u => u * adoption.patients);
    const budget = started.map((_, year) => started.slice(0, year + 1).reduce((sum, n, k) => sum + n * (lags[arms[0]][year - k] - lags[arms[1]][year - k]), 0));
    return { qalys, cost, life_years: one.alive - other.alive, icer: cost / qalys, benefit: threshold * qalys - cost, price: (threshold * qalys - (cost - bought * x.price_per_pack_nok)) / bought, comparator: other.undiscounted, budget, items: { treated: one.items, control: other.items } };
  }

  // As assessment.presentation.money_format: a price has the digits its interval bears, and carries it where it was drawn.
  function priceInWords(price, [low, high], drawn) {
    const power = v => 10 ** Math.floor(Math.log10(v)), nearest = (v, step) => step * Math.floor(v / step + 0.5);
    const limit = v => v > 0 ? number(nearest(v, power(v) / 10)) : said.none;
    const error = (high - low) / (2 * data.z_975), rounded = nearest(price, error > 0 ? power(error) : 1);
    const middle = rounded < 0 ? said.never : rounded > 0 ? number(rounded) : said.about_zero;
    if (drawn && high < 0) return said.both_none;
    return (drawn ? said.spread : said.alone).replace("{price}", drawn || rounded <= 0 ? middle : middle + "\u00a0NOK").replace("{low}", limit(low)).replace("{high}", limit(high));
  }

  function compute(state) {
    const own = data.cohorts[state.cohort], x = { ...own.inputs };
    for (const n of Object.keys(said.sliders)) x[n] = state[n];
    const choice = state.effect === "own" ? `${Number(state.ratio).toFixed(2)}|all` : `${state.effect}|${state.family}`;
    if (!own.integrals[choice]) return null;
    const found = results(integrals(own.integrals[choice]), x, own.adoption, Number(state.threshold));
    const base = baseState(state.cohort), alone = names.filter(n => !["cohort", "threshold", "price_per_pack_nok", "ratio"].includes(n));
    found.limits = own.price_limits[state.threshold]; found.drawn = alone.every(n => String(state[n]) === String(base[n]));
    found.shortfall = Math.max(0, Math.round(100 * (own.remaining - found.comparator)) / 100);
    found.class = data.classes.filter(from => found.shortfall >= from).length;
    return found;
  }

  const baseState = cohort => ({ cohort, effect: "observed", family: "all", threshold: String(data.cohorts[cohort].threshold), ratio: 0.8, ...Object.fromEntries(Object.entries(data.cohorts[cohort].sliders).map(([n, s]) => [n, s.base])) });
  // A slider's own rounding must not move the base case: its nearest step stands for the exact base value.
  const read = () => Object.fromEntries(names.map(n => {
    if (control(n).type !== "range") return [n, control(n).value];
    const v = Number(control(n).value), s = data.cohorts[control("cohort").value].sliders[n];
    return [n, s ? s.base + Math.round((v - s.base) / s.step) * s.step : Math.round(v * 50) / 50];
  }));

  function write(state) {
    for (const [n, s] of Object.entries(data.cohorts[state.cohort].sliders)) Object.assign(control(n), { min: s.min, max: s.max, step: s.step });
    for (const n of names) control(n).value = state[n];
  }

  const digits = { qalys: 2, life_years: 2, shortfall: 1, budget: 1 };
  const million = (v, d) => said.million.replace("{amount}", number(v / 1e6, d));
  function inWords(which, r) {
    if (which === "icer" && r.qalys <= 0) return r.cost >= 0 ? said.dominated : said.saves;
    if (which === "icer" && r.cost <= 0) return said.dominates;
    if (which === "icer") return million(r.icer, r.icer >= 1e7 ? 0 : r.icer >= 1e6 ? 1 : 2);
    if (which === "price") return priceInWords(r.price, r.limits, r.drawn);
    if (which === "cost" || which === "benefit") return million(r[which], 2);
    return number(which === "budget" ? r.budget[4] / 1e6 : r[which], digits[which] ?? 0);
  }

  function show() {
    const state = read(), r = compute(state), b = compute(baseState(state.cohort));
    control("ratio").disabled = state.effect !== "own"; control("family").disabled = state.effect === "own";
    for (const n of [...Object.keys(said.sliders), "ratio"]) root.querySelector(`[data-shown="${n}"]`).textContent = number(state[n], n === "price_per_pack_nok" ? 0 : n === "utility_progression_free" || n === "utility_loss_progression" ? 3 : 2);
    for (const out of root.querySelectorAll("[data-output]")) {
      const which = out.dataset.output;
      out.value = r ? inWords(which, r) : "–"; out.dataset.value = r ? (which === "budget" ? r.budget[4] : r[which]) : "";
      const changed = r && inWords(which, r) !== inWords(which, b);
      root.querySelector(`[data-base="${which}"]`).textContent = changed ? `${said.base}: ${inWords(which, b)}` : "";
    }
    if (r) { plane(r, b, Number(state.threshold)); costs(r); budget(r, b); }
    return state;
  }

  function draw(which, shapes) {
    const svg = root.querySelector(`[data-chart="${which}"] svg`); svg.replaceChildren();
    for (const [tag, attributes, text] of shapes) {
      const el = document.createElementNS(SVG, tag);
      for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
      if (text !== undefined) el.textContent = text;
      svg.append(el);
    }
  }
  const nice = v => { const p = 10 ** Math.floor(Math.log10(v)); return [1, 2, 5, 10].map(m => m * p).find(m => m >= v); };

  function plane(r, b, threshold) {
    const xs = nice(1.1 * Math.max(Math.abs(r.qalys), Math.abs(b.qalys), 0.1)), ys = nice(1.1 * Math.max(Math.abs(r.cost), Math.abs(b.cost), 1e5)), X = q => 40 + 265 * (q + xs) / (2 * xs), Y = c => 180 - 165 * (c + ys) / (2 * ys);
    const at = Math.min(xs, ys / threshold);
    draw("plane", [["line", { x1: 40, x2: 305, y1: Y(0), y2: Y(0), class: "axis" }], ["line", { x1: X(0), x2: X(0), y1: 15, y2: 180, class: "axis" }], ["line", { x1: X(-at), y1: Y(-at * threshold), x2: X(at), y2: Y(at * threshold), class: "value" }],
      ["circle", { cx: X(b.qalys), cy: Y(b.cost), r: 5, class: "base" }], ["circle", { cx: X(r.qalys), cy: Y(r.cost), r: 6, class: "now" }], ["text", { x: 305, y: Y(0) + 14, "text-anchor": "end" }, number(xs, 1)], ["text", { x: 40, y: Y(0) + 14 }, number(-xs, 1)],
      ["text", { x: X(0) - 5, y: 22, "text-anchor": "end" }, number(ys / 1e6, 1)], ["text", { x: X(0) - 5, y: 180, "text-anchor": "end" }, number(-ys / 1e6, 1)]]);
  }

  function costs(r) {
    const most = nice(Math.max(...arms.map(a => Object.values(r.items[a]).reduce((s, v) => s + v, 0)))), shapes = [];
    arms.forEach((arm, k) => { let x = 5; for (const [group, v] of Object.entries(r.items[arm])) { const w = 310 * v / most; shapes.push(["rect", { x, y: 12 + 44 * k, width: Math.max(w - 1, 0), height: 32, class: `fill-${data.colours[group]}` }]); x += w; } });
    Object.entries(said.groups).forEach(([group, text], k) => shapes.push(["rect", { x: 5 + 165 * (k % 2), y: 122 + 22 * Math.floor(k / 2), width: 11, height: 11, class: `fill-${data.colours[group]}` }], ["text", { x: 20 + 165 * (k % 2), y: 132 + 22 * Math.floor(k / 2), class: "small" }, text]));
    shapes.push(["text", { x: 5, y: 112 }, "0"], ["text", { x: 315, y: 112, "text-anchor": "end" }, number(most / 1e6, 1)]);
    draw("costs", shapes);
  }

  function budget(r, b) {
    const most = nice(Math.max(1, ...r.budget, ...b.budget)), shapes = [["line", { x1: 5, x2: 315, y1: 165, y2: 165, class: "axis" }]];
    r.budget.forEach((v, k) => { const h = 130 * Math.max(v, 0) / most, hb = 130 * Math.max(b.budget[k], 0) / most, x = 20 + 60 * k;
      shapes.push(["rect", { x, y: 165 - h, width: 40, height: h, class: "fill-blue" }], ["line", { x1: x - 4, x2: x + 44, y1: 165 - hb, y2: 165 - hb, class: "value" }], ["text", { x: x + 20, y: 158 - h, "text-anchor": "middle" }, number(v / 1e6, 1)], ["text", { x: x + 20, y: 182, "text-anchor": "middle" }, String(k + 1)]); });
    draw("budget", shapes);
  }

  function remember(state) {
    const base = baseState(state.cohort), changed = names.filter(n => n === "cohort" || String(state[n]) !== String(base[n])).map(n => `${n}=${state[n]}`);
    history.replaceState(null, "", "#explorer:" + changed.map(encodeURIComponent).join("&"));
  }
  const form = root.querySelector("form");
  for (const el of form.querySelectorAll("[disabled]")) el.disabled = false;
  const start = baseState(Object.keys(data.cohorts)[0]);
  if (location.hash.startsWith("#explorer:")) for (const part of location.hash.slice(10).split("&")) { const [n, v] = decodeURIComponent(part).split("="); if (n === "cohort" && data.cohorts[v]) Object.assign(start, baseState(v)); }
  if (location.hash.startsWith("#explorer:")) for (const part of location.hash.slice(10).split("&")) { const [n, v] = decodeURIComponent(part).split("="); if (names.includes(n)) start[n] = control(n).type === "range" ? Number(v) : v; }
  write(start); root.classList.add("explorer-live"); show();
  form.addEventListener("input", e => { if (e.target === control("cohort")) write({ ...read(), ...Object.fromEntries(Object.entries(baseState(e.target.value)).filter(([n]) => n in said.sliders || n === "threshold")) }); remember(show()); });
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("reset", e => { e.preventDefault(); write(baseState(control("cohort").value)); remember(show()); });
};
for (const root of document.querySelectorAll(".explorer")) {
  const fetch = () => document.head.append(Object.assign(document.createElement("script"), { src: root.dataset.from, onload: () => begin(root) }));
  if (location.hash.startsWith("#explorer:")) { fetch(); continue; }
  const near = new IntersectionObserver((entries) => { if (entries.some((e) => e.isIntersecting)) { near.disconnect(); fetch(); } }, { rootMargin: "100%" });
  near.observe(root);
}
