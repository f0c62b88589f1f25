//! Markdown to HTML for `show --html`: the document's body as one fragment.
//! PURE. Raw HTML and dangerous links are never passed on; front matter is left out; nesting is capped.

use comrak::Options;

use crate::document::front_matter::FrontMatter;

/// How deep quotations and lists may nest; deeper markers are shown as the text that they are.
const DEEPEST: usize = 32;

/// The body of a document as HTML: tables, struck-out text, bare links, and an id on every heading (`section-timeline-…`).
///
/// # Source
/// GitHub Flavored Markdown.
///
/// # Examples
/// ```
/// use qpp_incident::document::render::html;
/// assert_eq!(html("---\nid: x\n---\n~~A9D~~ done\n"), "<p><del>A9D</del> done</p>\n");
/// ```
pub fn html(document: &str) -> String {
    let body = FrontMatter::split(document).map_or(document, |parts| document.get(parts.body_start..).unwrap_or_default());
    comrak::markdown_to_html(&capped(body), &options())
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.header_id_prefix = Some("section-".to_owned());
    options.extension.header_id_prefix_in_href = true;
    options.render.r#unsafe = false;
    options
}

/// The text with the markers beyond the cap on each line made text, so that no renderer has to follow them.
fn capped(body: &str) -> String {
    let lines = body.split_inclusive('\n').map(|line| match deep_marker(line) {
        Some(at) => {
            let (head, tail) = line.split_at_checked(at).unwrap_or((line, ""));
            format!("{head}\\{tail}")
        }
        None => line.to_owned(),
    });
    lines.collect()
}

/// Where on a line the first marker stands that nests too deep. Nesting by indentation costs its square in bytes, so it needs no cap.
fn deep_marker(line: &str) -> Option<usize> {
    let mut depth = 0;
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let before_blank = characters.peek().is_some_and(|(_, next)| next.is_whitespace());
        match c {
            ' ' | '\t' => {}
            '>' => depth += 1,
            '-' | '*' | '+' if before_blank => depth += 1,
            _ => return None,
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_documents_use_is_rendered() {
        let text = "---\nid: INC-K7QFM\n---\n# Many errors\n\n## Action Items\n\n| Action item | Owner |\n|---|---|\n| ~~A9D~~ | Ada |\n\nsee https://x.example/1\n";
        let html = html(text);
        assert!(!html.contains("INC-K7QFM"), "{html}");
        for part in [
            "<table>",
            "<td><del>A9D</del></td>",
            "<a href=\"https://x.example/1\">",
            "id=\"section-action-items\"",
            "href=\"#section-action-items\"",
            "<h1 id=\"section-many-errors\">",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn scripts_and_dangerous_links_are_inert() {
        for text in [
            "<script>alert(1)</script>",
            "text <img src=x onerror=alert(1)> text",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](vbscript:x) ![a](data:text/html;base64,x)",
            "<javascript:alert(1)>",
            "[a]: javascript:alert(1)\n\n[a]",
            "<iframe src=\"https://x.example\"></iframe>",
        ] {
            let html = html(text).to_lowercase();
            for bad in ["<script", "<img src=x", "<iframe", "href=\"javascript", "href=\"vbscript", "href=\"data", "src=\"data"] {
                assert!(!html.contains(bad), "{bad} in {html}");
            }
        }
    }

    #[test]
    fn deep_nesting_is_cut_and_ends_soon() {
        for text in [">".repeat(50_000), "> ".repeat(50_000), "- ".repeat(20_000)] {
            let html = html(&text);
            let depth = html.matches("<blockquote>").count().max(html.matches("<ul>").count());
            assert!(depth <= DEEPEST, "{depth}");
        }
    }

    #[test]
    fn a_document_without_front_matter_is_rendered_whole() {
        assert_eq!(html("text"), "<p>text</p>\n");
        assert_eq!(
            html("    code -----------------------------------------\n"),
            "<pre><code>code -----------------------------------------\n</code></pre>\n"
        );
        assert_eq!(html("a\n\n----------------------------------------\n\n***\n"), "<p>a</p>\n<hr />\n<hr />\n");
    }
}
