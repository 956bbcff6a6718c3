//! A PostgreSQL server of our own: on a socket in a temporary folder, gone with the test program.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Starts the server, waits for the end of its input (which comes with the end of the test program, however it ends), and
/// takes everything away again. `$as` runs a command as a user that PostgreSQL accepts: it refuses to run as root.
const SCRIPT: &str = r#"
trap '' INT TERM
d=$(mktemp -d /tmp/careerbot-pg.XXXXXX)
as=""
if [ "$(id -u)" = 0 ]; then chown postgres "$d"; as="runuser -u postgres --"; fi
cd "$d"
$as "$BIN/initdb" -D "$d/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >"$d/initdb.log" 2>&1 || { echo "failed $d"; cat "$d/initdb.log" >&2; rm -rf "$d"; exit 1; }
start() { $as "$BIN/pg_ctl" -D "$d/data" -l "$d/data/log" -w -o "-k $d -c listen_addresses='' -c fsync=off -c max_connections=200" start >/dev/null 2>&1; }
stop() { $as "$BIN/pg_ctl" -D "$d/data" -m immediate -w stop >/dev/null 2>&1; }
start && echo "ready $d" || echo "failed $d"
while read -r order; do
  case "$order" in stop) stop; echo stopped;; start) start; echo started;; esac
done
stop
rm -rf "$d"
"#;

pub(crate) struct Server {
    folder: PathBuf,
    shell: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Server {
    /// `None`, after a loud word, where PostgreSQL is not installed.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let Some(bin) = binaries() else {
            let _ = writeln!(
                std::io::stderr(),
                "\nSKIPPED {test}: no /usr/lib/postgresql/*/bin/initdb; apt-get install postgresql\n"
            );
            return None;
        };
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT])
            .env("BIN", bin)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut answers = BufReader::new(shell.stdout.take().expect("its output"));
        let mut line = String::new();
        answers.read_line(&mut line).expect("a word from the shell");
        let folder = line.strip_prefix("ready ").expect("PostgreSQL is installed and starts").trim();
        Some(Self { folder: PathBuf::from(folder), shell, answers })
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    /// `stop` (as a crash would) or `start`.
    pub(crate) fn order(&mut self, order: &str) {
        let input = self.shell.stdin.as_mut().expect("its input");
        writeln!(input, "{order}").expect("the shell listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("a word from the shell");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// One server for all tests of the program.
pub(crate) fn shared(test: &str) -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| Server::start(test));
    if server.is_none() {
        let _ = writeln!(std::io::stderr(), "\nSKIPPED {test}: PostgreSQL is not installed\n");
    }
    server.as_ref()
}

fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|bin: &PathBuf| Path::new(bin).join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}
