//! How wide words are when drawn, and what of them fits.

pub(super) use super::letters::width;

/// As much of the words as fits into a width, cut with an ellipsis.
pub(super) fn fit(words: &str, size: f32, room: f32) -> String {
    if width(words, size) <= room {
        return words.to_owned();
    }
    let mut kept: String = words.to_owned();
    while !kept.is_empty() && width(&kept, size) + size > room {
        kept.pop();
    }
    format!("{}…", kept.trim_end_matches([' ', ',', '(', '-']))
}

/// The words in lines that fit into a width; a single word that does not is cut.
pub(super) fn lines(words: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(word, size) + size / 2.0 <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fit(word, size, room)),
        }
    }
    lines
}

/// Dollars in short for the marks of a chart: `$98k`, `$0`.
pub(super) fn short(usd: u32) -> String {
    match usd {
        0 => "$0".to_owned(),
        usd => format!("${}k", (usd + 500) / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut_and_says_so() {
        assert_eq!(fit("Nurse", 13.0, 200.0), "Nurse");
        let cut = fit(&"very long title ".repeat(10), 13.0, 200.0);
        assert!(cut.ends_with("title…") || cut.ends_with('…'), "{cut}");
        assert!(width(&cut, 13.0) <= 200.0, "{cut}");
        assert_eq!(fit("anything", 13.0, 0.0), "…");
    }

    #[test]
    fn short_dollars_are_whole_thousands() {
        assert_eq!(
            [0, 49_499, 49_500, 239_200].map(short),
            ["$0", "$49k", "$50k", "$239k"]
        );
    }
}
