//! A page cut into prose and steps. A step is a `$ command` of a ```` ```console ```` block and the output that it shows;
//! lines that follow with `> ` go on with the command. A block fenced ```` ```console,ignore ```` is prose.

/// One command and what the page shows for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The line of the command, from 1.
    pub line: usize,
    /// The lines of the command as the page has them, `$ ` and `> ` included.
    pub shown: String,
    /// What the shell is given.
    pub command: String,
    /// The output, whole lines.
    pub expected: String,
}

/// A part of a page, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Kept as it is.
    Prose(String),
    /// Run and compared.
    Step(Step),
}

/// Cuts a page.
pub fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut fence: Option<bool> = None;
    for (at, line) in page.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        match fence {
            None if bare.starts_with("```") => {
                fence = Some(bare == "```console");
                prose(&mut parts, line);
            }
            Some(_) if bare == "```" => {
                fence = None;
                prose(&mut parts, line);
            }
            Some(true) => in_console(&mut parts, at + 1, line),
            _ => prose(&mut parts, line),
        }
    }
    parts
}

/// The page again, with the output that each step gave.
pub fn page(parts: &[Part]) -> String {
    let text = parts.iter().map(|part| match part {
        Part::Prose(text) => text.clone(),
        Part::Step(step) => format!("{}{}", step.shown, step.expected),
    });
    text.collect()
}

fn prose(parts: &mut Vec<Part>, line: &str) {
    if let Some(Part::Prose(text)) = parts.last_mut() { text.push_str(line) } else { parts.push(Part::Prose(line.to_owned())) }
}

fn in_console(parts: &mut Vec<Part>, number: usize, line: &str) {
    if let Some(command) = line.strip_prefix("$ ") {
        parts.push(Part::Step(Step { line: number, shown: line.to_owned(), command: command.to_owned(), expected: String::new() }));
        return;
    }
    match parts.last_mut() {
        Some(Part::Step(step)) => match line.strip_prefix("> ").filter(|_| step.expected.is_empty()) {
            Some(more) => {
                step.shown.push_str(line);
                step.command.push_str(more);
            }
            None => step.expected.push_str(line),
        },
        _ => prose(parts, line),
    }
}

mod tests {
    use super::*;

    const PAGE: &str = "# A\n```console\n$ echo a \\\n> b\na b\n$ true\n```\n```console,ignore\n$ rm -rf /\n```\n```sh\n$ x\n```\n";

    #[test]
    fn a_page_is_cut_and_put_together_again() {
        assert_eq!(page(&parts(PAGE)), PAGE);
    }

    #[test]
    fn only_console_blocks_are_steps() {
        let steps: Vec<_> =
            parts(PAGE).into_iter().filter_map(|part| if let Part::Step(step) = part { Some(step) } else { None }).collect();
        let seen: Vec<_> = steps.iter().map(|step| (step.line, step.command.as_str(), step.expected.as_str())).collect();
        assert_eq!(seen, [(3, "echo a \\\nb\n", "a b\n"), (6, "true\n", "")]);
    }
}
