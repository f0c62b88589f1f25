//! The end of a file, which after a merge something may follow: code or a comment that nobody closed is closed there.
//! PURE.

use crate::document::outline::{BlockKind, Outline};

/// What closes the things that markdown lets run to the end of the file, fences aside.
const CLOSERS: [&str; 8] = ["-->", "?>", "]]>", ">", "</pre>", "</script>", "</style>", "</textarea>"];

/// The document with whatever it leaves open at its end closed; the same document where nothing is.
pub fn closed(text: &str) -> String {
    let odd_fences = ["```", "~~~"].iter().any(|fence| text.lines().filter(|line| line.trim_start().starts_with(fence)).count() % 2 == 1);
    let opens = text.contains("<?") || text.matches("<!").count() != text.matches("-->").count();
    let raw = CLOSERS.iter().filter(|closer| closer.starts_with("</")).any(|closer| text.contains(&closer.replace(['/', '>'], "")));
    let may_be_open = odd_fences || opens || raw;
    if may_be_open && !can_be_followed(&with_blank_line(text)) { format!("{}\n", followable(text).trim_end()) } else { text.to_owned() }
}

/// The text with a blank line at its end, so that a heading may follow and be one.
pub fn followable(text: &str) -> String {
    let ended = with_blank_line(text);
    if can_be_followed(&ended) {
        return ended;
    }
    let fences = ['`', '~'].into_iter().filter_map(|mark| {
        let runs = text.lines().map(|line| line.trim_start().chars().take_while(|c| *c == mark).count());
        runs.max().filter(|longest| *longest >= 3).map(|longest| mark.to_string().repeat(longest))
    });
    let closers: Vec<String> = fences.chain(CLOSERS.map(str::to_owned)).collect();
    let closed = closers.iter().map(|closer| with_blank_line(&format!("{}\n{closer}\n", text.trim_end())));
    closed.into_iter().find(|closed| can_be_followed(closed)).unwrap_or(ended)
}

fn with_blank_line(text: &str) -> String {
    if text.is_empty() {
        "\n".to_owned()
    } else if text.ends_with("\n\n") {
        text.to_owned()
    } else {
        format!("{text}\n")
    }
}

fn can_be_followed(text: &str) -> bool {
    let outline = Outline::read(&format!("{text}## x\n"), 0);
    outline.blocks.last().is_some_and(|block| block.kind == BlockKind::Heading(2, "x".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_closed_once() {
        for (text, wanted) in [("a\n", "a\n"), ("```\n# x\n", "```\n# x\n```\n"), ("a\n\n<!-- b\n", "a\n\n<!-- b\n-->\n")] {
            assert_eq!(closed(text), wanted);
            assert_eq!(closed(wanted), wanted);
        }
    }

    #[test]
    fn what_runs_to_the_end_of_the_file_is_closed() {
        let cases = [
            ("a\n", "a\n\n"),
            ("", "\n"),
            ("a\n\n", "a\n\n"),
            ("````\n```\ncode\n", "````\n```\ncode\n````\n\n"),
            ("<!-- why\n", "<!-- why\n-->\n\n"),
            ("<pre>\nx\n", "<pre>\nx\n</pre>\n\n"),
        ];
        for (text, wanted) in cases {
            assert_eq!(followable(text), wanted);
        }
    }
}
