//! Real servers on loopback for one test: git over ssh (sshd) and over http (lighttpd with git-http-backend), with keys, ports
//! and files of their own. A server that is not installed fails the test in CI and is said so elsewhere.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::sandbox::Sandbox;

/// How long a server may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often another port is tried when somebody else took the one that was free a moment ago.
const PORTS: usize = 5;

/// A running server; it ends with the test.
pub struct Server {
    process: Child,
    /// The address of `../hub`.
    pub url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// sshd, and the sandbox's ssh told of its port and keys. None where there is no sshd.
    pub fn ssh(sandbox: &Sandbox) -> Option<Self> {
        let sshd = installed("sshd", "openssh-server")?;
        let folder = sandbox.path("../ssh");
        std::fs::create_dir_all(&folder).unwrap();
        if user() == "root" {
            std::fs::create_dir_all("/run/sshd").unwrap(); // where it locks itself up before somebody has logged in
        }
        for key in ["host", "own"] {
            let file = folder.join(key);
            run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&file));
        }
        std::fs::copy(folder.join("own.pub"), folder.join("authorized")).unwrap();
        let place = folder.display();
        Some(listening(|port| {
            let config = format!(
                "Port {port}\nListenAddress 127.0.0.1\nHostKey {place}/host\nAuthorizedKeysFile {place}/authorized\nStrictModes no\n\
                 UsePAM no\nPasswordAuthentication no\nPidFile none\nMaxStartups 200\nSetEnv GIT_CONFIG_NOSYSTEM=1 HOME={place}\n"
            );
            std::fs::write(folder.join("config"), config).unwrap();
            let process = quiet(Command::new(&sshd).args(["-D", "-e", "-f"]).arg(folder.join("config")), &folder.join("log"));
            let known = format!("[127.0.0.1]:{port} {}", std::fs::read_to_string(folder.join("host.pub")).unwrap());
            std::fs::write(folder.join("known"), known).unwrap();
            let ssh = format!(
                "ssh -F /dev/null -p {port} -i {place}/own -o IdentitiesOnly=yes -o UserKnownHostsFile={place}/known -o StrictHostKeyChecking=yes"
            );
            sandbox.env("GIT_SSH_COMMAND", &ssh);
            let hub = sandbox.path("..").canonicalize().unwrap().join("hub");
            Self { process, url: format!("ssh://{}@127.0.0.1{}", user(), hub.display()) }
        }))
    }

    /// lighttpd with git's own program for http. None where there is no lighttpd.
    pub fn http(sandbox: &Sandbox) -> Option<Self> {
        let lighttpd = installed("lighttpd", "lighttpd")?;
        let folder = sandbox.path("../http");
        std::fs::create_dir_all(&folder).unwrap();
        let root = sandbox.path("..").canonicalize().unwrap();
        let exec = Command::new("git").arg("--exec-path").output().unwrap().stdout;
        let backend = Path::new(String::from_utf8(exec).unwrap().trim()).join("git-http-backend");
        assert!(backend.exists(), "{} is missing", backend.display());
        Some(listening(|port| {
            let config = format!(
                "server.document-root = \"{root}\"\nserver.bind = \"127.0.0.1\"\nserver.port = {port}\n\
                 server.modules = ( \"mod_setenv\", \"mod_alias\", \"mod_cgi\" )\nalias.url = ( \"/git\" => \"{backend}\" )\n\
                 $HTTP[\"url\"] =~ \"^/git\" {{\n  cgi.assign = ( \"\" => \"\" )\n  setenv.set-environment = ( \
                 \"GIT_PROJECT_ROOT\" => \"{root}\", \"GIT_HTTP_EXPORT_ALL\" => \"1\", \"GIT_CONFIG_NOSYSTEM\" => \"1\", \"HOME\" => \"{root}/http\" )\n}}\n",
                root = root.display(),
                backend = backend.display(),
            );
            std::fs::write(folder.join("config"), config).unwrap();
            let process = quiet(Command::new(&lighttpd).args(["-D", "-f"]).arg(folder.join("config")), &folder.join("log"));
            Self { process, url: format!("http://127.0.0.1:{port}/git/hub") }
        }))
    }
}

/// Starts a server on a free port, and waits until it listens.
fn listening(start: impl Fn(u16) -> Server) -> Server {
    for _ in 0..PORTS {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = start(port);
        let started = Instant::now();
        while matches!(server.process.try_wait(), Ok(None)) && started.elapsed() < PATIENCE {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::yield_now();
        }
    }
    panic!("no server would listen");
}

/// The program, where it is installed.
fn installed(program: &str, package: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let found = folders.map(|folder| folder.join(program)).find(|file| file.exists());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{program} is missing, and CI has it from .ci/setup");
        eprintln!("skipped: {program} is not installed (Debian: apt install {package})");
    }
    found
}

fn user() -> String {
    let said = Command::new("id").arg("-un").output().unwrap().stdout;
    String::from_utf8(said).unwrap().trim().to_owned()
}

fn run(command: &mut Command) {
    let status = command.stdin(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
}

fn quiet(command: &mut Command, log: &Path) -> Child {
    let log = std::fs::File::create(log).unwrap();
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
}
