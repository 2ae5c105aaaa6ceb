// Niceties only: every page works without this file.
"use strict";

// A quote cut by an overlapping one is several marks: show all of them when a link leads to it.
function showQuote() {
  const id = decodeURIComponent(location.hash.slice(1));
  for (const mark of document.querySelectorAll("mark[data-quotes]")) {
    mark.classList.toggle("shown", id !== "" && mark.dataset.quotes.split(" ").includes(id));
  }
}
window.addEventListener("hashchange", showQuote);
showQuote();

// Explorer: arrow keys move within a column and between columns.
const columns = [...document.querySelectorAll(".explorer .column")];

function step(column, from, by) {
  const links = [...column.querySelectorAll(".rows a")];
  const next = links[links.indexOf(from) + by];
  if (next) next.focus();
}

function cross(place, by) {
  for (let at = place + by; columns[at]; at += by) {
    const link = columns[at].querySelector(".rows a[aria-current]") || columns[at].querySelector(".rows a");
    if (link) return link.focus();
  }
}

const moves = {
  ArrowDown: (place, link) => step(columns[place], link, 1),
  ArrowUp: (place, link) => step(columns[place], link, -1),
  ArrowRight: (place) => cross(place, 1),
  ArrowLeft: (place) => cross(place, -1),
};

columns.forEach((column, place) => column.addEventListener("keydown", (event) => {
  const move = moves[event.key];
  const link = event.target.closest("a");
  if (!move || !link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  move(place, link);
}));

// Picture: a click on a document leads to its page. The frame tells only its number; the address is from our own list.
const frame = document.querySelector("iframe.picture");
window.addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow || !Number.isInteger(event.data?.open)) return;
  const link = document.querySelectorAll("#picture-list > li > a")[event.data.open];
  if (link) location.assign(link.href);
});

// PNG is drawn from the SVG, twice as fine; without this script the SVG is there.
const png = document.getElementById("picture-png");

async function drawPng(event) {
  if (png.href.startsWith("blob:")) return;
  event.preventDefault();
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(await (await fetch(document.getElementById("picture-svg").href)).text());
  await image.decode();
  const canvas = document.createElement("canvas");
  const fine = Math.min(2, 16000 / Math.max(image.width, image.height));
  [canvas.width, canvas.height] = [image.width * fine, image.height * fine];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  png.href = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done, "image/png")));
  png.click();
}

if (png) {
  png.hidden = false;
  png.addEventListener("click", drawPng);
}
