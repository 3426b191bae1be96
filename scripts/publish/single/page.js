/**
 * For the single file: the worker's text is in the file, and so is the runtime. The browser
 * makes an address for it that leads to its own memory.
 */
const { Worker: FromAddress } = window;
window.Worker = class extends FromAddress {
  constructor() {
    const text = document.getElementById("worker").textContent;
    // Not a module worker: Chromium starts none for a page that was opened from a disk.
    super(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  }
};
for (const line of document.querySelectorAll("[data-due]"))
  line.hidden = new Date() < new Date(`${line.dataset.due}T23:59:59`);
// Not every browser opens what is folded round the place that a link leads to.
addEventListener("hashchange", () => {
  const there = document.getElementById(location.hash.slice(1));
  let folded = there?.closest("details:not([open])");
  if (!folded) return;
  for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
  there.scrollIntoView();
});
// Results link to pages that lie beside ours on the site. Every source is in this file, too.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="../"]');
  if (!link) return;
  const there = new URL(link.getAttribute("href"), `${document.body.dataset.site}page/`);
  link.href = document.getElementById(there.hash.slice(1)) ? there.hash : there;
});
