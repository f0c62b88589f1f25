//! `conflict-markers`: no document holds what a merge that was not finished leaves behind.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::{CheckedFolder, conflict_lines};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "conflict-markers",
    level: Level::Error,
    what: "a merge was left half done: conflict markers stand in a document",
    source: "\"The Incident Response Document is the primary channel for communicating incident status\"",
};

/// Applies it: one finding a file, at its first marker.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let files = folder.texts.iter().filter_map(|(file, text)| Some((file, conflict_lines(text).first().copied()?)));
    files
        .map(|(file, line)| {
            let message = "a conflict marker stands here: a merge was not finished";
            let help = format!("qpp-incident repair {}", folder.id());
            folder.finding(&RULE, file, line, message).with_help(help)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn markers_are_named_once_a_file() {
        let sample = sound().with("## Summary\n", "<<<<<<< HEAD\n## Summary\n=======\n>>>>>>> other\n").with_in(
            "postmortem.md",
            "# Many",
            "<<<<<<< HEAD\n# Many",
        );
        let found = lines(RULE.id, &check(&sample.read()));
        let message = "error a conflict marker stands here: a merge was not finished";
        assert_eq!(found, [format!("incident.md:36 {message}"), format!("postmortem.md:6 {message}")]);
    }

    #[test]
    fn a_sound_folder_passes() {
        assert!(check(&sound().with("## Summary\n", "## Summary\n=======\n").read()).is_empty());
    }
}
