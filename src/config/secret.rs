//! Where a secret comes from: its key, the file that its key with `_FILE` names, or a credential of systemd.

use std::io::Read as _;
use std::path::Path;

use crate::config::keys::flag;

/// Bytes of a file that are read at most: a token has some seventy, and an address of a database a few hundred.
const MOST: u64 = 64 * 1024;

/// What was found of a secret: nothing, its text, or what is wrong.
pub(super) type Found = Result<Option<String>, String>;

/// The value of a secret. `set` is the value of its key, `file` that of its key with `_FILE`, `credentials` the folder in
/// which systemd puts credentials (`LoadCredential=` in systemd.exec(5)).
pub(super) fn find(
    key: &str,
    set: Option<String>,
    file: Option<&str>,
    credentials: Option<&str>,
) -> Found {
    match (set, file) {
        (Some(_), Some(_)) => Err(format!(
            "{key} and {key}_FILE are both set: keep one of them"
        )),
        (Some(set), None) => Ok(Some(set)),
        (None, Some(file)) => read(&format!("{key}_FILE"), Path::new(file)).map(Some),
        (None, None) => match credentials.map(|folder| Path::new(folder).join(flag(key))) {
            Some(path) if path.exists() => {
                read(&format!("the credential {}", flag(key)), &path).map(Some)
            }
            _ => Ok(None),
        },
    }
}

/// The text of a file without white space around it; `what` names the file to people.
fn read(what: &str, path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("{what}: {} cannot be read: {error}", path.display()))?;
    if bytes.len() as u64 > MOST {
        return Err(format!(
            "{what}: {} is larger than {MOST} bytes and no file with one secret",
            path.display()
        ));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| format!("{what}: {} is not UTF-8", path.display()))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(format!("{what}: {} is empty", path.display()));
    }
    Ok(text.to_owned())
}
