// For the single file: says so where the end of the file, or its script there, did not arrive.
const { classList, dataset } = document.documentElement;
classList.remove("no-js");
addEventListener("load", () => {
  if (dataset.whole) return; // The last line of the last script.
  classList.add("no-js");
  const words = document.createElement("p");
  words.className = "damaged failure md-typeset";
  words.role = "alert";
  words.textContent = dataset.damaged;
  document.body.prepend(words);
});
