// What a script adds to the pages; each works without.

// Suggestions below the search field while somebody types.
const WAIT = 120; // milliseconds of quiet before asking
const SHORTEST = 2;

for (const field of document.querySelectorAll("input[data-suggest]")) attach(field);

function attach(field) {
  const list = document.createElement("ul");
  list.id = field.id + "-list";
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  list.hidden = true;
  field.form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  let timer, asked = 0, chosen = -1;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (step && !list.hidden) {
      event.preventDefault();
      choose((chosen + 1 + step + list.children.length + 1) % (list.children.length + 1) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      field.value = list.children[chosen].dataset.text;
    }
  });

  async function ask() {
    const text = field.value.trim(), number = ++asked;
    if (text.length < SHORTEST) return close();
    try {
      const answer = await fetch(field.dataset.suggest + "?q=" + encodeURIComponent(text));
      const lines = answer.ok ? await answer.json() : [];
      if (number === asked && document.activeElement === field) show(lines);
    } catch {
      close(); // no network: typing goes on undisturbed
    }
  }

  function show(lines) {
    list.replaceChildren(...lines.map(line));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !lines.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  function line(suggestion, position) {
    const item = document.createElement("li"), text = document.createElement("bdi"), count = document.createElement("small");
    item.id = list.id + "-" + position;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.text = text.textContent = suggestion.text;
    count.textContent = suggestion.count;
    item.append(text, count);
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      field.value = suggestion.text;
      field.form.requestSubmit();
    });
    return item;
  }

  function choose(position) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = position;
    const item = list.children[position];
    item?.setAttribute("aria-selected", "true");
    item ? field.setAttribute("aria-activedescendant", item.id) : field.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
}

// Reads an offer aloud with voices that live on this device: others would send its words to strangers.
{
  const button = document.querySelector("[data-read]"), voices = window.speechSynthesis, root = document.documentElement;
  const base = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const voice = (tag) => voices.getVoices().find((one) => one.localService && base(one.lang) === base(tag));
  const words = button?.querySelector("span"), start = words?.textContent;

  function show(reading) {
    button.dataset.read = reading ? "on" : "";
    words.textContent = reading ? button.dataset.stop : start;
  }

  function pieces() {
    const found = [], text = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let last; text.nextNode();) {
      const here = text.currentNode.parentElement, block = here.closest("h1,h2,p,th,td,li,.line,.btn");
      if (!block || here.closest(".noprint,svg,script") || !here.checkVisibility?.()) continue;
      const lang = here.closest("[lang]").lang, said = text.currentNode.data.replace(/\s+/g, " ");
      if (last?.block === block && last.lang === lang) last.said += " " + spoken(here, said, lang);
      else found.push((last = { block, lang, said: spoken(here, said, lang) }));
    }
    return found.filter((one) => one.said.trim() && voice(one.lang));
  }

  // A phone number digit by digit; from–to in words.
  function spoken(here, said, lang) {
    if (here.closest("a[href^='tel:']")) return said.replace(/\d/g, "$& ") + ". ";
    if (lang !== root.lang && !here.closest("bdi")) return said;
    return said.replace(/([^\s–]+)–([^\s–]+)/g, (_, first, last) =>
      button.dataset.span.replace("%(first)s", first).replace("%(last)s", last));
  }

  if (button && voices) {
    const offer = () => { button.hidden = !voice(root.lang); };
    offer();
    voices.addEventListener?.("voiceschanged", offer);
    addEventListener("pagehide", () => voices.cancel());
    button.addEventListener("click", () => {
      const reading = button.dataset.read;
      voices.cancel();
      show(!reading);
      if (reading) return;
      const lines = pieces().map(({ said, lang }) =>
        Object.assign(new SpeechSynthesisUtterance(said), { lang, voice: voice(lang), rate: 0.9 }));
      if (lines.length) lines.at(-1).onend = () => show(false);
      lines.forEach((line) => voices.speak(line));
    });
  }
}
