/**
 * Shows what a term means while the mouse or the focus is on it: a tap gives it the focus.
 *
 * The words stand in the term's `title` (scripts/blocks/glossary.py), which a browser shows to a
 * mouse alone, and which goes while they are shown here, so that they are not shown twice.
 */
let shown; // the term, its box and its words

function hide() {
  if (!shown) return;
  const { term, box, words } = shown;
  shown = null;
  box.remove();
  term.removeAttribute("aria-describedby");
  term.title = words;
}

function show(term) {
  if (shown?.term === term || !("popover" in term)) return;
  hide();
  const box = document.createElement("span");
  const words = term.title;
  Object.assign(box, { id: "meaning", className: "meaning beside", popover: "manual", role: "tooltip", textContent: words });
  term.removeAttribute("title");
  term.setAttribute("aria-describedby", box.id);
  term.after(box);
  box.showPopover();
  shown = { term, box, words };
}

document.addEventListener("focusin", ({ target }) => target.matches(".term") && show(target));
document.addEventListener("focusout", hide);
document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  const term = target.closest(".term");
  if (term) show(term);
  else if (!target.closest(".meaning") && shown?.term !== document.activeElement) hide();
});
document.addEventListener("pointerdown", ({ target }) => !target.closest(".term, .meaning") && hide());
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
