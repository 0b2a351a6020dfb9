// Which analysis set's numbers a page shows: a row of choices, kept in the address as ?set=…
(() => {
  const box = document.querySelector(".set-switch");
  if (!box) return;
  const choices = [...box.querySelectorAll("input[type=radio]")], said = box.querySelector(".set-shown"), base = choices.find(c => c.defaultChecked);
  const places = [...document.querySelectorAll(".by-set")];

  function show(choice) {
    choice.checked = true;
    for (const place of places) place.hidden = place.dataset.set !== choice.value;
    const seen = places.filter(place => !place.hidden), none = seen.filter(place => place.classList.contains("not-printed")).length;
    const missing = none ? " " + box.dataset.missing.replace("{missing}", none).replace("{all}", seen.length) : "";
    said.textContent = choice.dataset.told + missing;
  }

  // The address says what is shown, so that it can be sent; the base set needs no word in it.
  function remember(choice) {
    const address = new URL(location.href);
    if (choice === base) address.searchParams.delete("set"); else address.searchParams.set("set", choice.value);
    try { history.replaceState(history.state, "", address); } catch { /* some browsers forbid it for files */ }
  }

  function asked() {
    const name = new URL(location.href).searchParams.get("set");
    return choices.find(choice => choice.value === name) || base;
  }

  box.querySelector("fieldset").hidden = false;
  for (const choice of choices) choice.addEventListener("change", () => { show(choice); remember(choice); });
  addEventListener("popstate", () => show(asked()));
  if (asked() !== base) show(asked()); else base.checked = true; // a browser may have kept another choice
})();
