//! Every shape that a markdown file may have: read to its end, every stretch within the text, in bounded time.

use std::time::{Duration, Instant};

use super::{linted, rules_of};

/// How long 10 MB may take, in a build without optimisation and on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(180);

/// Lints it and holds what was found to the text.
fn sound(text: &str) -> usize {
    let linted = linted(text);
    for found in &linted.findings {
        let spans = std::iter::once(&found.span).chain(found.fix.as_ref().map(|fix| &fix.span));
        for span in spans {
            assert!(text.get(span.clone()).is_some(), "{}: {span:?} is no part of {} bytes", found.finding.rule, text.len());
        }
        assert!(found.finding.line >= Some(1) && found.finding.column >= Some(1), "{:?}", found.finding);
    }
    linted.findings.len()
}

#[test]
fn every_shape_is_read() {
    for text in [
        "",
        "\n",
        "\r\n",
        "\r",
        "\u{feff}",
        "\u{feff}---\ntitle: x\n---\nWe saw it.\n",
        "---\n",
        "---\r\ntitle: x\r\n---\r\n\r\nWe saw it.\r\n",
        "---\nno: end\n\nWe saw it.",
        "a\0b we\0saw it\0",
        "# \n## \n- \n1. \n> \n| |\n|-|\n",
        "- a\n  - b\n    - c\n      1. d\n         > e\n         > - f\n",
        "| a | b |\n|:--|--:|\n| we | saw \\| it |\n| too | many | cells |\n| few |\n",
        "A note[^1] and[^2].\n\n[^1]: We saw it.\n\n    Still the note.\n[^3]: Of nobody.\n",
        "<details>\n<summary>We</summary>\n\nWe saw it.\n\n</details>\n\n<!-- open\n\nWe saw it.",
        "<![CDATA[ we ]]> <?php we ?> <!DOCTYPE html> &amp; &#0; &#x110000; &nosuch; a<b>c",
        "```\nno end\n\nWe saw it.",
        "[a][b] [b]: <c 'd'\n\n[b]: /c \"d\"\n![x](y",
        "- [ ] we\n- [x] ~~we~~ **we** _we_ ***we***\n",
        "\u{202e}ew saw ti\u{202c} \u{200f}שלום we saw it\u{2067} x \u{2069}",
        "مرحبا we saw it، ثم ذهبنا! 我们看到了。 Мы видели. Είδαμε.",
        "👩‍🚒🏳️‍🌈 we 🇺🇸 saw e\u{301} it \u{1F3FB} 🎉🎉🎉 !!!",
        "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f we",
        "I'm I’m we'll wé we- -we we_ _we_ WE We's",
        ". ! ? ... ?! e.g. i.e. 1.2.3 3.5 % $5 -5 +5 1,000 10:30 2026-11-22T10:00:00Z",
        "<!-- qpp-lint disable person/first: x -->\n\nWe saw it.\n\n<!-- qpp-lint enable -->\n\nWe saw it.\n",
        "<!-- qpp-lint disable-next -->\n<!-- qpp-lint disable-next , : -->\n<!-- qpp-lint -->\n<!--qpp-lint disable-->",
    ] {
        sound(text);
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_no_finding() {
    let text = "---\ntitle: Report\n---\n# Report\n\nWe saw it.\nThen we left!\n\n- we\n- you\n\n1. Our pool.\n";
    let wanted = rules_of(text);
    assert!(wanted.len() > 4, "{wanted:?}");
    assert_eq!(rules_of(&text.replace('\n', "\r\n")), wanted);
    assert_eq!(rules_of(&format!("\u{feff}{text}")), wanted);
}

#[test]
fn what_is_long_ends_soon() {
    const MEGABYTE: usize = 1024 * 1024;
    let filled = |unit: &str, size: usize| unit.repeat(size / unit.len());
    let pasted = format!("we saw https://logs.example.org/{} and ", "0123456789abcdef/".repeat(20));
    ends_soon("10 MB in one line", &filled(&pasted, 10 * MEGABYTE));
    for (what, unit) in [
        ("one line of words", "The operator saw several of the hosts fail and we were paged by it "),
        ("one line of sentences", "We were paged. It was fixed! "),
        ("one word", "a"),
        ("lines", "We saw it.\n"),
    ] {
        ends_soon(what, &filled(unit, MEGABYTE));
    }
}

#[test]
fn what_is_deep_or_hostile_ends_soon() {
    let many = |unit: &str| unit.repeat(20_000);
    for (what, text) in [
        ("quotations", format!("{}we", many("> "))),
        ("lists", (0..2_000).map(|depth| " ".repeat(depth * 2) + "- we\n").collect()),
        ("emphasis", many("*we _we ")),
        ("brackets", many("[we](")),
        ("images", many("![")),
        ("code marks", (1..1_500).map(|length| "`".repeat(length) + " ").collect()),
        ("html", many("<a ")),
        ("comments", many("<!-- qpp-lint disable person/first: x -->\n\nWe saw it.\n\n")),
        ("open comments", many("<!-- ")),
        ("quote marks", many("\" “ ' ")),
        ("table", format!("|{}\n|{}\n|{}\n", many("a|"), many("-|"), many("we|"))),
        ("footnotes", many("[^1] [^2]: we\n\n")),
        ("links", many("[a]: /b\n[a] ")),
        ("headings", many("# Timeline\n\n- 10:00 UTC: we\n\n")),
        ("punctuation", many("!?.…—")),
        ("emoji", many("👩‍🚒")),
        ("combining", format!("we{}", many("\u{301}"))),
    ] {
        ends_soon(what, &text);
    }
}

#[track_caller]
fn ends_soon(what: &str, text: &str) {
    let started = Instant::now();
    sound(text);
    let took = started.elapsed();
    assert!(took < PATIENCE, "{what}: {} bytes took {took:?}", text.len());
}

/// Pieces of markdown, of the rules' own words and of what has broken readers before.
const PIECES: &str = "([-*>#|`~_ \n\t\r\u{0}é<!&;:'\"\\[\\](){}=+.,?a-z0-9]|we |We saw it\\. |I |our |was copied |several |very |should have |utilize |\
                      stuff |!|\\*\\*|```|~~~|<!--|-->|<!-- qpp-lint disable-next person/first: x -->|---\n|\\| a \\|\n|- |1\\. |> |\
                      ## Timeline\n|## Action Items\n|- 10:00 EST: |\\[\\^1\\]|https://|\u{1f600}|\u{202e}|\u{feff}|“|”|’|\r\n|\n\n){0,80}";

proptest::proptest! {
    #[test]
    fn any_markdown_is_linted(text in PIECES) {
        sound(&text);
    }

    #[test]
    fn any_text_is_linted(text in "\\PC{0,200}") {
        sound(&text);
    }
}
