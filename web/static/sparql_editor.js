// Puts YASGUI's editor in the place of the textarea of the query form. Without this file, and one button away, the
// textarea is the form. Nothing is asked but this site: the editor's own completers, which call others, stay off.

const field = document.getElementById("query");
const place = document.getElementById("query-editor");
const help = document.getElementById("query-editor-help");
const { Yasqe } = window;
const plain = document.getElementById("query-plain");
const words = place.dataset;
const MOST = 50; // suggestions

const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

let known = { prefixes: {}, terms: [], graphs: [] };

// [name, kind, Vietnamese, English] as it is searched: by name and by the words of both labels.
function searchable([text, kind, vi, en]) {
  const label = words.language === "vi" ? vi : en;
  const [prefix, local] = text.split(":");
  return { text, kind, label, prefix, local: fold(local), labels: [fold(vi), fold(en)], length: (label || local).length };
}

// How well a term fits what was typed, from 0; -1 where it does not: the name's beginning, a label's, words, the rest.
function rank(term, typed) {
  const asked = typed.split(" ").filter(Boolean);
  if (term.local.startsWith(asked.join(""))) return 0;
  if (term.labels.some((label) => label.startsWith(typed))) return 1;
  const hasAll = (label) => asked.every((word) => label.split(/[ ,()/-]+/).some((each) => each.startsWith(word)));
  if (term.labels.some(hasAll)) return 2;
  return term.local.includes(asked.join("")) ? 3 : -1;
}

function termsLike(prefix, typed, first) {
  const folded = fold(typed).trim();
  return known.terms
    .filter((term) => prefix === "" || term.prefix === prefix)
    .map((term) => ({ ...term, rank: rank(term, folded) }))
    .filter((term) => term.rank >= 0)
    .sort((a, b) => a.rank - b.rank || (b.kind === first) - (a.kind === first) || (folded ? a.length - b.length : 0) || a.text.localeCompare(b.text))
    .slice(0, MOST);
}

function variablesLike(typed, text) {
  const all = new Set(text.match(/[?$][A-Za-z_]\w*/g));
  return [...all].filter((each) => each.startsWith(typed) && each !== typed).sort().map((each) => ({ text: each, kind: "variable" }));
}

const asLine = ([name, iri]) => ({ text: `PREFIX ${name}: <${iri}>`, kind: "prefix" });

// What may stand where the cursor is: the list, and how many characters before the cursor it takes the place of.
function suggestions(before, text, wanted) {
  const [variable] = before.match(/[?$]\w*$/) ?? [];
  if (variable) return { list: variablesLike(variable, text), length: variable.length };
  const [line, name] = before.match(/^\s*PREFIX\s+(\w*):?$/i) ?? [];
  if (line) {
    const fitting = Object.entries(known.prefixes).filter(([each]) => each.startsWith(name));
    return { list: fitting.map(asLine), length: line.trimStart().length };
  }
  const [graph] = before.match(/(?<=\b(?:GRAPH|FROM|NAMED)\s+)<[^>\s]*$/i) ?? [];
  if (graph) {
    const graphs = known.graphs.map((iri) => ({ text: `<${iri}>`, kind: "graph" }));
    return { list: graphs.filter((one) => one.text.startsWith(graph)), length: graph.length };
  }
  const first = /\s(?:a|rdf:type)\s+[^?<{}();.]*$/.test(before) ? "class" : "property";
  const [whole, prefix, typed] = before.match(/\b([a-z]+):([\p{L}\p{M}\p{N} -]*)$/u) ?? [];
  if (whole && prefix in known.prefixes) {
    const ended = known.terms.some((term) => typed.startsWith(`${term.text.slice(prefix.length + 1)} `) && term.prefix === prefix);
    const list = ended ? [] : termsLike(prefix, typed, first).filter((term) => term.text !== whole);
    return { list, length: whole.length };
  }
  return wanted ? byLabel(before, first) : { list: [], length: 0 };
}

// "…; ngày ban hành" and Ctrl+Space: the longest run of words before the cursor that a label has.
function byLabel(before, first) {
  const [run] = before.match(/[\p{L}\p{M}\p{N}]+(?: [\p{L}\p{M}\p{N}]+)*$/u) ?? [""];
  const parts = run.split(" ");
  for (let from = 0; run && from < parts.length; from += 1) {
    const typed = parts.slice(from).join(" ");
    const list = termsLike("", typed, first);
    if (list.length) return { list, length: typed.length };
  }
  return { list: run ? [] : termsLike("cd", "", first), length: 0 };
}

function shown(element, suggestion) {
  const name = document.createElement("span");
  const note = document.createElement("small");
  name.textContent = suggestion.text;
  note.textContent = [suggestion.label, words[suggestion.kind]].filter(Boolean).join(" · ");
  element.append(name, " ", note);
  element.parentNode.setAttribute("aria-label", words.suggestions);
  element.parentNode.tabIndex = 0; // whoever scrolls by keyboard must be able to get there
}

// A name whose prefix is not declared yet brings its PREFIX line.
function declare(name) {
  const prefix = name.match(/^([a-z]+):/)?.[1];
  if (prefix in known.prefixes && !(prefix in editor.getPrefixesFromQuery())) editor.addPrefixes({ [prefix]: known.prefixes[prefix] });
}

function take(cm, data, suggestion) {
  cm.replaceRange(suggestion.text, data.from, data.to, "complete");
  declare(suggestion.text);
}

function hints(cm, wanted) {
  const cursor = cm.getCursor();
  const before = cm.getLine(cursor.line).slice(0, cursor.ch);
  const inText = /\b(?:comment|string)(?!-)/.test(cm.getTokenTypeAt(cursor) ?? "") || before.split('"').length % 2 === 0;
  const { list, length } = inText ? { list: [], length: 0 } : suggestions(before, cm.getValue(), wanted);
  const from = { line: cursor.line, ch: cursor.ch - length };
  return { from, to: cursor, list: list.map((one) => ({ ...one, render: (element) => shown(element, one), hint: take })) };
}

function suggest(cm, wanted) {
  if (!hints(cm, wanted).list.length) return;
  cm.showHint({ hint: () => hints(cm, wanted), completeSingle: false, closeCharacters: /[(){};,."']/, container: editor.rootEl });
}

function run() {
  field.form.requestSubmit();
}

// Tab leads on and back, as everywhere on the page; within the list of suggestions it takes one.
const keys = {
  Tab: () => plain.focus(), "Shift-Tab": false, Esc: false, "Ctrl-S": false,
  "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": (cm) => suggest(cm, true),
};
Yasqe.defaults.autocompleters = [];
const editor = new Yasqe(place, {
  value: field.value, screenReaderLabel: words.label, extraKeys: keys, editorHeight: "20rem", requestConfig: { endpoint: field.form.action },
  persistenceId: null, consumeShareLink: null, createShareableLink: null, showQueryButton: false, prefixCcApi: null,
});

function show(isPlain) {
  [field.hidden, place.hidden] = [!isPlain, isPlain];
  plain.textContent = isPlain ? plain.dataset.rich : plain.dataset.plain;
  if (isPlain) return field.focus();
  editor.setValue(field.value);
  editor.refresh();
  editor.focus();
}

// The editor tells of a line it can't read in English, and as markup: the reader's words in its place.
function explainErrors() {
  for (const icon of editor.getWrapperElement().querySelectorAll(".parseErrorIcon")) {
    Object.assign(icon, { title: words.error, ariaLabel: words.error, role: "img", onmouseover: null, onmouseout: null });
  }
}

editor.on("changes", explainErrors);
editor.on("change", () => { field.value = editor.getValue(); });
editor.on("inputRead", (cm, change) => {
  const before = cm.getLine(change.from.line).slice(0, change.from.ch);
  if (change.origin === "+input" && !cm.state.completionActive) suggest(cm, false);
  if (change.text[0] === ":" && !/PREFIX\s+\w*$/i.test(before)) declare(`${before.match(/[a-z]*$/)[0]}:`);
});
plain.addEventListener("click", () => show(!place.hidden));
document.querySelector("label[for=query]").addEventListener("click", () => place.hidden || editor.focus());

const button = field.form.querySelector("[type=submit]");
const idle = button.textContent;
field.form.addEventListener("submit", () => { button.textContent = words.running; });
window.addEventListener("pageshow", () => { button.textContent = idle; });

field.after(place, help);
[field.hidden, place.hidden, help.hidden] = [true, false, false];
editor.getInputField().setAttribute("aria-describedby", help.id);
Object.assign(editor.getScrollerElement(), { tabIndex: 0, ariaLabel: words.label, role: "group" });
editor.refresh();
explainErrors();
const answer = await fetch(words.terms);
if (answer.ok) known = await answer.json();
known.terms = known.terms.map(searchable);
place.dataset.ready = "";
