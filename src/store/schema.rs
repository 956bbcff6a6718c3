//! The steps that bring a database's schema up to date, as they stand in `migrations/`. A step that has been released never
//! changes: databases remember the checksum of each.

use std::borrow::Cow;
use std::sync::LazyLock;

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Number and name of each step, and its statements for both databases.
macro_rules! steps {
    ($($number:literal $name:literal,)+) => {
        const SQLITE: &[Step] = &[$(($number, $name, include_str!(
            concat!("../../migrations/sqlite/", $number, "_", $name, ".sql")
        )),)+];
        const POSTGRES: &[Step] = &[$(($number, $name, include_str!(
            concat!("../../migrations/postgres/", $number, "_", $name, ".sql")
        )),)+];
    };
}

type Step = (&'static str, &'static str, &'static str);

steps! {
    "0001" "base",
    "0002" "absences",
    "0003" "deeds",
    "0004" "removals",
    "0005" "publications",
    "0006" "trends",
    "0007" "post_style",
    "0008" "members",
    "0009" "stats_and_feeds",
    "0010" "letters",
    "0011" "logins",
}

pub(crate) static SQLITE_SCHEMA: LazyLock<Migrator> = LazyLock::new(|| migrator(SQLITE));
pub(crate) static POSTGRES_SCHEMA: LazyLock<Migrator> = LazyLock::new(|| migrator(POSTGRES));

fn migrator(steps: &'static [Step]) -> Migrator {
    let migrations = steps.iter().map(|(number, name, statements)| {
        Migration::new(
            // A test reads every number.
            number.parse().unwrap_or_default(),
            Cow::Borrowed(*name),
            MigrationType::Simple,
            SqlStr::from_static(statements),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CRC-32 of the released steps' checksums, as databases remember them.
    fn sums(schema: &Migrator) -> Vec<(i64, String)> {
        let sum = |step: &Migration| format!("{:08x}", crc32fast::hash(&step.checksum));
        schema
            .iter()
            .map(|step| (step.version, sum(step)))
            .collect()
    }

    #[test]
    fn every_file_is_a_step_and_every_step_a_file() {
        for (folder, schema) in [("sqlite", &*SQLITE_SCHEMA), ("postgres", &*POSTGRES_SCHEMA)] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("migrations")
                .join(folder);
            let mut files: Vec<String> = std::fs::read_dir(folder)
                .expect("the folder")
                .map(|file| {
                    file.expect("a file")
                        .file_name()
                        .to_string_lossy()
                        .into_owned()
                })
                .collect();
            files.sort();
            let steps: Vec<String> = schema
                .iter()
                .map(|step| format!("{:04}_{}.sql", step.version, step.description))
                .collect();
            assert_eq!(files, steps);
        }
    }

    #[test]
    fn released_steps_never_change() {
        let released = |sums: &[(i64, &str)]| -> Vec<(i64, String)> {
            let owned = |(number, sum): &(i64, &str)| (*number, (*sum).to_owned());
            sums.iter().map(owned).collect()
        };
        let sqlite = [
            (1, "6cb646fb"),
            (2, "99576e6d"),
            (3, "b0388f04"),
            (4, "e4fa7f6b"),
            (5, "abaaf7a1"),
            (6, "bbf9218a"),
            (7, "51ce1b1e"),
            (8, "50195ceb"),
            (9, "3ac34c37"),
            (10, "b871b044"),
            (11, "fd239c9d"),
        ];
        let postgres = [
            (1, "7a7d49e2"),
            (2, "9943ae49"),
            (3, "3e3688e5"),
            (4, "cca163af"),
            (5, "9f6c6046"),
            (6, "bbf9218a"),
            (7, "444d284f"),
            (8, "b6430796"),
            (9, "2546b601"),
            (10, "486ba7ad"),
            (11, "fd239c9d"),
        ];
        assert_eq!(sums(&SQLITE_SCHEMA), released(&sqlite));
        assert_eq!(sums(&POSTGRES_SCHEMA), released(&postgres));
    }
}
