(function () {
  "use strict";
  var root = document.documentElement;
  var all = Array.prototype.slice;
  function within(part, selector) { return all.call(part.querySelectorAll(selector)); }
  var parts = within(document, ".language");
  function current() { return document.getElementById(root.getAttribute("data-language")); }

  /* Letters, digits and blanks that people take as the same are the same: Arabic and Persian ye, kaf and digits,
     letters with and without a mark, capitals, joined and spaced words. */
  function folded(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\s]+/g, "")
      .replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/[ةەۀہ]/g, "ه")
      .replace(/[۰-۹]/g, function (digit) { return String(digit.charCodeAt(0) - 0x6f0); })
      .replace(/[٠-٩]/g, function (digit) { return String(digit.charCodeAt(0) - 0x660); });
  }
  /* Every word of what is typed stands somewhere in the text. */
  function matcher(typed) {
    var words = typed.split(/\s+/).map(folded).filter(Boolean);
    return function (text) { return words.every(function (word) { return text.indexOf(word) >= 0; }); };
  }

  /* Languages: a fragment such as #fa or #fa-units opens its language. */
  function choose(language) {
    var part = document.getElementById(language);
    if (!part || !part.classList.contains("language")) { return false; }
    root.lang = part.lang;
    root.dir = part.dir;
    root.setAttribute("data-language", language);
    document.title = part.getAttribute("data-title");
    return true;
  }
  function follow() {
    var name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (error) { /* stands as it is */ }
    var target = name && document.getElementById(name);
    var part = target && target.closest(".language");
    if (!part) { return; }
    choose(part.id);
    if (target === part) { return; }
    if (target.hidden && target.classList.contains("named")) { clear(part); }
    target.scrollIntoView();
  }

  /* Tabs; without this script all panels stand below each other under their headings. */
  within(document, ".tabs").forEach(function (tabs, number) {
    var panels = all.call(tabs.children).filter(function (child) { return child.classList.contains("panel"); });
    if (panels.length === 0) { return; }
    var list = document.createElement("div");
    list.className = "tablist";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", tabs.getAttribute("data-label"));
    function select(index, focus) {
      tabs.chosen = index;
      buttons.forEach(function (button, place) {
        var chosen = place === index;
        button.setAttribute("aria-selected", chosen);
        button.tabIndex = chosen ? 0 : -1;
        panels[place].hidden = !chosen;
        if (chosen && focus) { button.focus(); }
      });
    }
    var buttons = panels.map(function (panel, index) {
      var button = document.createElement("button");
      button.type = "button";
      button.id = "tab-" + number + "-" + index;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", panel.id);
      button.textContent = panel.getAttribute("data-tab");
      button.addEventListener("click", function () { select(index, false); });
      button.addEventListener("keydown", function (event) {
        var ahead = tabs.closest("[dir]").dir === "rtl" ? "ArrowLeft" : "ArrowRight";
        var back = ahead === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
        var next = { Home: 0, End: panels.length - 1 }[event.key];
        if (event.key === ahead) { next = (index + 1) % panels.length; }
        if (event.key === back) { next = (index + panels.length - 1) % panels.length; }
        if (next !== undefined) { event.preventDefault(); select(next, true); }
      });
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      list.appendChild(button);
      return button;
    });
    tabs.insertBefore(list, tabs.firstChild);
    tabs.select = select;
    /* A university stands alone; the first type with something to compare is shown first. */
    var first = panels.findIndex(function (panel) { return panel.querySelectorAll("tbody tr").length > 1; });
    select(Math.max(first, 0), false);
  });

  /* Sorting: by the number in full where a column holds numbers, else by its words. What is absent stays last. */
  function held(cell) {
    var holder = cell.hasAttribute("data-order") || cell.hasAttribute("data-value") ? cell : cell.querySelector("[data-value]");
    var number = holder && (holder.getAttribute("data-order") || holder.getAttribute("data-value"));
    return { number: number ? Number(number) : null, text: cell.textContent.trim() };
  }
  function sort(table, column, up) {
    var heads = all.call(table.tHead.rows[0].cells);
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    table.sorted = [column, up];
    var language = table.closest("[lang]").lang;
    var rows = all.call(table.tBodies[0].rows).map(function (row, place) {
      var cell = held(row.cells[column]);
      return { row: row, place: place, number: cell.number, text: cell.text };
    });
    var numeric = rows.some(function (row) { return row.number !== null; });
    rows.sort(function (a, b) {
      var absent = numeric ? (a.number === null) - (b.number === null) : (a.text === "") - (b.text === "");
      if (absent) { return absent; }
      var order = numeric ? (a.number || 0) - (b.number || 0) : a.text.localeCompare(b.text, language, { numeric: true });
      return (up ? order : -order) || a.place - b.place;
    });
    rows.forEach(function (each) { table.tBodies[0].appendChild(each.row); });
  }
  within(document, "table.sortable").forEach(function (table) {
    all.call(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var numeric = all.call(table.tBodies[0].rows).some(function (row) { return held(row.cells[column]).number !== null; });
        var first = head.hasAttribute("data-first") ? "ascending" : numeric ? "descending" : "ascending";
        sort(table, column, now ? now === "descending" : first === "ascending");
      });
    });
  });

  /* Finding a unit: what is typed filters the tables and the cards, and a list under the field leads to the card. */
  var SHOWN = 8;
  function clear(part) {
    var field = part.querySelector(".search");
    field.value = "";
    field.dispatchEvent(new Event("input"));
  }
  parts.forEach(function (part) {
    var field = part.querySelector(".search"), list = part.querySelector(".matches"), found = part.querySelector(".found");
    var cards = within(part, ".card"), rows = within(part, "tr.named"), names = {};
    cards.forEach(function (card) { names[card.getAttribute("data-unit")] = folded(card.getAttribute("data-names")); });
    var matches = [], active = -1;
    function mark(index) {
      active = index;
      all.call(list.children).forEach(function (option, place) {
        option.setAttribute("aria-selected", place === index);
        if (place === index) { option.scrollIntoView({ block: "nearest" }); }
      });
      if (index < 0) { field.removeAttribute("aria-activedescendant"); } else { field.setAttribute("aria-activedescendant", list.children[index].id); }
    }
    function open(wanted) {
      var shown = wanted && matches.length > 0;
      list.hidden = !shown;
      field.setAttribute("aria-expanded", shown);
      if (!shown) { mark(-1); }
    }
    function go(card) {
      clear(part);
      field.blur();
      /* A new fragment also marks the card as the target; the same one again must scroll by itself. */
      if (location.hash === "#" + card.id) { card.scrollIntoView(); } else { location.hash = card.id; }
      card.focus({ preventScroll: true });
    }
    field.addEventListener("input", function () {
      var empty = folded(field.value) === "", fits = matcher(field.value);
      function fit(element) { return fits(names[element.getAttribute("data-unit")]); }
      cards.concat(rows).forEach(function (element) { element.hidden = !fit(element); });
      var fitting = empty ? [] : cards.filter(fit);
      matches = fitting.slice(0, SHOWN);
      list.textContent = "";
      matches.forEach(function (card, index) {
        var option = document.createElement("li"), name = document.createElement("bdi"), more = document.createElement("small");
        option.id = list.id + "-" + index;
        option.setAttribute("role", "option");
        name.innerHTML = card.querySelector("h3 bdi").innerHTML;
        more.innerHTML = card.querySelector(".quiet").innerHTML;
        option.appendChild(name);
        option.appendChild(more);
        option.addEventListener("mousedown", function (event) { event.preventDefault(); });
        option.addEventListener("click", function () { go(card); });
        list.appendChild(option);
      });
      var words = found.getAttribute(fitting.length > 0 ? "data-found" : "data-none");
      found.textContent = empty ? "" : words.replace("{n}", fitting.length.toLocaleString(part.lang));
      mark(-1);
      open(!empty);
    });
    field.addEventListener("keydown", function (event) {
      var last = matches.length - 1, next;
      if (event.isComposing) { return; }
      if (event.key === "ArrowDown") { next = active >= last ? 0 : active + 1; }
      else if (event.key === "ArrowUp") { next = active <= 0 ? last : active - 1; }
      else if (event.key === "Enter" && last >= 0) { event.preventDefault(); go(matches[Math.max(active, 0)]); return; }
      else if (event.key === "Escape") {
        event.preventDefault();
        if (field.value === "") { field.blur(); } else { clear(part); }
        return;
      }
      if (next !== undefined && last >= 0) { event.preventDefault(); open(true); mark(next); }
    });
    field.addEventListener("focus", function () { open(field.value !== ""); });
    field.addEventListener("blur", function () { open(false); });
  });
  document.addEventListener("keydown", function (event) {
    var busy = event.target.closest && event.target.closest("input,textarea,select");
    if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    current().querySelector(".search").focus();
  });

  /* Findings by severity and by words. */
  within(document, ".filters").forEach(function (filters) {
    var section = filters.closest("section"), field = section.querySelector(".filter");
    var rows = within(section, "tbody tr"), texts = rows.map(function (row) { return folded(row.textContent); });
    function show() {
      var wanted = filters.querySelector("[aria-pressed=true]").getAttribute("data-severity"), fits = matcher(field.value);
      rows.forEach(function (row, index) {
        row.hidden = (wanted !== "" && row.getAttribute("data-severity") !== wanted) || !fits(texts[index]);
      });
    }
    within(filters, "button").forEach(function (button) {
      button.addEventListener("click", function () {
        within(filters, "button").forEach(function (other) { other.setAttribute("aria-pressed", other === button); });
        show();
      });
    });
    field.addEventListener("input", show);
    field.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { event.preventDefault(); field.value = ""; show(); }
    });
  });

  /* The switch keeps the place: tabs, order of tables, what is open and typed, and what stands at the top. */
  function twins(from, to, selector, act) {
    var others = within(to, selector);
    within(from, selector).forEach(function (element, index) { if (others[index]) { act(element, others[index]); } });
  }
  function turn(from, to) {
    var anchor = null, offset = 0;
    within(from, "section[id],article[id]").forEach(function (element) {
      var top = element.getBoundingClientRect().top;
      if (element.getClientRects().length > 0 && top < 120) { anchor = element; offset = top; }
    });
    twins(from, to, ".tabs", function (one, other) { if (other.select) { other.select(one.chosen, false); } });
    twins(from, to, "details", function (one, other) { other.open = one.open; });
    twins(from, to, "table.sortable", function (one, other) { if (one.sorted) { sort(other, one.sorted[0], one.sorted[1]); } });
    twins(from, to, ".filters button", function (one, other) { if (one.getAttribute("aria-pressed") === "true") { other.click(); } });
    twins(from, to, "input", function (one, other) {
      other.value = one.value;
      other.dispatchEvent(new Event("input"));
      other.dispatchEvent(new Event("blur"));
    });
    choose(to.id);
    var name = anchor && to.id + anchor.id.slice(from.id.length), there = name && document.getElementById(name);
    if (there) { window.scrollBy(0, there.getBoundingClientRect().top - offset); }
    try { history.replaceState(null, "", "#" + (there ? name : to.id)); } catch (error) { /* the page stays where it is */ }
    to.querySelector(".languages [aria-current]").focus({ preventScroll: true });
  }
  within(document, ".languages a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      var to = document.getElementById(link.getAttribute("data-language"));
      event.preventDefault();
      if (to !== current()) { turn(current(), to); }
    });
  });

  root.classList.add("js");
  choose(parts[0].id);
  follow();
  window.addEventListener("hashchange", follow);
})();
