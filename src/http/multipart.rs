//! The body of a first response that carries files: a multipart form with `payload_json` and one part for each file.
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
