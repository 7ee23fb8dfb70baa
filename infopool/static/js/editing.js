// The offer form keeps what is typed by itself, and shows how it was understood. Without this the buttons do the same.

const form = document.getElementById("offer-form");
const PAUSE = 2500;
const kept = document.getElementById("kept");
const overtaken = document.getElementById("overtaken");
let timer = 0;
let busy = false;
let changed = false;
let stopped = false;

const field = (name) => form.elements.namedItem(name);
let waiting = null;

function lines(holder, css, texts) {
  if (!texts.length) return;
  const block = document.createElement("p");
  block.className = css;
  for (const text of texts) {
    const line = document.createElement("span");
    line.className = "line";
    line.textContent = text;
    block.append(line);
  }
  holder.append(block);
}

function tell(answer) {
  for (const holder of form.querySelectorAll(".live")) {
    const name = holder.id.slice(2);
    const heard = answer.understood[name] || [];
    const fault = answer.problems[name];
    const now = JSON.stringify([heard, fault, answer.hints[name], answer.reads[name]]);
    if (holder.dataset.now === now) continue;
    holder.dataset.now = now;
    holder.replaceChildren();
    lines(holder, "heard-as", heard);
    lines(holder, "wrong", fault ? [fault] : []);
    lines(holder, "hint", [...(answer.hints[name] ? [answer.hints[name]] : []), ...(answer.reads[name] || [])]);
    const input = document.getElementById("f-" + name);
    if (fault) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    const old = document.getElementById("p-" + name);
    if (old) old.hidden = true;
  }
  alike(answer.alike);
}

function alike(found) {
  const holder = document.getElementById("alike");
  const now = JSON.stringify(found);
  if (holder.dataset.now === now || (!found.length && !holder.firstChild)) return;
  holder.dataset.now = now;
  holder.replaceChildren();
  if (!found.length) return;
  const box = document.createElement("div");
  box.className = "notice";
  const heading = document.createElement("h3");
  heading.textContent = form.dataset.alike;
  const list = document.createElement("ul");
  list.className = "marks";
  for (const one of found) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = one.address;
    link.textContent = one.title;
    const why = document.createElement("small");
    why.className = "soft";
    why.textContent = " " + one.why;
    line.append(link, why);
    list.append(line);
  }
  box.append(heading, list);
  holder.append(box);
}

function content() {
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form)) sent.append(name, value);
  return sent;
}

async function keep() {
  clearTimeout(timer);
  if (busy || stopped || !changed) return;
  busy = true;
  changed = false;
  try {
    const response = await fetch(form.dataset.autosave, { method: "POST", body: content() });
    if (response.status === 409) {
      stopped = true;
      overtaken.querySelector("p").textContent = (await response.json()).sentence;
      overtaken.hidden = false;
      overtaken.querySelector("button").focus();
      return;
    }
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const answer = await response.json();
    field("edit").value = answer.edit;
    field("version").value = answer.version;
    if (location.pathname !== answer.address) history.replaceState(null, "", answer.address);
    kept.textContent = answer.said;
    tell(answer);
    if (changed) later();
  } catch {
    changed = true;
    kept.textContent = form.dataset.lost;
    later(4 * PAUSE);
  } finally {
    busy = false;
    if (waiting) form.requestSubmit(waiting);
  }
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

form.addEventListener("input", () => {
  changed = true;
  later();
});
form.addEventListener("focusout", (event) => {
  if (changed && event.target.matches("input, textarea, select")) keep();
});
// A button pressed while something is on its way waits for the answer, which says what number the form has.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (busy && event.submitter) {
    event.preventDefault();
    waiting = event.submitter;
    return;
  }
  stopped = true;
});

// Leaving the page: one last time, by a message that outlives it.
addEventListener("pagehide", () => {
  if (changed && !stopped && !busy) navigator.sendBeacon(form.dataset.autosave, content());
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Providers whose name begins like this.
const provider = document.getElementById("f-provider");
const list = document.getElementById("providers");
let asked = "";
provider.addEventListener("input", async () => {
  const typed = provider.value.trim();
  if (typed.length < 2 || typed === asked) return;
  asked = typed;
  try {
    const names = await (await fetch(form.dataset.providers + "?q=" + encodeURIComponent(typed))).json();
    if (typed !== asked) return;
    list.replaceChildren(...names.map((name) => new Option(name, name)));
  } catch {
    // The field works without suggestions.
  }
});
