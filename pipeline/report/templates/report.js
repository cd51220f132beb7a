// Filters and search. Without it the page can be read as it stands.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const docs = [...document.querySelectorAll("details.doc")].map((doc) => ({
    doc,
    wasOpen: doc.open,
    paragraphs: [...doc.querySelectorAll(".p")].map((p) => ({ p, text: p.textContent.toLocaleLowerCase() })),
    head: doc.querySelector("summary").textContent.toLocaleLowerCase(),
  }));
  const total = docs.reduce((sum, each) => sum + each.paragraphs.length, 0);
  const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  let status = "";

  const wanted = () => {
    const data = new FormData(form);
    return Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value));
  };

  const fits = ({ p, text }, want, needle) =>
    (!want.language || p.dataset.language === want.language) &&
    (!want.label || p.dataset.label === want.label) &&
    (!want.keep || p.dataset.keep === want.keep) &&
    (!want.doubtful || p.dataset.doubtful === want.doubtful) &&
    (!want.kind || p.dataset.kind.split(" ").includes(want.kind)) &&
    (!needle || text.includes(needle));

  const mark = (found, needle) => {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("found");
    if (!needle) return;
    const ranges = [];
    for (const p of found.slice(0, 400)) {
      const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const text = node.data.toLocaleLowerCase();
        // A letter that changes its length with its case would shift what follows.
        if (text.length !== node.data.length) continue;
        for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + needle.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  const apply = () => {
    const want = wanted();
    const needle = (want.text || "").toLocaleLowerCase();
    const filtered = Object.keys(want).length > 0;
    const found = [];
    let shown = 0;
    for (const each of docs) {
      const isStatus = !status || each.doc.dataset.status === status;
      // A search that fits the title or id shows the document whole.
      const whole = needle && each.head.includes(needle);
      let hits = 0;
      for (const item of each.paragraphs) {
        const hit = isStatus && fits(item, want, whole ? "" : needle);
        item.p.hidden = !hit;
        if (hit) { hits += 1; found.push(item.p); }
      }
      const visible = isStatus && (hits > 0 || !filtered);
      each.doc.hidden = !visible;
      if (visible) shown += 1;
      each.doc.open = filtered || status ? visible : each.wasOpen;
    }
    mark(found, needle);
    count.textContent = filtered || status
      ? `${plural(found.length, "paragraph")} of ${total.toLocaleString("en")}, in ${plural(shown, "document")}`
      : `${plural(total, "paragraph")} in ${plural(docs.length, "document")}`;
  };

  const choose = (name, value) => {
    form.reset();
    status = "";
    if (name === "status") { status = value; return; }
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
    // Something that stands in none of the documents shown: say that there is none, not that all fit.
    if (field.type !== "checkbox" && field.value !== value) field.append(new Option(value, value, false, true));
  };

  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.addEventListener("reset", () => { status = ""; setTimeout(apply); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link) return;
    const [name, ...rest] = link.dataset.filter.split("=");
    choose(name, rest.join("="));
    apply();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement.matches("mark")) document.activeElement.blur();
  });
  // A narrow screen has the table in place of the picture.
  if (matchMedia("(max-width: 43.99rem)").matches) document.querySelector(".as-table").open = true;
  form.hidden = false;
  apply();
})();
