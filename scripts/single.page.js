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
// Results link to pages that lie beside ours on the site, and not beside this file.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="../"]');
  if (link) link.href = new URL(link.getAttribute("href"), `${document.body.dataset.site}page/`);
});
