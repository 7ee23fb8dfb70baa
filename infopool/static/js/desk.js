// The desk works without this; it only makes some things quicker.

// One menu open at a time, and Escape shuts it.
const menu = document.querySelector("details.rest");
if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// After a refused form the list of what to mend is read out first.
document.getElementById("problems")?.focus();
