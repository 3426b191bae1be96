// What a reader does on a page and what the page then shows: visits.py calls these functions.
const PATIENCE = 600_000; // milliseconds for whatever is awaited here, on a slow line too
let longest = 0;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const inTime = (promise) =>
  Promise.race([promise, pause(PATIENCE).then(() => Promise.reject(new Error("not in time")))]);

// Our page: the reader touches the form, types, spends some time on it and presses the button.
const askForm = async (form, value, spent) => {
  const touched = performance.now();
  form.querySelector("[name=value]").focus();
  form.dispatchEvent(new Event("focusin"));
  form.querySelector("[name=value]").value = value;
  form.querySelector("[name=unit][value='mmol/L']").checked = true;
  if (spent) await pause(spent);
  const asked = spent ? performance.now() : touched;
  const result = () => form.querySelector("[data-result=serum]");
  const earlier = result();
  form.requestSubmit();
  while (!result() || result() === earlier)
    await new Promise((resolve) => {
      const seen = new MutationObserver(() => (seen.disconnect(), resolve()));
      seen.observe(form, { childList: true, subtree: true });
    });
  return performance.now() - asked;
};

const askOther = async (value) => {
  const asked = performance.now();
  document.body.innerHTML = await answer(value);
  return performance.now() - asked;
};

// The browser goes on keeping after a first answer: the snapshot, under an address of its own, and
// where there is a service worker each file of the runtime.
const keepAll = async (form) => {
  const { runtime, files } = form.dataset;
  const kept = (await navigator.serviceWorker?.getRegistration()) ? JSON.parse(files) : {};
  delete kept["whole.wasm"]; // Kept only where it was needed.
  const places = Object.entries(kept).map(([name, { sha256 }]) => `${sha256.slice(0, 16)}/${name}`);
  for (const place of [`${runtime}/`, ...places]) {
    const address = new URL(`../assets/runtime/${place}`, document.baseURI).href;
    while (!(await caches.match(address, { ignoreVary: true }))) await pause(100);
  }
};

const formOf = () => document.querySelector("form[data-check=serum]");
window.reader = {
  // The service worker keeps the pages before a reader touches the form.
  arrive: async () => {
    if (document.querySelector("meta[name=offline]")) await inTime(navigator.serviceWorker?.ready);
  },
  watch: () =>
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: "longtask" }),
  blocked: () => longest,
  ask: ([value, spent]) => inTime(formOf() ? askForm(formOf(), value, spent) : askOther(value)),
  keep: () => formOf() && inTime(keepAll(formOf())),
};
