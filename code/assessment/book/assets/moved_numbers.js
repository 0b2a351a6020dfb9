// Numbers in a sentence that a reader can move, each by a slider of its own, and the results that follow. Without
// this script they are plain numbers of the base case. The explorer on the same page moves with them.
{
  const { load, near, moved, move, follow } = window.assessmentExplorer, token = {};
  const spots = [...document.querySelectorAll("[data-moves]")];
  const answers = [...document.querySelectorAll("[data-follows]")];
  const begin = (model) => {
    const { data, said, baseState, compute, short, told, shown, spoken } = model;
    const base = baseState(Object.keys(data.cohorts)[0]), inputs = spots.map(spot => spot.dataset.moves);
    const now = () => Object.fromEntries(inputs.map(n => [n, moved[n] ?? base[n]]));
    const words = (spot, r) => spot.dataset.follows === "icer" ? short("icer", r) : told(spot.dataset.follows, r);
    const write = (spot, text) => { spot.querySelector(".fact-link").textContent = text; };
    const spoke = Object.assign(document.createElement("span"), { className: "visually-hidden", ariaLive: "polite" });
    let speaking;

    const controls = spots.map((spot) => {
      const n = spot.dataset.moves, { min, max, step } = data.cohorts[base.cohort].sliders[n];
      const slider = Object.assign(document.createElement("input"), { type: "range", min, max, step });
      slider.setAttribute("aria-label", said.sliders[n].replace(" ◆", ""));
      slider.addEventListener("input", () => {
        const steps = Math.round((Number(slider.value) - base[n]) / step);
        move({ [n]: base[n] + steps * step }, token);
        show(true);
      });
      const reset = Object.assign(document.createElement("button"), { type: "button", className: "moves-reset" });
      reset.textContent = said.reset;
      reset.addEventListener("click", () => { move({ [n]: base[n] }, token); show(true); slider.focus(); });
      spot.append(" ", slider);
      const paragraph = spot.closest("p, li, td") ?? spot.parentElement;
      paragraph.classList.add("moving");
      paragraph.append(" ", reset);
      return { n, spot, slider, reset };
    });
    controls[0].reset.after(spoke);

    function show(speak) {
      const state = now();
      for (const { n, spot, slider, reset } of controls) {
        write(spot, shown(n, state[n]));
        slider.value = state[n];
        slider.setAttribute("aria-valuetext", spoken(n, state[n]));
        reset.hidden = String(state[n]) === String(base[n]);
      }
      const sentence = answers.map((spot) => {
        const start = baseState(spot.dataset.cohort), text = words(spot, compute({ ...start, ...state }));
        write(spot, text);
        spot.classList.toggle("moved", text !== words(spot, compute(start)));
        return `${said.outputs[spot.dataset.follows]}, ${data.cohorts[spot.dataset.cohort].name}: ${text}`;
      });
      clearTimeout(speaking);
      if (speak) speaking = setTimeout(() => { spoke.textContent = `${sentence.join("; ")}.`; }, 700);
    }
    show(false);
    follow(() => show(false), token);
  };
  const source = document.querySelector(".explorer")?.dataset.from ?? spots[0]?.dataset.from;
  let begun = false;
  for (const spot of spots) near(spot, () => { if (!begun) { begun = true; load(source).then(begin); } });
}
