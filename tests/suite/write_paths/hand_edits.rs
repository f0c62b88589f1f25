//! What people do to documents by hand, one kind a function: the program's text in, somebody's text out.

/// An edit by hand.
pub type HandEdit = fn(&str) -> Vec<u8>;

/// Puts one text in place of another that must be there.
#[track_caller]
fn put(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old:?} is not in\n{text}");
    text.replacen(old, new, 1)
}

#[track_caller]
fn put_all(text: &str, edits: &[(&str, &str)]) -> Vec<u8> {
    edits.iter().fold(text.to_owned(), |text, (old, new)| put(&text, old, new)).into_bytes()
}

/// Nothing.
pub fn as_written(text: &str) -> Vec<u8> {
    format!("{text}\n").into_bytes()
}

/// Comments and odd quoting in the front matter.
pub fn remarks(text: &str) -> Vec<u8> {
    let is_report = text.contains("\nstatus: draft\n");
    if is_report {
        return put_all(
            text,
            &[("---\n", "---\n# the postmortem\n"), ("status: draft", "\"status\":   'draft' # not yet"), ("\n---\n", "\n# end\n---\n")],
        );
    }
    put_all(
        text,
        &[
            ("---\nid: INC-K7QFM\n", "---\n# who edits: keep\nid: \"INC-K7QFM\" # never change\n"),
            ("title: Many errors on Auth service\n", "title: 'Many errors on Auth service'\n\n# people\n"),
            ("status: open\n", "status:   open   # as of now\n"),
            ("severity: SEV-3\n", "\"severity\" : \"SEV-3\" # a guess\n"),
            ("teams:\n  - QPP-FE\n", "teams: # affected\n    # the first\n    - 'QPP-FE' # front end\n"),
            ("\n---\n# ", "\n  # the end\n# really\n---\n# "),
        ],
    )
}

/// Keys of somebody else's programs.
pub fn unknown_keys(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("id: INC-K7QFM\n", "jira: OPS-12\nid: INC-K7QFM\ncustom:\n  a: 1\n  b: [x, y]\n"),
            ("status: open\n", "status: open\nx-empty:\ntags:\n- one\n- \"two: three\"\n"),
            ("\n---\n# ", "\nnotes: |\n  - 12:00 EST: no entry\n\n  status: closed\nfolded: >-\n  one\n  two\n---\n# "),
        ],
    )
}

/// An editor of Windows.
pub fn crlf(text: &str) -> Vec<u8> {
    text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()
}

/// A byte order mark.
pub fn bom(text: &str) -> Vec<u8> {
    format!("\u{feff}{}", text.trim_start_matches('\u{feff}')).into_bytes()
}

/// The last line is not ended.
pub fn no_final_newline(text: &str) -> Vec<u8> {
    text.trim_end().as_bytes().to_vec()
}

/// Three at once.
pub fn bom_crlf_no_newline(text: &str) -> Vec<u8> {
    bom(&String::from_utf8(crlf(text.trim_end())).unwrap())
}

/// Half of it was edited on Windows.
pub fn mixed_line_ends(text: &str) -> Vec<u8> {
    let (first, second) = text.split_at(text.find("## Root Causes").unwrap());
    format!("{first}{}", second.replace('\n', "\r\n")).into_bytes()
}

/// More parts than the sample has.
pub fn extra_parts(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            (
                "## Summary\n",
                "See also the [runbook][1].\n\n[1]: https://runbook.example.org\n\n## Communications\n\n- 12:00 EST: said in chat\n\n## Summary\n",
            ),
            ("## Root Causes\n", "# Appendix\n\n### 2026-11-23\n\n- 11:00 EST: no entry\n\n## Root Causes\n"),
            ("## Lessons Learned\n", "## Timeline of another incident\n\n### 2026-11-23\n\n- 10:01 EST: elsewhere\n\n## Lessons Learned\n"),
        ],
    )
}

/// The timeline at the end, its last line an entry.
pub fn parts_in_another_order(text: &str) -> Vec<u8> {
    let (head, rest) = text.split_at(text.find("## Timeline").unwrap());
    let (timeline, tail) = rest.split_at(rest.find("## Root Causes").unwrap());
    format!("{head}{}\n\n{}", tail.trim_end(), timeline.trim_end()).into_bytes()
}

/// Lists, code, quotations and comments within the timeline that are no entries.
pub fn lines_that_look_like_entries(text: &str) -> Vec<u8> {
    let more = concat!(
        "  - 10:30 EST: nested\n    - 10:31 EST: deeper\n\n  ```\n  - 10:32 EST: in code\n  ```\n\n",
        "```\n### 2026-11-23\n\n- 10:33 EST: **Closed.** in code\n```\n\n> - 10:34 EST: quoted\n\n<!--\n- 10:35 EST: hidden\n-->\n\n",
        "    - 10:36 EST: indented code\n\n| 10:37 EST | a |\n|---|---|\n| - 10:38 EST: x | b |\n\n",
        "- a remark\n- 25:99 EST: no such time\n- 10:40 XYZ: no such zone\n1. 10:41 EST: numbered\n\n",
    );
    put_all(text, &[("## Root Causes\n", &format!("{more}## Root Causes\n"))])
}

/// Tables as people write them.
pub fn tables_by_hand(text: &str) -> Vec<u8> {
    let table = "Action item|Type|Owner|Issue|Due\n:--|--:|:-:|--|--\nA0A Fix `a|b` \\| c|prevent|||\n|  ~~A0B Old~~ done 2026-01-01 | | Ada | [x](https://x.example) | soon |";
    put_all(
        text,
        &[
            ("| Action item | Type | Owner | Issue |\n|---|---|---|---|\n", &format!("{table}\n")),
            ("40 % of logins.\n", "40 % of logins.\n\nwhat | how\n--- | ---\nlogins | bad\n"),
        ],
    )
}

/// Words of many alphabets.
pub fn not_ascii(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("title: Many errors on Auth service\n", "title: Größe 数据 עברית 🔥 e\u{301}\n"),
            (
                "reporter: Jeff Lee <jeff@example.org>\n",
                "reporter: Žofie Ångström <zofie@example.org>\nresponders:\n  - 李雷 <lilei@example.org>\n",
            ),
            ("Logins fail since 09:50.\n", "Anmeldung schlägt fehl — seit 09:50 Uhr.\u{a0}Ende…\n"),
            ("— Grace Hopper\n", "— Grace Hopper\n- 10:00 EST: 数据库重启 🔥 — 李雷\n"),
        ],
    )
}

/// Blanks where nobody sees them.
pub fn tabs_and_trailing_blanks(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("---\nid: INC-K7QFM\n", "---  \nid:   INC-K7QFM\t\n"),
            ("status: open\n", "status: open  \n"),
            ("## Summary\n", "## Summary  \n\t\n"),
            ("### 2026-11-23\n", "###  2026-11-23\t\n"),
            ("— Grace Hopper\n", "— Grace Hopper  \n  more\tof it\t\n-\t10:00 EST: after a tab\n\n\n\n"),
            ("## Root Causes\n", "   \n\t\n##\tRoot Causes ##\n"),
        ],
    )
}

/// Other marks for the same things.
pub fn other_marks(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("## Timeline (all times America/New_York)\n", "Timeline (all times America/New_York)\n--------\n"),
            ("### 2026-11-23\n\n", "### 2026-11-23 ###\n"),
            ("- 10:00 EST: **Opened.**", "* 10:00 EST: **Opened.**"),
            ("## Root Causes\n", "+ 10:00: with a plus\n* 10:00 est: with a star\n## Root Causes\n"),
            ("## Trigger\n", "## Trigger ##\n"),
        ],
    )
}

/// Somebody did not like the head block.
pub fn no_head_block(text: &str) -> Vec<u8> {
    let from = text.find("**Status:**").unwrap();
    let to = text.find("## Summary").unwrap();
    format!("{}{}", &text[..from], &text[to..]).into_bytes()
}

/// Somebody wrote into the head block, which is written anew.
pub fn head_block_by_hand(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("**Status:** open", "**Status:** all is well, really\nand more\n**Other:** x"),
            ("## Summary\n", "**Bridge:** 555-0100\n\n## Summary\n"),
        ],
    )
}

/// Rules, HTML and footnotes.
pub fn rules_and_html(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            (
                "## Summary\n",
                "---\n\n<details>\n<summary>## Timeline</summary>\n\n- 10:00 EST: no entry\n\n</details>\n\n---\n\n## Summary\n",
            ),
            ("## Root Causes\n", "***\n\nText[^1] with `code`.\n\n[^1]: A note.\n\n## Root Causes\n"),
            ("<!-- What contributed. -->\n", "<!-- What contributed. --> The pool.<br>\n"),
        ],
    )
}

/// Blank lines between entries, none around headings.
pub fn loose_lists(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("### 2026-11-23\n\n", "### 2026-11-23\n"),
            ("— Grace Hopper\n\n", "— Grace Hopper\n\n- 10:00 EST: loose\n\n  more\n\n\n- 10:01 EST: looser\n  lazy\nand lazier\n"),
        ],
    )
}

/// Entries typed by hand, some out of order, some of kinds that do not count.
pub fn entries_by_hand(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[(
            "### 2026-11-23\n\n",
            "### 2026-11-22\n\n- 23:59: before — Jeff Lee\n\n### 2026-11-23\n\n- 10:05: later\n- 09:00 EST: **Closed.** by hand — Jeff Lee\n- 09:30 EST: **Bold.** text (logged 09:40)\n",
        )],
    )
}

/// Lists and texts in YAML's other styles.
pub fn lists_in_flow(text: &str) -> Vec<u8> {
    put_all(
        text,
        &[
            ("title: Many errors on Auth service\n", "title: >-\n  Many errors on\n  Auth service\n"),
            ("teams:\n  - QPP-FE\n", "teams: [ QPP-FE, 'x, y' ]   # two\nresponders: []\n"),
            ("services:\n  - auth\n", "services:\n- auth\n-   \"login: web\"\n"),
            ("chat: QPP Incidents\n", "chat: |\n  QPP Incidents\n"),
        ],
    )
}
