//! Where servers' own entries are searched: an index for each server, or one index with a filter.
//!
//! `cargo bench --bench entries` fills a store with 10,000 servers of 20 entries and runs each design in a process of its
//! own, both on the same store and asked for the same: every word of a question, in one server's entries. It prints start-up
//! time, resident memory, the time from a published change until it is found, and what searches of other servers take
//! while nothing changes and while changes come without a pause. A `EntryIndex` is the program's own; the filtered index
//! is written here as well as it could be, with the postings of the server walked beside those of the word.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

use std::hint::black_box;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use careerbot::advisor::Advisor;
use careerbot::discord::App;
use careerbot::discord::state::rate_limiter::{Bucket, Pace};
use careerbot::knowledge::{Knowledge, load_shipped};
use careerbot::search::keywords::{all_words, keywords};
use careerbot::store::entries::Content;
use careerbot::store::{Location, ServerId, Store, UserId};
use jiff::Timestamp;
use serenity::model::id::GuildId;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{DocSet as _, IndexReader, IndexWriter, TERMINATED, TantivyDocument, Term};
use tokio::task::JoinHandle;

const SERVERS: u64 = 10_000;
const ENTRIES: u64 = 20;
/// Changes that are timed.
const UPDATES: usize = 100;
/// Searches in each round.
const SEARCHES: u64 = 5_000;
const WHO: UserId = UserId::new(1);
const DESIGN: &str = "CAREERBOT_BENCH_DESIGN";

fn main() {
    let knowledge = load_shipped().expect("the shipped knowledge");
    match std::env::var(DESIGN) {
        Ok(design) => {
            let file =
                PathBuf::from(std::env::var_os("CAREERBOT_BENCH_FILE").expect("the store's file"));
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(run(&design, knowledge, file));
        }
        Err(_) => {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("careerbot.db");
            let characters = fill(&knowledge, &file);
            println!(
                "{SERVERS} servers of {ENTRIES} entries, {:.0} MB of text",
                characters as f64 / 1e6
            );
            for design in ["none", "filtered", "shelves"] {
                let status =
                    std::process::Command::new(std::env::current_exe().expect("this program"))
                        .env(DESIGN, design)
                        .env("CAREERBOT_BENCH_FILE", &file)
                        .status();
                assert!(status.expect("it runs").success());
            }
        }
    }
}

async fn run(design: &str, knowledge: Knowledge, file: PathBuf) {
    let store = Store::open(&Location::Sqlite(file))
        .await
        .expect("the store");
    let bucket = Bucket {
        burst: NonZeroU32::MAX,
        refill: Duration::from_millis(1),
    };
    let pace = Pace {
        member: bucket,
        server: bucket,
        keep: 1_000,
    };
    let app = App::with_pace(
        Arc::new(Advisor::in_memory(knowledge).expect("an advisor")),
        pace,
    );
    app.set_store(store.clone());
    let before = resident();
    match design {
        "filtered" => filtered(&store, before).await,
        "shelves" => shelves(&app, &store, before).await,
        _ => println!("\nneither: {before:.0} MB resident before any entry is read"),
    }
    store.close().await;
}

const QUESTIONS: &[&str] = &[
    "registered nurse license exam",
    "how do I join the mentor program",
    "medical coder certification",
    "salary of a dental hygienist",
    "when is the quokka festival",
];

/// Both designs get the words in the same form.
fn asked(number: u64) -> Vec<Vec<String>> {
    keywords(QUESTIONS[number as usize % QUESTIONS.len()])
        .into_iter()
        .map(|word| vec![word])
        .collect()
}

async fn shelves(app: &App, store: &Store, before: f64) {
    println!("\nan index for each server, made when somebody asks there, 64 MB kept");
    println!("  start-up: nothing to do");
    let find = async |server: u64, number: u64| {
        let guild = Some(GuildId::new(server + 1));
        let shelf = app.entry_index(guild, true).await.expect("a shelf");
        black_box(shelf.find(&asked(number)).expect("found").len())
    };
    let mut first = Vec::new();
    for server in 0..1_000 {
        let began = Instant::now();
        find(server, server).await;
        first.push(began.elapsed());
    }
    line("first search in a server", &mut first);
    println!(
        "  memory after 1,000 servers asked: {:+.0} MB",
        resident() - before
    );
    let mut warm = Vec::new();
    for number in 0..SEARCHES {
        let began = Instant::now();
        find(number % 500 + 500, number).await;
        warm.push(began.elapsed());
    }
    line("search, nothing changes", &mut warm);
    let mut updates = Vec::new();
    for number in 0..UPDATES as u64 {
        let (server, entry) = change(store, number).await;
        publish(store, server, entry).await;
        let published = Instant::now();
        let shelf = app
            .entry_index(Some(GuildId::new(server.get())), true)
            .await
            .expect("a shelf");
        let found = shelf
            .find(&[vec![format!("unheard{number}")]])
            .expect("found");
        assert_eq!(found.len(), 1, "what was published is found");
        updates.push(published.elapsed());
    }
    line("published change until found", &mut updates);
    let stop = Arc::new(AtomicBool::new(false));
    let changing = tokio::spawn({
        let (app, store, stop) = (app.clone(), store.clone(), stop.clone());
        async move {
            let mut number = UPDATES as u64;
            while !stop.load(Ordering::Relaxed) {
                let (server, entry) = change(&store, number).await;
                publish(&store, server, entry).await;
                app.entry_index(Some(GuildId::new(server.get())), true)
                    .await;
                number += 1;
            }
            number - UPDATES as u64
        }
    });
    search_meanwhile(changing, &stop, async |number| {
        find(number % 500 + 500, number).await;
    })
    .await;
    for server in 0..SERVERS {
        find(server, server).await;
    }
    println!(
        "  memory after all servers asked: {:+.0} MB",
        resident() - before
    );
}

/// Times searches for a while beside the task that changes entries of other servers until it is told to stop, and gives how
/// many it has changed.
async fn search_meanwhile(changing: JoinHandle<u64>, stop: &AtomicBool, search: impl AsyncFn(u64)) {
    const SECONDS: u64 = 5;
    let mut times = Vec::new();
    let end = Instant::now() + Duration::from_secs(SECONDS);
    while Instant::now() < end {
        let began = Instant::now();
        search(times.len() as u64).await;
        times.push(began.elapsed());
        // Others run now and then, as in a server between two questions.
        if times.len().is_multiple_of(20) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    stop.store(true, Ordering::Relaxed);
    let changes = changing.await.expect("it ran");
    line(
        &format!("search, {} changes/s of others", changes / SECONDS),
        &mut times,
    );
}

/// One index of all entries, a document a passage as on a shelf, with its server and entry.
struct Filtered {
    writer: IndexWriter,
    entry: Field,
    finder: Finder,
}

/// Its reading half.
#[derive(Clone)]
struct Finder {
    reader: IndexReader,
    analyzer: TextAnalyzer,
    text: Field,
    server: Field,
}

impl Filtered {
    fn new() -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("stemmed")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        // The text is kept too: it has to be shown, and the other design holds it as well.
        let text = schema.add_text_field(
            "text",
            TextOptions::default()
                .set_indexing_options(indexing)
                .set_stored(),
        );
        let server = schema.add_u64_field("server", INDEXED);
        let entry = schema.add_u64_field("entry", INDEXED | FAST);
        let index = tantivy::Index::create_in_ram(schema.build());
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(Stemmer::new(Language::English))
            .build();
        index.tokenizers().register("stemmed", analyzer.clone());
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()
            .expect("a reader");
        let writer = index
            .writer_with_num_threads(1, 50_000_000)
            .expect("a writer");
        Self {
            writer,
            entry,
            finder: Finder {
                reader,
                analyzer,
                text,
                server,
            },
        }
    }

    fn add(&self, server: u64, entry: u64, title: &str, text: &str) {
        for block in text.split("\n\n") {
            let words: Vec<String> = block
                .lines()
                .flat_map(|line| line.split(". ").flat_map(all_words))
                .collect();
            let mut document = TantivyDocument::default();
            document.add_text(self.finder.text, format!("{title}\n{}", words.join(" ")));
            document.add_u64(self.finder.server, server);
            document.add_u64(self.entry, entry);
            self.writer.add_document(document).expect("added");
        }
    }

    fn commit(&mut self) {
        self.writer.commit().expect("committed");
        self.finder.reader.reload().expect("reloaded");
    }
}

impl Finder {
    /// How many passages of a server hold at least one of the words.
    fn find(&self, server: u64, words: &[Vec<String>]) -> usize {
        let searcher = self.reader.searcher();
        let of_server = Term::from_field_u64(self.server, server);
        let mut analyzer = self.analyzer.clone();
        let mut found = 0;
        for segment in searcher.segment_readers() {
            let servers = segment.inverted_index(self.server).expect("a field");
            let Some(mut own) = servers
                .read_postings(&of_server, IndexRecordOption::Basic)
                .expect("read")
            else {
                continue;
            };
            let mut documents = Vec::new();
            while own.doc() != TERMINATED {
                if segment
                    .alive_bitset()
                    .is_none_or(|alive| alive.is_alive(own.doc()))
                {
                    documents.push((own.doc(), false));
                }
                own.advance();
            }
            let texts = segment.inverted_index(self.text).expect("a field");
            for word in words.iter().flatten() {
                let mut stream = analyzer.token_stream(word);
                if !stream.advance() {
                    continue;
                }
                let term = Term::from_field_text(self.text, &stream.token().text);
                let Some(mut postings) = texts
                    .read_postings(&term, IndexRecordOption::Basic)
                    .expect("read")
                else {
                    continue;
                };
                for (document, held) in &mut documents {
                    if postings.doc() < *document {
                        postings.seek(*document);
                    }
                    *held |= postings.doc() == *document;
                }
            }
            found += documents.iter().filter(|(_, held)| *held).count();
        }
        found
    }
}

async fn filtered(store: &Store, before: f64) {
    println!("\none index with a filter, in memory");
    let began = Instant::now();
    let mut index = Filtered::new();
    let mut after = 0;
    loop {
        let page = store.all_live_entries(after, 1_000).await.expect("read");
        let Some(last) = page.last() else { break };
        after = last.entry;
        for version in &page {
            index.add(
                version.server.get(),
                version.entry as u64,
                &version.title,
                &version.text,
            );
        }
    }
    index.commit();
    println!(
        "  start-up: {:.1} s until all entries can be searched",
        began.elapsed().as_secs_f64()
    );
    println!("  memory with all servers: {:+.0} MB", resident() - before);
    let mut warm = Vec::new();
    for number in 0..SEARCHES {
        let began = Instant::now();
        black_box(index.finder.find(number % 500 + 501, &asked(number)));
        warm.push(began.elapsed());
    }
    line("search, nothing changes", &mut warm);
    let mut updates = Vec::new();
    for number in 0..UPDATES as u64 {
        let (server, entry) = change(store, number).await;
        publish(store, server, entry).await;
        let published = Instant::now();
        renew(&mut index, store, server).await;
        let words = vec![vec![format!("unheard{number}")]];
        assert!(
            index.finder.find(server.get(), &words) > 0,
            "what was published is found"
        );
        updates.push(published.elapsed());
    }
    line("published change until found", &mut updates);
    let (finder, stop) = (index.finder.clone(), Arc::new(AtomicBool::new(false)));
    let changing = tokio::spawn({
        let (store, stop) = (store.clone(), stop.clone());
        async move {
            let mut number = UPDATES as u64;
            while !stop.load(Ordering::Relaxed) {
                let (server, entry) = change(&store, number).await;
                publish(&store, server, entry).await;
                renew(&mut index, &store, server).await;
                number += 1;
            }
            number - UPDATES as u64
        }
    });
    search_meanwhile(changing, &stop, async |number| {
        black_box(finder.find(number % 500 + 501, &asked(number)));
    })
    .await;
    println!("  memory at the end: {:+.0} MB", resident() - before);
}

/// Reads a server's entries anew, as on any word of a change.
async fn renew(index: &mut Filtered, store: &Store, server: ServerId) {
    let versions = store.live_entries(server).await.expect("read");
    index
        .writer
        .delete_term(Term::from_field_u64(index.finder.server, server.get()));
    for version in &versions {
        index.add(
            server.get(),
            version.entry as u64,
            &version.title,
            &version.text,
        );
    }
    index.commit();
}

/// A server among the first five hundred, and one of its entries with a draft that is approved.
async fn change(store: &Store, number: u64) -> (ServerId, i64) {
    let server = ServerId::new(number % 500 + 1);
    let entry = i64::try_from((number % 500) * ENTRIES + 1).expect("a number");
    let content = Content {
        title: "Changed".to_owned(),
        text: format!("A text with the word unheard{number}."),
        source: String::new(),
        review_on: String::new(),
        trend: None,
    };
    store
        .edit_entry(server, entry, &content, WHO, Timestamp::now())
        .await
        .expect("written")
        .expect("there");
    (server, entry)
}

async fn publish(store: &Store, server: ServerId, entry: i64) {
    let version = store.entry_history(server, entry).await.expect("read")[0].version;
    store
        .approve_entry(server, entry, version, WHO, false, Timestamp::now())
        .await
        .expect("written");
    assert!(
        store
            .publish_entry(server, entry, version, WHO, Timestamp::now())
            .await
            .expect("written")
    );
}

/// Fills a store; the texts are sentences of the shipped knowledge. Gives the number of characters.
fn fill(knowledge: &Knowledge, file: &Path) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        Store::open(&Location::Sqlite(file.to_owned()))
            .await
            .expect("the store")
            .close()
            .await;
    });
    let sentences: Vec<String> = knowledge
        .topics()
        .flat_map(|topic| {
            knowledge
                .sections(topic)
                .iter()
                .map(|section| section.text.to_owned())
                .collect::<Vec<_>>()
        })
        .flat_map(|text| text.split(". ").map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut database = rusqlite::Connection::open(file).expect("the file");
    let writing = database.transaction().expect("a transaction");
    let mut characters = 0;
    let mut seed = 1_u64;
    let mut next = |below: usize| {
        // Knuth's MMIX generator: the same texts in each run.
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for entry in 0..SERVERS * ENTRIES {
        let server = entry / ENTRIES + 1;
        let title: String = sentences[next(sentences.len())]
            .split(' ')
            .take(4)
            .collect::<Vec<_>>()
            .join(" ");
        let text: Vec<&str> = (0..3 + next(6))
            .map(|_| sentences[next(sentences.len())].as_str())
            .collect();
        let text = format!("{}.\n\n{}.", text[..2].join(". "), text[2..].join(". "));
        characters += title.len() + text.len();
        let number = i64::try_from(entry + 1).expect("a number");
        writing
            .execute(
                "INSERT INTO entries (id, server, latest, created_at) VALUES (?1, ?2, 1, 0)",
                [number, i64::try_from(server).expect("a number")],
            )
            .expect("a row");
        writing
            .execute(
                "INSERT INTO entry_versions (entry, version, title, text, source, review_on, state, author, created_at, updated_at) \
                 VALUES (?1, 1, ?2, ?3, 'https://example.org', '', 'live', 1, 0, 0)",
                rusqlite::params![number, title, text],
            )
            .expect("a row");
    }
    writing.commit().expect("committed");
    characters
}

/// Resident memory of this process in MB.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().split(' ').next());
    line.and_then(|kb| kb.parse::<f64>().ok())
        .unwrap_or(f64::NAN)
        / 1024.0
}

fn line(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "  {name}: median {:.3} ms, p99 {:.3} ms, slowest {:.2} ms ({})",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}
