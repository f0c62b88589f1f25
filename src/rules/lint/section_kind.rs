//! What a section of a report is about, by its heading: the process's own headings, and the words that other people use for them.
//! PURE.

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// What went wrong, in short.
    Summary,
    /// Who and what was affected.
    Impact,
    /// What happened when.
    Timeline,
    /// What contributed.
    RootCauses,
    /// What caused it.
    Trigger,
    /// What resolved it.
    Resolution,
    /// How the team learned of it.
    Detection,
    /// What is to be done.
    ActionItems,
    /// Lessons learned, and what stands under it without a heading of its own.
    LessonsLearned,
    /// What went well.
    WentWell,
    /// What went wrong.
    WentWrong,
    /// Where the team got lucky.
    GotLucky,
    /// Anything else, and text before the first heading.
    Other,
}

/// Words that a heading begins with or holds, and what they make it; the first that fits counts.
const HEADINGS: &[(&str, SectionKind)] = &[
    ("went well", SectionKind::WentWell),
    ("gone well", SectionKind::WentWell),
    ("worked well", SectionKind::WentWell),
    ("positives", SectionKind::WentWell),
    ("went wrong", SectionKind::WentWrong),
    ("go wrong", SectionKind::WentWrong),
    ("went poorly", SectionKind::WentWrong),
    ("went badly", SectionKind::WentWrong),
    ("didn't go well", SectionKind::WentWrong),
    ("did not go well", SectionKind::WentWrong),
    ("go better", SectionKind::WentWrong),
    ("gone better", SectionKind::WentWrong),
    ("can be improved", SectionKind::WentWrong),
    ("can we improve", SectionKind::WentWrong),
    ("lucky", SectionKind::GotLucky),
    ("lesson", SectionKind::LessonsLearned),
    ("learnings", SectionKind::LessonsLearned),
    ("learned", SectionKind::LessonsLearned),
    ("learnt", SectionKind::LessonsLearned),
    ("retrospective", SectionKind::LessonsLearned),
    ("takeaways", SectionKind::LessonsLearned),
    ("timeline", SectionKind::Timeline),
    ("time line", SectionKind::Timeline),
    ("chronolog", SectionKind::Timeline),
    ("sequence of events", SectionKind::Timeline),
    ("key events", SectionKind::Timeline),
    ("incident log", SectionKind::Timeline),
    ("action", SectionKind::ActionItems),
    ("follow-up", SectionKind::ActionItems),
    ("follow up", SectionKind::ActionItems),
    ("followup", SectionKind::ActionItems),
    ("next step", SectionKind::ActionItems),
    ("future work", SectionKind::ActionItems),
    ("going forward", SectionKind::ActionItems),
    ("recommendation", SectionKind::ActionItems),
    ("prevent", SectionKind::ActionItems),
    ("improvements", SectionKind::ActionItems),
    ("we are doing", SectionKind::ActionItems),
    ("we're doing", SectionKind::ActionItems),
    ("will do", SectionKind::ActionItems),
    ("todo", SectionKind::ActionItems),
    ("to do", SectionKind::ActionItems),
    ("root cause", SectionKind::RootCauses),
    ("contributing", SectionKind::RootCauses),
    ("causes", SectionKind::RootCauses),
    ("cause", SectionKind::RootCauses),
    ("analysis", SectionKind::RootCauses),
    ("trigger", SectionKind::Trigger),
    ("resolution", SectionKind::Resolution),
    ("resolved", SectionKind::Resolution),
    ("mitigation", SectionKind::Resolution),
    ("remediation", SectionKind::Resolution),
    ("recovery", SectionKind::Resolution),
    ("response", SectionKind::Resolution),
    ("fix", SectionKind::Resolution),
    ("detect", SectionKind::Detection),
    ("identified", SectionKind::Detection),
    ("discovery", SectionKind::Detection),
    ("impact", SectionKind::Impact),
    ("extent", SectionKind::Impact),
    ("affected", SectionKind::Impact),
    ("summary", SectionKind::Summary),
    ("overview", SectionKind::Summary),
    ("what happened", SectionKind::Summary),
    ("tl;dr", SectionKind::Summary),
    ("tldr", SectionKind::Summary),
    ("abstract", SectionKind::Summary),
    ("synopsis", SectionKind::Summary),
];

/// The most bytes that a heading of a known section has; longer ones are titles.
const LONGEST: usize = 60;

impl SectionKind {
    /// The kind of section that a heading begins, if its words say.
    pub fn of_heading(title: &str) -> Option<Self> {
        if title.len() > LONGEST {
            return None;
        }
        let title = title.replace('\u{2019}', "'").to_lowercase();
        let starts_word = |at: usize| !title.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let found = HEADINGS.iter().find(|(words, _)| title.find(words).is_some_and(starts_word));
        found.map(|(_, kind)| *kind)
    }

    /// Lessons learned and its three parts, where the active voice could be read as blame.
    pub fn is_lessons(self) -> bool {
        matches!(self, Self::LessonsLearned | Self::WentWell | Self::WentWrong | Self::GotLucky)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_words() {
        for (title, wanted) in [
            ("Timeline (all times EDT)", Some(SectionKind::Timeline)),
            ("Root Causes", Some(SectionKind::RootCauses)),
            ("Action Items", Some(SectionKind::ActionItems)),
            ("Review actions", Some(SectionKind::ActionItems)),
            ("What went well", Some(SectionKind::WentWell)),
            ("What didn\u{2019}t go well", Some(SectionKind::WentWrong)),
            ("Where we got lucky", Some(SectionKind::GotLucky)),
            ("Lessons learnt", Some(SectionKind::LessonsLearned)),
            ("How did we learn of it? Detection", Some(SectionKind::Detection)),
            ("Extent of the damage", Some(SectionKind::Impact)),
            ("Transaction log", None),
            ("BinderHub", None),
        ] {
            assert_eq!(SectionKind::of_heading(title), wanted, "{title}");
        }
    }
}
