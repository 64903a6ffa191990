//! The switch of languages turns the page around and keeps the place and what was done to it.

use super::chromium::Opened;

#[test]
fn the_switch_keeps_the_place_the_tabs_the_order_and_what_is_open() {
    let steps = r##"
        const card = every("#en .card")[4];
        one("#en-comparison > .tabs > .tablist button:nth-child(3)").click();
        one("#en-edition-2 .tablist button:nth-child(3)").click();
        one("#en-comparison-2-2 thead th:nth-child(2) button").click();
        card.querySelector("details").open = true;
        type(one("#en-filter"), "ORCID");
        one("#en-findings .filters button[data-severity=warning]").click();
        card.scrollIntoView();
        view.scrollBy(0, -40);
        const top = card.getBoundingClientRect().top;
        say("scrolled", view.scrollY > 400);
        one("#en .languages [data-language=fa]").click();
        await pause(100);
        const twin = one("#" + card.id.replace(/^en/, "fa"));
        say("one language", every(".language").filter(seen).map((part) => part.id).join());
        say("language", [page.documentElement.lang, page.documentElement.dir].join());
        say("title", page.title);
        say("same place", Math.abs(twin.getBoundingClientRect().top - top) < 2);
        say("fragment", view.location.hash.startsWith("#fa-"));
        say("tabs", seen(one("#fa-comparison-2-2 table")));
        const names = (language) => every(`#${language}-comparison-2-2 tbody tr`).map((row) => row.dataset.unit).join();
        say("sorted", one("#fa-comparison-2-2 thead th:nth-child(2)").getAttribute("aria-sort"));
        say("same order", names("en") === names("fa"));
        say("open", twin.querySelector("details").open);
        say("filter", one("#fa-filter").value);
        const kept = (language) => every(`#${language}-findings tbody tr`).map((row) => row.hidden).join();
        say("same findings", kept("en") === kept("fa") && kept("fa").includes("false"));
        say("focus", page.activeElement === one("#fa .languages [data-language=fa]"));
        one("#fa .languages [data-language=en]").click();
        say("back", [page.documentElement.lang, page.documentElement.dir].join());
        say("back at the place", Math.abs(card.getBoundingClientRect().top - top) < 2);
        one("#en-comparison > .tabs > .tablist button:nth-child(1)").focus();
        press("ArrowRight");
        say("right in English", page.activeElement.textContent === every("#en-comparison > .tabs > .tablist button")[1].textContent);
        view.location.hash = "#fa-methods";
        await pause(100);
        say("by fragment", page.documentElement.lang);
        one("#fa-comparison > .tabs > .tablist button:nth-child(1)").focus();
        press("ArrowLeft");
        say("left in Persian", page.activeElement.textContent === every("#fa-comparison > .tabs > .tablist button")[1].textContent);
        "##;
    let Some(seen) = Opened::at(1280, "").drive("switch", steps) else { return };
    assert!(seen["title"].contains('–') && !seen["title"].contains("University"), "{}", seen["title"]);
    for (name, value) in &seen {
        let wanted = match name.as_str() {
            "one language" | "by fragment" => "fa",
            "language" => "fa,rtl",
            "back" => "en,ltr",
            "sorted" => "ascending",
            "filter" => "ORCID",
            "done" => "yes",
            "title" => continue,
            _ => "true",
        };
        assert_eq!(value, wanted, "{name}");
    }
}

/// Without the page's script both languages, every panel and every card can be read, and nothing that needs it is shown.
#[test]
fn the_page_can_be_read_without_its_script() {
    for (fragment, language, other) in [("", "en", "fa"), ("#fa", "fa", "en"), ("#fa-findings", "fa", "en")] {
        let steps = format!(
            r##"
            say("language", seen(one("#{language}")) && !seen(one("#{other}")));
            say("panels", every("#{language} .panel").every(seen));
            say("headings", every("#{language} .panel > h3, #{language} .panel > h4").every(seen));
            say("cards", every("#{language} .card").every(seen));
            say("controls", every("input, button").some(seen));
            say("script", page.documentElement.classList.contains("js"));
            "##
        );
        let opened = Opened { width: 800, fragment, script: false };
        let name = format!("plain{}", fragment.replace('#', "-"));
        let Some(seen) = opened.drive(&name, &steps) else { return };
        for (name, value) in &seen {
            let wanted = match name.as_str() {
                "controls" | "script" => "false",
                "done" => "yes",
                _ => "true",
            };
            assert_eq!(value, wanted, "{name} at {fragment:?}");
        }
    }
}
