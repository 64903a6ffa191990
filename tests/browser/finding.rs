//! A unit is found by any part of its names or its code, by mouse and by keyboard.

use super::chromium::{AWKWARD, Opened};

/// What is typed, in which language's page, and the code of the unit that must be found, alone where `true`.
const TYPED: [(&str, &str, &str, bool); 9] = [
    // Arabic kaf and ye, a space in place of the joiner, an Arabic digit sign and words in any order.
    ("fa", "تحقيقات بين رشته ای مولكولي", "long", true),
    ("fa", "بین‌رشته‌ای", "long", true),
    ("fa", "بینرشته‌ای ۲۰۲۴", "long", true),
    ("fa", "پرديس", "lone", true),
    // English in the Persian page and the other way round; capitals do not matter.
    ("fa", "virtual CAMPUS", "lone", true),
    ("en", "پردیس مجازی", "lone", true),
    ("en", "LONG", "long", false),
    ("en", "<b>r&d</b> \"bio\"", "mixed", true),
    ("fa", "p < 0.05", "mixed", true),
];

#[test]
fn a_unit_is_found_by_part_of_its_names_in_either_language_and_by_its_code() {
    for (index, (language, typed, code, alone)) in TYPED.into_iter().enumerate() {
        let steps = format!(
            r##"
            const field = one("#{language} .search");
            type(field, {typed:?});
            const options = every("#{language}-matches li");
            const code = (element) => element.querySelector(".code").textContent;
            say("open", !one("#{language}-matches").hidden && seen(options[0]) && field.getAttribute("aria-expanded"));
            say("codes", options.map(code).join());
            say("cards", every("#{language} .card").filter(seen).map(code).join());
            const rows = every("#{language} tr.named");
            say("rows", rows.filter((row) => !row.hidden).map((row) => row.dataset.unit).join());
            say("status", one("#{language} .found").textContent);
            "##
        );
        let fragment = format!("#{language}");
        let Some(seen) = Opened::at(1280, &fragment).drive(&format!("find-{index}"), &steps) else { return };
        assert_eq!(seen["open"], "true", "{typed}");
        let codes: Vec<&str> = seen["codes"].split(',').collect();
        assert!(codes.contains(&code), "{typed} finds {codes:?}");
        assert!(!alone || codes == [code], "{typed} finds {codes:?}");
        assert_eq!(seen["cards"], seen["codes"], "{typed}");
        let rows: Vec<&str> = seen["rows"].split(',').collect();
        assert!(!alone || rows.len() == 3 && rows.iter().all(|row| row == &rows[0]), "{typed}: {rows:?}");
        let count = if language == "fa" { "۱" } else { "1" };
        assert!(!alone || seen["status"].ends_with(count), "{}", seen["status"]);
    }
}

#[test]
fn the_keyboard_finds_opens_and_clears() {
    let steps = r##"
        const field = one("#fa .search"), list = one("#fa-matches"), cards = every("#fa .card");
        const shown = () => cards.filter((card) => !card.hidden).length;
        say("all", shown() === cards.length);
        press("/");
        say("slash focuses", page.activeElement === field);
        type(field, "مرکز");
        const slash = new view.KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true });
        say("slash is a letter in the field", field.dispatchEvent(slash));
        say("several", list.children.length > 2 && shown() > 2 && shown() < cards.length);
        press("ArrowDown");
        press("ArrowDown");
        press("ArrowUp");
        press("ArrowUp");
        say("the last after the first", list.lastChild.getAttribute("aria-selected"));
        press("ArrowDown");
        press("ArrowDown");
        say("one is chosen", list.querySelectorAll("[aria-selected=true]").length);
        const second = list.children[1];
        say("and told", field.getAttribute("aria-activedescendant") === second.id);
        const name = second.querySelector("bdi").textContent;
        press("Enter");
        await pause(200);
        say("the card has the focus", page.activeElement.classList.contains("card")
          && page.activeElement.querySelector("h3").textContent === name && view.location.hash === "#" + page.activeElement.id);
        const top = page.activeElement.getBoundingClientRect().top;
        say("in view", top >= -1 && top < 800);
        say("cleared after opening", field.value === "" && list.hidden && shown() === cards.length);
        press("/");
        type(field, "no unit is called this");
        say("none", one("#fa .found").textContent);
        say("none shown", shown());
        press("Escape");
        say("escape clears", field.value === "" && shown() === cards.length && one("#fa .found").textContent === "");
        press("Escape");
        say("escape leaves", page.activeElement !== field);
        type(field, "مرکز");
        one("#fa tr.named a").click();
        await pause(200);
        say("a link to a hidden card shows it", seen(one(view.location.hash)));
        "##;
    let Some(seen) = Opened::at(1280, "#fa").drive("keyboard", steps) else { return };
    let words = sanjeh::render::phrases::in_language("fa");
    for (name, value) in &seen {
        let wanted = match name.as_str() {
            "one is chosen" => "1",
            "none" => &words.word("page.no_units_found"),
            "none shown" => "0",
            "done" => "yes",
            _ => "true",
        };
        assert_eq!(value, wanted, "{name}");
    }
    assert_eq!(seen.len(), 16);
}

#[test]
fn awkward_names_stand_whole_in_cards_tables_and_matches() {
    let steps = r##"
        for (const language of ["en", "fa"]) {
          page.querySelector(`#${language} .languages [data-language=${language}]`).click();
          one(`.languages [data-language=${language}]`).click();
          for (const card of every(`#${language} .card`)) {
            const code = card.querySelector(".code").textContent;
            const row = one(`#${language} tr.named[data-unit="${card.dataset.unit}"] bdi`);
            say(`${language} ${code}`, card.querySelector("h3").textContent);
            say(`${language} ${code} row`, row.textContent);
          }
        }
        say("markup", every("h3 b, th b, li b").filter((each) => each.textContent === "R&D").length);
        "##;
    let Some(seen) = Opened::at(390, "").drive("awkward", steps) else { return };
    for [code, en, fa, _] in AWKWARD {
        for (language, name) in [("en", en), ("fa", fa)] {
            assert_eq!(seen[&format!("{language} {code}")], name);
            assert_eq!(seen[&format!("{language} {code} row")], name);
        }
    }
    assert_eq!(AWKWARD[0][1].chars().count(), 120);
    assert_eq!(seen["markup"], "0");
}

/// Positions of glyphs on the screen: runs of Latin signs keep their order within a Persian name, the name goes on to
/// the left, and brackets stand around what they hold.
#[test]
fn latin_runs_keep_their_order_within_persian_names() {
    let steps = r##"
        const card = every("#fa .card").find((card) => card.querySelector(".code").textContent === "mixed");
        const walker = page.createTreeWalker(card.querySelector("h3"), view.NodeFilter.SHOW_TEXT), nodes = [];
        while (walker.nextNode()) { nodes.push(walker.currentNode); }
        const all = nodes.map((node) => node.data).join("");
        const left = (words, offset = 0) => {
          let at = all.indexOf(words) + offset;
          for (const node of nodes) {
            if (at < node.length) {
              const range = page.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              return range.getBoundingClientRect().left;
            }
            at -= node.length;
          }
          throw new Error(words);
        };
        say("years", left("2024") < left("–") && left("–") < left("2025"));
        say("probability", left("p <") < left("< 0") && left("< 0") < left("0.05"));
        say("quartile", left("Q1") < left("Q1", 1));
        say("markup", left("b>R") < left("R&D") && left("R&D") < left("</b"));
        say("leftwards", left("واحد") > left("R&D") && left("</b") > left("زیست") && left("سال") > left("2025", 3));
        say("brackets", left("(") > left("رتبهٔ") && left("Q1") > left(")") && left(")") > left("p <"));
        "##;
    let Some(seen) = Opened::at(1280, "#fa").drive("order", steps) else { return };
    for (name, value) in &seen {
        assert_eq!(value, if name == "done" { "yes" } else { "true" }, "{name}");
    }
}

#[test]
fn runs_of_the_other_direction_are_isolated_with_their_brackets() {
    use sanjeh::render::html::mixed;
    for (text, direction, wanted) in [
        ("مرکز Q1 Lab (2024–2025)", "rtl", "مرکز <bdi dir=\"ltr\">Q1 Lab (2024–2025)</bdi>"),
        ("سال 2024–2025، p < 0.05", "rtl", "سال <bdi dir=\"ltr\">2024–2025</bdi>، <bdi dir=\"ltr\">p &lt; 0.05</bdi>"),
        ("(رتبهٔ Q1) دوم", "rtl", "(رتبهٔ <bdi dir=\"ltr\">Q1</bdi>) دوم"),
        ("۲۰۲۴–۲۰۲۵ سال", "rtl", "۲۰۲۴–۲۰۲۵ سال"),
        ("Virtual Campus (1)", "rtl", "Virtual Campus (1)"),
        ("Office of واحد زیست 12", "ltr", "Office of <bdi dir=\"rtl\">واحد زیست</bdi> 12"),
        ("پردیس", "ltr", "پردیس"),
        ("", "rtl", ""),
    ] {
        assert_eq!(mixed(text, direction), wanted);
    }
}
