//! The real program as a process of its own, with the fake as its Discord and nothing else within reach.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use super::{FakeDiscord, PATIENCE, TOKEN};

/// A running `careerbot`; killed when dropped.
pub(crate) struct Bot {
    child: Child,
    log: Arc<Mutex<String>>,
    home: tempfile::TempDir,
}

/// The program: that of the tests, or the one that `CAREERBOT_PROGRAM` names, for measurements.
fn program() -> std::ffi::OsString {
    std::env::var_os("CAREERBOT_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_careerbot").into())
}

/// The command that runs the program against this base, with a home of its own and proxies that lead nowhere.
pub(crate) fn command(base: &str, arguments: &[&str]) -> (Command, tempfile::TempDir) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(program());
    command.args(arguments).current_dir(home.path()).env_clear();
    for key in ["PATH", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(key) {
            command.env(key, value);
        }
    }
    command
        .env("HOME", home.path())
        .env("DISCORD_TOKEN", TOKEN)
        .env("CAREERBOT_DISCORD_API", base)
        .env(
            "CAREERBOT_KNOWLEDGE",
            concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"),
        )
        .env("CAREERBOT_INDEX", index())
        .env("CAREERBOT_DATA", home.path().join("data"))
        .env("CAREERBOT_LOG", "info,careerbot=debug")
        // A request that went through a proxy would fail: the loopback must be reached directly.
        .envs(
            [
                "HTTP_PROXY",
                "HTTPS_PROXY",
                "ALL_PROXY",
                "http_proxy",
                "https_proxy",
                "all_proxy",
            ]
            .map(|key| (key, "http://127.0.0.1:9")),
        );
    (command, home)
}

/// A search index that all tests of this run share: the program builds it once, and a start then only opens it.
fn index() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("index");
        let mut command = Command::new(program());
        command.arg("index").env("CAREERBOT_INDEX", &folder).env(
            "CAREERBOT_KNOWLEDGE",
            concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"),
        );
        let built = command
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        assert!(
            built.status.success(),
            "{}",
            String::from_utf8_lossy(&built.stderr)
        );
        folder
    })
}

impl Bot {
    /// Starts `careerbot serve` against the fake.
    pub(crate) fn start(discord: &FakeDiscord) -> Self {
        Self::start_with(discord, &["serve"], &[])
    }

    /// Starts `careerbot serve` on a test's store.
    pub(crate) fn start_on(discord: &FakeDiscord, place: &crate::store::place::Place) -> Self {
        let (key, value) = place.setting();
        Self::start_with(discord, &["serve"], &[(key, &value)])
    }

    /// Starts the program with these arguments and settings.
    pub(crate) fn start_with(
        discord: &FakeDiscord,
        arguments: &[&str],
        settings: &[(&str, &str)],
    ) -> Self {
        let (mut command, home) = command(&discord.base, arguments);
        command.envs(settings.iter().copied());
        Self::spawn(command, home)
    }

    /// Starts `careerbot serve` with a limit on the size of the files that it writes, in KiB, which stands for a full disk.
    pub(crate) fn start_with_little_room(discord: &FakeDiscord, kib: u32) -> Self {
        let (program, home) = command(&discord.base, &["serve"]);
        let mut command = Command::new("sh");
        // The signal is ignored, so that writing fails as on a full disk. The shell counts in blocks of 512 bytes.
        let script = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" serve", kib * 2);
        command
            .args(["-c", &script])
            .arg(program.get_program())
            .current_dir(home.path())
            .env_clear();
        command.envs(
            program
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        );
        Self::spawn(command, home)
    }

    /// Starts the program with so many open files allowed.
    pub(crate) fn start_with_descriptors(
        discord: &FakeDiscord,
        arguments: &[&str],
        settings: &[(&str, &str)],
        most: u32,
    ) -> Self {
        let (mut program, home) = command(&discord.base, arguments);
        program.envs(settings.iter().copied());
        let mut command = Command::new("sh");
        let script = format!("ulimit -n {most}; exec \"$0\" \"$@\"");
        command
            .args(["-c", &script])
            .arg(program.get_program())
            .args(program.get_args());
        command.current_dir(home.path()).env_clear();
        command.envs(
            program
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        );
        Self::spawn(command, home)
    }

    /// The number of its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Lifts the limit of [`Bot::start_with_little_room`].
    pub(crate) fn make_room(&self) {
        let pid = self.child.id().to_string();
        let done = Command::new("prlimit")
            .args(["--pid", &pid, "--fsize=unlimited:"])
            .status()
            .expect("prlimit runs");
        assert!(done.success());
    }

    /// The folder of its database, unless the settings named another one.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Starts a command that was made with [`command`].
    pub(crate) fn spawn(mut command: Command, home: tempfile::TempDir) -> Self {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let log = Arc::new(Mutex::new(String::new()));
        let pipes: [Box<dyn std::io::Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("piped")),
            Box::new(child.stderr.take().expect("piped")),
        ];
        for pipe in pipes {
            let log = log.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    let mut log = log
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    log.push_str(&line);
                    log.push('\n');
                }
            });
        }
        Self { child, log, home }
    }

    /// Everything that the program has written so far.
    pub(crate) fn log(&self) -> String {
        self.log
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Waits until the log holds this.
    #[track_caller]
    pub(crate) fn logged(&self, text: &str) -> impl Future<Output = ()> + use<> {
        let place = std::panic::Location::caller();
        let (text, log) = (text.to_owned(), self.log.clone());
        async move {
            let end = Instant::now() + PATIENCE;
            loop {
                let seen = log
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .clone();
                if seen.contains(&text) {
                    return;
                }
                assert!(
                    Instant::now() < end,
                    "{place}: \"{text}\" is not in the log:\n{seen}"
                );
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }

    /// Where the HTTP door listens, once it does.
    pub(crate) async fn address(&self) -> std::net::SocketAddr {
        self.logged("listening address=").await;
        let log = self.log();
        let from = log.split("listening address=").nth(1).expect("just seen");
        from.split_whitespace()
            .next()
            .and_then(|text| text.parse().ok())
            .expect("an address")
    }

    /// Where it serves these routes, once it does.
    pub(crate) async fn address_of(&self, serves: &str) -> std::net::SocketAddr {
        let mark = format!("serves=\"{serves}\"");
        self.logged(&mark).await;
        let log = self.log();
        let line = log
            .lines()
            .find(|line| line.contains(&mark))
            .expect("just seen");
        let from = line.split("listening address=").nth(1).expect("an address");
        from.split_whitespace()
            .next()
            .and_then(|text| text.parse().ok())
            .expect("an address")
    }

    /// Sends a signal such as `TERM` to this process and to no other.
    pub(crate) fn signal(&self, name: &str) {
        let done = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(done.success(), "signal {name}");
    }

    /// Waits for the program to end by itself.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> impl Future<Output = ExitStatus> {
        let place = std::panic::Location::caller();
        async move {
            let end = Instant::now() + PATIENCE;
            loop {
                if let Some(status) = self.child.try_wait().expect("a child of ours") {
                    return status;
                }
                assert!(
                    Instant::now() < end,
                    "{place}: the program does not end; its log:\n{}",
                    self.log()
                );
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            use std::io::Write as _;
            let _ = writeln!(
                std::io::stderr(),
                "--- log of the program ---\n{}",
                self.log()
            );
        }
    }
}
