(function () {
  "use strict";
  var root = document.documentElement;
  var all = Array.prototype.slice;
  function each(selector, within, act) { all.call(within.querySelectorAll(selector)).forEach(act); }

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
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var part = target && target.closest(".language");
    if (part) { choose(part.id); if (target !== part) { target.scrollIntoView(); } }
  }
  root.classList.add("js");
  choose(document.querySelector(".language").id);
  follow();
  window.addEventListener("hashchange", follow);

  /* Tabs; without this script all panels stand below each other under their headings. */
  var groups = all.call(document.querySelectorAll(".tabs"));
  groups.forEach(function (tabs, number) {
    var panels = all.call(tabs.children).filter(function (child) { return child.classList.contains("panel"); });
    if (panels.length === 0) { return; }
    var list = document.createElement("div");
    list.className = "tablist";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", tabs.getAttribute("data-label"));
    function select(index, focus) {
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
    /* A university stands alone; the first type with something to compare is shown first. */
    var first = panels.findIndex(function (panel) { return panel.querySelectorAll("tbody tr").length > 1; });
    select(Math.max(first, 0), false);
  });

  /* Sorting; rows without a number stay last. */
  each("table.sortable", document, function (table) {
    var heads = all.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") === "descending" || (column === 0 && !head.hasAttribute("aria-sort"));
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        var language = table.closest("[lang]").lang;
        var rows = all.call(table.tBodies[0].rows).map(function (row, place) {
          var cell = row.cells[column];
          var holder = cell.querySelector("[data-value]");
          return { row: row, place: place, number: holder ? Number(holder.getAttribute("data-value")) : null, text: cell.textContent };
        });
        rows.sort(function (a, b) {
          var order;
          if (column === 0) { order = a.text.localeCompare(b.text, language); return (up ? order : -order) || a.place - b.place; }
          if (a.number === null || b.number === null) { return (a.number === null) - (b.number === null) || a.place - b.place; }
          order = a.number - b.number;
          return (up ? order : -order) || a.place - b.place;
        });
        rows.forEach(function (each) { table.tBodies[0].appendChild(each.row); });
      });
    });
  });

  /* Search: Arabic and Persian letters, digits and blanks are taken as the same. */
  function folded(text) {
    return text.toLowerCase().replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/[\u200c\s]+/g, "")
      .replace(/[ً-ْٔ]/g, "").replace(/[۰-۹]/g, function (digit) { return String(digit.charCodeAt(0) - 0x6f0); });
  }
  each(".search", document, function (input) {
    var part = input.closest(".language");
    var cards = all.call(part.querySelectorAll(".card"));
    var names = cards.map(function (card) { return folded(card.getAttribute("data-names")); });
    input.addEventListener("input", function () {
      var wanted = folded(input.value), found = 0;
      cards.forEach(function (card, index) {
        card.hidden = names[index].indexOf(wanted) < 0;
        found += card.hidden ? 0 : 1;
      });
      part.querySelector(".none").hidden = found > 0;
    });
  });

  /* Findings by severity. */
  each(".filters", document, function (filters) {
    var rows = filters.closest("section").querySelectorAll("tbody tr");
    each("button", filters, function (button) {
      button.addEventListener("click", function () {
        var wanted = button.getAttribute("data-severity");
        each("button", filters, function (other) { other.setAttribute("aria-pressed", other === button); });
        all.call(rows).forEach(function (row) { row.hidden = wanted !== "" && row.getAttribute("data-severity") !== wanted; });
      });
    });
  });
})();
