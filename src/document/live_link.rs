//! Where people outside read the live document: the configured link, the git host's page of the file, or its path.
//! PURE: from the remote's URL alone; nothing is asked over the network.

/// The link of a file. `template` is `share.url`, with `{branch}` and `{path}`; `remote_url` as git has it; `path` from the root.
///
/// # Source
/// Spec §8, `share.url`.
///
/// # Examples
/// ```
/// use qpp_incident::document::live_link::live_link;
/// let link = live_link(None, Some("git@github.com:cms/incidents.git"), "main", "incidents/x/incident.md");
/// assert_eq!(link, "https://github.com/cms/incidents/blob/main/incidents/x/incident.md");
/// assert_eq!(live_link(None, Some("/srv/git/x.git"), "main", "incidents/x/incident.md"), "incidents/x/incident.md");
/// ```
pub fn live_link(template: Option<&str>, remote_url: Option<&str>, branch: &str, path: &str) -> String {
    let (branch, encoded) = (percent_encoded(branch), percent_encoded(path));
    if let Some(template) = template {
        return template.replace("{branch}", &branch).replace("{path}", &encoded);
    }
    remote_url.and_then(Remote::read).and_then(|remote| remote.page(&branch, &encoded)).unwrap_or_else(|| path.to_owned())
}

/// A remote whose host can be told.
struct Remote {
    /// `https`, or `http` where the remote says so.
    scheme: &'static str,
    /// The host, with a port where it is one of the web.
    host: String,
    /// `owner/name`, however many parts.
    repository: String,
}

impl Remote {
    /// Reads `https://…`, `ssh://…`, `git://…` and `user@host:path`; credentials are left behind.
    fn read(url: &str) -> Option<Self> {
        let url = url.trim();
        let (scheme, authority, path) = if let Some((scheme, rest)) = url.split_once("://") {
            let (authority, path) = rest.split_once('/')?;
            (scheme.to_lowercase(), authority, path)
        } else {
            // `C:\x` and `./a:b` are paths, as git reads them.
            let (authority, path) = url.split_once(':').filter(|(host, _)| host.len() > 1 && !host.contains(['/', '\\']))?;
            ("ssh".to_owned(), authority, path)
        };
        let is_web = ["http", "https"].contains(&scheme.as_str());
        if !is_web && !["ssh", "git", "git+ssh", "ssh+git"].contains(&scheme.as_str()) {
            return None;
        }
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_lowercase();
        let host = if is_web { host } else { host.split(':').next().unwrap_or_default().to_owned() };
        let host = ["ssh.github.com", "altssh.gitlab.com", "altssh.bitbucket.org"]
            .contains(&host.as_str())
            .then(|| host.split_once('.').map(|(_, rest)| rest.to_owned()))
            .flatten()
            .unwrap_or(host);
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        let repository = path.strip_suffix(".git").unwrap_or(path).trim_end_matches('/').to_owned();
        let sound = host.contains('.') && repository.contains('/');
        sound.then(|| Self { scheme: if scheme == "http" { "http" } else { "https" }, host, repository })
    }

    /// The page of a file, for the hosts that are known by their names.
    fn page(&self, branch: &str, path: &str) -> Option<String> {
        let Self { scheme, host, repository } = self;
        let repository = percent_encoded(repository);
        if host.contains("github") {
            Some(format!("{scheme}://{host}/{repository}/blob/{branch}/{path}"))
        } else if host.contains("gitlab") {
            Some(format!("{scheme}://{host}/{repository}/-/blob/{branch}/{path}"))
        } else if host == "bitbucket.org" {
            Some(format!("{scheme}://{host}/{repository}/src/{branch}/{path}"))
        } else if host.contains("bitbucket") {
            let (project, name) = repository.strip_prefix("scm/").unwrap_or(&repository).split_once('/')?;
            Some(format!("{scheme}://{host}/projects/{project}/repos/{name}/browse/{path}?at=refs/heads/{branch}"))
        } else {
            None
        }
    }
}

/// A path as it stands in a URL: slashes stay.
fn percent_encoded(path: &str) -> String {
    let encoded = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "incidents/2026-11/22-k7qfm-auth/incident.md";

    #[test]
    fn the_page_of_a_file_is_told_from_the_remote() {
        let cases = [
            ("https://github.com/cms/qpp.git", "https://github.com/cms/qpp/blob/main/PATH"),
            ("https://user:secret@github.com/cms/qpp", "https://github.com/cms/qpp/blob/main/PATH"),
            ("git@github.com:cms/qpp.git", "https://github.com/cms/qpp/blob/main/PATH"),
            ("github.com:cms/qpp.git/", "https://github.com/cms/qpp/blob/main/PATH"),
            ("ssh://git@ssh.github.com:443/cms/qpp.git", "https://github.com/cms/qpp/blob/main/PATH"),
            ("git://github.example.gov/cms/qpp.git", "https://github.example.gov/cms/qpp/blob/main/PATH"),
            ("https://gitlab.com/cms/team/qpp.git", "https://gitlab.com/cms/team/qpp/-/blob/main/PATH"),
            ("ssh://git@gitlab.example.org:2222/cms/qpp.git", "https://gitlab.example.org/cms/qpp/-/blob/main/PATH"),
            ("http://gitlab.example.org:8080/cms/qpp.git", "http://gitlab.example.org:8080/cms/qpp/-/blob/main/PATH"),
            ("git@bitbucket.org:cms/qpp.git", "https://bitbucket.org/cms/qpp/src/main/PATH"),
            (
                "https://bitbucket.example.gov/scm/QPP/incidents.git",
                "https://bitbucket.example.gov/projects/QPP/repos/incidents/browse/PATH?at=refs/heads/main",
            ),
            (
                "ssh://git@bitbucket.example.gov:7999/qpp/incidents.git",
                "https://bitbucket.example.gov/projects/qpp/repos/incidents/browse/PATH?at=refs/heads/main",
            ),
        ];
        for (remote, wanted) in cases {
            assert_eq!(live_link(None, Some(remote), "main", PATH), wanted.replace("PATH", PATH), "{remote}");
        }
    }

    #[test]
    fn elsewhere_the_path_is_all_that_is_known() {
        let unknown =
            ["/srv/git/qpp.git", "../qpp", "C:\\git\\qpp", "file:///srv/github/qpp.git", "git@git.example.org:cms/qpp.git", "origin", ""];
        for remote in unknown {
            assert_eq!(live_link(None, Some(remote), "main", PATH), PATH, "{remote}");
        }
        assert_eq!(live_link(None, None, "main", PATH), PATH);
    }

    #[test]
    fn a_configured_link_goes_before_the_remote() {
        let found = live_link(Some("https://docs.example.org/{branch}/{path}?x"), Some("git@github.com:a/b"), "team/main", "a b/ü.md");
        assert_eq!(found, "https://docs.example.org/team/main/a%20b/%C3%BC.md?x");
    }
}
