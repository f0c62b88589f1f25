//! A directive to `lint` in an HTML comment: what it does, which rules it names, and whether it says why.
//! PURE.

use std::ops::Range;

use crate::rules::lint::prose::Prose;

/// What a directive does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// For the next block.
    DisableNext,
    /// From here on.
    Disable,
    /// Ends what `disable` began.
    Enable,
}

/// A directive where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'t> {
    /// What it does.
    pub action: Action,
    /// The rules that it names, each with its bytes in the text.
    pub rules: Vec<(&'t str, Range<usize>)>,
    /// Words stand behind the colon.
    pub has_reason: bool,
    /// The whole comment.
    pub span: Range<usize>,
}

/// The directives of a text, in order.
pub fn directives<'t>(prose: &Prose<'t>) -> Vec<Directive<'t>> {
    let mut found = Vec::new();
    for html in &prose.html {
        let mut at = html.start;
        while let Some(rest) = prose.text.get(at..html.end) {
            let Some(start) = rest.find("<!--").map(|start| at + start) else { break };
            let inner = start + "<!--".len();
            let Some(end) = prose.text.get(inner..html.end).and_then(|rest| rest.find("-->")).map(|length| inner + length) else { break };
            at = end + "-->".len();
            found.extend(read(prose.text, inner..end, start..at));
        }
    }
    found
}

fn read(text: &str, inner: Range<usize>, span: Range<usize>) -> Option<Directive<'_>> {
    let comment = text.get(inner)?;
    let said = comment.trim_start().strip_prefix("qpp-lint")?.strip_prefix(char::is_whitespace)?.trim_start();
    let (action, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let action = match action {
        "disable-next" => Action::DisableNext,
        "disable" => Action::Disable,
        "enable" => Action::Enable,
        _ => return None,
    };
    let (list, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let rules = list.split(',').map(str::trim).filter(|rule| !rule.is_empty());
    // Each name is a part of `text`, so that its place is the distance between the two.
    let place = |rule: &str| (rule.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let rules = rules.map(|rule| (rule, place(rule)..place(rule) + rule.len())).collect();
    Some(Directive { action, rules, has_reason: !reason.trim().is_empty(), span })
}
