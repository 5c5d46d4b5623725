/** What the drift page has beside the style of all reports. */
export const DRIFT_STYLE = `
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem}
a{color:var(--now)}a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--now);outline-offset:2px}
section{overflow-x:visible}.wide{overflow-x:auto}.big{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}.big dd{font-size:1.5rem}.wide td.n+td{padding-left:.8rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:1rem;margin:1rem 0;align-items:start}
.card{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--good);border-radius:8px;padding:.8rem 1rem;min-width:0;scroll-margin-top:1rem}
.card.drifted{border-left-color:var(--bad)}.card.unknown{border-left-color:var(--line)}
.card h3{font-size:1rem;margin:0;overflow-wrap:anywhere}.card svg{width:100%;height:auto;margin:.5rem 0}
.card dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem .8rem;font-size:.9rem}.card dt{font-size:inherit}.card dd{font-size:inherit;text-align:right}
.before{fill:var(--before)}.now-area{fill:var(--now);fill-opacity:.18}.now-line{fill:none;stroke:var(--now);stroke-width:1.6}.axis{stroke:var(--line)}
@media(max-width:30rem){body{padding:.75rem}section{padding:.75rem}td,th{padding-right:.4rem}}
@media print{.card{break-inside:avoid}}
`;
