/** The page's style: light or dark as the reader's system is, readable on a phone and on paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e6e8eb);--soft:light-dark(#5a6470,#9aa4af);--line:light-dark(#dfe3e8,#333a42);
--card:light-dark(#fff,#1c2127);--page:light-dark(#f5f6f8,#13171b);--good:light-dark(#19703d,#5fc98a);--bad:light-dark(#b3261e,#ff8a80);
--now:light-dark(#2f6fd0,#78a9ff);--before:light-dark(#b8c2cc,#56616d)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.5rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page)}
h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:0 0 .5rem}p{margin:.25rem 0}.soft{color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem 1.25rem;margin:1rem 0;overflow-x:auto}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem 1rem;margin:0}
dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.1rem;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft);font-size:.85rem}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}summary{cursor:pointer;color:var(--soft)}
.mixes{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:1rem}
.mixes h3{font-size:.95rem;margin:0 0 .25rem}.mixes svg{width:100%;height:auto}
svg text{fill:var(--ink);font-size:10px}.now{fill:var(--now)}.before{fill:var(--before)}
.key{display:inline-block;width:.7em;height:.7em;margin:0 .3em 0 .8em}.key.now{background:var(--now)}.key.before{background:var(--before)}
`;
