//! The page fits a phone, a desk and paper, can be read by everyone, and loads nothing.

use super::chromium::Opened;

/// Steps that open every detail and panel of a language and list what does not fit.
const FITS: &str = r##"
    every("details").forEach((details) => { details.open = true; });
    every("#LANGUAGE .panel").forEach((panel) => { panel.hidden = false; });
    const width = page.documentElement.clientWidth, edge = page.body.getBoundingClientRect();
    say("page", page.documentElement.scrollWidth <= width && page.body.scrollWidth <= width);
    const told = (element) => element.tagName + "." + element.className + " " + element.textContent.trim().slice(0, 40);
    const wide = every("#LANGUAGE *").filter((element) => {
      if (element.closest(".scroll .heat, .scroll .plain, .skip") || !seen(element)) { return false; }
      const box = element.getBoundingClientRect();
      return box.width > 1 && (box.left < edge.left - 1 || box.right > edge.right + 1);
    });
    say("wide", wide.map(told).join("; "));
    say("cut", every("#LANGUAGE :is(h1,h2,h3,h4,th,dd,.tablist button)").filter((element) =>
      seen(element) && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1).map(told).join("; "));
    "##;

#[test]
fn nothing_is_wider_than_the_screen_and_first_columns_stay() {
    for width in [360, 390, 1280] {
        for language in ["en", "fa"] {
            let mut steps = FITS.replace("LANGUAGE", language);
            steps += &r##"
                let moved = 0;
                const loose = every("#LANGUAGE .scroll").filter((box) => {
                  const head = box.querySelector("tbody tr > :first-child");
                  if (box.scrollWidth <= box.clientWidth + 4 || !head) { return false; }
                  const before = head.getBoundingClientRect().left;
                  box.scrollLeft = LANGUAGE_SIGN * 60;
                  if (Math.abs(box.scrollLeft) < 1) { return true; }
                  moved += 1;
                  return Math.abs(head.getBoundingClientRect().left - before) > 12;
                });
                say("moved", moved);
                say("loose", loose.map(told).join("; "));
                "##
            .replace("LANGUAGE_SIGN", if language == "fa" { "-1" } else { "1" })
            .replace("LANGUAGE", language);
            let fragment = format!("#{language}");
            let Some(seen) = Opened::at(width, &fragment).drive(&format!("fits-{width}-{language}"), &steps) else {
                return;
            };
            assert_eq!(seen["page"], "true", "at {width} the page in {language} scrolls sideways: {seen:#?}");
            for name in ["wide", "cut", "loose"] {
                assert_eq!(seen[name], "", "{name} at {width} in {language}");
            }
            assert!(width > 400 || seen["moved"] != "0", "no table of the sample is wider than a phone");
        }
    }
}

/// The rules of the printer are made the rules of the screen, at the width of A4 within its margins.
#[test]
fn paper_has_whole_tables_and_no_controls() {
    for language in ["en", "fa"] {
        let steps = r##"
            one("#LANGUAGE .card details").open = true;
            let rules = 0;
            for (const sheet of page.styleSheets) {
              for (const rule of sheet.cssRules) {
                if (rule.media && rule.media.mediaText === "print") { rule.media.mediaText = "all"; rules += 1; }
                else if (rule.media) { rule.media.mediaText = "speech"; }
              }
            }
            say("rules", rules);
            say("controls", every("input, .tablist, .languages, nav, .filters").filter(seen).length);
            say("panels", every("#LANGUAGE .panel").every(seen));
            say("open detail", seen(one("#LANGUAGE .card details table")));
            say("closed details", every("#LANGUAGE .card details:not([open]) summary").filter(seen).length);
            say("cards", every("#LANGUAGE .card").every(seen));
            say("cut", every("#LANGUAGE .scroll").filter((box) =>
              box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1).length);
            say("page", page.documentElement.scrollWidth <= page.documentElement.clientWidth);
            "##
        .replace("LANGUAGE", language);
        let fragment = format!("#{language}");
        let Some(seen) = Opened::at(688, &fragment).drive(&format!("paper-{language}"), &steps) else { return };
        for (name, value) in &seen {
            let wanted = match name.as_str() {
                "controls" | "closed details" | "cut" => "0",
                "rules" => "1",
                "done" => "yes",
                _ => "true",
            };
            assert_eq!(value, wanted, "{name} in {language}");
        }
    }
}

#[test]
fn everyone_can_read_it_and_it_loads_nothing() {
    for language in ["en", "fa"] {
        let steps = r##"
            every("details").forEach((details) => { details.open = true; });
            every("#LANGUAGE .panel").forEach((panel) => { panel.hidden = false; });
            const told = (element) => element.outerHTML.slice(0, 120);
            say("unlabelled", every("input").filter((input) => !input.labels.length && !input.getAttribute("aria-label")).map(told));
            say("unnamed", every("button, a, summary").filter((each) => !each.textContent.trim()).map(told));
            say("heads", every("#LANGUAGE th").filter((head) => !head.scope).map(told));
            say("regions", every("#LANGUAGE .scroll").filter((box) => box.tabIndex !== 0 || !box.getAttribute("aria-label")).map(told));
            const ids = every("[id]").map((element) => element.id);
            say("twice", ids.filter((id, place) => ids.indexOf(id) !== place));
            const refers = ["aria-controls", "aria-labelledby", "aria-describedby"];
            say("nowhere", refers.flatMap((name) => every(`[${name}]`).map((element) => element.getAttribute(name)))
              .filter((id) => !page.getElementById(id)));
            const texts = every("#LANGUAGE *").filter((element) => seen(element) && element.getBoundingClientRect().width > 2
              && Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim()));
            say("texts", texts.length > 1000);
            /* WCAG 2.2, criterion 1.4.3: 4.5 to 1. */
            say("pale", texts.filter((element) => contrast(element) < 4.5).slice(0, 3).map((each) => contrast(each).toFixed(2) + told(each)));
            say("loads", view.performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.startsWith("data:")));
            say("font", page.fonts.check("16px Vazirmatn", "سنجه") && view.getComputedStyle(page.body).fontFamily.startsWith("Vazirmatn"));
            "##
        .replace("LANGUAGE", language);
        let fragment = format!("#{language}");
        let Some(seen) = Opened::at(1280, &fragment).drive(&format!("read-{language}"), &steps) else { return };
        for (name, value) in &seen {
            let wanted = match name.as_str() {
                "texts" | "font" => "true",
                "done" => "yes",
                _ => "",
            };
            assert_eq!(value, wanted, "{name} in {language}");
        }
    }
}
