// Says two minutes before the session ends that it does, and lets it go on with one click.
const box = document.getElementById("parting");
const button = box.querySelector("button");
const over = document.getElementById("parting-over");
const windows = "BroadcastChannel" in window ? new BroadcastChannel("infopool-session") : null;
let timers = [];

function begin(seconds) {
  timers.forEach(clearTimeout);
  box.hidden = true;
  const warn = Math.max(0, seconds - Number(box.dataset.warn));
  timers = [setTimeout(ask, warn * 1000), setTimeout(end, seconds * 1000)];
}

function ask() {
  button.hidden = false;
  over.hidden = true;
  document.getElementById("parting-says").hidden = false;
  box.hidden = false;
  button.focus();
}

function end() {
  button.hidden = true;
  over.hidden = false;
  document.getElementById("parting-says").hidden = true;
  box.hidden = false;
}

function goesOn(seconds) {
  begin(seconds);
  windows?.postMessage(seconds);
}

button.addEventListener("click", async () => {
  try {
    const answer = await fetch(box.dataset.address, { method: "POST", redirect: "error" });
    goesOn((await answer.json()).seconds);
  } catch {
    end();
  }
});
// Another window of the desk was used: the session goes on here too.
windows?.addEventListener("message", (event) => begin(event.data));
goesOn(Number(box.dataset.seconds));
