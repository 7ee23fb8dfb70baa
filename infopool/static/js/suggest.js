// Suggestions below the search field while somebody types. The field works the same without.
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
