// Corrections without leaving the place, and by key. Without it the forms work as they stand.
(() => {
  "use strict";
  const told = document.getElementById("mine");
  // What the help at the foot of the page says of the keys.
  const labels = new Map([...document.querySelectorAll("kbd[data-label]")].map((key) => [key.textContent, key.dataset.label]));

  const save = async (form) => {
    const item = form.closest(".p");
    for (const old of item.querySelectorAll(".failed")) old.remove();
    let answer;
    let text;
    try {
      answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "1" } });
      text = await answer.text();
    } catch {
      text = "<h1>The server does not answer.</h1>";
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = answer && answer.ok ? page.querySelector(".p") : null;
    if (fresh) {
      item.replaceWith(document.adoptNode(fresh));
      fresh.querySelector(".fix > summary").focus();
      const waiting = [...fresh.querySelectorAll(".pending")].map((each) => each.textContent);
      told.textContent = waiting.length ? waiting.join("; ") : "as the run found it";
    } else {
      const failed = document.createElement("p");
      failed.className = "failed";
      failed.setAttribute("role", "alert");
      failed.textContent = page.querySelector("h1")?.textContent ?? "not saved";
      form.append(failed);
      form.closest("details").open = true;
    }
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".fix")) return;
    event.preventDefault();
    save(event.target);
  });

  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.key === "Escape" && at.matches("mark")) at.blur();
    const fix = at.closest(".fix");
    if (!fix || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      fix.open = false;
      fix.querySelector("summary").focus();
    } else if (event.key === "Enter" && at.matches("select")) {
      event.preventDefault();
      at.form.requestSubmit();
    } else if (at.matches("summary")) {
      const all = [...document.querySelectorAll(".fix > summary")];
      const step = { j: 1, k: -1 }[event.key];
      const select = fix.querySelector("select[name=label]");
      if (step) {
        all[all.indexOf(at) + step]?.focus();
      } else if (labels.has(event.key)) {
        select.value = labels.get(event.key);
        select.form.requestSubmit();
      } else if (event.key === "u") {
        select.value = at.closest(".p").dataset.label;
        select.form.requestSubmit();
      }
    }
  });
})();
