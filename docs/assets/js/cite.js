/**
 * Shows a citation's reference beside it on the first tap, and marks the link back in the list.
 *
 * Mouse and keyboard get the theme's tooltip (content.footnote.tooltips). On a touch screen a tap
 * would jump to the foot of the page instead. The words come from the page's list of references
 * (scripts/sources/extension.py).
 */
const list = document.querySelector("section.references");
const GAP = 8; // pixels between a citation and its reference

/** True for a touch. Where the event does not say, true if the device has no mouse. */
function byFinger({ pointerType }) {
  return pointerType ? pointerType === "touch" : matchMedia("(hover: none)").matches;
}

/** Shows the reference right behind its citation, where a screen reader reads on. */
function show(link, citation) {
  const box = document.createElement("span");
  Object.assign(box, { className: "cited", popover: "auto", role: "dialog", tabIndex: -1, autofocus: true });
  box.ariaLabel = link.ariaLabel;
  const inList = Object.assign(document.createElement("a"), { href: link.hash, textContent: list.dataset.list });
  const reference = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  box.append(...reference.cloneNode(true).children, inList);
  box.addEventListener("toggle", ({ newState }) => newState === "closed" && box.remove());
  citation.after(box);
  box.showPopover();
  stand(box, link.getBoundingClientRect());
}

/** Puts it under the link, or over it where there is more room; it scrolls with the page. */
function stand(box, { left, top, bottom }) {
  const { width, height } = box.getBoundingClientRect();
  const under = bottom + GAP + height <= innerHeight || top < innerHeight / 2;
  box.style.top = `${scrollY + (under ? bottom + GAP : top - GAP - height)}px`;
  box.style.left = `${Math.max(GAP, Math.min(left - width / 2, document.documentElement.clientWidth - width - GAP))}px`;
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

document.addEventListener("click", (event) => {
  const link = event.target.closest(".citation a, .cited > a");
  if (!link) return;
  const box = link.closest(".cited");
  const citation = box?.previousElementSibling ?? link.closest(".citation");
  if (!box && byFinger(event) && "popover" in link) {
    event.preventDefault();
    show(link, citation);
    return;
  }
  markBack(citation);
  box?.hidePopover();
});
