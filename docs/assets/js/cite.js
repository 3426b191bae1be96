/**
 * Opens a citation's reference beside it, and marks the link back in the list.
 *
 * A tap, a click or Enter opens it and goes into it, so that a screen reader reads on there. The
 * keyboard's focus alone shows it, without its links, which Tab would have to pass at every
 * citation. Where a browser has no popovers, and without scripts, a citation leads to the list.
 * The words come from the page's list of references (scripts/sources/extension.py).
 */
const list = document.querySelector("section.references");
let shown; // the link whose reference was opened last, and the box that it stands in

const isShown = (link) => shown?.link === link && shown.box.matches(":popover-open");

/** Shows a reference right behind its citation; docs/assets/css/beside.css says where. */
function show(link) {
  const box = document.createElement("span");
  Object.assign(box, { className: "cited beside", popover: "auto", role: "dialog", tabIndex: -1, inert: true });
  box.ariaLabel = link.ariaLabel;
  const inList = Object.assign(document.createElement("a"), { href: link.hash, textContent: list.dataset.list });
  const reference = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  box.append(...reference.cloneNode(true).children, inList);
  box.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") link.ariaExpanded = "true";
    else link.removeAttribute("aria-expanded");
  });
  box.addEventListener("toggle", ({ newState }) => newState === "closed" && box.remove());
  link.closest(".citation").after(box);
  box.showPopover();
  shown = { link, box };
}

/** Marks the link of a reference that leads back to the citation the reader came from. */
function markBack(citation) {
  const words = list.dataset.back;
  for (const old of list.querySelectorAll("[data-here]")) {
    old.ariaLabel = old.ariaLabel.replace(`${words}: `, "");
    delete old.dataset.here;
  }
  for (const back of list.querySelectorAll(".reference-back"))
    if (back.hash === `#${citation.id}`) {
      back.dataset.here = words;
      back.ariaLabel = `${words}: ${back.ariaLabel}`;
    }
}

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  const link = target.closest(".citation a");
  const isBack = link && link === shown?.link && shown.box.contains(relatedTarget);
  if (shown && link !== shown.link && !shown.box.contains(target)) shown.box.hidePopover();
  if (link?.matches(":focus-visible") && "popover" in link && !isBack && !isShown(link)) show(link);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".citation a, .cited > a");
  if (!link) return;
  const box = link.closest(".cited");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (box || elsewhere || !("popover" in link)) {
    markBack(box?.previousElementSibling ?? link.closest(".citation"));
    box?.hidePopover();
    return;
  }
  event.preventDefault();
  link.focus({ preventScroll: true }); // Escape gives the focus back to it.
  if (!isShown(link)) show(link);
  shown.box.inert = false;
  shown.box.focus({ preventScroll: true });
});
