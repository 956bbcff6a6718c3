//! What can go wrong with the database, told apart by what to do next.
//!
//! Decides nothing: whether to stop or to go on answering without the store is the caller's choice
//! ([`Error::is_passing`] helps with it).

use std::path::PathBuf;

/// What comes back from every operation.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a store could not be opened, read or written. No change was made unless it was acknowledged with `Ok`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database or backup was written by a newer version of the program.
    #[error(
        "{place} has schema {found}, and this careerbot knows schemas up to {known}: install the newer careerbot that wrote it, or restore a backup made by this version"
    )]
    NewerSchema {
        /// The database or file.
        place: String,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// The folder or file cannot be written.
    #[error(
        "{place} cannot be written: give the user that runs careerbot write permission on the folder and the files in it, or point CAREERBOT_DATA to another folder ({cause})"
    )]
    ReadOnly {
        /// The folder, file or database.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The database server lets this user write nothing, or nobody.
    #[error(
        "{place} cannot be written by this database user: {} ({cause})",
        rights_advice(cause)
    )]
    Rights {
        /// The database, without its password.
        place: String,
        /// What the server said.
        cause: String,
    },
    /// A folder on the way to a file is missing, or is no folder.
    #[error(
        "{place} cannot be opened or made, as a folder on the way to it is missing or is a file: check that path ({cause})"
    )]
    Path {
        /// The file.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The program has as many files open as it may.
    #[error(
        "{place} cannot be opened, as careerbot has as many files open as the system lets it: raise that limit (ulimit -n, or LimitNOFILE of the service); it is tried again by itself ({cause})"
    )]
    Descriptors {
        /// The file.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// A file is no backup, or not a whole one.
    #[error("{} is no whole backup of careerbot ({cause}): choose another one; the store is as it was", path.display())]
    BadBackup {
        /// The file.
        path: PathBuf,
        /// What was found.
        cause: String,
    },
    /// No room is left.
    #[error(
        "the disk that holds {place} is full or at its quota, the change was not saved: free some room and try again ({cause})"
    )]
    DiskFull {
        /// The folder, file or database.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// Another careerbot has the SQLite database open.
    #[error(
        "{place} is in use by another careerbot: stop that one first, or use PostgreSQL (DATABASE_URL) for several copies"
    )]
    InUse {
        /// The database file.
        place: String,
    },
    /// Another program holds a lock for longer than the busy timeout.
    #[error(
        "{place} is locked by another program, the change was not saved: close the program that has it open and try again ({cause})"
    )]
    Locked {
        /// The database.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The database server cannot be reached, or hung up.
    #[error(
        "the connection to {place} is lost: check that the database server runs and that DATABASE_URL is right; careerbot connects again by itself ({cause})"
    )]
    Lost {
        /// The database, without its password.
        place: String,
        /// What the system said.
        cause: String,
        /// Whether a write was under way, which may or may not have happened.
        in_doubt: bool,
    },
    /// No secure connection to the database server came about.
    #[error(
        "{place}: no secure connection came about ({cause}): {}",
        secure_advice(cause)
    )]
    Insecure {
        /// The database, without its password.
        place: String,
        /// What the system said.
        cause: String,
    },
    /// The file is no database, or its content makes no sense.
    #[error(
        "{place} is damaged or is not a careerbot database: move it away and restore a backup with `careerbot restore FILE` ({cause})"
    )]
    Damaged {
        /// The database or file.
        place: String,
        /// What was found.
        cause: String,
    },
    /// The database was deleted, or another file put in its place, while it was open.
    #[error(
        "{place} was taken away while careerbot runs, the change was not saved: put it back or restore a backup, and start careerbot again ({cause})"
    )]
    Gone {
        /// The database file.
        place: String,
        /// What was found.
        cause: String,
    },
    /// The order for the change came before, here or to another copy of the program, and was carried out then.
    #[error("this was done already")]
    Repeated,
    /// The question that the change would answer has its answer already.
    #[error("this question was answered already")]
    Answered,
    /// The file to write to exists already.
    #[error("{} exists already: choose another name, nothing was overwritten", .0.display())]
    Exists(PathBuf),
    /// A restore would replace what the store holds.
    #[error("{place} holds data: restore with --replace to put the backup in their place")]
    NotEmpty {
        /// The database.
        place: String,
    },
    /// A file beside the database could not be read or written.
    #[error("{} cannot be used ({cause}): check its name and who may read it", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// There is no database to read.
    #[error("there is no database at {} yet: the server makes it when it first starts; check CAREERBOT_DATA", .0.display())]
    NoDatabase(PathBuf),
    /// `DATABASE_URL` is not an address.
    #[error(
        "DATABASE_URL cannot be read: write postgres://user:password@host/name or sqlite:path/to/file.db ({0})"
    )]
    Address(String),
    /// Anything else that the database refused.
    #[error("{place} refused: {cause}; this is a fault in careerbot, please report it")]
    Refused {
        /// The database.
        place: String,
        /// What the database said.
        cause: String,
    },
}

impl Error {
    /// True when trying again later can help without anybody changing the set-up.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Locked { .. }
                | Self::Lost { .. }
                | Self::DiskFull { .. }
                | Self::Descriptors { .. }
        )
    }

    /// True when a store that could not be opened may open later: what can pass, another careerbot that stops, rights that are
    /// given, a folder that is mounted.
    pub fn may_open_later(&self) -> bool {
        self.is_passing()
            || matches!(
                self,
                Self::InUse { .. }
                    | Self::ReadOnly { .. }
                    | Self::Rights { .. }
                    | Self::Path { .. }
                    | Self::Insecure { .. }
            )
    }

    /// True when a change that was asked for may have been made all the same.
    pub fn is_in_doubt(&self) -> bool {
        matches!(self, Self::Lost { in_doubt: true, .. })
    }

    /// Sorts an error of the database driver by what to do next.
    pub(crate) fn sort(place: &str, error: sqlx::Error) -> Self {
        let place = place.to_owned();
        let cause = error.to_string();
        match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                Self::from_code(&code, place, database.message().to_owned())
            }
            sqlx::Error::Io(io) => Self::from_io(place, io),
            // There was no connection yet that a statement could have gone through.
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self::Lost {
                place,
                cause,
                in_doubt: false,
            },
            sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_) => Self::Lost {
                place,
                cause,
                in_doubt: true,
            },
            sqlx::Error::Tls(_) => Self::Insecure { place, cause },
            // What the driver says of an address may quote it.
            sqlx::Error::Configuration(_) => {
                Self::Address("the driver cannot use a part of it".to_owned())
            }
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::ColumnNotFound(_) => Self::Damaged { place, cause },
            sqlx::Error::Migrate(migrate) => match migrate.as_ref() {
                sqlx::migrate::MigrateError::VersionMismatch(version) => Self::Damaged {
                    place,
                    cause: format!("schema {version} was changed by hand"),
                },
                _ => Self::Refused { place, cause },
            },
            _ => Self::Refused { place, cause },
        }
    }

    /// As [`Error::sort`], for the steps that bring the schema up to date.
    pub(crate) fn sort_migration(place: &str, error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError::{Execute, ExecuteMigration};
        match error {
            Execute(error) | ExecuteMigration(error, _) => Self::sort(place, error),
            other => Self::sort(place, sqlx::Error::Migrate(Box::new(other))),
        }
    }

    /// Sorts what the system says of a file.
    pub(crate) fn of_file(place: &str, io: &std::io::Error) -> Self {
        use std::io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory, NotFound};
        let (place, cause) = (place.to_owned(), io.to_string());
        match io.kind() {
            AlreadyExists | IsADirectory | NotADirectory | NotFound => Self::Path { place, cause },
            _ => Self::from_io(place, io),
        }
    }

    fn from_io(place: String, io: &std::io::Error) -> Self {
        /// "Too many open files", of this process and of the whole system. Source: errno(3).
        const TOO_MANY: [i32; 2] = [24, 23];
        if io
            .raw_os_error()
            .is_some_and(|code| TOO_MANY.contains(&code))
        {
            return Self::Descriptors {
                place,
                cause: io.to_string(),
            };
        }
        use std::io::ErrorKind::{
            InvalidData, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        let cause = io.to_string();
        match io.kind() {
            PermissionDenied | ReadOnlyFilesystem => Self::ReadOnly { place, cause },
            StorageFull | QuotaExceeded => Self::DiskFull { place, cause },
            // A certificate that is refused comes as data that make no sense.
            InvalidData => Self::Insecure { place, cause },
            _ => Self::Lost {
                place,
                cause,
                in_doubt: true,
            },
        }
    }

    /// SQLite gives numbers (<https://sqlite.org/rescode.html>), PostgreSQL five characters (its manual, appendix A).
    fn from_code(code: &str, place: String, cause: String) -> Self {
        if code.len() != 5
            && let Ok(number) = code.parse::<u32>()
        {
            return match (number & 0xff, number) {
                // BUSY, LOCKED, PROTOCOL (a race for the lock that was tried too often)
                (5 | 6 | 15, _) => Self::Locked { place, cause },
                // PERM, READONLY, CANTOPEN, AUTH
                (3 | 8 | 14 | 23, _) => Self::ReadOnly { place, cause },
                // FULL, TOOBIG of the file system
                (13 | 22, _) => Self::DiskFull { place, cause },
                // IOERR on WRITE, FSYNC, TRUNCATE, SHMSIZE: quotas and file size limits come as these
                (10, 778 | 1034 | 1546 | 4874) => Self::DiskFull { place, cause },
                // CORRUPT, NOTADB
                (11 | 26, _) => Self::Damaged { place, cause },
                (10, _) => Self::Lost {
                    place,
                    cause,
                    in_doubt: true,
                },
                _ => Self::Refused { place, cause },
            };
        }
        match code {
            "53100" | "53200" => Self::DiskFull { place, cause },
            "25006" | "42501" => Self::Rights { place, cause },
            "55P03" | "40001" | "40P01" => Self::Locked { place, cause },
            _ if ["08", "28", "3D", "53", "57", "58"]
                .iter()
                .any(|class| code.starts_with(class)) =>
            {
                Self::Lost {
                    place,
                    cause,
                    in_doubt: true,
                }
            }
            _ if code.starts_with("XX") => Self::Damaged { place, cause },
            _ => Self::Refused { place, cause },
        }
    }
}

fn rights_advice(cause: &str) -> &'static str {
    if cause.contains("read-only") {
        "connect to the primary server, or switch default_transaction_read_only off"
    } else {
        "GRANT it the rights on the schema and its tables, or make it their owner"
    }
}

/// What to do next, by what the driver and rustls say.
const SECURE_ADVICE: &[(&str, &str)] = &[
    (
        "does not support TLS",
        "switch TLS on in the database server (ssl = on), or take sslmode out of DATABASE_URL where the way to it is safe by itself",
    ),
    (
        "UnknownIssuer",
        "add sslrootcert=/path/to/ca.pem to DATABASE_URL, with the certificate of the authority that signed the server's, or with the server's own when it signed itself",
    ),
    (
        "CaUsedAsEndEntity",
        "the server shows the certificate of an authority as its own: give it one with basicConstraints CA:FALSE",
    ),
    (
        "not valid for",
        "put the host name that stands in the server's certificate into DATABASE_URL, or write sslmode=verify-ca to leave the name unchecked",
    ),
    (
        "Expired",
        "renew the certificate of the database server, and check the clock of this machine",
    ),
    (
        "NotValidYet",
        "check the clock of this machine and of the database server",
    ),
];

fn secure_advice(cause: &str) -> &'static str {
    SECURE_ADVICE
        .iter()
        .find(|(words, _)| cause.contains(words))
        .map_or(
            "check the certificate of the database server and sslmode in DATABASE_URL",
            |(_, advice)| *advice,
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, starts: &str) {
        let text = Error::from_code(code, "db".to_owned(), "why".to_owned()).to_string();
        assert!(text.contains(starts), "{code}: {text}");
        assert!(text.contains("why"), "{code}: {text}");
    }

    #[test]
    fn codes_of_both_databases_are_sorted_by_what_to_do() {
        for (code, starts) in [
            ("5", "locked"),
            ("261", "locked"),
            ("1032", "cannot be written"),
            ("14", "cannot be written"),
            ("13", "full"),
            ("778", "full"),
            ("11", "damaged"),
            ("26", "damaged"),
            ("1299", "refused"),
            ("53100", "full"),
            ("25006", "cannot be written by this database user"),
            ("42501", "GRANT"),
            ("57P01", "lost"),
            ("08006", "lost"),
            ("28P01", "lost"),
            ("55P03", "locked"),
            ("23505", "refused"),
            ("XX001", "damaged"),
            ("", "refused"),
        ] {
            check(code, starts);
        }
    }

    #[test]
    fn what_the_system_refuses_and_can_pass_is_tried_again() {
        // EMFILE, ENFILE, ENOSPC, EDQUOT, EROFS, EACCES. Source: errno(3), as Linux numbers them.
        for (code, starts) in [
            (24, "as many files open"),
            (23, "as many files open"),
            (28, "full"),
            (122, "full"),
            (30, "cannot be written"),
            (13, "cannot be written"),
        ] {
            let io = std::io::Error::from_raw_os_error(code);
            let error = Error::from_io("db".to_owned(), &io);
            assert!(error.may_open_later(), "{code}: {error}");
            assert!(
                error.to_string().to_lowercase().contains(starts),
                "{code}: {error}"
            );
        }
    }
}
