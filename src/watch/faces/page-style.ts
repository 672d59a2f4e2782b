/** Both schemes keep a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const style: string = `
:root{color-scheme:light dark;--text:#1a1a1a;--back:#fff;--line:#8a8a8a;--track:#e8e8e8;
--good:#14622f;--soon:#7a4b00;--bad:#a1121b;--wait:#1c4f9c}
@media screen and (prefers-color-scheme:dark){:root{--text:#eee;--back:#161616;--line:#888;--track:#333;
--good:#6fd492;--soon:#f2b95c;--bad:#ff8a8a;--wait:#8ab8ff}}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:75rem;
margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
caption{text-align:left;font-weight:600}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top;
font-weight:400;overflow-wrap:anywhere}
thead th{font-weight:600}
code{font-size:.75rem}
.number{text-align:right}
.state{font-weight:600}
.state.active,.state.published{color:var(--good)}
.state.expiring,.state.next_missing,.state.next,.state.retirement_due,.state.switched{color:var(--soon)}
.state.down,.state.missing,.state.unreachable,.state.expired,.state.unreadable{color:var(--bad)}
.state.pending,.state.disabled,.state.awaiting_approval,.state.awaiting_switch{color:var(--wait)}
svg{display:block;width:18rem;height:1.5rem}
.track{fill:var(--track)}.now{fill:var(--text)}.bar{fill:var(--wait)}
.bar.active{fill:var(--good)}.bar.expiring,.bar.next{fill:var(--soon)}
.bar.expired,.bar.missing{fill:var(--bad)}
@media print{:root{color-scheme:light}section{break-inside:avoid}svg{print-color-adjust:exact;
-webkit-print-color-adjust:exact}}
`;
