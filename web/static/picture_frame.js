// Inside the picture: the search box, and telling the page around it which document was clicked.
"use strict";

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d");
const box = document.getElementById("picture-search");

box.addEventListener("input", () => {
  const wanted = fold(box.value.trim());
  const found = wanted ? nodes.get().filter((node) => node.title && fold(node.title).includes(wanted)) : [];
  network.selectNodes(found.map((node) => node.id));
  document.getElementById("picture-count").textContent = wanted ? String(found.length) : "";
  if (found.length) network.focus(found[0].id, { scale: 1 });
  else network.fit();
});

network.on("click", (event) => {
  const node = event.nodes[0];
  if (Number.isInteger(node)) parent.postMessage({ open: node }, "*");
});
