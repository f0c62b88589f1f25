//! Directives that leave a rule alone: `<!-- qpp-lint disable-next RULE[, RULE]: reason -->`, `disable` … `enable`, and `lint.disable`
//! of the front matter. One without a reason, of an unknown rule, or that leaves nothing alone, is a finding itself.
//! PURE. Directives are read from HTML comments; one that stands in code is text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::front_matter::FrontMatter;
use crate::document::header::read_fields;
use crate::domain::finding::Level;
use crate::domain::nearest::nearest;
use crate::rules::lint::directive::{Action, Directive, directives};
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;

/// A directive names a rule that does not exist or that cannot be left alone.
pub static UNKNOWN: Rule = Rule {
    id: "suppress/unknown",
    level: Level::Warning,
    what: "a directive names a rule that does not exist, or one of complete/*, which cannot be left alone within the text",
    source: "Be comprehensive",
    page: include_str!("data/pages/suppress-unknown.txt"),
};

/// A directive leaves nothing alone.
pub static UNUSED: Rule = Rule {
    id: "suppress/unused",
    level: Level::Warning,
    what: "a directive that leaves nothing alone",
    source: "Be precise",
    page: include_str!("data/pages/suppress-unused.txt"),
};

/// A directive gives no reason.
pub static NO_REASON: Rule = Rule {
    id: "suppress/no-reason",
    level: Level::Warning,
    what: "a directive without a reason: it counts for nothing",
    source: "Connect the dots. Explain how and why the team came to conclusions",
    page: include_str!("data/pages/suppress-no-reason.txt"),
};

/// The rules about directives.
pub const RULES: &[&Rule] = &[&UNKNOWN, &UNUSED, &NO_REASON];

/// Where a directive leaves a rule alone.
struct Scope<'t> {
    rule: &'t str,
    range: Range<usize>,
    /// Where the rule's name stands in the directive; nothing for the front matter.
    named: Option<Range<usize>>,
}

/// Takes out what directives leave alone, and adds what is the matter with them. `found` is in the order of the text, and stays so.
pub fn apply(prose: &Prose, known: &[&'static Rule], found: &mut Vec<LintFinding>) {
    let mut told = Vec::new();
    let mut scopes = front_matter_scopes(prose);
    if prose.html.iter().any(|html| prose.text.get(html.clone()).is_some_and(|html| html.contains("qpp-lint"))) {
        inline_scopes(prose, known, &mut scopes, &mut told);
    }
    if scopes.is_empty() && told.is_empty() {
        return;
    }
    let mut is_left_alone = vec![false; found.len()];
    for scope in &scopes {
        let from = found.partition_point(|found| found.span.start < scope.range.start);
        let mut is_used = false;
        for (found, flag) in
            found.iter().zip(is_left_alone.iter_mut()).skip(from).take_while(|(found, _)| found.span.start < scope.range.end)
        {
            if names(scope.rule, found.finding.rule) {
                *flag = true;
                is_used = true;
            }
        }
        if let Some(named) = scope.named.clone().filter(|_| !is_used) {
            let message = format!("there is nothing of `{}` to leave alone", scope.rule);
            told.push(LintFinding::new(&UNUSED, prose, named, message).with_help("delete the directive"));
        }
    }
    let mut flags = is_left_alone.into_iter();
    found.retain(|_| !flags.next().unwrap_or(false));
    found.extend(told);
    found.sort_by(|one, other| (one.span.start, one.finding.rule).cmp(&(other.span.start, other.finding.rule)));
}

/// `blame/person` names itself, `blame/*` its family.
fn names(named: &str, rule: &str) -> bool {
    named == rule || named.strip_suffix('*').is_some_and(|family| family.ends_with('/') && rule.starts_with(family))
}

fn inline_scopes<'t>(prose: &Prose<'t>, known: &[&'static Rule], scopes: &mut Vec<Scope<'t>>, told: &mut Vec<LintFinding>) {
    // Stretches that are open: where each rule's began, and the name in its directive.
    let mut open: BTreeMap<&'t str, (usize, Range<usize>)> = BTreeMap::new();
    for directive in directives(prose) {
        if directive.action == Action::Enable {
            let is_named =
                |rule: &&'t str| directive.rules.is_empty() || directive.rules.iter().any(|(named, _)| names(named, rule) || named == rule);
            let closed: Vec<&'t str> = open.keys().copied().filter(is_named).collect();
            for rule in closed {
                scopes.extend(open.remove(rule).map(|(from, named)| Scope { rule, range: from..directive.span.start, named: Some(named) }));
            }
            continue;
        }
        if !directive.has_reason {
            let finding =
                LintFinding::new(&NO_REASON, prose, directive.span.clone(), "the directive gives no reason, so it counts for nothing");
            told.push(finding.with_help("write `<!-- qpp-lint disable-next RULE: reason -->`"));
            continue;
        }
        for (rule, named) in directive.rules.iter().cloned() {
            if let Some(finding) = unknown(prose, known, rule, &named) {
                told.push(finding);
            } else if directive.action == Action::DisableNext {
                let range = next_block(prose, &directive).unwrap_or(prose.text.len()..prose.text.len());
                scopes.push(Scope { rule, range, named: Some(named) });
            } else if let Some((from, before)) = open.insert(rule, (directive.span.end, named)) {
                scopes.push(Scope { rule, range: from..directive.span.start, named: Some(before) });
            }
        }
    }
    let end = prose.text.len();
    scopes.extend(open.into_iter().map(|(rule, (from, named))| Scope { rule, range: from..end, named: Some(named) }));
}

/// The block after a directive; another comment is none.
fn next_block(prose: &Prose, directive: &Directive) -> Option<Range<usize>> {
    let from = prose.markdown_blocks.partition_point(|block| block.start < directive.span.end);
    let is_html = |block: &Range<usize>| prose.html.binary_search_by_key(&block.start, |html| html.start).is_ok();
    prose.markdown_blocks.get(from..)?.iter().find(|block| !is_html(block)).cloned()
}

fn unknown(prose: &Prose, known: &[&'static Rule], rule: &str, named: &Range<usize>) -> Option<LintFinding> {
    let is_known = known.iter().any(|known| names(rule, known.id));
    if is_known && !rule.starts_with("complete/") {
        return None;
    }
    let (message, help) = if is_known {
        (format!("`{rule}` cannot be left alone within the text"), "add what is missing".to_owned())
    } else {
        let nearest = nearest(rule, known.iter().map(|rule| rule.id));
        (
            format!("there is no rule `{rule}`"),
            nearest.map_or_else(|| "name a rule of `lint`".to_owned(), |nearest| format!("the nearest is `{nearest}`")),
        )
    };
    Some(LintFinding::new(&UNKNOWN, prose, named.clone(), message).with_help(help))
}

/// `lint: {disable: [RULE]}` or `lint.disable: [RULE]` of the front matter, for the whole text.
fn front_matter_scopes<'t>(prose: &Prose<'t>) -> Vec<Scope<'t>> {
    let Ok(parts) = FrontMatter::split(prose.text) else { return Vec::new() };
    let yaml: &'t str = prose.text.get(parts.yaml.clone()).unwrap_or_default();
    if !yaml.contains("disable") || !yaml.contains("lint") {
        return Vec::new();
    }
    let fields = read_fields(yaml, parts.first_line).unwrap_or_default();
    let disabled = fields.iter().filter_map(|field| match field.name.as_str() {
        "lint" => field.value.get("disable"),
        "lint.disable" => Some(&field.value),
        _ => None,
    });
    let listed = disabled.flat_map(|value| match value {
        serde_json::Value::Array(rules) => rules.iter().filter_map(|rule| rule.as_str()).collect(),
        serde_json::Value::String(rules) => rules.split(',').collect(),
        _ => Vec::new(),
    });
    // The name is taken from the text itself, so that it lives as long as the text.
    let in_text = |rule: &str| yaml.find(rule.trim()).and_then(|at| yaml.get(at..at + rule.trim().len()));
    let named = listed.filter_map(in_text).filter(|rule| !rule.is_empty());
    named.map(|rule| Scope { rule, range: 0..prose.text.len() + 1, named: None }).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;
    use crate::rules::lint::all::tests::rules_of;

    #[test]
    fn a_directive_leaves_its_rule_alone_in_the_next_block() {
        let text = "<!-- qpp-lint disable-next person/first: a quotation -->\n\nWe left!\n\nWe stayed.\n";
        assert_eq!(rules_of(text), ["3 casual/exclamation", "5 person/first"]);
        let list = "<!-- qpp-lint disable-next person/first, casual/*: a quotation -->\n- We left!\n- We stayed.\n\nWe left.\n";
        assert_eq!(rules_of(list), ["5 person/first"]);
    }

    #[test]
    fn a_stretch_ends_where_its_rule_is_enabled() {
        let text = "<!-- qpp-lint disable person/first: the operator's words -->\n\nWe left!\n\n<!-- qpp-lint enable person/first -->\n\nWe stayed.\n";
        assert_eq!(rules_of(text), ["3 casual/exclamation", "7 person/first"]);
        assert_eq!(rules_of("We left.\n\n<!-- qpp-lint disable person/first: words -->\n\nWe stayed.\n"), ["1 person/first"]);
    }

    #[test]
    fn the_front_matter_leaves_a_rule_alone_everywhere() {
        for yaml in ["lint:\n  disable: [person/first]\n", "lint.disable: [person/first, casual/word]\n", "lint: {disable: person/first}\n"]
        {
            assert_eq!(
                rules_of(&format!("---\n{yaml}---\nWe left!\n")),
                [format!("{} casual/exclamation", yaml.lines().count() + 3)],
                "{yaml}"
            );
        }
    }

    #[test]
    fn what_is_the_matter_with_a_directive_is_told() {
        assert_eq!(rules_of("<!-- qpp-lint disable-next person/first -->\n\nWe left.\n"), ["1 suppress/no-reason", "3 person/first"]);
        assert_eq!(rules_of("<!-- qpp-lint disable-next person/frist: x -->\n\nWe left.\n"), ["1 suppress/unknown", "3 person/first"]);
        assert_eq!(rules_of("<!-- qpp-lint disable-next person/first: x -->\n\nSam left.\n"), ["1 suppress/unused"]);
        assert_eq!(found_by("suppress/unused", "<!-- qpp-lint disable person/first: x -->\n"), ["person/first"]);
    }

    #[test]
    fn a_directive_in_code_is_text() {
        for text in ["`<!-- qpp-lint disable person/first: x -->`\n", "```\n<!-- qpp-lint disable person/first: x -->\n```\n"] {
            assert_eq!(rules_of(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn many_directives_take_no_time() {
        let text = "<!-- qpp-lint disable person/first: x -->\n\nWe left.\n\n".repeat(5_000);
        assert_eq!(rules_of(&text), [""; 0]);
    }
}
