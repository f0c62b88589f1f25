//! `lint --fix`: the edits that findings name, applied to a text and to its file, and what is said of them.
//! The file alone is written: no commit is made of what nobody has read yet.

use crate::commands::lint::source::Source;
use crate::context::Context;
use crate::domain::text::one_line;
use crate::error::CommandError;
use crate::rules::lint::lint_finding::{Fix, LintFinding};
use crate::store::any_file::replace_read;

/// A text with its edits done.
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// What was changed, a line each: `path:line:column: utilize → use`.
    pub changes: Vec<String>,
}

/// The text with every edit that the findings name, and nothing else changed; of two that overlap the first is done.
pub fn fixed(source: &Source, findings: &[LintFinding]) -> Fixed {
    let mut edits: Vec<(&LintFinding, &Fix)> = findings.iter().filter_map(|found| Some((found, found.fix.as_ref()?))).collect();
    edits.sort_by_key(|(_, fix)| (fix.span.start, fix.span.end));
    let mut fixed = Fixed { text: String::with_capacity(source.text.len()), changes: Vec::new() };
    let mut done = 0;
    for (found, fix) in edits {
        let (Some(kept), Some(old)) = (source.text.get(done..fix.span.start), source.text.get(fix.span.clone())) else { continue };
        if old == fix.text {
            continue;
        }
        fixed.text.push_str(kept);
        fixed.text.push_str(&fix.text);
        done = fix.span.end;
        fixed.changes.push(change(source, found, old, &fix.text));
    }
    fixed.text.push_str(source.text.get(done..).unwrap_or_default());
    fixed
}

fn change(source: &Source, found: &LintFinding, old: &str, new: &str) -> String {
    let place = |number: Option<usize>| number.unwrap_or(1);
    let (line, column) = (place(found.finding.line), place(found.finding.column));
    let new = if new.trim().is_empty() { "(nothing)".to_owned() } else { one_line(new) };
    format!("{}:{line}:{column}: {} → {new}", one_line(&source.path), one_line(old))
}

/// Writes the text where the source was read; standard input is answered on standard output.
///
/// # Errors
/// The file was changed meanwhile, is a link, or cannot be written; standard output takes no more.
pub fn write(context: &Context, source: &Source, fixed: &Fixed, shows_diff: bool) -> Result<(), CommandError> {
    let diff = || {
        let (old, new) = (format!("a/{}", source.path), format!("b/{}", source.path));
        similar::TextDiff::from_lines(source.text.as_str(), fixed.text.as_str()).unified_diff().header(&old, &new).to_string()
    };
    match &source.file {
        _ if context.options.dry_run && shows_diff => context.ui.data(&diff())?,
        _ if context.options.dry_run => {}
        None => context.ui.raw(fixed.text.as_bytes())?,
        Some(_) if fixed.changes.is_empty() => {}
        Some(file) => replace_read(file, &source.text, &fixed.text)?,
    }
    let verb = if context.options.dry_run { "would fix" } else { "fixed" };
    for change in &fixed.changes {
        context.ui.note(&format!("{verb} {change}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::{Finding, Level};
    use crate::rules::lint::linted_text::TextKind;

    fn source(text: &str) -> Source {
        Source { path: "a.md".to_owned(), file: None, text: text.to_owned(), kind: TextKind::Other, record: None }
    }

    fn edit(text: &str, old: &str, new: &str) -> LintFinding {
        let at = text.find(old).unwrap();
        let span = at..at + old.len();
        let finding = Finding { line: Some(1), column: Some(at + 1), ..Finding::new("simple/word", Level::Advice, "m") };
        LintFinding { finding, span: span.clone(), fix: Some(Fix { span, text: new.to_owned() }) }
    }

    #[test]
    fn what_is_named_is_changed_and_every_other_byte_stays() {
        let text = "\u{feff}Utilize  it,\tprior to Ä.\r\n\r\n- done \n";
        let findings = [edit(text, "prior to", "before"), edit(text, "Utilize", "Use")];
        let fixed = fixed(&source(text), &findings);
        assert_eq!(fixed.text, "\u{feff}Use  it,\tbefore Ä.\r\n\r\n- done \n");
        assert_eq!(fixed.changes, ["a.md:1:4: Utilize → Use", "a.md:1:17: prior to → before"]);
    }

    #[test]
    fn of_two_that_overlap_the_first_is_done_and_what_changes_nothing_is_not_told() {
        let text = "in order to utilize";
        let findings = [edit(text, "in order to", "to"), edit(text, "order to utilize", "x"), edit(text, "utilize", "utilize")];
        let done = fixed(&source(text), &findings);
        assert_eq!((done.text.as_str(), done.changes.len()), ("to utilize", 1));
        assert_eq!(fixed(&source(text), &[]).text, text);
        assert_eq!(fixed(&source(text), &[edit(text, "in order ", "")]).changes, ["a.md:1:1: in order → (nothing)"]);
    }
}
