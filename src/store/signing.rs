//! Signatures, as git is configured for them: git itself is asked to sign, with its own `gpg.program` or `ssh-keygen`.
//! EFFECT (processes). What is signed is the commit that libgit2 would have written, part by part.

use std::process::Command;

use git2::Oid;

use crate::store::git_program::{answer_within, git_at};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// The trailer of a commit that would have been signed.
pub(crate) const UNSIGNED: (&str, &str) = ("Unsigned", "asked");

impl Store {
    /// The message with the trailer that says that a signature was left out, where one was asked for and left out.
    pub(crate) fn told_unsigned(&self, message: &str) -> String {
        let told = self.manners.asked.no_sign && self.is_configured_to_sign();
        if told { format!("{}\n{}: {}\n", message.trim_end_matches('\n'), UNSIGNED.0, UNSIGNED.1) } else { message.to_owned() }
    }

    /// True when a commit of this command gets a signature.
    pub(crate) fn signs(&self) -> bool {
        !self.manners.asked.no_sign && self.is_configured_to_sign()
    }

    fn is_configured_to_sign(&self) -> bool {
        self.settings().and_then(|config| config.get_bool("commit.gpgSign")).unwrap_or(false)
    }

    /// Writes a commit with a signature.
    ///
    /// # Errors
    /// git could not sign: with the words of gpg or ssh-keygen.
    pub(crate) fn signed_commit(&self, content: &[u8]) -> Result<Oid, StoreError> {
        let not_signed = |said: String| StoreError::NotSigned { said };
        let commit = Parts::of(content).ok_or_else(|| not_signed("the commit has a form that git does not know".to_owned()))?;
        let mut command = git_at(self.root(), &["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "-S", commit.tree]);
        for parent in &commit.parents {
            command.args(["-p", parent]);
        }
        set_person(&mut command, "AUTHOR", &commit.author);
        set_person(&mut command, "COMMITTER", &commit.committer);
        let limit = self.manners.signing_time();
        let answered = answer_within("sign the commit", command, commit.message.as_bytes(), limit, !self.manners.asked.may_ask);
        let name = answered.map_err(|error| match error {
            StoreError::GitProgram { said, .. } => not_signed(without_gits_own(&said)),
            other => other,
        })?;
        self.oid(String::from_utf8_lossy(&name).trim())
    }
}

/// A commit object, taken apart.
struct Parts<'a> {
    tree: &'a str,
    parents: Vec<&'a str>,
    author: Person<'a>,
    committer: Person<'a>,
    message: &'a str,
}

/// A person and a time in a commit object.
struct Person<'a> {
    name: &'a str,
    email: &'a str,
    /// `1795500630 -0500`
    at: &'a str,
}

impl<'a> Parts<'a> {
    /// # Source
    /// git's `Documentation/user-manual`, "commit object".
    fn of(content: &'a [u8]) -> Option<Self> {
        let (head, message) = std::str::from_utf8(content).ok()?.split_once("\n\n")?;
        let value = |key: &'static str| head.lines().filter_map(move |line| line.strip_prefix(key)?.strip_prefix(' '));
        Some(Self {
            tree: value("tree").next()?,
            parents: value("parent").collect(),
            author: Person::of(value("author").next()?)?,
            committer: Person::of(value("committer").next()?)?,
            message,
        })
    }
}

impl<'a> Person<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (name, rest) = line.split_once('<')?;
        let (email, at) = rest.split_once("> ")?;
        Some(Self { name: name.trim_end(), email, at })
    }
}

fn set_person(command: &mut Command, role: &str, person: &Person<'_>) {
    command.env(format!("GIT_{role}_NAME"), person.name);
    command.env(format!("GIT_{role}_EMAIL"), person.email);
    command.env(format!("GIT_{role}_DATE"), format!("@{}", person.at));
}

/// What the signing program said, without what git adds to it.
fn without_gits_own(said: &str) -> String {
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("fatal: failed to write commit object")).collect();
    lines.join("\n").trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn a_commit_is_taken_apart_as_git_wrote_it() {
        let content =
            "tree aa\nparent bb\nparent cc\nauthor Grace Hopper <grace@example.org> 1 -0500\ncommitter <x@y> 2 +0000\n\nwords\n\nmore\n";
        let parts = Parts::of(content.as_bytes()).unwrap();
        assert_eq!((parts.tree, parts.parents, parts.message), ("aa", vec!["bb", "cc"], "words\n\nmore\n"));
        assert_eq!((parts.author.name, parts.author.email, parts.author.at), ("Grace Hopper", "grace@example.org", "1 -0500"));
        assert_eq!((parts.committer.name, parts.committer.email), ("", "x@y"));
        assert!(Parts::of(b"tree aa\n").is_none());
    }
}
