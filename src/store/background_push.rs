//! The push that `share.push: auto` starts after a commit: a process of its own that nobody waits for, and what became of the last one.
//! EFFECT (processes, `std::fs`). That only one runs and one waits is `sync_lock`'s business.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::store::repository::Store;

impl Store {
    /// Starts `sync --background` of this program, detached: it outlives this command and its terminal, asks nothing and says nothing.
    ///
    /// # Errors
    /// It could not even be started.
    pub fn push_in_the_background(&self, program: &Path) -> std::io::Result<()> {
        let mut command = Command::new(program);
        command.arg("-C").arg(self.root()).args(["--no-input", "sync", "--background"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        detach(&mut command);
        command.spawn().map(drop)
    }

    /// Notes why what is committed could not be shared, for the next command to say; none when it was.
    pub fn note_last_push(&self, why_not: Option<&str>) {
        let file = self.last_push();
        let _only_said_less = match why_not {
            Some(why) => file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, why)),
            None => fs::remove_file(&file),
        };
    }

    /// Why the last push in the background did not go through.
    pub fn why_not_pushed(&self) -> Option<String> {
        fs::read_to_string(self.last_push()).ok().filter(|why| !why.trim().is_empty())
    }

    fn last_push(&self) -> PathBuf {
        self.common_dir().join("qpp-incident").join("push.failed")
    }
}

#[cfg(unix)]
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn detach(_command: &mut Command) {}
