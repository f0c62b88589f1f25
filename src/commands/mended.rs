//! A document that was merged as text or left unmerged, read as both sides say it: for `show`, `status`, `log` and `repair`.
//! Reads; changes nothing. The merge is `document::merge`.

use std::collections::BTreeMap;

use crate::commands::incident_choice::Target;
use crate::commands::session::Session;
use crate::document::folder::Folder;
use crate::document::merge::mend::{has_markers, versions};
use crate::document::merge::merge_file;
use crate::store::paths::IncidentPath;

impl Session<'_> {
    /// What a file says once both sides are put together; none where it needs no mending or there are no two sides to be had.
    pub fn mended(&self, path: &str, text: &str) -> Option<String> {
        let staged = self.store.is_in_the_middle() || has_markers(text);
        let unmerged = staged.then(|| self.store.unmerged(path)).flatten();
        if let Some(unmerged) = &unmerged {
            let merged = match &unmerged.sides {
                [Some(ours), Some(theirs)] => merge_file(path, unmerged.base.as_deref(), ours, theirs).ok(),
                // Taken away on one side: the other stands.
                [one, other] => one.clone().or_else(|| other.clone()),
            };
            // What a person has written into the file since is not thrown away: only markers are.
            if has_markers(text) || unmerged.sides.iter().flatten().any(|side| side == text) {
                return merged.or_else(|| of_text(path, text));
            }
        }
        of_text(path, text)
    }

    /// An incident for a command that only reads: where a merge was left half done, what both sides say.
    pub fn target_to_read(&self, place: IncidentPath) -> Target {
        let target = self.target(place);
        if target.folder.is_ok() && !self.store.is_in_the_middle() {
            return target;
        }
        let mended = self.texts(&target.path).map(|texts| self.mended_texts(&target.path, &texts));
        let both = mended.ok().filter(|(_, names)| !names.is_empty()).and_then(|(texts, _)| Folder::parse(&target.path, &texts).ok());
        let Some(folder) = both else { return target };
        self.context
            .ui
            .warning(&format!("a merge was not finished: what both sides say is shown; qpp-incident repair {} mends it", target.id));
        Target { id: folder.incident.id(), folder: Ok(folder), path: target.path }
    }

    /// The texts of a folder with every file mended that needs it, and the names of those.
    pub fn mended_texts(&self, folder: &str, texts: &BTreeMap<String, String>) -> (BTreeMap<String, String>, Vec<String>) {
        let mut mended = texts.clone();
        let mut names = Vec::new();
        for (name, text) in texts {
            if let Some(merged) = self.mended(&format!("{folder}/{name}"), text).filter(|merged| merged != text) {
                mended.insert(name.clone(), merged);
                names.push(name.clone());
            }
        }
        (mended, names)
    }
}

fn of_text(path: &str, text: &str) -> Option<String> {
    let sides = versions(text)?;
    merge_file(path, sides.base.as_deref(), &sides.ours, &sides.theirs).ok()
}
