// The arithmetic of assessment.case.model.analyses.explorer_closed_form and the words of explorer_answers, in
// the reader's browser: for the explorer's form and for numbers that move in a sentence. Both share one setting.
window.assessmentExplorer ??= (() => {
  const model = (data) => {
    const said = data.words, WEEKS = data.weeks_per_year, arms = ["treated", "control"];
    const sliders = Object.keys(said.sliders), names = ["cohort", "effect", "family", "threshold", ...sliders, "ratio"];
    // As assessment.presentation.numbers.number, so that page and tables write a number alike.
    const number = (v, d = 0) => {
      if (!Number.isFinite(v)) return "–";
      const size = Math.abs(v), tie = Number.isInteger(size * 2 ** 20) && (size * 10 ** d) % 1 === 0.5;
      const even = tie ? 2 * Math.round(size * 10 ** d / 2) / 10 ** d : size; // of two numbers as near, the even one
      const [whole, part] = even.toFixed(d).split("."), long = Math.abs(v) >= 9999.5;
      const marked = long ? whole.replace(/\B(?=(\d{3})+$)/g, said.thousands) : whole;
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

    // A formula is a number, the name of an input, or [operation, part, …]; assessment.evidence.cells.formulas
    // reads them.
    const operations = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b,
      negative: a => -a, max: Math.max, min: Math.min };
    const value = (f, x) => typeof f === "number" ? f : typeof f === "string" ? x[f]
      : operations[f[0]](...f.slice(1).map(part => value(part, x)));
    const sum = list => list.reduce((a, b) => a + b, 0);
    // Years in each state and events, by the words that say when a cost falls.
    const byWhen = n => ({ start: n.start, alive: n.alive, "progression-free": n.free, progressed: n.alive - n.free,
      "on treatment": n.treated, "leaving progression-free": n.leaving, death: n.deaths });

    function ofArm(arm, n, x) {
      const before = x.utility_progression_free, after = before - x.utility_loss_progression;
      const weeks = x.severe_event_utility_loss * x.severe_event_weeks / WEEKS;
      const lost = x[`severe_events_${arm}`] * weeks + x.utility_loss_on_treatment * n.treated;
      const when = byWhen({ ...n, start: 1, alive: n.free + n.progressed });
      const rows = data.costs[arm].map(row => {
        const units = value(row.use, x);
        return { ...row, units, amount: units * value(row.unit, x) };
      });
      const paidFor = group => sum(rows.filter(row => row.group === group).map(row => row.amount * when[row.when]));
      const items = Object.fromEntries(Object.keys(said.groups).map(group => [group, paidFor(group)]));
      return { rows, items, alive: when.alive, cost: sum(Object.values(items)),
        packs: sum(rows.filter(row => row.pack).map(row => row.units * when[row.when])),
        qalys: before * n.free_weighted + after * n.progressed_weighted - lost,
        undiscounted: before * n.free_undiscounted + after * n.progressed_undiscounted - lost };
    }

    // What the health service pays per starter in the year of start and in each later one.
    function byLag(rows, lags, tax) {
      const paid = rows.filter(row => row.budget);
      const year = k => Object.fromEntries(data.lags.map(n => [n, lags[n][k]]));
      return lags.start.map((_, k) => {
        const when = byWhen(year(k));
        return sum(paid.map(row => row.amount * (row.taxed ? 1 + tax : 1) * when[row.when]));
      });
    }

    function results(found, x, adoption, threshold) {
      const one = ofArm("treated", found.treated, x), crossed = found.control.crossed * one.packs;
      const other = ofArm("control", found.control, { ...x, crossover_packs: crossed });
      const [first, second] = [byLag(one.rows, found.treated.lags, adoption.tax),
        byLag(other.rows, found.control.lags, adoption.tax)];
      const bought = one.packs - other.packs, qalys = one.qalys - other.qalys, cost = one.cost - other.cost;
      const started = adoption.uptake.map(u => u * adoption.patients);
      const inYear = year => sum(started.slice(0, year + 1).map((n, k) => n * (first[year - k] - second[year - k])));
      return { qalys, cost, life_years: one.alive - other.alive, icer: cost / qalys, benefit: threshold * qalys - cost,
        price: (threshold * qalys - (cost - bought * x.price_per_pack_nok)) / bought, comparator: other.undiscounted,
        budget: started.map((_, year) => inYear(year)), items: { treated: one.items, control: other.items } };
    }

    // As assessment.presentation.money_format: a price has the digits its interval bears, and two where it has none.
    const power = v => 10 ** Math.floor(Math.log10(v)), nearest = (v, step) => step * Math.floor(v / step + 0.5);
    function priceInWords(price, limits) {
      const error = limits ? (limits[1] - limits[0]) / (2 * data.z_975) : 0;
      const step = error > 0 ? power(error) : price ? power(Math.abs(price)) / 10 : 0;
      const rounded = step ? nearest(price, step) : 0;
      const nearestLimit = v => nearest(v, Math.max(power(v), error > 0 ? step : 0) / 10);
      const limit = v => v <= 0 ? said.none : nearestLimit(v) ? number(nearestLimit(v)) : said.about_zero;
      const middle = rounded < 0 ? said.never : rounded > 0 ? number(rounded) : said.about_zero;
      if (limits && limits[1] < 0) return { short: said.never, text: said.both_none };
      const short = price > 0 && rounded > 0 ? middle + "\u00a0NOK" : middle;
      const text = limits ? said.spread.replace("{price}", middle) : said.alone.replace("{price}", short);
      return { short, text: limits ? text.replace("{low}", limit(limits[0])).replace("{high}", limit(limits[1])) : text };
    }

    const baseState = cohort => ({ cohort, effect: "observed", family: "all", threshold: "class", ratio: 0.8,
      ...Object.fromEntries(Object.entries(data.cohorts[cohort].sliders).map(([n, s]) => [n, s.base])) });
    const BASE = "observed|all";

    // All results of a setting; null where the printed results do not allow its curves.
    function compute(state) {
      const own = data.cohorts[state.cohort], x = { ...own.inputs }, base = baseState(state.cohort);
      for (const n of sliders) x[n] = Number(state[n]);
      const choice = state.effect === "own" ? `${Number(state.ratio).toFixed(2)}|all` : `${state.effect}|${state.family}`;
      if (!own.integrals[choice]) return null;
      const of = integrals(own.integrals[choice]);
      const lost = own.remaining - results(of, x, own.adoption, 0).comparator;
      const shortfall = Math.max(0, Math.round(100 * lost) / 100);
      const rank = data.classes.filter(from => shortfall >= from).length;
      const threshold = state.threshold === "class" ? data.values[rank - 1].value : Number(state.threshold);
      const atBase = sliders.every(n => n === "price_per_pack_nok" || String(state[n]) === String(base[n]));
      return { ...results(of, x, own.adoption, threshold), threshold, shortfall, class: rank,
        limits: atBase ? own.price_limits[choice]?.[threshold] : undefined,
        noted: atBase && choice === BASE && own.gain_limits[0] <= 0 && own.gain_limits[1] >= 0 };
    }

    const million = (v, d) => said.million.replace("{amount}", number(v / 1e6, d));
    function ratioInWords(r) {
      if (r.qalys <= 0) return r.cost >= 0 ? said.dominated : said.saves;
      if (r.cost <= 0) return said.dominates;
      return r.icer >= data.largest ? said.above : million(r.icer, r.icer >= 1e7 ? 0 : r.icer >= 1e6 ? 1 : 2);
    }
    // A result as the chapter's tables write it.
    function told(which, r) {
      if (which === "icer") return r.noted ? said.noted.replace("{ratio}", ratioInWords(r)) : ratioInWords(r);
      if (which === "price") return priceInWords(r.price, r.limits).text;
      if (which === "cost" || which === "benefit") return million(r[which], 2);
      if (which === "budget") return number(r.budget[4] / 1e6, 1);
      if (which === "qalys") return number(r.qalys, Math.abs(r.qalys) < data.small_gain ? 3 : 2);
      return number(r[which], { life_years: 2, shortfall: 1 }[which] ?? 0);
    }
    // The same without interval or note.
    const short = (which, r) => which === "price" ? priceInWords(r.price, r.limits).short
      : which === "icer" ? ratioInWords(r) : told(which, r);
    // A slider's position as readers see it, and as a screen reader says it.
    const shown = (n, v) => number(v, said.decimals[n]);
    const withUnit = (n, v) => (said.units[n] ?? "{value}").replace("{value}", shown(n, v));
    const spoken = (n, v) => said.spoken[n].replace("{value}", shown(n, v));
    return { data, said, names, sliders, arms, number, integrals, results, baseState, compute, told, short, shown,
      withUnit, spoken };
  };

  const fetched = {};
  // The model of the data at an address, fetched once a page.
  const load = (source) => fetched[source.split("?")[0]] ??= new Promise((done) => {
    const id = source.split("/").pop().split(".")[0], ready = () => done(model(window.assessmentData[id]));
    document.head.append(Object.assign(document.createElement("script"), { src: source, onload: ready }));
  });
  // Calls back when the screen comes within its own height of an element, or some time after the reader has begun to scroll.
  const near = (element, then) => {
    const eye = new IntersectionObserver(entries => { if (entries.some(e => e.isIntersecting)) begin(); }, { rootMargin: "100%" });
    const begin = () => { eye.disconnect(); then?.(); then = null; };
    eye.observe(element);
    window.addEventListener("scroll", () => setTimeout(begin, 1500), { once: true, passive: true });
  };
  // Inputs that a reader has moved, for whoever shows them on this page: the form, and sentences.
  const moved = {}, listeners = [];
  const move = (changed, from) => {
    Object.assign(moved, changed);
    for (const [listener, whose] of listeners) if (whose !== from) listener(moved);
  };
  return { model, load, near, moved, move, follow: (listener, whose) => listeners.push([listener, whose]) };
})();
