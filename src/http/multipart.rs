//! The body of a message that carries files: a multipart form with `payload_json` and one part for each file, written and read.
//!
//! Knows the form's syntax and nothing of what is in it.

use serde_json::Value;
use serenity::builder::CreateAttachment;

/// Separates the parts. It can't occur in a PNG by chance, nor in JSON.
const BOUNDARY: &str = "careerbot-7d1f0c6b2a9e4835";

/// The content type and the bytes of the form.
pub fn form(body: &Value, files: &[CreateAttachment]) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut part = |head: &str, data: &[u8]| {
        for piece in [
            "--",
            BOUNDARY,
            "\r\nContent-Disposition: form-data; ",
            head,
            "\r\n\r\n",
        ] {
            bytes.extend_from_slice(piece.as_bytes());
        }
        bytes.extend_from_slice(data);
        bytes.extend_from_slice(b"\r\n");
    };
    part(
        "name=\"payload_json\"\r\nContent-Type: application/json",
        body.to_string().as_bytes(),
    );
    for (index, file) in files.iter().enumerate() {
        // A quote or a line break in a name would end the header early.
        let name: String = file
            .filename
            .chars()
            .filter(|c| !c.is_control() && *c != '"')
            .collect();
        let kind = if name.ends_with(".png") {
            "image/png"
        } else {
            "application/octet-stream"
        };
        part(
            &format!("name=\"files[{index}]\"; filename=\"{name}\"\r\nContent-Type: {kind}"),
            &file.data,
        );
    }
    bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), bytes)
}

/// A part of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The name of the file; `None` for what is none.
    pub file: Option<String>,
    /// Its content.
    pub data: &'a [u8],
}

/// The parts of a form of this content type; `None` for what is no form.
pub fn read<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let boundary = content_type
        .strip_prefix("multipart/form-data")?
        .split_once("boundary=")?
        .1
        .trim_matches('"');
    let line = format!("--{boundary}").into_bytes();
    let end = [b"\r\n", line.as_slice()].concat();
    let mut rest = &body[find(body, &line)? + line.len()..];
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let head = find(rest, b"\r\n\r\n")?;
        let words = String::from_utf8_lossy(&rest[..head]);
        let file = words
            .split_once("filename=\"")
            .and_then(|(_, name)| Some(name.split_once('"')?.0.to_owned()));
        let data = &rest[head + 4..];
        let length = find(data, &end)?;
        parts.push(Part {
            file,
            data: &data[..length],
        });
        rest = &data[length + end.len()..];
    }
    Some(parts)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let body = json!({"content": "a chart"});
        let file = CreateAttachment::bytes(vec![137, 13, 10, 45, 45, 0], "a \"b\".png");
        let (kind, bytes) = form(&body, &[file]);
        let parts = read(&kind, &bytes).expect("a form");
        assert_eq!(parts.len(), 2);
        assert_eq!(
            (&parts[0].file, parts[0].data),
            (&None, body.to_string().as_bytes())
        );
        assert_eq!(
            parts[1],
            Part {
                file: Some("a b.png".to_owned()),
                data: &[137, 13, 10, 45, 45, 0]
            }
        );
    }

    #[test]
    fn what_is_cut_off_is_no_form() {
        let file = CreateAttachment::bytes(vec![1; 40], "a.png");
        let (kind, bytes) = form(&json!({}), &[file]);
        for end in 0..bytes.len() - 3 {
            assert!(read(&kind, &bytes[..end]).is_none(), "{end}");
        }
        assert!(read("application/json", b"{}").is_none());
    }
}
