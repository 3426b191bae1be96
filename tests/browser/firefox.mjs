// Opens states of the built site in Firefox and prints what a reader finds there, as JSON.
//
// Standard input: {"program", "site", "patience": milliseconds that end any wait, "walks":
// [{name: address}, ...], one for each page, "settings": about:config's}, and if need be "again": address,
// "keys": {"address", "value", "unit"}, "reads": [[address, selector, button], ...], pages apart from the others, and "profile": a
// folder, for a reader who comes back. Output: {"found": {name: what}, "again": what, "keys": what,
// "said": [...], "requests": [...], "reads": [{"text", "workers", "requests"}, ...]}. By puppeteer-core over WebDriver BiDi, which every Firefox speaks; Playwright drives only one that it patches.
import { readFileSync } from "node:fs";
import { launch } from "puppeteer-core";

const MOST_TABS = 120; // more than a page has before its form

const task = JSON.parse(readFileSync(0, "utf8"));
const said = [];
const requests = [];

/** What a reader finds once the check has ended, in a result, problems or a failure. */
async function found(page) {
  await page.waitForSelector("[data-result], .problem-summary, [data-failure]:not([hidden])");
  await page.waitForFunction(() => document.activeElement !== document.body); // It moves a frame later.
  return page.evaluate(() => {
    const mark = document.querySelector("[data-table] tr[aria-current=true] .marked");
    return {
      data: { ...document.querySelector("[data-result]")?.dataset },
      row: mark?.closest("tr").dataset.row ?? "",
      mark: mark?.textContent ?? "",
      problems: [...document.querySelectorAll("[data-problems] li")].map((line) => line.textContent.trim()),
      title: document.title,
      focus: document.activeElement.id || document.activeElement.className,
    };
  });
}

/** A new tab, of which every word on the console and every request is kept. */
async function opened(browser, address) {
  const page = await browser.newPage();
  page.setDefaultTimeout(task.patience);
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(task.site + address);
  return page;
}

/** Opens each state of one page, the first by its address, the others by its link alone. */
async function walk(browser, states) {
  const page = await opened(browser, states[0][1]);
  const seen = [];
  for (const [name, address] of states) {
    await page.evaluate((hash) => {
      if (location.hash === hash) return;
      // Otherwise what the last state left would be taken for what this one gives.
      for (const old of document.querySelectorAll("[data-result], .problem-summary")) old.remove();
      location.hash = hash;
    }, address.slice(address.indexOf("#")));
    seen.push([name, await found(page)]);
  }
  await page.close();
  return seen;
}

/** Presses Tab until an element has the focus, as somebody without a mouse does. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${selector}`);
}

async function byKeyboard(browser, { address, value, unit }) {
  const page = await opened(browser, address);
  await tabTo(page, "#value");
  await page.keyboard.type(value);
  await tabTo(page, "input[name=unit]");
  await page.keyboard.press(" ");
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if ((await page.evaluate(() => document.activeElement.value)) === unit) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  return found(page);
}

/** The text of one element, once a button was pressed if need be, and what the page asked for. */
async function read(browser, [address, selector, button]) {
  const before = requests.length;
  const page = await opened(browser, address);
  if (button) await (await page.waitForSelector(button)).click();
  const element = await page.waitForSelector(selector);
  const text = await element.evaluate((found) => found.textContent);
  return { text, workers: page.workers().length, requests: requests.splice(before) };
}

const firefox = { browser: "firefox", executablePath: task.program, extraPrefsFirefox: task.settings, userDataDir: task.profile, timeout: task.patience, protocolTimeout: task.patience };
const browser = await launch(firefox);
try {
  const walked = [];
  for (const states of task.walks) walked.push(...(await walk(browser, Object.entries(states))));
  const again = task.again && (await found(await opened(browser, task.again)));
  const keys = task.keys && (await byKeyboard(browser, task.keys));
  const reads = [];
  for (const one of task.reads ?? []) reads.push(await read(browser, one));
  console.log(JSON.stringify({ found: Object.fromEntries(walked), again, keys, said, requests, reads }));
} finally {
  await browser.close();
}
