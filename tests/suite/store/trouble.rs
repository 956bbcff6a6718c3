//! What goes wrong outside: each has its own error that says what to do, and nothing is half done.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use careerbot::store::settings::Settings;
use careerbot::store::{Error, Location, Store};
use rusqlite::Connection;
use secrecy::SecretString;

use crate::store::place::Place;
use crate::store::postgres::Server;
use crate::store::{ANN, HERE, at, backups, knowledge};

const PLACE: &str = "CAREERBOT_TEST_TROUBLE";

fn path(place: &Place) -> &Path {
    let Location::Sqlite(path) = place.location() else {
        panic!("SQLite")
    };
    path
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_untouched() {
    let place = Place::sqlite();
    place.open().await.close().await;
    backups::make_newer(path(&place));
    let before = std::fs::read(path(&place)).expect("read");
    let error = Store::open(place.location()).await.expect_err("newer");
    assert!(
        matches!(
            error,
            Error::NewerSchema {
                found: 99,
                known: 11,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(std::fs::read(path(&place)).expect("read"), before);
    let Some(place) =
        Place::postgres("a_database_of_a_newer_version_is_refused_and_untouched").await
    else {
        return;
    };
    place.open().await.close().await;
    let Location::Postgres(url) = place.location() else {
        panic!("PostgreSQL")
    };
    let mut server = <sqlx::PgConnection as sqlx::Connection>::connect(
        secrecy::ExposeSecret::expose_secret(url),
    )
    .await
    .expect("connected");
    sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'later', TRUE, '', 0)")
        .execute(&mut server)
        .await
        .expect("written");
    assert!(matches!(
        Store::open(place.location()).await,
        Err(Error::NewerSchema { found: 99, .. })
    ));
}

#[tokio::test]
async fn a_second_careerbot_on_one_file_is_refused() {
    let place = Place::sqlite();
    let store = place.open().await;
    let error = Store::open(place.location()).await.expect_err("in use");
    assert!(matches!(error, Error::InUse { .. }), "{error}");
    drop(store);
    place.open().await;
}

#[tokio::test]
async fn folder_and_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let place = Place::sqlite();
    let store = place.open().await;
    store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect("written");
    let folder = path(&place).parent().expect("a folder");
    assert_eq!(mode(folder), 0o700);
    let files = || {
        std::fs::read_dir(folder)
            .expect("a folder")
            .flatten()
            .map(|file| file.path())
    };
    assert!(
        files().count() >= 4,
        "the database, its log, their index and the lock"
    );
    for file in files() {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let copy = place.file("copy");
    store.backup(&copy, at(0)).await.expect("written");
    assert_eq!(mode(&copy), 0o600);
    store.close().await;
    drop(store);
    // What an older version, or a copy by hand, left open is closed.
    std::fs::set_permissions(path(&place), std::fs::Permissions::from_mode(0o644))
        .expect("changed");
    place.open().await;
    assert_eq!(mode(path(&place)), 0o600);
    let Some(place) = Place::postgres("folder_and_files_are_their_owners_alone").await else {
        return;
    };
    let copy = place.file("copy");
    place
        .open()
        .await
        .backup(&copy, at(0))
        .await
        .expect("written");
    assert_eq!(mode(&copy), 0o600);
}

#[tokio::test]
async fn an_emptied_database_is_damage_and_no_new_store() {
    let place = Place::sqlite();
    let store = place.open().await;
    store
        .save_settings(
            HERE,
            &Settings {
                audit_days: 5,
                ..Settings::default()
            },
            ANN,
            "x",
            at(0),
        )
        .await
        .expect("written");
    let copy = place.file("copy");
    store.backup(&copy, at(0)).await.expect("written");
    store.close().await;
    drop(store);
    std::fs::write(path(&place), "").expect("emptied");
    let error = Store::open(place.location()).await.expect_err("damaged");
    assert!(
        matches!(error, Error::Damaged { .. }) && error.to_string().contains("careerbot restore"),
        "{error}"
    );
    assert_eq!(
        std::fs::metadata(path(&place)).expect("there").len(),
        0,
        "nothing was put in its place"
    );
    // As the message says: moved away, and restored.
    std::fs::remove_file(path(&place)).expect("moved away");
    Store::restore(place.location(), &copy, false)
        .await
        .expect("restored");
    assert_eq!(
        place
            .open()
            .await
            .settings(HERE)
            .await
            .expect("read")
            .audit_days,
        5
    );
}

#[tokio::test]
async fn a_path_that_cannot_be_is_named_as_one() {
    let place = Place::sqlite();
    let file = place.file("a-file");
    std::fs::write(&file, "x").expect("written");
    for data in [
        file.join("careerbot.db"),
        file.join("below").join("careerbot.db"),
    ] {
        let error = Store::open(&Location::Sqlite(data))
            .await
            .expect_err("no folder");
        assert!(
            matches!(error, Error::Path { .. }) && error.may_open_later(),
            "{error}"
        );
        assert!(!error.to_string().contains("database server"), "{error}");
    }
    let store = place.open().await;
    let error = store
        .backup(&place.file("nowhere").join("copy"), at(0))
        .await
        .expect_err("no folder");
    assert!(matches!(error, Error::Path { .. }), "{error}");
    let empty = place.file("empty");
    std::fs::write(&empty, "").expect("written");
    let error = Store::restore(&Location::Sqlite(place.file("other.db")), &empty, true)
        .await
        .expect_err("empty");
    assert!(
        matches!(error, Error::BadBackup { .. }) && error.to_string().contains("it is empty"),
        "{error}"
    );
}

#[tokio::test]
async fn a_user_without_rights_is_told_so() {
    let Some(place) = Place::postgres("a_user_without_rights_is_told_so").await else {
        return;
    };
    let store = place.open().await;
    let Location::Postgres(url) = place.location() else {
        panic!("PostgreSQL")
    };
    let mut other = <sqlx::PgConnection as sqlx::Connection>::connect(
        secrecy::ExposeSecret::expose_secret(url),
    )
    .await
    .expect("connected");
    sqlx::raw_sql("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")
        .execute(&mut other)
        .await
        .expect("set");
    store.close().await;
    let error = match Store::open(place.location()).await {
        Ok(store) => store
            .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
            .await
            .expect_err("read-only"),
        Err(error) => error,
    };
    let said = error.to_string();
    assert!(
        matches!(error, Error::Rights { .. }) && error.may_open_later(),
        "{said}"
    );
    assert!(
        said.contains("default_transaction_read_only") && !said.contains("CAREERBOT_DATA"),
        "{said}"
    );
}

#[tokio::test]
async fn many_who_wait_for_a_lock_are_all_told_of_the_lock() {
    let place = Place::sqlite();
    let store = place.open().await;
    let other = Connection::open(path(&place)).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let settings = Settings {
        audit_days: 5,
        ..Settings::default()
    };
    let saves = (0..8).map(|_| store.save_settings(HERE, &settings, ANN, "x", at(0)));
    for saved in futures_util::future::join_all(saves).await {
        let error = saved.expect_err("locked");
        assert!(matches!(error, Error::Locked { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_database_that_is_taken_away_takes_no_change_any_more() {
    for whole in [true, false] {
        let place = Place::sqlite();
        let store = place.open().await;
        store
            .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
            .await
            .expect("written");
        let folder = path(&place).parent().expect("a folder");
        if whole {
            std::fs::remove_dir_all(folder).expect("deleted");
        } else {
            std::fs::rename(path(&place), place.file("moved")).expect("moved");
            std::fs::write(path(&place), "").expect("another one");
        }
        let error = store
            .save_settings(HERE, &Settings::default(), ANN, "x", at(1))
            .await
            .expect_err("gone");
        assert!(
            matches!(error, Error::Gone { .. }) && error.to_string().contains("not saved"),
            "{error}"
        );
        let error = store
            .claim("me", Duration::from_secs(9), at(1))
            .await
            .expect_err("gone");
        assert!(matches!(error, Error::Gone { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_another_program_locks_is_named_and_works_again() {
    let place = Place::sqlite();
    let store = place.open().await;
    let other = Connection::open(path(&place)).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let error = store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect_err("locked");
    assert!(
        matches!(error, Error::Locked { .. }) && error.is_passing(),
        "{error}"
    );
    store.settings(HERE).await.expect("reading goes on");
    other.execute_batch("ROLLBACK").expect("free");
    store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect("written");
}

#[tokio::test]
async fn a_row_that_another_program_locks_is_named_and_works_again() {
    let Some(place) =
        Place::postgres("a_row_that_another_program_locks_is_named_and_works_again").await
    else {
        return;
    };
    let store = place.open().await;
    store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect("written");
    let Location::Postgres(url) = place.location() else {
        panic!("PostgreSQL")
    };
    let mut other = <sqlx::PgConnection as sqlx::Connection>::connect(
        secrecy::ExposeSecret::expose_secret(url),
    )
    .await
    .expect("connected");
    sqlx::raw_sql("BEGIN; SELECT * FROM settings FOR UPDATE")
        .execute(&mut other)
        .await
        .expect("locked");
    let error = store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect_err("locked");
    assert!(
        matches!(error, Error::Locked { .. }) && error.is_passing(),
        "{error}"
    );
    store.settings(HERE).await.expect("reading goes on");
    sqlx::raw_sql("ROLLBACK")
        .execute(&mut other)
        .await
        .expect("free");
    store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect("written");
}

#[tokio::test]
async fn replicas_that_start_together_on_an_empty_database_agree() {
    let Some(place) =
        Place::postgres("replicas_that_start_together_on_an_empty_database_agree").await
    else {
        return;
    };
    let (one, two, three) = tokio::join!(place.open(), place.open(), place.open());
    one.save_settings(
        HERE,
        &Settings {
            audit_days: 5,
            ..Settings::default()
        },
        ANN,
        "x",
        at(0),
    )
    .await
    .expect("written");
    for store in [two, three] {
        assert_eq!(store.settings(HERE).await.expect("read").audit_days, 5);
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let place = Place::sqlite();
    std::fs::create_dir_all(path(&place).parent().expect("a folder")).expect("made");
    std::fs::write(
        path(&place),
        "a shopping list, much longer than the header of a database ".repeat(50),
    )
    .expect("written");
    let error = Store::open(place.location()).await.expect_err("damaged");
    assert!(
        matches!(error, Error::Damaged { .. }) && error.to_string().contains("careerbot restore"),
        "{error}"
    );
}

/// Runs in a process of its own with fewer rights.
#[tokio::test]
#[ignore = "the other half of the tests below"]
async fn child_that_meets_trouble() {
    let Ok(text) = std::env::var(PLACE) else {
        return;
    };
    let (kind, file) = text.split_once(':').expect("kind and file");
    let opened = Store::open(&Location::Sqlite(file.into())).await;
    match kind {
        "read-only" => {
            let error = opened.expect_err("read-only");
            assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
        }
        "full" => {
            let store = opened.expect("opened");
            let content = careerbot::store::entries::Content {
                text: "x".repeat(20_000),
                ..knowledge::content("big")
            };
            let mut acknowledged = 0;
            let error = loop {
                match store.add_entry(HERE, &content, ANN, at(0)).await {
                    Ok(_) => acknowledged += 1,
                    Err(error) => break error,
                }
                assert!(acknowledged < 1_000, "the limit holds");
            };
            assert!(
                matches!(error, Error::DiskFull { .. }) && error.is_passing(),
                "{error}"
            );
            assert_eq!(
                store.entries(HERE).await.expect("reading goes on").len(),
                acknowledged
            );
            for _ in 0..3 {
                let error = store
                    .add_entry(HERE, &content, ANN, at(0))
                    .await
                    .expect_err("still full");
                assert!(matches!(error, Error::DiskFull { .. }), "{error}");
            }
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_full_disk_refuses_the_change_and_keeps_what_was_acknowledged() {
    let place = Place::sqlite();
    place.open().await.close().await;
    // A limit on the size of files stands for the disk; its signal is ignored, so writing fails as on a full disk.
    let program = std::env::current_exe().expect("this program");
    let status = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 1000; exec \"$0\" --exact store::trouble::child_that_meets_trouble --ignored",
        ])
        .arg(program)
        .env(PLACE, format!("full:{}", path(&place).display()))
        .output()
        .expect("a child");
    assert_ran(&status);
    let store = place.open().await;
    let kept = store.entries(HERE).await.expect("read").len();
    assert!(kept > 5, "{kept}");
    store
        .add_entry(HERE, &knowledge::content("after"), ANN, at(0))
        .await
        .expect("room again");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let place = Place::sqlite();
    place.open().await.close().await;
    let folder = path(&place).parent().expect("a folder");
    for entry in std::fs::read_dir(folder).expect("read").flatten() {
        std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o444))
            .expect("set");
    }
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o555)).expect("set");
    std::fs::set_permissions(place.folder(), std::fs::Permissions::from_mode(0o755)).expect("set");
    let mut child = Command::new(copy_of_this_program(&place));
    child
        .args([
            "--exact",
            "store::trouble::child_that_meets_trouble",
            "--ignored",
        ])
        .current_dir("/");
    child.env(PLACE, format!("read-only:{}", path(&place).display()));
    if std::fs::metadata("/proc/self")
        .map(|me| std::os::unix::fs::MetadataExt::uid(&me))
        .expect("whose process")
        == 0
    {
        // Rights do not bind root: the child runs as nobody.
        child.uid(65_534).gid(65_534);
    }
    let output = child.output().expect("a child");
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("set");
    assert_ran(&output);
}

/// The child ran its one test, and it passed: a name that nothing bears would pass too.
#[track_caller]
fn assert_ran(output: &std::process::Output) {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

/// Another user may not reach the build folder; a link keeps the copy cheap.
fn copy_of_this_program(place: &Place) -> std::path::PathBuf {
    let copy = place.file("program");
    let program = std::env::current_exe().expect("this program");
    if std::fs::hard_link(&program, &copy).is_err() {
        std::fs::copy(&program, &copy).expect("copied");
    }
    copy
}

#[tokio::test]
async fn a_lost_server_is_named_and_comes_back_by_itself() {
    let Some(mut server) = Server::start("a_lost_server_is_named_and_comes_back_by_itself") else {
        return;
    };
    let location = Location::Postgres(SecretString::from(server.url("postgres")));
    let store = Store::open(&location).await.expect("opened");
    let mut changes = store.changes();
    store
        .save_settings(
            HERE,
            &Settings {
                audit_days: 7,
                ..Settings::default()
            },
            ANN,
            "x",
            at(0),
        )
        .await
        .expect("written");
    server.order("stop");
    let error = store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect_err("lost");
    assert!(
        matches!(error, Error::Lost { .. }) && error.is_passing(),
        "{error}"
    );
    let begun = std::time::Instant::now();
    assert!(matches!(
        store.settings(HERE).await,
        Err(Error::Lost { .. })
    ));
    assert!(
        begun.elapsed() < Duration::from_millis(2_900),
        "before Discord's three seconds are over"
    );
    let error = Store::open(&location).await.expect_err("lost");
    assert!(matches!(error, Error::Lost { .. }), "{error}");
    server.order("start");
    assert_eq!(store.settings(HERE).await.expect("back").audit_days, 7);
    // The listener comes back too, and says that something may have been missed.
    let again =
        async { while changes.next().await != Some(careerbot::store::Change::Everything) {} };
    tokio::time::timeout(Duration::from_secs(5), again)
        .await
        .expect("heard");
    store
        .save_settings(HERE, &Settings::default(), ANN, "x", at(0))
        .await
        .expect("written");
    let again =
        async { while changes.next().await != Some(careerbot::store::Change::Settings(HERE)) {} };
    tokio::time::timeout(Duration::from_secs(5), again)
        .await
        .expect("heard");
}

#[test]
fn the_address_is_read_and_its_password_is_never_shown() {
    let choose = |url: &str| Location::choose(Some(&SecretString::from(url)), Path::new("/data"));
    assert!(
        matches!(choose("sqlite:x/y.db"), Ok(Location::Sqlite(path)) if path == Path::new("x/y.db"))
    );
    assert!(
        matches!(choose("sqlite:///y.db?mode=rwc"), Ok(Location::Sqlite(path)) if path == Path::new("/y.db"))
    );
    assert!(
        matches!(Location::choose(None, Path::new("/data")), Ok(Location::Sqlite(path)) if path == Path::new("/data/careerbot.db"))
    );
    for bad in [
        "sqlite:",
        "sqlite::memory:",
        "postgres://user:hunter2@host:port/name",
    ] {
        let error = choose(bad).expect_err(bad).to_string();
        assert!(
            !error.contains("hunter2") && error.contains("DATABASE_URL"),
            "{error}"
        );
    }
    let location = choose("postgres://user:hunter2@127.0.0.1:1/name").expect("a location");
    assert!(!format!("{location:?}").contains("hunter2"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let error = runtime
        .block_on(Store::open(&location))
        .expect_err("nobody is there")
        .to_string();
    assert!(
        !error.contains("hunter2") && error.contains("name on 127.0.0.1"),
        "{error}"
    );
}
