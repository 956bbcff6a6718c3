//! What the program itself costs: start to ready, memory when idle, size on disk.
//!
//! `cargo bench --bench start` runs the real program. Ready means that it has answered its first question over a pipe
//! (`chat --json`), so the time includes the process, the knowledge, the index and one answer.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_careerbot");
/// Starts of each kind.
const STARTS: usize = 15;

fn main() {
    let home = tempfile::tempdir().expect("a folder");
    let index = home.path().join("index");
    let (mut absent, mut present) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let _ = std::fs::remove_dir_all(&index);
        absent.push(ready(home.path()));
        present.push(ready(home.path()));
    }
    println!(
        "start to first answer, without an index: median {:.0} ms, slowest {:.0} ms",
        ms(&mut absent, 0.5),
        ms(&mut absent, 1.0)
    );
    println!(
        "start to first answer, index present:    median {:.0} ms, slowest {:.0} ms",
        ms(&mut present, 0.5),
        ms(&mut present, 1.0)
    );

    let mut talk = Talk::start(home.path());
    for number in 0..100 {
        talk.ask(QUESTIONS[number % QUESTIONS.len()]);
    }
    std::thread::sleep(Duration::from_millis(500));
    match talk.resident_kb() {
        Some(kb) => println!(
            "resident memory, idle after 100 questions: {:.1} MB",
            kb as f64 / 1024.0
        ),
        None => println!("resident memory: not measured, this system has no /proc"),
    }
    let bytes = std::fs::metadata(PROGRAM).expect("the program").len();
    println!("size of the program: {:.1} MB", bytes as f64 / 1e6);
}

const QUESTIONS: &[&str] = &[
    "What does a telehealth coordinator do?",
    "How much does a nurse practitioner make in Texas?",
    "which healthcare jobs can I do from home",
    "how do I become a medical coder?",
    "registered nurse vs physician assistant",
    "what is remote patient monitoring",
    "jobs that need no degree",
    "how do I fix my car",
];

fn ready(home: &Path) -> Duration {
    let start = Instant::now();
    let mut talk = Talk::start(home);
    talk.ask(QUESTIONS[0]);
    start.elapsed()
}

/// The program with its pipes.
struct Talk {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Talk {
    fn start(home: &Path) -> Self {
        let mut command = Command::new(PROGRAM);
        for (key, _) in careerbot::config::KEYS {
            command.env_remove(key);
        }
        command
            .args(["chat", "--json"])
            .current_dir(home)
            .env("CAREERBOT_INDEX", home.join("index"));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            input,
            output,
        }
    }

    fn ask(&mut self, question: &str) {
        writeln!(self.input, "{question}")
            .and_then(|()| self.input.flush())
            .expect("the program reads");
        let mut line = String::new();
        self.output
            .read_line(&mut line)
            .expect("the program answers");
        assert!(line.starts_with("{\"question\""), "{line}");
    }

    fn resident_kb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?
            .trim()
            .split(' ')
            .next()?
            .parse()
            .ok()
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ms(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3
}
