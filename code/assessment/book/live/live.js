// Loads the page again when its text has changed; says at the top what is being done and what is wrong.
(() => {
  const seen = document.currentScript.dataset.seen;
  const bar = document.createElement("div");
  bar.className = "live-bar";
  bar.setAttribute("role", "status");
  const page = location.pathname.replace(/^\/|\/$/g, "") || "index.html";
  const listen = () => {
    const events = new EventSource("/_live/events?page=" + encodeURIComponent(page) + "&seen=" + seen);
    events.onmessage = (event) => {
      const said = JSON.parse(event.data);
      if (said.reload) return location.reload();
      bar.textContent = [said.busy, said.message].filter(Boolean).join("\n");
      bar.classList.toggle("live-fault", Boolean(said.message));
      bar.hidden = !bar.textContent;
    };
    events.onerror = () => {
      bar.textContent = "make live has stopped; this page does not change any more.";
      bar.hidden = false;
    };
  };
  addEventListener("DOMContentLoaded", () => {
    bar.hidden = true;
    document.body.prepend(bar);
    listen();
  });
})();
