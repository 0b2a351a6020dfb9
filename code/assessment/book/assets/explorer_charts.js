// The three small pictures of the explorer: one call draws them for a result r beside the base case b.
window.assessmentExplorer.drawing = (root, { data, said, arms, number }) => {
  const SVG = "http://www.w3.org/2000/svg", LEFT = 48, RIGHT = 350;
  function draw(which, shapes) {
    const svg = root.querySelector(`[data-chart="${which}"] svg`);
    svg.replaceChildren(...shapes.map(([tag, attributes, text]) => {
      const el = document.createElementNS(SVG, tag);
      for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
      if (text !== undefined) el.textContent = text;
      return el;
    }));
  }
  // The scale's end: the next of 1, 2 or 5 with noughts.
  const nice = v => { const p = 10 ** Math.floor(Math.log10(v)); return [1, 2, 5, 10].map(m => m * p).find(m => m >= v); };
  const near = v => { const p = 10 ** Math.floor(Math.log10(v)); return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map(m => m * p).find(m => m >= v); };
  const digits = v => v < 0.1 ? 2 : v < 10 ? 1 : 0;
  const line = (x1, y1, x2, y2, kind) => ["line", { x1, y1, x2, y2, class: kind }];
  const text = (x, y, words, anchor = "start", kind = "") => ["text", { x, y, "text-anchor": anchor, class: kind }, words];

  function plane(r, b) {
    const TOP = 34, LOW = 300, far = (n, least) => nice(1.1 * Math.max(Math.abs(r[n]), Math.abs(b[n]), least));
    const xs = far("qalys", 0.1), ys = far("cost", 1e5), at = Math.min(xs, ys / r.threshold);
    const X = q => LEFT + (RIGHT - LEFT) * (q + xs) / (2 * xs), Y = c => LOW - (LOW - TOP) * (c + ys) / (2 * ys);
    const ticks = [-1, -0.5, 0.5, 1], shapes = [line(LEFT, Y(0), RIGHT, Y(0), "axis"), line(X(0), TOP, X(0), LOW, "axis")];
    for (const t of ticks) {
      shapes.push(line(LEFT, Y(t * ys), RIGHT, Y(t * ys), "grid"), line(X(t * xs), TOP, X(t * xs), LOW, "grid"));
      shapes.push(text(X(t * xs), LOW + 18, number(t * xs, digits(xs / 2)), "middle"));
      shapes.push(text(LEFT - 6, Y(t * ys) + 5, number(t * ys / 1e6, digits(ys / 2e6)), "end"));
    }
    shapes.push(text(X(0), LOW + 18, "0", "middle"), text(LEFT - 6, Y(0) + 5, "0", "end"));
    shapes.push(line(X(-at), Y(-at * r.threshold), X(at), Y(at * r.threshold), "value"));
    // in the quarter of the picture that no answer needs
    shapes.push(text(X(-at) + 8, Math.min(Y(-at * r.threshold) + 22, LOW - 6), said.axes.value, "start", "halo"));
    shapes.push(["circle", { cx: X(b.qalys), cy: Y(b.cost), r: 8, class: "base" }]);
    shapes.push(["circle", { cx: X(r.qalys), cy: Y(r.cost), r: 5.5, class: "now" }]);
    shapes.push(text(0, 16, said.axes.cost), text(RIGHT, LOW + 38, said.axes.gain, "end"));
    draw("plane", shapes);
  }

  function costs(r) {
    const total = arm => Object.values(r.items[arm]).reduce((sum, v) => sum + v, 0), shapes = [];
    const most = near(Math.max(...arms.map(total))), W = v => (RIGHT - 4) * v / most;
    arms.forEach((arm, k) => {
      let x = 2;
      shapes.push(text(2, 16 + 48 * k, `${said.arms[arm]}: ${number(total(arm) / 1e6, 2)}`));
      for (const [group, v] of Object.entries(r.items[arm])) {
        const size = { x, y: 22 + 48 * k, width: Math.max(W(v) - 1, 0), height: 20 };
        shapes.push(["rect", { ...size, class: `fill-${data.colours[group]}` }]);
        x += W(v);
      }
    });
    shapes.push(line(2, 96, RIGHT - 2, 96, "axis"), text(2, 112, "0"), text(RIGHT - 2, 112, number(most / 1e6, 1), "end"));
    shapes.push(text(RIGHT / 2, 112, said.axes.per_patient, "middle"));
    Object.entries(said.groups).forEach(([group, words], k) => {
      const x = 2 + 182 * (k % 2), y = 124 + 20 * Math.floor(k / 2);
      shapes.push(["rect", { x, y, width: 12, height: 12, class: `fill-${data.colours[group]}` }]);
      shapes.push(text(x + 17, y + 11, words, "start", "legend"));
    });
    draw("costs", shapes);
  }

  function budget(r, b) {
    const most = near(Math.max(1, ...r.budget, ...b.budget)), LOW = 120, H = v => 84 * Math.max(v, 0) / most;
    const shapes = [text(0, 16, said.axes.budget), line(0, LOW, RIGHT, LOW, "axis")];
    r.budget.forEach((v, k) => {
      const x = 14 + 68 * k, top = LOW - Math.max(H(v), H(b.budget[k])), other = LOW - H(b.budget[k]);
      shapes.push(["rect", { x, y: LOW - H(v), width: 46, height: H(v), class: "fill-step2" }]);
      shapes.push(line(x - 5, other, x + 51, other, "value"));
      shapes.push(text(x + 23, top - 5, number(v / 1e6, 1), "middle"), text(x + 23, LOW + 18, String(k + 1), "middle"));
    });
    shapes.push(text(RIGHT, LOW + 38, said.axes.year, "end"));
    draw("budget", shapes);
  }
  return (r, b) => { plane(r, b); costs(r); budget(r, b); };
};
