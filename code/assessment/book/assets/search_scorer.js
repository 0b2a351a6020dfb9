// How results of the search are ordered. A number that is asked for puts facts with that value first, those of the trial before others, and facts with it as a limit behind them.
var Scorer = {
  score: ([, title, , , score]) => {
    const asked = (new URLSearchParams(location.search).get("q") || "").trim().replace(/,(?=\d)/, ".");
    if (!/^[+\u2212-]?\d[\d.\u202f\u00a0 ]*$/.test(asked)) return score;
    const number = asked.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (new RegExp(`: ${number}(?![\\d.])`).test(title)) return score + 60;
    return new RegExp(`(^|[^\\d.])${number}(?![\\d.])`).test(title) ? score + 30 : score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
