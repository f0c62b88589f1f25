//! `completions`: a script for each shell, for both names, without a repository.

use crate::harness::sandbox::Sandbox;

#[test]
fn both_names_are_completed_in_every_shell() {
    let sandbox = Sandbox::new();
    for (shell, marks) in [
        ("bash", ["complete -F _qpp__incident ", "complete -F _qi "]),
        ("zsh", ["#compdef qpp-incident qi\n", "compdef _qpp-incident qpp-incident qi\n"]),
        ("fish", ["complete -c qpp-incident", "complete -c qi "]),
        ("powershell", ["-CommandName 'qpp-incident'", "-CommandName 'qi'"]),
        ("elvish", ["arg-completer[qpp-incident]", "arg-completer[qi]"]),
    ] {
        let script = sandbox.run(&["completions", shell]).success().stdout;
        for mark in marks {
            assert!(script.contains(mark), "{shell}: {mark}");
        }
        assert!(script.contains("timeline"), "{shell}");
    }
    sandbox.run(&["completions", "tcsh"]).status_is(2);
}

#[test]
fn bash_reads_the_script() {
    let sandbox = Sandbox::new();
    sandbox.write("completions.bash", sandbox.run(&["completions", "bash"]).success().stdout);
    let bash = sandbox.program(std::path::Path::new("bash"), &sandbox.now()).args(["-eu", "completions.bash"]).spawn().unwrap();
    assert_eq!(sandbox.finish(bash, b"", "").success().stderr, "");
}
