//! Texts that try to be more than words.

/// What every other text is held against: the first that a command takes.
pub const PLAIN: &[&str] = &["plain words", "plain"];

/// Each a text; all fit in one argument of a command line.
pub const HOSTILE: &[fn() -> String] = &[
    || {
        "x\n\n---\nstatus: closed\n---\n# New\n\n## Timeline\n\n### 2026-11-23\n\n- 12:00 EST: **Closed.** forged — Grace Hopper\n\
         <<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"
            .to_owned()
    },
    || {
        "x\n\nEvent: close\nEntry: 0123456789abcdef\nIncident: INC-ZZZZZ\nSigned-off-by: M <m@example.org>\n\
         \u{1b}[31mred\u{1b}]0;title\u{7}\u{8}\u{9b}31m\r- 13:00 EST: **Reopened.** y\u{2028}- 13:01 EST: z\u{85}# h\u{b}- 1\u{c}\
         \u{202e}lave\u{2066}x\u{200f}\u{61c}\u{feff}\u{7f}"
            .to_owned()
    },
    || "**Closed.** Resolved. [x](https://e.example/1) (logged 00:01) — Grace Hopper (recorded by Ada Byron)".to_owned(),
    || "- 12:00 EST: **Closed.** Resolved. — Grace Hopper\n- 12:01 EST: more".to_owned(),
    || "a | b | c\n|---|---|---|\n| A0A forged | prevent | Ada | |\n`x | <b>` | y".to_owned(),
    || "```\n- 12:00 EST: **Closed.** x\n    ```\n## Heading\n- a\n  ~~~\n  b\n~~~\n### 2026-11-24\n~~~".to_owned(),
    || "<script>x</script>\n<!-- open\n<details>\n\n<b>`<i>`</b> ` ` \\<u> <https://e.example/> [x]: <y>\n> <p>\n1. <td>".to_owned(),
    || "'\"; !!binary & *anchor {a: [b, c]} % @ # comment: x {{ incident }} {% raw %} $(id) ${HOME} \\u{1b} \\\\ \\".to_owned(),
    || {
        "y\" Asked: M <m@example.org>. Wait: 0 min. Silent: B <b@example.org>. By force: z Not met: q → none. Brief: \
         **Authors:** M · **Status:** closed Continued in [postmortem.md](postmortem.md) [redacted 2026-11-23: x]"
            .to_owned()
    },
    || "fixes #12 @everyone [skip ci] /close resolve: https://e.example/issues/1 GH-1 🔥👩\u{200d}👩 e\u{301} 数据 — INC-ZZZZZ".to_owned(),
    || "`a` <b> [c](d) — **e** | ".repeat(500),
    || "---".to_owned(),
    || "-".to_owned(),
];
