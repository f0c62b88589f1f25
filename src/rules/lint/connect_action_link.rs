//! `connect/action-link`: an action item says who does it, where it is tracked, and which cause it answers.
//! PURE. Tables of this program's form are read by column, lists as a whole.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::document::action_table::items;
use crate::domain::action_item::ActionItem;
use crate::domain::finding::Level;
use crate::rules::lint::block::{Block, BlockKind};
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::{LintedText, TextKind};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{block_to_line_end, follows_the_process, line_span, tells_of_an_incident};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::{Word, WordKind, hash};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "connect/action-link",
    level: Level::Warning,
    what: "an action item without owner, issue, or the cause that it answers; in a report of another form: advice",
    source: "Draw connections between actions and outcomes, observations and analysis",
    page: include_str!("data/pages/connect-action-link.txt"),
};

static COMMON: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/common.txt")));

/// How many letters two words share that mean the same: `alerted` and `alerts`.
const STEM: usize = 5;

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    if !tells_of_an_incident(prose, linted) {
        return;
    }
    let causes = (linted.kind == TextKind::Postmortem).then(|| causes(prose)).filter(|causes| !causes.is_empty());
    for item in items(linted.text, "").iter().filter(|item| item.done_on.is_none()) {
        let answers =
            causes.as_ref().is_none_or(|causes| says_its_cause(&item.text) || stems_of_text(&item.text).any(|stem| causes.contains(&stem)));
        let Some(span) = line_span(linted.text, item.line).filter(|_| !lacks(item, answers).is_empty()) else { continue };
        let message = format!("this action item names {}", lacks(item, answers).join(", "));
        found.push(LintFinding::new(&RULE, prose, span, message).with_help(help(answers)));
    }
    let items = top_items(prose);
    let lacks_both = |block: &&&Block| !has_issue(prose, block) && !has_owner(block, linted) && !is_done(prose, block);
    let lacking: Vec<&&Block> = items.iter().filter(lacks_both).collect();
    // A list that names nobody does so from its first item to its last: that is one thing to say.
    if let Some(span) = lacking.first().and_then(|block| words_span(block)) {
        let message = match (lacking.len(), items.len()) {
            (1, 1) => "the action item names no owner and no issue".to_owned(),
            (1, all) => format!("one of the {all} action items names no owner and no issue"),
            (lacking, all) => format!("{lacking} of the {all} action items name no owner and no issue, this one first"),
        };
        let finding = LintFinding::new(&RULE, prose, span, message).with_help(help(true));
        found.push(if follows_the_process(prose, linted) { finding } else { finding.at_level(Level::Advice) });
    }
}

fn lacks(item: &ActionItem, answers: bool) -> Vec<&'static str> {
    let lacks = [(item.owner.is_none(), "no owner"), (item.issue.is_none(), "no issue"), (!answers, "none of the causes")];
    lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
}

fn help(answers: bool) -> &'static str {
    if answers {
        "say who does it and where it is tracked"
    } else {
        "say which cause it answers: \u{201c}… because …\u{201d}, or in the words of the root causes"
    }
}

/// What the words of the sections on causes begin with.
fn causes(prose: &Prose) -> HashSet<u32> {
    use SectionKind::{Detection, GotLucky, RootCauses, Summary, Trigger, WentWrong};
    let kinds = [Summary, RootCauses, Trigger, Detection, WentWrong, GotLucky];
    let blocks = prose.blocks.iter().filter(|block| block.is_prose() && kinds.contains(&block.section));
    blocks.flat_map(|block| &block.words).filter_map(|word| stem(&word.lower)).collect()
}

fn stems_of_text(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).filter_map(|word| stem(&word.to_lowercase()))
}

/// The beginning of a word that can connect two texts.
fn stem(lower: &str) -> Option<u32> {
    let is_said = lower.chars().count() >= 4 && COMMON.value_of(lower).is_none();
    is_said.then(|| hash(&lower.chars().take(STEM).collect::<String>()))
}

fn says_its_cause(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["because", "so that", "which caused", "since the"].iter().any(|word| lower.contains(word))
}

/// The items of lists of action items, without what is listed below them.
fn top_items<'p, 't>(prose: &'p Prose<'t>) -> Vec<&'p Block<'t>> {
    let is_item = |block: &&Block| block.section == SectionKind::ActionItems && block.kind == BlockKind::ListItem && block.is_item;
    let items: Vec<&Block> = prose.blocks.iter().filter(is_item).filter(|block| !is_label(block)).collect();
    let Some(least) = items.iter().map(|block| indent(prose, block)).min() else { return items };
    // `9. ` and `10. ` are of one level.
    items.into_iter().filter(|block| indent(prose, block) <= least + 1).collect()
}

fn is_label(block: &Block) -> bool {
    block.words.iter().all(|word| word.is_strong)
}

fn indent(prose: &Prose, block: &Block) -> usize {
    prose.place(block.span.start).1
}

/// The words of an item without its label.
fn words_span(block: &Block) -> Option<Range<usize>> {
    let first = block.words.iter().find(|word| !word.is_strong).or_else(|| block.words.first())?;
    Some(first.span.start..block.words.last()?.span.end).filter(|span| !span.is_empty())
}

/// A link, a URL, `#12` or `OPS-12`.
fn has_issue(prose: &Prose, block: &Block) -> bool {
    let source = block_to_line_end(prose, block);
    let is_key = |word: &Word| {
        let number = word.text.strip_prefix('#').or_else(|| word.text.rsplit_once(['-', '#']).map(|(_, number)| number));
        word.kind != WordKind::Number && number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    source.contains("](") || source.contains("][") || source.contains("://") || block.words.iter().any(is_key)
}

fn has_owner(block: &Block, linted: &LintedText) -> bool {
    let is_named = |word: &Word| word.text.starts_with('@') || matches!(word.lower.as_ref(), "owner" | "assignee" | "assigned");
    block.words.iter().any(|word| is_named(word) || linted.known.is_person(&word.lower))
}

fn is_done(prose: &Prose, block: &Block) -> bool {
    // What stands between the marker and the text: `[x] ` or `~~`.
    let before = prose.text.get(..block.span.start).unwrap_or_default();
    let line: String = before.chars().rev().take(8).take_while(|c| *c != '\n').collect();
    let says_so = |word: Option<&Word>| word.is_some_and(|word| matches!(word.lower.as_ref(), "done" | "completed" | "fixed"));
    line.contains("]x[") || line.contains("]X[") || line.contains("~~") || says_so(block.words.first()) || says_so(block.words.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::known::Known;

    fn found(text: &str, kind: TextKind) -> Vec<String> {
        let known = Known::new(&["Ada Byron"], &[], &[]);
        let linted = LintedText { kind, ..LintedText::other(text, &known) };
        let mut found = Vec::new();
        lint(&Prose::read(text), &linted, &mut found);
        found.iter().map(|found| format!("{} {}", found.finding.line.unwrap_or(0), found.finding.message)).collect()
    }

    #[test]
    fn a_row_says_who_where_and_why() {
        let text = "# T\n\n## Root Causes\n\nThe pool had 4 connections.\n\n## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n\
                    | A42 Alert when the pool is 80 % full | detect | Ada | OPS-1 |\n| AT4 Train everybody | prevent | Ada |  |\n| ~~A7Q Buy disks~~ done 2026-12-01 | prevent |  |  |\n\
                    | A7D Buy disks, because they were full | prevent |  |  |\n";
        assert_eq!(
            found(text, TextKind::Postmortem),
            ["12 this action item names no issue, none of the causes", "14 this action item names no owner, no issue",]
        );
    }

    #[test]
    fn an_item_of_a_list_needs_an_owner_or_an_issue() {
        let text = "# T\n\n## Summary\n\nx\n\n## Timeline\n\n- y\n\n## Action items\n\n### Docs\n\n1. Write it down\n   - in the wiki\n2. Alert [issue](https://x.example/1)\n3. Ada writes a test\n\
                    4. Fix #12\n5. Ask @sam\n6. OPS-12 disk\n7. [x] Done that\n8. Buy a disk (Done)\n";
        assert_eq!(found(text, TextKind::Other), ["15 one of the 7 action items names no owner and no issue"]);
        assert_eq!(found("# How to\n\n## Action items\n\n- x\n", TextKind::Other), [""; 0]);
    }
}
