//! `sync` in repositories and with indexes that libgit2 cannot read by itself: as in any other.

use crate::harness::clones::Clones;
use crate::harness::sandbox::Sandbox;

/// Two clones that record, edit by hand and sync; then somebody rewrites the hub.
#[track_caller]
fn works(sandbox: Sandbox) -> Clones {
    sandbox.git(&["init", "--quiet"]).success();
    let clones = Clones::within(sandbox, 2, "../hub");
    clones.run(0, &["log", "One."]).success();
    clones.run(0, &["sync"]).success();
    clones.run(1, &["log", "Two."]).success();
    clones.write(1, "tool.sh", "true\n");
    let runs = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(clones.sandbox.path("../b/tool.sh"), runs).unwrap();
    clones.git(1, &["add", "tool.sh"]).success();
    clones.git(1, &["commit", "--quiet", "-m", "a tool"]).success();
    let document = clones.document(1);
    clones.write(1, crate::harness::clones::DOCUMENT, &document.replace("## Trigger", "By hand.\n\n## Trigger"));
    let merged = clones.run(1, &["--json", "sync"]).success().json();
    assert_eq!((&merged["received"], &merged["pushed"]), (&1.into(), &4.into()), "{merged}");
    clones.run(0, &["sync"]).success();
    clones.are_one();
    for text in ["One.", "Two.", "By hand."] {
        assert_eq!(clones.document(0).matches(text).count(), 1, "{text}");
    }
    let is_seen = |clone: usize| clones.git(clone, &["rev-parse", "refs/qpp-incident/seen"]).success().stdout;
    assert_eq!(is_seen(1), clones.tip(1), "the commit that was pushed is remembered");
    for clone in 0..2 {
        clones.run(clone, &["verify"]).success();
        assert_eq!(is_seen(clone), clones.tip(clone));
    }
    clones.run(0, &["log", "Three.", "--push"]).success();
    clones.hub(&["update-ref", "refs/heads/main", "main~3"]).success();
    let refused = clones.run(0, &["--json", "sync"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "remote-rewritten", "{refused}");
    clones.git(0, &["fetch", "--quiet"]).success();
    let refused = clones.run(0, &["--json", "sync"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "remote-rewritten", "by the reflog, after a fetch by hand: {refused}");
    clones.hub(&["update-ref", "refs/heads/main", clones.tip(0).trim()]).success();
    clones.sync_all();
    clones.are_one();
    clones
}

#[test]
fn sha_256_object_names() {
    let sandbox = Sandbox::new();
    sandbox.env("GIT_DEFAULT_HASH", "sha256");
    let clones = works(sandbox);
    assert_eq!(clones.tip(1).trim().len(), 64);
}

#[test]
fn reftables() {
    let sandbox = Sandbox::new();
    sandbox.env("GIT_DEFAULT_REF_FORMAT", "reftable");
    let clones = works(sandbox);
    assert_eq!(clones.git(1, &["rev-parse", "--show-ref-format"]).success().stdout, "reftable\n");
}

#[test]
fn sha_256_object_names_and_reftables() {
    let sandbox = Sandbox::new();
    sandbox.env("GIT_DEFAULT_HASH", "sha256").env("GIT_DEFAULT_REF_FORMAT", "reftable");
    works(sandbox);
}

#[test]
fn a_split_index() {
    let sandbox = Sandbox::new();
    sandbox.git(&["config", "--global", "core.splitIndex", "true"]).success();
    let clones = works(sandbox);
    let index = std::fs::read(clones.sandbox.path("../b/.git/index")).unwrap();
    assert!(index.windows(4).any(|bytes| bytes == b"link"), "it is still split");
}

#[test]
fn a_bare_repository_is_refused_whatever_its_form() {
    for (variable, form) in [("GIT_DEFAULT_REF_FORMAT", "files"), ("GIT_DEFAULT_REF_FORMAT", "reftable"), ("GIT_DEFAULT_HASH", "sha256")] {
        let sandbox = Sandbox::new();
        sandbox.env(variable, form);
        sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
        let refused = sandbox.run(&["--json", "-C", "../hub", "sync"]).status_is(1).json_error();
        assert_eq!(refused["error"]["code"], "bare-repository", "{form}: {refused}");
        assert!(
            refused["error"]["message"].as_str().unwrap().ends_with("hub is a bare repository: documents need a work tree"),
            "{refused}"
        );
    }
}
