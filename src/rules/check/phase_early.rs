//! `phase-early`: a lower priority begins when all is done for the higher ones, or with a reason.
//! PURE. The command asks for the reason; a line by hand may lack it.

use crate::document::phases::{Pass, passes};
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "phase-early",
    level: Level::Warning,
    what: "a phase began while a higher priority was unfinished, and no reason is given",
    source: "\"Work shouldn't begin on a lower priority task until we are moving as fast as possible on all higher priority tasks\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let passes = folder.document().map(passes).unwrap_or_default();
    let early = passes.iter().filter(|pass| !pass.unfinished.is_empty() && !has_reason(pass));
    let finding = |pass: &Pass| {
        let names: Vec<&str> = pass.unfinished.iter().map(|phase| phase.word()).collect();
        let phase = pass.phase.map_or("a phase", |phase| phase.word());
        let message = format!("{phase} began with {} unfinished, and nothing says why", names.join(" and "));
        let help =
            format!("qpp-incident correct {id} ENTRY TEXT; in time, qpp-incident phase {id} {phase} --reason TEXT", id = folder.id());
        folder.at_line(&RULE, pass.line, message).with_help(help)
    };
    early.map(finding).collect()
}

fn has_reason(pass: &Pass) -> bool {
    let ahead = pass.words.as_ref().and_then(|words| words.ahead.as_ref());
    ahead.is_some_and(|(_, reason)| !reason.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn a_phase_that_began_too_early_is_named() {
        let sample = running("01:00:00").with_last_entry("- 00:10 EST: **Phase.** Stabilize. — Sam Reyes");
        let found = lines(RULE.id, &check(&sample.read()));
        assert_eq!(found.len(), 1);
        assert!(
            found.iter().all(|line| line.ends_with("stabilize began with mitigate and extent unfinished, and nothing says why")),
            "{found:?}"
        );
    }

    #[test]
    fn one_in_its_order_or_with_a_reason_passes() {
        let reason = "- 00:10 EST: **Phase.** Extent. Not finished: mitigate. Reason: Two teams. — Sam Reyes";
        for entry in ["- 00:10 EST: **Phase.** Mitigate. — Sam Reyes", reason] {
            assert!(check(&running("01:00:00").with_last_entry(entry).read()).is_empty(), "{entry}");
        }
        assert!(check(&sound().read()).is_empty());
    }
}
