//! Findings in documents for people: each rule once, with the line, a caret under what was found first, and the other places.
//! Styled for the terminal's own door (`Ui::styled`); what came from a file is made safe here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group as Shown, Level as Shade, Origin, Renderer, Snippet};

use crate::commands::findings::found::Found;
use crate::commands::findings::report::{Group, Report};
use crate::document::place::{Lines, Stretch};
use crate::domain::finding::Level;
use crate::domain::text::{is_hidden_control, one_line};

/// How wide a snippet is where there is no terminal, in columns.
const WIDTH: usize = 100;

/// How much of a line may stand before what was found for it to be shown, in bytes: a line may be as long as a file.
const LONGEST: usize = 8192;

/// How much of a line is looked at from there on, in characters: more than any terminal shows.
const AFTER: usize = 400;

/// How many other places of a rule are named.
const PLACES: usize = 20;

/// How long a word is that is named with its place, in characters.
const WORD: usize = 24;

/// The findings; empty when nothing was found.
pub fn by_rule(report: &Report, width: Option<usize>) -> String {
    let renderer = Renderer::styled().term_width(width.unwrap_or(WIDTH));
    let found: Vec<String> =
        report.groups().iter().filter(|group| !group.findings.is_empty()).map(|group| of_document(report, group, &renderer)).collect();
    found.join("\n\n")
}

/// The rules of a document, the worst first, then by the place of the first finding.
fn of_document(report: &Report, group: &Group<'_>, renderer: &Renderer) -> String {
    let mut rules: BTreeMap<(Level, &str), Vec<&Found>> = BTreeMap::new();
    for found in &group.findings {
        rules.entry((found.finding.level, found.finding.rule)).or_default().push(found);
    }
    let mut rules: Vec<Vec<&Found>> = rules.into_values().collect();
    rules.sort_by_key(|found| found.first().map(|first| (first.finding.level, first.finding.line, first.finding.column)));
    let heading = group.looked.map_or_else(String::new, |looked| one_line(&looked.heading()));
    rules.iter().fold(heading, |text, found| format!("{text}\n\n{}", of_rule(report, found, renderer)))
}

fn of_rule(report: &Report, found: &[&Found], renderer: &Renderer) -> String {
    let Some((first, others)) = found.split_first() else { return String::new() };
    let finding = &first.finding;
    let shade = match finding.level {
        Level::Error => Shade::ERROR,
        Level::Warning => Shade::WARNING,
        Level::Advice => Shade::NOTE.with_name("advice"),
    };
    let at = first_place(first);
    let rule = if others.is_empty() { finding.rule.to_owned() } else { format!("{} ×{}{at}", finding.rule, found.len()) };
    let path = finding.path.as_deref().map(one_line).unwrap_or_default();
    let text = finding.path.as_deref().and_then(|path| report.texts.get(path));
    let cut = first.stretch.as_ref().zip(text).and_then(|(stretch, text)| Cut::of(text, stretch));
    let mut elements = vec![cut.map_or_else(|| origin(first, path.clone()), |cut| snippet(cut, path.clone()))];
    elements.extend(finding.help.as_ref().map(|help| Shade::HELP.message(one_line(help)).into()));
    if !others.is_empty() {
        elements.push(Shade::NOTE.with_name("also").message(places(others, text)).into());
    }
    let title = shade.primary_title(one_line(&finding.message)).id(rule);
    renderer.render(&[Shown::with_title(title).elements(elements)])
}

fn first_place(found: &Found) -> String {
    let (line, column) = (found.finding.line, found.finding.column);
    line.map_or_else(String::new, |line| format!(", first at {line}:{}", column.unwrap_or(1)))
}

/// The place alone, where no more is known.
fn origin<'a>(found: &Found, path: String) -> Element<'a> {
    let place = Origin::path(path);
    match (found.finding.line, found.finding.column) {
        (Some(line), Some(column)) => place.line(line).char_column(column).into(),
        (Some(line), None) => place.line(line).into(),
        _ => place.into(),
    }
}

/// The place and the line with its caret.
fn snippet<'a>(cut: Cut, path: String) -> Element<'a> {
    let mark = AnnotationKind::Primary.span(cut.mark);
    Snippet::source(cut.text).line_start(cut.line).path(path).annotation(mark).into()
}

/// A line, or as much of it as matters, and what of it is marked, in bytes.
struct Cut {
    line: usize,
    text: String,
    mark: Range<usize>,
}

impl Cut {
    /// The first line of a stretch; none where so much stands before it in the line that nobody would find it by eye.
    fn of(text: &str, stretch: &Stretch) -> Option<Self> {
        let line = Lines::of(text).line(stretch.start.line);
        let end = stretch.bytes.end.clamp(stretch.bytes.start, line.end.max(stretch.bytes.start));
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let before = part(line.start..stretch.bytes.start);
        if before.len() > LONGEST {
            return None;
        }
        let before: String = before.strip_prefix('\u{feff}').unwrap_or(before).chars().map(shown).collect();
        let marked: String = part(stretch.bytes.start..end).chars().take(AFTER).map(shown).collect();
        let after: String = part(end..line.end).chars().take(AFTER).map(shown).collect();
        let mark = before.len()..before.len() + marked.len();
        Some(Self { line: stretch.start.line, text: before + &marked + &after, mark })
    }
}

fn shown(c: char) -> char {
    if is_hidden_control(c) { '\u{fffd}' } else { c }
}

/// The other places of a rule: `15:7 we, 18:1 our`.
fn places(others: &[&Found], text: Option<&String>) -> String {
    let word = |found: &Found| {
        let word = found.stretch.as_ref().and_then(|stretch| text?.get(stretch.bytes.clone())).map(one_line)?;
        (word.chars().count() <= WORD).then_some(word)
    };
    let named = others.iter().take(PLACES).filter_map(|found| {
        let (line, column) = (found.finding.line?, found.finding.column.unwrap_or(1));
        Some(word(found).map_or_else(|| format!("{line}:{column}"), |word| format!("{line}:{column} `{word}`")))
    });
    let named: Vec<String> = named.collect();
    let left = others.len() - named.len();
    let mut lines = named.chunks(5).map(|chunk| chunk.join(", ")).collect::<Vec<_>>().join(",\n");
    if left > 0 && !named.is_empty() {
        let _never_fails = write!(lines, "\nand {left} more: --format line lists all");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::findings::report::sample::linted;

    fn plain(report: &Report, width: usize) -> String {
        anstream::adapter::strip_str(&by_rule(report, Some(width))).to_string()
    }

    #[test]
    fn each_rule_stands_once_with_a_caret_and_its_other_places() {
        let wanted = "\
notes/café.md

error[person/first ×2, first at 4:1]: `We` is the first person
 --> notes/café.md:4:1
  |
4 | We saw it, and we said so.
  | ^^
  |
  = help: name who did it
  = also: 4:16 `we`

advice[simple/word]: `utilize` has a simpler word: `use`
 --> notes/café.md:2:5
  |
2 | Ää, utilize the pool.
  |     ^^^^^^^";
        assert_eq!(plain(&linted(), 80), wanted);
    }

    #[test]
    fn the_column_is_that_of_the_file_whatever_stands_before() {
        let shown = |before: &str| {
            let text = format!("{before}utilize\u{1b}[31m it\r\n");
            let stretch = Lines::of(&text).stretch(before.len()..before.len() + 7);
            let place = stretch.start;
            let mut report = linted();
            report.findings.truncate(1);
            for found in &mut report.findings {
                (found.finding.line, found.finding.column, found.stretch) = (Some(place.line), Some(place.column), Some(stretch.clone()));
            }
            report.texts.insert("notes/café.md".to_owned(), text);
            plain(&report, 60)
        };
        for (before, place) in [("\u{feff}", ":1:1\n"), ("a\tö 🦀 ", ":1:7\n"), (&"long ".repeat(99), ":1:496\n")] {
            let shown = shown(before);
            assert!(shown.contains(&format!("--> notes/café.md{place}")) && shown.contains(" ^^^^^^^"), "{shown}");
            assert!(!shown.contains('\u{1b}'));
        }
        assert!(shown(&"far ".repeat(9999)).ends_with("--> notes/café.md:1:39997"));
    }

    #[test]
    fn nothing_found_is_nothing_said() {
        assert_eq!(by_rule(&Report { findings: Vec::new(), ..linted() }, None), "");
    }
}
