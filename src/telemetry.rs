//! Logs: one line an event on standard error, never a question's text, never a token.
//!
//! Knows how to set logging up, not what is worth logging.

use std::any::Any;
use std::io::{self, IsTerminal as _, Write};
use std::mem::take;
use std::panic::PanicHookInfo;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata, error};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;

/// The crates that may log, each with the most that it may say. Others write out what passes through them: a WebSocket its
/// frames, with the token and every text in them, and a database driver its address. So a crate is silent until somebody has
/// read what it logs and named it here; a finer name goes before a coarser one.
const MAY_LOG: &[(&str, LevelFilter)] = &[("careerbot", LevelFilter::TRACE)];

/// Starts logging to standard error at the levels of `filter`, such as `info` or `careerbot=debug`; with `json`, each line is an
/// object with the keys `timestamp`, `level`, `target`, `message` and those of the event. A second call changes nothing. `quiet` is the level used where `filter` is not given. Whatever the filter asks for, only the
/// crates in `MAY_LOG` are heard, and a panic is told by its place.
///
/// # Errors
/// When the filter cannot be read. What stands in it is not repeated: it may be a secret on the wrong line.
pub fn start(filter: Option<&str>, quiet: &str, json: bool) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter.unwrap_or(quiet)).map_err(|_| UNREADABLE.to_owned())?;
    let colour = io::stderr().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let text = (!json).then(|| {
        tracing_subscriber::fmt::layer()
            .with_writer(&LINES)
            .with_ansi(colour)
    });
    let objects = json.then(|| {
        tracing_subscriber::fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .with_writer(&LINES)
    });
    let heard = filter_fn(|meta| may_log(meta.target(), *meta.level()));
    // Records of the older `log` interface are not taken in: none of the crates above writes any.
    let _ = tracing::subscriber::set_global_default(
        tracing_subscriber::registry()
            .with(filter)
            .with(heard)
            .with(text)
            .with(objects),
    );
    std::panic::set_hook(Box::new(|panic| error!("{}", told(panic))));
    Ok(())
}

const UNREADABLE: &str = "CAREERBOT_LOG cannot be read: write a level such as info, or levels for parts such as careerbot=debug";

/// Whether what is logged under this name may be heard.
fn may_log(target: &str, level: Level) -> bool {
    let within = |name: &str| {
        target
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    MAY_LOG
        .iter()
        .find(|(name, _)| within(name))
        .is_some_and(|(_, most)| level <= *most)
}

/// A panic in words. Those that are put together at run time may hold what a member wrote (a text that is cut inside a letter
/// is quoted), so that only those are repeated that stand in the source.
fn told(panic: &PanicHookInfo<'_>) -> String {
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    format!("panicked at {place}: {}", words(panic.payload()))
}

fn words(payload: &(dyn Any + Send)) -> &'static str {
    payload
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("(its words may hold a member's text)")
}

/// Writes out the lines that still wait; called before the program ends.
pub fn flush() {
    LINES.write_out();
}

/// How long a line may wait for others to be written out with it.
const WAIT: Duration = Duration::from_millis(20);

/// Bytes from which lines wait no longer: whoever logs then writes them out, and is held up if nobody reads them.
const MOST: usize = 64 * 1024;

static LINES: Lines = Lines {
    waiting: Mutex::new(Waiting {
        bytes: Vec::new(),
        writes: false,
    }),
    came: Condvar::new(),
};

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
            waiting.writes = std::thread::Builder::new()
                .name("log".to_owned())
                .spawn(|| self.write_on())
                .is_ok();
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
            drop(
                self.came
                    .wait_while(waiting, none)
                    .unwrap_or_else(PoisonError::into_inner),
            );
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
        Line {
            urgent: *meta.level() <= Level::WARN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_repeats_what_stands_in_the_source_alone() {
        assert_eq!(words(&"a bug"), "a bug");
        assert!(
            !words(&format!(
                "byte index 1 is not a char boundary; it is inside of `{}`",
                "secret"
            ))
            .contains("secret")
        );
    }

    #[test]
    fn only_named_crates_are_heard_and_each_as_far_as_named() {
        for (target, level, heard) in [
            ("careerbot", Level::TRACE, true),
            ("careerbot::discord::door", Level::TRACE, true),
            ("careerbots", Level::ERROR, false),
            ("serenity::http", Level::WARN, false),
            ("serenity::http", Level::ERROR, false),
            ("tungstenite::protocol", Level::ERROR, false),
            ("sqlx_postgres::options::parse", Level::WARN, false),
            ("a_crate_from_the_future", Level::ERROR, false),
        ] {
            assert_eq!(may_log(target, level), heard, "{target} {level}");
        }
    }
}
