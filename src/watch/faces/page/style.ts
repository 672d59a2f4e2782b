/** Both colour schemes keep a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const style: string = `
:root{color-scheme:light dark;--page:#f6f7f9;--sheet:#fff;--ink:#16191f;--soft:#545b69;--rule:#d5d9e1;
--edge:#6f7785;--track:#eceff3;--link:#0b5a8f;--good:#14693a;--good-sheet:#e3f3e9;--soon:#8a4b00;
--soon-sheet:#fdf0d8;--bad:#a81e1e;--bad-sheet:#fde8e8;--wait:#0b5a8f;--wait-sheet:#e6f2fa;
--bar-good:#3f9d68;--bar-soon:#d98a1f;--bar-bad:#cf4a4a;--bar-wait:#4b93c4;--overlap:#c9d9f5}
@media screen and (prefers-color-scheme:dark){:root{--page:#101318;--sheet:#181c23;--ink:#e8eaee;
--soft:#a4acba;--rule:#343b47;--edge:#8b93a1;--track:#252b35;--link:#7cc4f5;--good:#7edba6;
--good-sheet:#14291d;--soon:#f3bd67;--soon-sheet:#33270f;--bad:#ff9d97;--bad-sheet:#3a1b1b;
--wait:#7cc4f5;--wait-sheet:#142a3c;--bar-good:#4fae79;--bar-soon:#d79a3c;--bar-bad:#d9655f;
--bar-wait:#5a9fd0;--overlap:#2e4467}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI",Roboto,
"DejaVu Sans",sans-serif;overflow-wrap:break-word;hyphens:manual}
header,main,footer{max-width:88rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{margin:0;font-size:1rem;font-weight:600;color:var(--soft)}
h2{margin:0;font-size:1.05rem;line-height:1.35}
h3{margin:1rem 0 .25rem;font-size:.9rem}
p{margin:0}
.soft{color:var(--soft)}
.headline{font-size:1.9rem;font-weight:700;line-height:1.2;letter-spacing:-.02em;margin:.1rem 0 .2rem}
.nw{white-space:nowrap}
.old{background:var(--soon-sheet);color:var(--soon);padding:.5rem .75rem;border-radius:.5rem;margin-top:.75rem}
.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem;margin:1.25rem 0}
.figures{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;list-style:none;margin:0;padding:0}
.figures button{display:flex;flex-direction:column;justify-content:flex-start;width:100%;height:100%;min-height:7.25rem;line-height:1.3;font:inherit;color:inherit;text-align:left;background:var(--sheet);
border:1px solid var(--rule);border-top:4px solid var(--edge);border-radius:.6rem;padding:.7rem .9rem;cursor:pointer}
.figures button:disabled{cursor:default;opacity:1}
.figures button[aria-pressed=true]{outline:2px solid var(--ink);outline-offset:1px}
.figures strong{font-size:2.4rem;line-height:1.1;letter-spacing:-.03em;font-variant-numeric:tabular-nums}
.figures .bad{border-top-color:var(--bar-bad)}.figures .bad strong{color:var(--bad)}
.figures .soon{border-top-color:var(--bar-soon)}.figures .soon strong{color:var(--soon)}
.figures .wait{border-top-color:var(--bar-wait)}.figures .wait strong{color:var(--wait)}
.figures .good{border-top-color:var(--bar-good)}.figures .good strong{color:var(--good)}
.chart{margin:0;background:var(--sheet);border:1px solid var(--rule);border-radius:.6rem;padding:.7rem .9rem}
.chart figcaption{font-weight:600;font-size:.9rem}
.chart svg{display:block;width:100%;height:6.2rem;margin-top:.25rem;overflow:visible}
.chart rect{fill:var(--bar-wait)}.chart rect.first{fill:var(--bar-soon)}
.chart text{fill:var(--soft);font-size:.7rem;text-anchor:middle}
.chart .count{fill:var(--ink);font-weight:600}
.controls{display:flex;flex-wrap:wrap;gap:.6rem .9rem;align-items:end;margin:0 0 .5rem}
.controls label{display:block;font-size:.8rem;color:var(--soft)}
.controls input,.controls select,.more{display:block;font:inherit;color:var(--ink);background:var(--sheet);
border:1px solid var(--edge);border-radius:.45rem;padding:.4rem .6rem;min-height:2.5rem;max-width:100%}
.controls .wide{flex:1 1 15rem}.controls .wide input{width:100%}
.more{cursor:pointer;margin:1rem 0}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.8rem;color:var(--soft);margin:.4rem 0 .6rem;padding:0;list-style:none}
.legend svg{display:inline-block;width:1.4rem;height:.75rem;margin-right:.35rem;vertical-align:-.05rem}
.rows{list-style:none;margin:0;padding:0}
.row{display:grid;grid-template-columns:minmax(15rem,1.25fr) 6rem minmax(16rem,2fr) minmax(13rem,1.15fr);gap:.25rem 1.25rem;
align-items:start;background:var(--sheet);border:1px solid var(--rule);border-left:5px solid var(--edge);border-radius:.5rem;
padding:.75rem 1rem;margin-bottom:.5rem}
.row.bad{border-left-color:var(--bar-bad)}.row.soon{border-left-color:var(--bar-soon)}
.row.wait{border-left-color:var(--bar-wait)}.row.good{border-left-color:var(--bar-good)}
.row>*{min-width:0}
.row details{grid-column:1/-1}
.meta{font-size:.8rem;color:var(--soft)}
.pill{display:inline-block;white-space:nowrap;font-size:.78rem;font-weight:600;border-radius:1rem;padding:.05rem .6rem;margin-bottom:.2rem}
.pill.bad{background:var(--bad-sheet);color:var(--bad)}.pill.soon{background:var(--soon-sheet);color:var(--soon)}
.pill.wait{background:var(--wait-sheet);color:var(--wait)}.pill.good{background:var(--good-sheet);color:var(--good)}
.days{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.days strong{display:block;font-size:1.6rem;line-height:1.1;letter-spacing:-.02em}
.days span{font-size:.78rem;color:var(--soft)}
.step{font-size:.9rem}.step b{display:block;font-weight:600}.step b::first-letter{text-transform:uppercase}
.time{display:block;width:100%;overflow:visible}
.time text{fill:var(--soft);font-size:.68rem}
.track{fill:var(--track)}.tick{stroke:var(--rule)}.today{stroke:var(--ink);stroke-width:2}
.overlap{fill:var(--overlap)}.plan{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 2}.mark{fill:var(--ink)}
.bar{stroke:none}.bar.active{fill:var(--bar-good)}.bar.expiring,.bar.tail{fill:var(--bar-soon)}
.bar.expired,.bar.unreadable{fill:var(--bar-bad)}.bar.pending,.bar.disabled{fill:var(--bar-wait)}
.bar.missing,.bar.next{fill:none;stroke:var(--bar-bad);stroke-width:1.5;stroke-dasharray:4 2}.bar.next{stroke:var(--bar-soon)}
summary{cursor:pointer;font-size:.85rem;color:var(--link);width:fit-content}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.85rem;margin:.25rem 0 .5rem}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{border-bottom:1px solid var(--rule);padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top;font-weight:400}
thead th{color:var(--soft);font-size:.78rem;white-space:nowrap}
td.date{white-space:nowrap}tbody th{min-width:13rem}td code{display:block;min-width:17rem}
code{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .9rem;margin:.5rem 0;font-size:.85rem}
.facts dt{color:var(--soft)}.facts dd{margin:0;min-width:0}
ul.lines{margin:.25rem 0;padding-left:1.1rem;font-size:.85rem}
footer{padding:1rem 1rem 2rem;font-size:.8rem;color:var(--soft)}
[hidden]{display:none}
@media (max-width:68rem){.row{grid-template-columns:1fr 6rem}.row .time,.row .step{grid-column:1/-1}.row .step{order:3}
.row .time{order:2}.row details{order:4}}
@media (max-width:44rem){.figures{grid-template-columns:repeat(2,1fr)}.figures strong{font-size:2rem}.figures button{min-height:0}
.controls>*{flex:1 1 8rem}.controls select{width:100%}.row{padding:.7rem .75rem;grid-template-columns:1fr 4.5rem}
.chart .odd{display:none}.facts{grid-template-columns:1fr}.facts dd{margin-bottom:.35rem}.headline{font-size:1.45rem}}
@media print{:root{color-scheme:light}body{background:none}.controls,.more,noscript{display:none}
.row{break-inside:avoid}.figures button,.row,.chart{border-color:var(--edge)}
svg,.pill,.row,.figures button{print-color-adjust:exact;-webkit-print-color-adjust:exact}header,main,footer{max-width:none;padding:0}}
`;
