/**
 * Turns what a program wrote to a terminal into an animated SVG. A line appears when it was written, and
 * the screen scrolls. Without animation, as for people who ask for reduced motion, it shows the end.
 */

const CELL = { width: 8.05, height: 19, fontSize: 13.4 };
const MARGIN = 18;
const TITLE_BAR = 34;
/** A pause longer than this bores. */
const MAX_PAUSE_MS = 900;

const ESCAPE = String.fromCharCode(27);
const ERASE_LINE = `${ESCAPE}[2K`;
const BREAKS = new RegExp(`(\\r\\n|\\n|\\r|${ESCAPE}\\[2K)`);
const STYLES = new RegExp(`(${ESCAPE}\\[[0-9;]*m)`);
const ONE_STYLE = new RegExp(`^${ESCAPE}\\[([0-9;]*)m$`);

const COLOURS = {
  1: "b",
  2: "d",
  31: "r",
  32: "g",
  33: "y",
  36: "c",
};

const STYLE = `
text { font: ${CELL.fontSize}px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; fill: #e6edf3; white-space: pre; }
.b { font-weight: 700; } .d { fill: #9aa4af; } .r { fill: #ff8b82; } .g { fill: #5bd37f; } .y { fill: #e3b341; } .c { fill: #6cc7f0; }
.line { animation: appear 1ms backwards; }
@keyframes appear { from { visibility: hidden; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }`;

function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The lines that stand at the end, each with the time of its last change. */
function linesOf(chunks) {
  const lines = [];
  let current = "";
  let time = 0;
  for (const { delayMs, text } of chunks) {
    time += Math.min(delayMs, MAX_PAUSE_MS);
    for (const piece of text.split(BREAKS)) {
      if (piece === "\n" || piece === "\r\n") {
        lines.push({ text: current, time });
        current = "";
      } else if (piece === "\r" || piece === ERASE_LINE) current = "";
      else current += piece;
    }
  }
  if (current !== "") lines.push({ text: current, time });
  return { lines, end: time };
}

/** A line as `tspan`s, one for each run of one style. */
function spans(line) {
  const active = new Set();
  let out = "";
  for (const part of line.split(STYLES)) {
    const [, codes] = ONE_STYLE.exec(part) ?? [];
    if (codes === undefined) {
      const names = [...active].map((code) => COLOURS[code]).filter(Boolean);
      if (part === "") continue;
      out +=
        names.length === 0
          ? escapeXml(part)
          : `<tspan class="${names.join(" ")}">${escapeXml(part)}</tspan>`;
      continue;
    }
    for (const code of codes.split(";").map(Number)) {
      if (code === 0) active.clear();
      else if (code === 22) for (const weight of [1, 2]) active.delete(weight);
      else if (code === 39) for (const colour of [31, 32, 33, 34, 35, 36]) active.delete(colour);
      else active.add(code);
    }
  }
  return out;
}

/** `chunks` are `{ delayMs, text }`; `title` stands in the window's bar and is read aloud. */
export function recordingSvg(chunks, { title, description, columns, rows }) {
  const { lines, end } = linesOf(chunks);
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = TITLE_BAR + rows * CELL.height + MARGIN;
  const drawn = lines.map(({ text, time }, index) => {
    const y = index * CELL.height + 14;
    return text === ""
      ? ""
      : `<text class="line" x="0" y="${y}" style="animation-delay:${Math.round(time)}ms">${spans(text)}</text>`;
  });
  // Before each line below the last row, the screen moves up by one.
  const moves = lines.slice(rows).map(({ time }, index) => {
    const percent = ((time / end) * 100).toFixed(2);
    return `${percent}% { transform: translateY(${-(index + 1) * CELL.height}px); }`;
  });
  const last = -Math.max(0, lines.length - rows) * CELL.height;
  const scroll = `@keyframes scroll { 0% { transform: none; } ${moves.join(" ")} 100% { transform: translateY(${last}px); } }
.screen { transform: translateY(${last}px); animation: scroll ${Math.round(end)}ms step-end; }`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escapeXml(title)}</title>
<desc id="description">${escapeXml(description)}</desc>
<style>${STYLE}
${scroll}
</style>
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
<circle cx="20" cy="17" r="5.5" fill="#ff5f57"/><circle cx="38" cy="17" r="5.5" fill="#febc2e"/><circle cx="56" cy="17" r="5.5" fill="#28c840"/>
<text x="${width / 2}" y="22" text-anchor="middle" class="d">${escapeXml(title)}</text>
<svg x="${MARGIN}" y="${TITLE_BAR}" width="${width - 2 * MARGIN}" height="${rows * CELL.height + 6}"><g class="screen">
${drawn.filter((line) => line !== "").join("\n")}
</g></svg>
</svg>
`;
}
