//! Where a markdown text surely holds code: closed fences, and code spans within a line. There a backslash is a backslash.
//! PURE. In doubt it is no code, so that `document::escape` protects it: a fence that stays open would swallow what follows.

use std::ops::Range;

/// The deepest indentation, in blanks, at which a fence is surely one.
const DEEPEST_FENCE: usize = 3;

/// A line that may open a fence.
struct Opening {
    mark: char,
    length: usize,
    indentation: usize,
}

/// A fence's character and length, if the text of a line, its indentation cut, opens one.
pub fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| *c == '`' || *c == '~')?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// Which lines, from line `from` on, stand in a fence that is closed whatever list the text stands in: the closing line is
/// indented as the opening one, and nothing between them less. An open fence is none.
///
/// # Source
/// `CommonMark` 0.31 §4.5 and §5.2.
pub fn fenced_lines(lines: &[&str], from: usize) -> Vec<bool> {
    let ends = fence_ends(lines);
    let mut fenced = vec![false; lines.len()];
    let mut index = from;
    while index < lines.len() {
        let last = ends.get(index).copied().flatten();
        if let Some(last) = last {
            fenced.iter_mut().take(last + 1).skip(index).for_each(|flag| *flag = true);
        }
        index = last.unwrap_or(index) + 1;
    }
    fenced
}

/// For each line that would open a sure fence, the line that closes it. One pass from the end.
fn fence_ends(lines: &[&str]) -> Vec<Option<usize>> {
    let mut ends = vec![None; lines.len()];
    // Lines that may close a fence, the nearest last; a shorter one behind a longer one is never reached.
    let mut closers: [Vec<(usize, usize)>; 2] = [Vec::new(), Vec::new()];
    // The nearest line that is indented by fewer than so many blanks.
    let mut shallower: [Option<usize>; DEEPEST_FENCE + 1] = [None; DEEPEST_FENCE + 1];
    for (index, line) in lines.iter().enumerate().rev() {
        if let (Some(opening), Some(end)) = (opening(line), ends.get_mut(index)) {
            let of_mark = closers.get(usize::from(opening.mark == '~')).map_or(&[] as &[_], Vec::as_slice);
            let closer = of_mark.iter().rev().find(|(_, run)| *run >= opening.length).map(|(at, _)| *at);
            *end = closer.filter(|at| {
                let end = lines.get(*at).and_then(|line| line.strip_prefix(&" ".repeat(opening.indentation)));
                let same = end.is_some_and(|end| end.starts_with(opening.mark));
                same && shallower.get(opening.indentation).copied().flatten().is_none_or(|first| first > *at)
            });
        }
        if let Some((mark, run)) = closing(line)
            && let Some(stack) = closers.get_mut(usize::from(mark == '~'))
        {
            while stack.last().is_some_and(|(_, other)| *other <= run) {
                stack.pop();
            }
            stack.push((index, run));
        }
        if !line.trim().is_empty() {
            shallower.iter_mut().skip(blanks(line) + 1).for_each(|first| *first = Some(index));
        }
    }
    ends
}

fn opening(line: &str) -> Option<Opening> {
    let indentation = blanks(line);
    let (mark, length) = fence(line.get(indentation..)?)?;
    (indentation <= DEEPEST_FENCE).then_some(Opening { mark, length, indentation })
}

/// A fence's character and length, if the line may close one.
fn closing(line: &str) -> Option<(char, usize)> {
    let line = line.trim_matches([' ', '\t', '\r']);
    let mark = line.chars().next().filter(|c| *c == '`' || *c == '~')?;
    (line.len() >= 3 && line.chars().all(|c| c == mark)).then_some((mark, line.len()))
}

/// How many blanks a line begins with; a tab, which is two to four in an entry, ends them.
fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The byte ranges of fenced blocks and of code spans, sorted. Blocks begin at line `from` at the earliest.
///
/// A span is sure when it lies within one line and no line above it in its paragraph holds a backtick that opens nothing: lists,
/// tables and quotations divide a paragraph where it cannot be seen from the text alone.
///
/// # Source
/// `CommonMark` 0.31 §6.1: a span opens with a run of backticks and closes with the next run of the same length,
/// within one paragraph.
pub fn code_ranges(text: &str, from: usize) -> Vec<Range<usize>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let fenced = fenced_lines(&lines, from);
    let has_table = lines.iter().any(|line| is_delimiter_row(line));
    let mut ranges = Vec::new();
    let mut is_balanced = true;
    let mut start = 0;
    for (line, in_fence) in lines.iter().zip(fenced) {
        let end = start + line.len();
        if in_fence {
            ranges.push(start..end);
        }
        if in_fence || line.trim().is_empty() {
            is_balanced = true;
        } else if is_balanced {
            let spans = code_spans(line);
            let is_cut = |span: &Range<usize>| has_table && line.get(span.clone()).is_some_and(|code| code.contains('|'));
            ranges.extend(spans.spans.into_iter().filter(|span| !is_cut(span)).map(|span| start + span.start..start + span.end));
            is_balanced = spans.is_balanced;
        }
        start = end + 1;
    }
    ranges
}

/// `--|--`, in a list or a quotation too: the lines around it may be a table, and a `|` then ends a cell even within backticks.
///
/// # Source
/// GitHub Flavored Markdown §4.10.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.contains(['|', ':']) && line.chars().all(|c| "-:| \t\r>*+.)0123456789".contains(c))
}

struct Spans {
    spans: Vec<Range<usize>>,
    /// No run of backticks is left over.
    is_balanced: bool,
}

fn code_spans(line: &str) -> Spans {
    let runs = backtick_runs(line);
    let mut found = Spans { spans: Vec::new(), is_balanced: true };
    let mut index = 0;
    while let Some(open) = runs.get(index) {
        let length = open.range.len() - usize::from(open.escaped);
        let closing = runs.iter().enumerate().skip(index + 1).find(|(_, run)| run.range.len() == length);
        if let Some((at, close)) = closing {
            found.spans.push(open.range.end - length..close.range.end);
            index = at + 1;
        } else {
            found.is_balanced &= length == 0;
            index += 1;
        }
    }
    found
}

struct BacktickRun {
    range: Range<usize>,
    /// A backslash stands before it: its first backtick cannot open a span, though all of it can close one.
    escaped: bool,
}

fn backtick_runs(line: &str) -> Vec<BacktickRun> {
    let bytes = line.as_bytes();
    let mut runs: Vec<BacktickRun> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'`') {
        match runs.last_mut() {
            Some(run) if run.range.end == at => run.range.end = at + 1,
            _ => {
                let before = line.get(..at).unwrap_or_default();
                let escaped = (before.len() - before.trim_end_matches('\\').len()) % 2 == 1;
                runs.push(BacktickRun { range: at..at + 1, escaped });
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fenced(text: &str) -> String {
        let lines: Vec<&str> = text.split('\n').collect();
        fenced_lines(&lines, 0).iter().map(|flag| if *flag { 'x' } else { '.' }).collect()
    }

    #[test]
    fn a_fence_is_one_only_where_it_is_surely_closed() {
        for (text, wanted) in [
            ("```\na\n```\nb", "xxx."),
            ("  ```sh\n  a\n\n  ```", "xxxx"),
            ("~~~\n```\n~~~~", "xxx"),
            ("````\n```\n````", "xxx"),
            ("```\nopen", ".."),
            ("```\na\n    ```", "..."),
            ("```\na\n  ```\n```", "...."),
            ("    ```\na\n    ```", "..."),
            // The line that ends the list opens a fence of its own, which takes in what follows.
            ("- a\n  ```\n  b\n```\n## H\n```", "...xxx"),
            ("- a\n  ```\nb\n  ```", "...."),
            ("\t```\n\ta\n\t```", "..."),
            ("```\r\na\r\n```\r", "xxx"),
            ("```\na\n```\u{a0}", "..."),
        ] {
            assert_eq!(fenced(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_span_with_a_bar_is_none_where_a_table_may_be() {
        assert_eq!(code_ranges("`a | b`", 0).len(), 1);
        assert_eq!(code_ranges("x | y\n--|--\n`a | b`", 0).len(), 0);
    }

    #[test]
    fn a_million_fences_take_no_time() {
        for line in ["```a\n", " ```\nx\n", "`` ` "] {
            let text = line.repeat(50_000);
            assert!(code_ranges(&text, 0).len() < text.len());
        }
    }
}
