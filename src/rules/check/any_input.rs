//! Whatever stands in the files, the rules find what they find and never panic.
//! TESTS ONLY: random text, and the sample with pieces cut out, doubled and put in.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use crate::document::config::Config;
use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::teams::Teams;
use crate::rules::check::all::{check_folder, check_repository};
use crate::rules::check::checked_folder::{CheckedFolder, Surroundings};
use crate::rules::check::checked_repository::CheckedRepository;
use crate::rules::check::sample::{INCIDENT, PATH, POSTMORTEM, RCA};

/// What breaks a reader, if anything does.
const PIECES: [&str; 16] = [
    "---\n",
    "\n\n",
    "- 25:99 EST: **Closed.** — \n",
    "- 00:10 EST: **Rotation.** In: . Out: . Brief: \n",
    "- 00:10 EST: **Phase.** Extent. Not finished: . Reason: \n",
    "- 00:10 EST: **Assumption S2M.**\n- 00:10 EST: S2M S2M\n",
    "### 9999-99-99\n",
    "## Timeline\n",
    "| a | b |\n|---|\n",
    "<!--",
    "closed_at: 0000-00-00T00:00:00Z\n",
    "closed_at: 9999-12-31T23:59:59-05:00\n",
    "\u{feff}\r\n",
    "\u{202e}@\u{0}é.",
    "<<<<<<< ours\n",
    "```\n",
];

fn whole(incident: String, postmortem: String, rca: String, settings: &str) -> usize {
    let around = Surroundings {
        now: "2026-11-24T12:00:00-05:00".parse().unwrap(),
        config: Config::parse(settings).unwrap_or_default(),
        teams: Teams::parse(settings).ok(),
    };
    let texts = BTreeMap::from(
        [(INCIDENT_FILE, incident), (POSTMORTEM_FILE, postmortem), (RCA_FILE, rca)].map(|(name, text)| (name.to_owned(), text)),
    );
    let folder = CheckedFolder::read(PATH, "INC-K7QFM".parse().unwrap(), texts, &Arc::new(around.clone()));
    let repository = CheckedRepository {
        config: Some(Ok(settings.to_owned())),
        teams: Some(Ok(settings.to_owned())),
        now: Some(around.now),
        ..CheckedRepository::default()
    };
    check_folder(&folder).len() + check_repository(&repository, &around.config).len()
}

/// The text with a piece put in at a place, and what stood there taken out or doubled.
fn mutated(text: &str, changes: &[(usize, usize, usize)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (at, length, piece) in changes {
        let at = at % (characters.len() + 1);
        let end = (at + length).min(characters.len());
        let taken: Vec<char> = characters.splice(at..end, PIECES.get(piece % PIECES.len()).unwrap_or(&"").chars()).collect();
        if piece % 3 == 0 {
            characters.splice(at..at, taken);
        }
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_bytes_never_panic(one in proptest::collection::vec(any::<u8>(), 0..300), two in "\\PC{0,120}", settings in "\\PC{0,60}") {
        let one = String::from_utf8_lossy(&one).into_owned();
        whole(one.clone(), two.clone(), one.clone(), &settings);
        whole(format!("---\n{one}\n---\n{two}"), format!("---\n{two}"), format!("---\n{one}\n---\n"), &one);
    }

    #[test]
    fn the_sample_with_its_pieces_moved_never_panics(changes in proptest::collection::vec((0_usize..4000, 0_usize..80, 0_usize..64), 1..8)) {
        whole(mutated(INCIDENT, &changes), mutated(POSTMORTEM, &changes), mutated(RCA, &changes), &mutated("teams:\n- name: a\n", &changes));
        whole(INCIDENT.to_owned(), mutated(POSTMORTEM, &changes), mutated(RCA, &changes), "");
    }
}
