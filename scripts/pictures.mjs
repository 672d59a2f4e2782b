/**
 * `npm run pictures`: makes the pictures of the README and the site in `docs/pictures`: a recording of
 * the demo, and screenshots of the dashboard and of the browser page. Needs Chromium and `script` of
 * util-linux (both are Debian packages). With a folder as argument it writes there.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { load, root } from "./load.mjs";
import { recordingSvg } from "./pictures/recording.mjs";

const COLUMNS = 100;
const ROWS = 30;
const out = resolve(process.argv[2] ?? join(root, "docs", "pictures"));
const runner = join(root, "scripts", "run.mjs");
const scratch = mkdtempSync(join(tmpdir(), "samlcert-pictures-"));

function save(name, content) {
  const path = join(out, name);
  writeFileSync(path, content);
  process.stdout.write(
    `${relative(process.cwd(), path)}  ${Math.ceil(statSync(path).size / 1024)} KiB\n`,
  );
}

/** Runs a command in a terminal; returns what it wrote, and when. */
function record(command) {
  const [log, timing] = ["out", "timing"].map((name) => join(scratch, name));
  const line = `stty cols ${COLUMNS} rows ${ROWS}; ${command}`;
  const args = ["--quiet", "--return", "--flush", "--log-out", log, "--log-timing", timing];
  const { status, error } = spawnSync("script", [...args, "--command", line], {
    cwd: scratch,
    env: { ...process.env, TERM: "xterm-256color", FORCE_COLOR: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`${command} ended with ${status ?? error?.message}.`);
  // The log starts with a line of its own; the timing counts bytes after it.
  const bytes = readFileSync(log);
  let at = bytes.indexOf("\n") + 1;
  return readFileSync(timing, "utf8")
    .trim()
    .split("\n")
    .map((entry) => {
      const [seconds, length] = entry.split(" ").map(Number);
      const text = bytes.subarray(at, at + length).toString("utf8");
      at += length;
      return { delayMs: seconds * 1000, text };
    });
}

/** A screenshot as WebP, which Chromium makes itself. */
async function screenshot(page, height) {
  const session = await page.context().newCDPSession(page);
  const width = page.viewportSize().width;
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: 82,
    clip,
  });
  return Buffer.from(data, "base64");
}

async function dashboard(browser) {
  const { startAccount } = await load("scripts/pictures/account.ts");
  const account = await startAccount(scratch);
  const file = join(scratch, "status.html");
  try {
    const { runCommand } = await load("test/support/cli.ts");
    const { stderr } = await runCommand(["watch", "--html", file], {
      env: account.env,
      cwd: scratch,
    });
    if (!existsSync(file)) throw new Error(stderr);
  } finally {
    await account.close();
  }
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
  await page.goto(pathToFileURL(file).href);
  return screenshot(page, 760);
}

async function playground(browser) {
  const folder = join(scratch, "playground");
  spawnSync(process.execPath, [join(root, "scripts", "playground.mjs"), folder]);
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
  await page.goto(pathToFileURL(join(folder, "index.html")).href);
  await page
    .locator("textarea")
    .first()
    .fill(readFileSync(join(root, "fixtures/demo/pasted.txt"), "utf8"));
  await page.locator("svg").first().waitFor();
  return screenshot(page, 760);
}

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
try {
  const title = "npm run demo";
  const description =
    "samlcert refuses an upload with a private key, writes SP metadata, and rotates a certificate " +
    "at a fake SendGrid while people sign in; nobody is refused.";
  const chunks = record(`node ${runner} demo`);
  save("demo.svg", recordingSvg(chunks, { title, description, columns: COLUMNS, rows: ROWS }));
  save("dashboard.webp", await dashboard(browser));
  save("page.webp", await playground(browser));
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
