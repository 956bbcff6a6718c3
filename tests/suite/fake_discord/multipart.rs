//! Reads a multipart body: `payload_json` and the files beside it.

/// One part: its field name, its file name where it has one, its bytes.
pub(crate) struct Part {
    pub name: String,
    pub file: Option<String>,
    pub data: Vec<u8>,
}

/// The parts of a body, or what is wrong with it.
pub(crate) fn read(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = content_type
        .split("boundary=")
        .nth(1)
        .ok_or("no boundary")?
        .trim_matches('"');
    let line = format!("--{boundary}").into_bytes();
    let mut parts = Vec::new();
    let mut rest = body;
    loop {
        let start = find(rest, &line).ok_or("a part does not begin")? + line.len();
        rest = &rest[start..];
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let head_end = find(rest, b"\r\n\r\n").ok_or("a part has no end of its head")?;
        let head = String::from_utf8_lossy(&rest[..head_end]).into_owned();
        let data = &rest[head_end + 4..];
        let end = find(data, &[b"\r\n", line.as_slice()].concat()).ok_or("a part does not end")?;
        let value = |key: &str| {
            let from = head.find(&format!("{key}=\""))? + key.len() + 2;
            head[from..]
                .find('"')
                .map(|to| head[from..from + to].to_owned())
        };
        parts.push(Part {
            name: value(" name")
                .or_else(|| value("name"))
                .ok_or("a part has no name")?,
            file: value("filename"),
            data: data[..end].to_vec(),
        });
        rest = &data[end + 2..];
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
