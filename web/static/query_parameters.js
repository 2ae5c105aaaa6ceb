// Suggestions while typing for the blanks that name a document or a body: a combobox with a list, by keyboard too.
// Without this file the field takes the same words, and the server asks which is meant.

const WAIT = 200; // milliseconds without a key before the server is asked

function combobox(field) {
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let asked = new AbortController();
  let waiting = 0;
  let active = -1;

  Object.assign(input, { id: field.id, value: field.dataset.shown || field.value, maxLength: 200, autocomplete: "off", spellcheck: false });
  const roles = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${field.id}-choices`,
    "aria-describedby": field.getAttribute("aria-describedby"),
  };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  Object.assign(list, { id: `${field.id}-choices`, className: "choices", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.type = "hidden";
  field.removeAttribute("id");
  field.before(input, list, status);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(choice) {
    [field.value, input.value] = [choice.dataset.value, choice.dataset.label];
    close();
  }

  function option({ value, label, note }, at) {
    const item = document.createElement("li");
    const small = document.createElement("small");
    Object.assign(item, { id: `${list.id}-${at}`, textContent: `${label} ` });
    Object.assign(item.dataset, { value, label });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    small.textContent = note;
    item.append(small);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(item); });
    return item;
  }

  function mark(at) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const item = list.children[active];
    item.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    asked.abort();
    asked = new AbortController();
    const query = new URLSearchParams({ picks: field.dataset.picks, q: input.value });
    try {
      const answer = await fetch(`/sparql/choices.json?${query}`, { signal: asked.signal });
      if (answer.ok) offer(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function offer(found) {
    close();
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? `${found.length} ${field.dataset.found}` : field.dataset.none;
  }

  // What was typed counts until something is chosen.
  input.addEventListener("input", () => {
    field.value = input.value;
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    const steps = { ArrowDown: (active + 1) % count, ArrowUp: (active <= 0 ? count : active) - 1 };
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key in steps && count) mark(steps[event.key]);
    else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("input[data-picks]").forEach(combobox);
