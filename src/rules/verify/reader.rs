//! Documents read once: the last version of each is remembered, so that a long history parses each version one time.
//! PURE.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::evidence::Evidence;
use crate::domain::history::Blob;

/// How many documents are remembered.
const REMEMBERED: usize = 8192;

/// The last version of each document that was read.
#[derive(Debug, Default)]
pub struct EvidenceReader {
    last: HashMap<String, (String, Arc<Evidence>)>,
}

impl EvidenceReader {
    /// What a version of a document proves.
    pub fn read(&mut self, path: &str, blob: &Arc<Blob>, before: Option<&Evidence>) -> Arc<Evidence> {
        let last = match self.last.get(path) {
            Some((id, evidence)) if *id == blob.id => return Arc::clone(evidence),
            last => last.map(|(_, evidence)| Arc::clone(evidence)),
        };
        let evidence = Arc::new(Evidence::read(blob, before.or(last.as_deref())));
        if self.last.len() >= REMEMBERED {
            self.last.clear();
        }
        self.last.insert(path.to_owned(), (blob.id.clone(), Arc::clone(&evidence)));
        evidence
    }
}
