// Visits pages in Firefox as scripts/bench_visits.py does in Chromium, and prints the times.
//
// Standard input: {"program", "patience", "first", "ready", "kept", "settle", "visits":
// [{"address", "ask", "kept": whether to wait for what is kept}]}, the scripts as source text.
// Output: {"version", "visits": [{"cold", "warm"}]}, in milliseconds, each visit with a profile
// of its own. By puppeteer-core over WebDriver BiDi, for the reason in tests/firefox.mjs.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { launch } from "puppeteer-core";

const task = JSON.parse(readFileSync(0, "utf8"));
const limits = { timeout: task.patience, protocolTimeout: task.patience * 2 };
let version = "";

async function visit({ address, ask, kept }) {
  const browser = await launch({ browser: "firefox", executablePath: task.program, ...limits });
  try {
    version = await browser.version();
    const page = await browser.newPage();
    page.setDefaultTimeout(task.patience);
    const call = (script, given) => page.evaluate(`(${script})(${JSON.stringify(given ?? null)})`);
    await page.goto(address, { waitUntil: "load" });
    await call(task.ready);
    const cold = await call(ask, [task.first, 0]);
    await pause(task.settle);
    if (kept) await call(task.kept);
    await page.reload({ waitUntil: "load" });
    await pause(task.settle);
    return { cold, warm: await call(ask, [task.first, 0]) };
  } finally {
    await browser.close();
  }
}

const visits = [];
for (const one of task.visits) visits.push(await visit(one));
console.log(JSON.stringify({ version, visits }));
