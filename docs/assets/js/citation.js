/** "Cite this page", at the foot of each: the day that it is read, and a button that copies it. */
const citation = document.querySelector("[data-citation]");
const button = document.querySelector(".citation-files button");

if (citation) {
  const read = citation.querySelector("[data-read]");
  const today = { day: "numeric", month: "long", year: "numeric" };
  read.querySelector("time").textContent = new Date().toLocaleDateString("en-GB", today);
  read.hidden = false;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { copied, refused } = button.dataset;
    const done = await navigator.clipboard.writeText(citation.textContent).then(() => copied, () => refused);
    button.nextElementSibling.textContent = done;
  });
}
