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
listen="-c listen_addresses=''"
if [ -n "$PORT" ]; then listen="-c listen_addresses=127.0.0.1 -c port=$PORT"; fi
if [ -n "$AUTHORITY" ]; then
  printf '[req]\ndistinguished_name = name\nx509_extensions = more\nprompt = no\n[name]\nCN = careerbot test\n[more]\nbasicConstraints = critical,CA:%s\nsubjectAltName = IP:127.0.0.1\n' "$AUTHORITY" >"$d/request"
  chmod 644 "$d/request"
  $as openssl req -x509 -newkey rsa:2048 -nodes -days 2 -config "$d/request" -keyout "$d/data/server.key" -out "$d/data/server.crt" >"$d/openssl.log" 2>&1 || { echo "failed $d"; cat "$d/openssl.log" >&2; rm -rf "$d"; exit 1; }
  chmod 600 "$d/data/server.key"
  listen="$listen -c ssl=on"
fi
start() { $as "$BIN/pg_ctl" -D "$d/data" -l "$d/data/log" -w -o "-k $d $listen -c fsync=off -c max_connections=200" start >/dev/null 2>&1; }
stop() { $as "$BIN/pg_ctl" -D "$d/data" -m immediate -w stop >/dev/null 2>&1; }
start && echo "ready $d" || echo "failed $d"
while read -r order; do
  case "$order" in stop) stop; echo stopped;; start) start; echo started;; esac
done
stop
rm -rf "$d"
"#;

/// How a server can be reached besides its socket.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reach {
    /// By its socket alone.
    Socket,
    /// Also at a port of the loopback.
    Port,
    /// The same with TLS: it shows a certificate that it signed itself for 127.0.0.1, which says that it is one of an
    /// authority or that it is none.
    Tls { authority: bool },
}

pub(crate) struct Server {
    folder: PathBuf,
    port: u16,
    shell: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Server {
    /// `None`, after a loud word, where PostgreSQL is not installed.
    pub(crate) fn start(test: &str) -> Option<Self> {
        Self::start_reached(test, Reach::Socket)
    }

    /// `None`, after a loud word, where PostgreSQL is not installed.
    pub(crate) fn start_reached(test: &str, reach: Reach) -> Option<Self> {
        let Some(bin) = binaries() else {
            skipped(test);
            return None;
        };
        let port = if reach == Reach::Socket {
            0
        } else {
            free_port()
        };
        let authority = match reach {
            Reach::Tls { authority: true } => "TRUE",
            Reach::Tls { authority: false } => "FALSE",
            _ => "",
        };
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT])
            .env("BIN", bin)
            .env(
                "PORT",
                if port == 0 {
                    String::new()
                } else {
                    port.to_string()
                },
            )
            .env("AUTHORITY", authority)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut answers = BufReader::new(shell.stdout.take().expect("its output"));
        let mut line = String::new();
        answers.read_line(&mut line).expect("a word from the shell");
        let folder = line
            .strip_prefix("ready ")
            .expect("PostgreSQL is installed and starts")
            .trim();
        Some(Self {
            folder: PathBuf::from(folder),
            port,
            shell,
            answers,
        })
    }

    pub(crate) fn url(&self, database: &str) -> String {
        match self.port {
            0 => format!(
                "postgres://postgres@localhost/{database}?host={}",
                self.folder.display()
            ),
            port => format!("postgres://postgres@127.0.0.1:{port}/{database}"),
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The certificate that it shows.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.join("data/server.crt")
    }

    /// `stop` (as a crash would) or `start`.
    pub(crate) fn order(&mut self, order: &str) {
        let input = self.shell.stdin.as_mut().expect("its input");
        writeln!(input, "{order}").expect("the shell listens");
        let mut line = String::new();
        self.answers
            .read_line(&mut line)
            .expect("a word from the shell");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// A port that nobody has at the moment.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address").port()
}

/// One server for all tests of the program.
pub(crate) fn shared(test: &str) -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    if binaries().is_none() {
        skipped(test);
        return None;
    }
    SERVER.get_or_init(|| Server::start(test)).as_ref()
}

/// Says it on standard error itself: what a test prints is shown only when it fails. `.ci/run` counts these lines.
fn skipped(test: &str) {
    let line = format!(
        "\nSKIPPED {test}: install PostgreSQL and openssl (apt-get install postgresql openssl)\n\n"
    );
    // In one piece: other tests write meanwhile.
    let _ = std::io::stderr().write_all(line.as_bytes());
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
