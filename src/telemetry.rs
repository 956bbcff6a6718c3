//! Logs: one line an event on standard error, never a question's text, never a token.
//!
//! Knows how to set logging up, not what is worth logging.

use std::io::{self, IsTerminal as _, Write};
use std::mem::take;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Starts logging to standard error at the levels of `filter`, such as `info` or `careerbot=debug`.
/// A second call changes nothing. `quiet` is the level used where `filter` is not given.
///
/// # Errors
/// Names the filter when it cannot be read.
pub fn start(filter: Option<&str>, quiet: &str) -> Result<(), String> {
    let text = filter.unwrap_or(quiet);
    // serenity logs gateway payloads, and with them question texts, at trace and debug: it stays at warn unless named.
    let text = if text.contains("serenity") {
        text.to_owned()
    } else {
        format!("{text},serenity=warn,h2=warn,hyper=warn,tantivy=warn,sqlx=warn")
    };
    // At warn its WebSocket still writes out each frame that is no gateway payload, with all that is in it. Its shard then warns
    // of the same frame by the reason alone ("Unhandled error"); no handler hears of one, so that it cannot be counted. Events
    // within good frames that do not decode reach our own gateway, which counts and names them.
    let text = format!("{text},serenity::gateway::ws=off");
    let filter =
        EnvFilter::try_new(&text).map_err(|error| format!("CAREERBOT_LOG \"{text}\" cannot be read: {error}"))?;
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(&LINES).with_ansi(colour).try_init();
    Ok(())
}

/// Writes out the lines that still wait; called before the program ends.
pub fn flush() {
    LINES.write_out();
}

/// How long a line may wait for others to be written out with it.
const WAIT: Duration = Duration::from_millis(20);

/// Bytes from which lines wait no longer: whoever logs then writes them out, and is held up if nobody reads them.
const MOST: usize = 64 * 1024;

static LINES: Lines = Lines { waiting: Mutex::new(Waiting { bytes: Vec::new(), writes: false }), came: Condvar::new() };

/// Lines on their way to standard error. A line for each answer, written out by itself, would cost as much as a tenth of the
/// answer; they wait a moment and go out together. Warnings and errors take what waits before them along, and wait for nothing.
struct Lines {
    waiting: Mutex<Waiting>,
    came: Condvar,
}

struct Waiting {
    bytes: Vec<u8>,
    /// Whether there is a thread that writes out what waits.
    writes: bool,
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a line, and sees to it that it is written out.
    fn add(&'static self, line: &[u8], urgent: bool) {
        let mut waiting = self.lock();
        let first = waiting.bytes.is_empty();
        waiting.bytes.extend_from_slice(line);
        if !waiting.writes {
            waiting.writes = std::thread::Builder::new().name("log".to_owned()).spawn(|| self.write_on()).is_ok();
        }
        if urgent || !waiting.writes || waiting.bytes.len() > MOST {
            put(&mut waiting);
        } else if first {
            self.came.notify_one();
        }
    }

    /// Writes out what comes, for as long as the program runs.
    fn write_on(&self) {
        loop {
            let waiting = self.lock();
            let none = |waiting: &mut Waiting| waiting.bytes.is_empty();
            drop(self.came.wait_while(waiting, none).unwrap_or_else(PoisonError::into_inner));
            std::thread::sleep(WAIT);
            self.write_out();
        }
    }

    fn write_out(&self) {
        put(&mut self.lock());
    }
}

/// Under the lock, so that lines stay in order. Where nobody can read them there is nobody to tell.
fn put(waiting: &mut Waiting) {
    let mut bytes = take(&mut waiting.bytes);
    let _ = io::stderr().write_all(&bytes);
    bytes.clear();
    waiting.bytes = bytes;
}

/// One line, and whether it is urgent.
struct Line {
    urgent: bool,
}

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LINES.add(line, self.urgent);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        flush();
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for &'static Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { urgent: true }
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Line {
        Line { urgent: *meta.level() <= Level::WARN }
    }
}
