/**
 * Finds a choice of a long list as its name is typed.
 *
 * The pattern is "Editable Combobox With List Autocomplete" of the ARIA Authoring Practices.
 * The list stays the form's field, so that answers, links and Python know nothing of this.
 * What was typed and is not in the list becomes the answer too, and Python refuses it in
 * words. GOV.UK's accessible-autocomplete sends the earlier choice there (its issues 205 and
 * 432), which here would count a food that nobody ate.
 */

const WAIT_BEFORE_COUNTING = 700; // A screen reader first says the letter that was typed.

const finders = new WeakMap();

/** Makes every list of a place that is marked so findable, and shows what is chosen in it. */
export function findable(place) {
  for (const select of place.querySelectorAll("select[data-find]")) {
    if (!finders.has(select)) finders.set(select, new Finder(select));
    finders.get(select).show();
  }
}

/** The words of a text, without case and accents. */
function wordsOf(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

class Finder {
  constructor(select) {
    this.select = select;
    this.typed = new Option(); // What the reader typed, where it is no choice of the list.
    this.choices = [...select.options]
      .filter((option) => option.value)
      .map((option) => {
        const { label } = option.parentElement;
        const names = [option.text.split(": ")[0], option.text];
        return { option, label, names, words: wordsOf(`${option.text} ${label} ${option.dataset.also ?? ""}`) };
      });
    this.build();
    this.listen();
  }

  /** Puts the box, the list and the status where the select was, under the same label. */
  build() {
    const { id, labels } = this.select;
    const [label] = labels;
    this.input = element("input", {
      type: "text",
      id: `${id}-find`,
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-describedby": this.select.getAttribute("aria-describedby"),
      autocapitalize: "none",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.status = element("p", { class: "found", role: "status" });
    this.list = element("div", { id: `${id}-list`, role: "listbox", "aria-label": label.textContent });
    const place = element("div", { class: "finder" });
    this.select.closest(".box").replaceWith(place);
    place.append(this.input, this.select, this.status, this.list);
    label.htmlFor = this.input.id;
    this.select.tabIndex = -1;
    this.select.setAttribute("aria-hidden", "true");
    this.close();
  }

  listen() {
    this.input.addEventListener("input", () => this.type());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("click", () => {
      if (!this.list.hidden) return;
      this.open();
      // Select the text, so that typing replaces it, as after Tab.
      if (this.chosen) this.input.select();
    });
    this.input.addEventListener("blur", () => this.close());
    // Keep the focus in the box: otherwise the list closes before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.take(option);
    });
    // The link of a problem leads to the select, and the problem is marked on it.
    this.select.addEventListener("focus", () => this.input.focus());
    this.select.addEventListener("change", () => this.show());
    new MutationObserver(() => {
      if (this.select.hasAttribute("aria-invalid")) this.input.setAttribute("aria-invalid", "true");
      else this.input.removeAttribute("aria-invalid");
    }).observe(this.select, { attributeFilter: ["aria-invalid"] });
  }

  /** The choice that is the answer now, if it is one of the list's. */
  get chosen() {
    return this.choices.find(({ option }) => option.selected);
  }

  /** Shows the answer that the select holds. */
  show() {
    const [answer] = this.select.selectedOptions;
    this.input.value = answer?.value ? answer.text : "";
    this.close();
    this.say(this.chosen ? this.select.dataset.chosen.replace("{choice}", answer.text) : "");
  }

  /** Makes an option the answer, as if it were chosen in the select itself. */
  answer(option) {
    if (option === this.typed) this.select.append(option);
    else this.typed.remove();
    option.selected = true;
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Takes what stands in the box for the answer: a choice by its full name, or text. */
  type() {
    const text = this.input.value.trim();
    const same = (name) => wordsOf(name).join(" ") === wordsOf(text).join(" ");
    const exact = this.choices.find(({ names }) => names.some(same));
    this.typed.value = this.typed.text = text;
    this.answer(exact?.option ?? (text ? this.typed : this.select.options[0]));
    this.open();
  }

  /** The choices of which a word begins with each word in the box; all, where one is shown. */
  found() {
    const { chosen } = this;
    const wanted = chosen?.option.text === this.input.value ? [] : wordsOf(this.input.value);
    const fits = (words) => wanted.every((one) => words.some((word) => word.startsWith(one)));
    return this.choices.filter(({ words }) => fits(words));
  }

  open() {
    const found = this.found();
    const groups = new Map();
    for (const { option, label } of found) {
      if (!groups.has(label)) {
        groups.set(label, element("div", { role: "group", "aria-label": label }));
        groups.get(label).append(element("p", { "aria-hidden": "true" }, label));
      }
      const attributes = { role: "option", id: `${this.list.id}-${option.value}`, "data-value": option.value };
      groups.get(label).append(element("div", attributes, option.text));
    }
    this.list.replaceChildren(...groups.values());
    this.expand(found.length > 0);
    this.activate(this.options.find(({ dataset }) => dataset.value === this.chosen?.option.value));
    const { all, many, none, one } = this.select.dataset;
    const words = found.length === this.choices.length ? all : ({ 0: none, 1: one }[found.length] ?? many);
    // Pass functions: replace() would expand a typed "$&".
    const said = words.replace("{count}", () => found.length).replace("{typed}", () => this.input.value.trim());
    this.say(said, WAIT_BEFORE_COUNTING);
  }

  close() {
    this.expand(false);
    this.activate();
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", open);
    if (open) this.input.setAttribute("aria-controls", this.list.id);
    else this.input.removeAttribute("aria-controls");
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.options.find((option) => option.id === this.input.getAttribute("aria-activedescendant"));
  }

  /** Marks the option that Enter will take, and no other; the focus stays in the box. */
  activate(option) {
    for (const one of this.options) one.setAttribute("aria-selected", one === option);
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** Goes to the next option or the one before, round the ends. */
  move(step) {
    if (this.list.hidden) {
      this.open();
      if (this.active) return;
    }
    const { active, options } = this;
    const none = step > 0 ? -1 : 0;
    const from = active ? options.indexOf(active) : none;
    this.activate(options[(from + step + options.length) % options.length]);
  }

  take({ dataset }) {
    this.answer(this.choices.find(({ option }) => option.value === dataset.value).option);
    this.show();
  }

  press(event) {
    if (event.isComposing) return;
    const { key } = event;
    const open = !this.list.hidden;
    if (key === "ArrowDown" || key === "ArrowUp") this.move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" && open) this.enter();
    else if (key === "Escape") this.escape(open);
    else {
      if (key === "Tab" && this.active) this.take(this.active);
      // These keys move the cursor in the box: no option is marked any more.
      if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) this.activate();
      return;
    }
    event.preventDefault();
  }

  /** While the list is open Enter chooses from it and never sends the form. */
  enter() {
    const [first, second] = this.options;
    const option = this.active ?? (second ? null : first);
    if (option) this.take(option);
  }

  /** Closes the list; where it is closed, empties the box. */
  escape(open) {
    this.close();
    if (open) return;
    this.answer(this.select.options[0]);
    this.show();
  }

  say(text, wait = 0) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.status.textContent = text), wait);
  }
}
