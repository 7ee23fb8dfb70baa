// The quick way out: the page goes blank at once, also on a slow network, and the browser's way back does not lead here.
for (const link of document.querySelectorAll("[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = " ";
    location.replace(link.href);
  });
}
