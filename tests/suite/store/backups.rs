//! Backups and restores, from either database to either.

use std::path::Path;

use careerbot::store::absences::Shard;
use careerbot::store::feeds::Due;
use careerbot::store::{Error, Location, Store, backup};
use rusqlite::Connection;

use crate::store::place::Place;
use crate::store::{ANN, ELSEWHERE, HERE, at, on_both, postings};

on_both!(
    a_backup_restores_on_either_database,
    a_backup_taken_while_writing_is_consistent,
    a_backup_never_overwrites_and_a_restore_asks_first,
    a_newer_or_damaged_backup_changes_nothing,
    a_backup_of_an_older_schema_is_brought_up_to_date,
    what_is_made_after_a_restore_bears_no_name_of_before,
);

const ALL: Shard = Shard {
    number: 0,
    total: 1,
};

/// Every word of the store that the tests can see.
async fn everything(store: &Store) -> String {
    let mut all = String::new();
    for server in [HERE, ELSEWHERE] {
        all += &format!(
            "{:?}\n{:?}\n",
            store.settings(server).await.expect("read"),
            store.digests(server).await.expect("read")
        );
        all += &format!(
            "{:?}\n",
            store.postings(server, None, 100).await.expect("read")
        );
        let entries = store.entries(server).await.expect("read");
        for entry in &entries {
            all += &format!(
                "{:?}\n",
                store
                    .entry_history(server, entry.entry)
                    .await
                    .expect("read")
            );
        }
        all += &format!(
            "{:?}\n{:?}\n",
            store.feedback(server, 10).await.expect("read"),
            store.audit_log(server, None, 100).await.expect("read")
        );
        all += &format!(
            "{:?}\n{:?}\n",
            store.subscriptions(server).await.expect("read"),
            store.readers(server).await.expect("read")
        );
        let heard = store.feeds_heard(server).await.expect("read");
        for feed in &heard {
            all += &format!("{:?}\n", store.feed(feed).await.expect("read"));
        }
        let news = Due { server, item: 1 };
        all += &format!("{heard:?}\n{:?}\n", store.news(news).await.expect("read"));
        all += &format!("{:?}\n", store.counts(server, at(0)).await.expect("read"));
        all += &format!("{:?}\n", store.drafts(server, "", 100).await.expect("read"));
    }
    all
}

async fn a_backup_restores_on_either_database(place: &Place) {
    let store = place.open().await;
    postings::fill(&store, HERE).await;
    postings::fill(&store, ELSEWHERE).await;
    super::feeds::fill(&store, HERE).await;
    super::letters::fill(&store).await;
    let before = everything(&store).await;
    let file = place.file("backup");
    backup::backup(place.location(), &file, at(0))
        .await
        .expect("beside a running store");
    store.close().await;
    drop(store);
    let mut targets = vec![Place::sqlite()];
    targets.extend(Place::postgres("restore to PostgreSQL").await);
    for target in targets {
        assert!(
            Store::restore(target.location(), &file, false)
                .await
                .expect("restored")
                > 10
        );
        let store = target.open().await;
        assert_eq!(everything(&store).await, before);
        super::letters::waits(&store).await;
        // Ids go on after those restored.
        postings::fill(&store, HERE).await;
        // And back: through the other form of backup.
        let again = target.file("again");
        store.backup(&again, at(1)).await.expect("written");
        let now = everything(&store).await;
        store.close().await;
        drop(store);
        Store::restore(place.location(), &again, true)
            .await
            .expect("restored");
        assert_eq!(everything(&place.open().await).await, now);
    }
}

async fn what_is_made_after_a_restore_bears_no_name_of_before(place: &Place) {
    let content = postings::draft_content();
    let store = place.open().await;
    let empty = place.file("empty");
    store.backup(&empty, at(0)).await.expect("written");
    postings::fill(&store, HERE).await;
    let draft = store
        .add_draft(HERE, ANN, &content, at(1))
        .await
        .expect("written");
    let filled = place.file("filled");
    store.backup(&filled, at(2)).await.expect("written");
    let (digests, entries) = (
        store.digests(HERE).await.expect("read"),
        store.entries(HERE).await.expect("read"),
    );
    let since = store
        .add_digest(HERE, &postings::definition(), at(10), ANN, at(3))
        .await
        .expect("written");
    store.close().await;
    drop(store);
    for (backup, before) in [(&filled, since), (&empty, digests[0].id)] {
        let fresh = if matches!(place.location(), Location::Sqlite(_)) {
            Some(Place::sqlite())
        } else {
            Place::postgres("what_is_made_after_a_restore").await
        };
        for target in [Some(place), fresh.as_ref()].into_iter().flatten() {
            Store::restore(target.location(), backup, true)
                .await
                .expect("restored");
            let store = target.open().await;
            let digest = store
                .add_digest(HERE, &postings::definition(), at(10), ANN, at(4))
                .await
                .expect("written");
            assert!(digest > before + 900, "{digest} after {before}");
            let entry = store
                .add_entry(HERE, &super::knowledge::content("new"), ANN, at(4))
                .await
                .expect("written");
            assert!(entries.iter().all(|old| entry > old.entry + 900), "{entry}");
            assert_ne!(
                store
                    .add_draft(HERE, ANN, &content, at(4))
                    .await
                    .expect("written"),
                draft
            );
            store.close().await;
        }
    }
}

async fn a_backup_taken_while_writing_is_consistent(place: &Place) {
    let store = place.open().await;
    let writer = store.clone();
    let writing = tokio::spawn(async move {
        for number in 0.. {
            // One transaction over three tables: an entry, its version, its line in the audit log.
            let written = writer
                .add_entry(
                    HERE,
                    &super::knowledge::content(&number.to_string()),
                    ANN,
                    at(0),
                )
                .await;
            if written.is_err() {
                return;
            }
        }
    });
    for round in 0..5 {
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        let file = place.file(&format!("backup{round}"));
        store.backup(&file, at(0)).await.expect("while writing");
        let target = Place::sqlite();
        Store::restore(target.location(), &file, false)
            .await
            .expect("restored");
        let copy = target.open().await;
        let titles: Vec<String> = copy
            .entries(HERE)
            .await
            .expect("read")
            .into_iter()
            .rev()
            .map(|entry| entry.title)
            .collect();
        let expected: Vec<String> = (0..titles.len()).map(|number| number.to_string()).collect();
        assert_eq!(titles, expected, "nothing is missing in the middle");
        assert_eq!(
            copy.audit_log(HERE, None, u16::MAX)
                .await
                .expect("read")
                .len(),
            titles.len()
        );
    }
    writing.abort();
    assert!(!store.entries(HERE).await.expect("read").is_empty());
}

async fn a_backup_never_overwrites_and_a_restore_asks_first(place: &Place) {
    let store = place.open().await;
    postings::fill(&store, HERE).await;
    let file = place.file("backup");
    store.backup(&file, at(0)).await.expect("written");
    assert!(matches!(
        store.backup(&file, at(0)).await,
        Err(Error::Exists(_))
    ));
    let missing = Location::Sqlite(place.file("none.db"));
    let error = backup::backup(&missing, &place.file("other"), at(0))
        .await
        .expect_err("nothing to copy");
    assert!(
        matches!(error, Error::NoDatabase(_)) && error.to_string().contains("CAREERBOT_DATA"),
        "{error}"
    );
    let nowhere = place.file("no such folder/backup");
    assert!(store.backup(&nowhere, at(0)).await.is_err());
    postings::fill(&store, ELSEWHERE).await;
    let before = everything(&store).await;
    store.close().await;
    drop(store);
    assert!(matches!(
        Store::restore(place.location(), &file, false).await,
        Err(Error::NotEmpty { .. })
    ));
    assert_eq!(everything(&place.open().await).await, before);
    assert!(matches!(
        Store::restore(place.location(), &place.file("none"), true).await,
        Err(Error::File { .. })
    ));
    Store::restore(place.location(), &file, true)
        .await
        .expect("replaced");
    assert!(
        place
            .open()
            .await
            .digests(ELSEWHERE)
            .await
            .expect("read")
            .is_empty()
    );
    let left: Vec<_> = std::fs::read_dir(place.folder())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("partial")),
        "{left:?}"
    );
}

async fn a_newer_or_damaged_backup_changes_nothing(place: &Place) {
    let store = place.open().await;
    postings::fill(&store, HERE).await;
    let before = everything(&store).await;
    store.close().await;
    drop(store);
    let good = Place::sqlite();
    let newer = place.file("newer.db");
    good.open()
        .await
        .backup(&newer, at(0))
        .await
        .expect("written");
    make_newer(&newer);
    let error = Store::restore(place.location(), &newer, true)
        .await
        .expect_err("newer");
    assert!(
        matches!(error, Error::NewerSchema { found: 99, .. }),
        "{error}"
    );
    let text = "{\"format\":\"careerbot backup\",\"version\":1,\"schema\":1,\"made\":\"x\"}\n{\"table\":\"audit\",\"columns\":[\"id\"]}\n[1]\n";
    for (name, bytes) in [
        ("cut.jsonl", text.as_bytes()),
        ("noise", b"\x00\x01\x02"),
        ("empty", b""),
        ("half.db", b"SQLite format 3\0 and no more"),
    ] {
        let file = place.file(name);
        std::fs::write(&file, bytes).expect("written");
        let error = Store::restore(place.location(), &file, true)
            .await
            .expect_err(name);
        assert!(matches!(error, Error::BadBackup { .. }), "{name}: {error}");
        assert!(
            !error.to_string().contains("move it away"),
            "{name}: {error}"
        );
    }
    // The content fits the form and not the schema: the transaction is rolled back.
    let nulls = place.file("nulls.jsonl");
    let mut bytes = text.as_bytes().to_vec();
    let end = format!(
        "{{\"rows\":1,\"crc32\":\"{:08x}\"}}\n",
        crc32fast::hash(&bytes)
    );
    bytes.extend(end.bytes());
    std::fs::write(&nulls, &bytes).expect("written");
    assert!(
        Store::restore(place.location(), &nulls, true)
            .await
            .is_err()
    );
    assert_eq!(everything(&place.open().await).await, before);
}

async fn a_backup_of_an_older_schema_is_brought_up_to_date(place: &Place) {
    let older = place.file("older.db");
    {
        let good = Place::sqlite();
        let store = good.open().await;
        postings::fill(&store, HERE).await;
        store.backup(&older, at(0)).await.expect("written");
    }
    Connection::open(&older)
        .expect("a database")
        .execute_batch("DROP TABLE letters; DROP TABLE readers; DROP TABLE credits; DROP TABLE subscriptions; DROP TABLE publications; DROP TABLE absences; DROP TABLE deeds; DROP TABLE logins; DROP TABLE removals; DROP TABLE counts; DROP TABLE feed_news; DROP TABLE feed_subscriptions; DROP TABLE feed_items; DROP TABLE feeds; ALTER TABLE settings DROP COLUMN stats; ALTER TABLE settings DROP COLUMN post_colour; \
             ALTER TABLE settings DROP COLUMN post_intro; ALTER TABLE settings DROP COLUMN post_closing; ALTER TABLE settings DROP COLUMN post_order; \
             ALTER TABLE settings DROP COLUMN post_poll; ALTER TABLE settings DROP COLUMN post_thread; ALTER TABLE entry_versions DROP COLUMN trend; DELETE FROM _sqlx_migrations WHERE version >= 2")
        .expect("as the first version left it");
    let before = std::fs::read(&older).expect("read");
    assert!(
        Store::restore(place.location(), &older, false)
            .await
            .expect("restored")
            > 5
    );
    assert_eq!(
        place.open().await.entries(HERE).await.expect("read").len(),
        1
    );
    assert_eq!(
        std::fs::read(&older).expect("read"),
        before,
        "the backup itself stays as it is"
    );
    // The other form of backup, of before there was that table.
    let dump = place.file("older.jsonl");
    let mut text = "{\"format\":\"careerbot backup\",\"version\":1,\"schema\":1,\"made\":\"x\"}\n\
        {\"table\":\"settings\",\"columns\":[\"server\",\"zone\",\"private_answers\",\"allowed_channels\",\"late_policy\",\"gaps\",\"two_step\",\"audit_days\",\"updated_at\"]}\n\
        [111,\"UTC\",true,\"\",\"post\",false,false,90,0]\n\
        {\"table\":\"feedback\",\"columns\":[\"server\",\"subject\",\"helpful\",\"unhelpful\"]}\n[111,\"role:x\",1,2]\n\
        {\"table\":\"subscriptions\",\"columns\":[\"server\",\"topic\",\"role\",\"mention\"]}\n[111,\"all\",5,true]\n"
        .to_owned();
    text += &format!(
        "{{\"rows\":3,\"crc32\":\"{:08x}\"}}\n",
        crc32fast::hash(text.as_bytes())
    );
    std::fs::write(&dump, text).expect("written");
    assert_eq!(
        Store::restore(place.location(), &dump, true)
            .await
            .expect("restored"),
        3
    );
    {
        let offered = place.open().await.subscriptions(HERE).await.expect("read");
        let short = (offered[0].role.map(|role| role.get()), offered[0].direct);
        assert_eq!(short, (Some(5), false), "nobody offered direct messages");
    }
    // A database of the first version is brought up to date when it is opened.
    if let Location::Sqlite(path) = place.location() {
        std::fs::copy(&older, path).expect("copied");
        let store = place.open().await;
        assert_eq!(
            store.note_absences(&[], ALL, at(0)).await.expect("written"),
            [HERE]
        );
    }
}

/// Makes a SQLite file look as if version 99 of the schema had been applied.
pub(crate) fn make_newer(path: &Path) {
    let connection = Connection::open(path).expect("a database");
    connection
        .execute_batch(
            "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
             VALUES (99, 'later', CURRENT_TIMESTAMP, TRUE, x'00', 0)",
        )
        .expect("written");
}

#[tokio::test]
async fn the_backup_holds_every_column_of_every_table() {
    let Some(place) = Place::postgres("the_backup_holds_every_column_of_every_table").await else {
        return;
    };
    let store = place.open().await;
    super::publications::ordered(&store).await;
    super::knowledge::keep(&store, ANN, ANN, 1).await;
    super::members::subscribe(&store, "new", 5).await;
    super::letters::fill(&store).await;
    postings::fill(&store, HERE).await;
    super::feeds::fill(&store, HERE).await;
    store.note_absences(&[], ALL, at(0)).await.expect("written");
    let dump = place.file("dump.jsonl");
    store.backup(&dump, at(0)).await.expect("written");
    let text = std::fs::read_to_string(&dump).expect("text");
    let Location::Postgres(url) = place.location() else {
        panic!("PostgreSQL")
    };
    let mut server = <sqlx::PgConnection as sqlx::Connection>::connect(
        secrecy::ExposeSecret::expose_secret(url),
    )
    .await
    .expect("connected");
    let sqlite = Place::sqlite();
    let reference = sqlite.file("data.db");
    sqlite
        .open()
        .await
        .backup(&reference, at(0))
        .await
        .expect("written");
    let file = Connection::open(&reference).expect("a database");
    let names: Vec<String> = file
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'")
        .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect())
        .expect("tables");
    assert_eq!(names.len(), 23);
    for name in names {
        // What passes by itself, and what Discord says anew, is no part of a backup.
        let is_kept = !["deeds", "logins", "removals"].contains(&name.as_str());
        let sqlite: Vec<String> = file
            .prepare(&format!(
                "SELECT name FROM pragma_table_info('{name}') ORDER BY cid"
            ))
            .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect())
            .expect("columns");
        let postgres: Vec<String> = sqlx::query_scalar(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
        )
        .bind(&name)
        .fetch_all(&mut server)
        .await
        .expect("columns");
        assert_eq!(sqlite, postgres, "{name}");
        let head = serde_json::json!({"table": name, "columns": sqlite}).to_string();
        assert_eq!(text.lines().any(|line| line == head), is_kept, "{head}");
    }
}
