//! Lines for a terminal: indents, alignment, and color where it may be written.
//!
//! Knows styles and widths; knows nothing of answers.

use std::ops::Range;

use crate::cli::io::Look;
use crate::cli::render::marks_in;
use crate::text::width::{columns, lines};

/// What a piece of text is, and so how it is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The headline.
    Title,
    /// Headings, names and what matches the question.
    Strong,
    /// Names of facts.
    Label,
    /// What one reads.
    Plain,
    /// What one can pass over: sources, notes.
    Quiet,
    /// Cautions.
    Warning,
}

impl Style {
    /// Select Graphic Rendition parameters (ECMA-48).
    fn code(self) -> &'static str {
        match self {
            Self::Title => "1;36",
            Self::Strong => "1",
            Self::Label => "36",
            Self::Plain => "",
            Self::Quiet => "2",
            Self::Warning => "33",
        }
    }
}

/// A text that grows line by line.
pub struct Page {
    look: Look,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            text: String::with_capacity(2048),
        }
    }

    /// Columns of the page.
    pub fn width(&self) -> usize {
        self.look.width
    }

    /// The text, ending in exactly one line end.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Text without indent.
    pub fn line(&mut self, style: Style, text: &str) {
        self.block(style, "", text);
    }

    /// Text behind `lead`; further lines are indented by as much. A lead of `│ ` stands before every line.
    pub fn block(&mut self, style: Style, lead: &str, text: &str) {
        self.marked(style, lead, text, &[]);
    }

    /// As [`Self::block`], with the `marks` of the text painted strong.
    pub fn marked(&mut self, style: Style, lead: &str, text: &str, marks: &[Range<usize>]) {
        let indent = columns(lead);
        let text = text.trim_end();
        for (place, range) in lines(text, self.look.width.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            let lead = if place == 0 || lead.starts_with('│') {
                lead.to_owned()
            } else {
                " ".repeat(indent)
            };
            self.paint(
                if lead.trim().is_empty() {
                    Style::Plain
                } else {
                    lead_style(style)
                },
                &lead,
            );
            self.painted(style, &text[range.clone()], &marks_in(&range, marks));
            self.end_line();
        }
    }

    /// One line that is not wrapped: an address must stay whole to be opened.
    pub fn unbroken(&mut self, style: Style, lead: &str, text: &str) {
        self.paint(Style::Quiet, lead);
        self.paint(style, text);
        self.end_line();
    }

    /// A line as it is where it fits, with its own indent; wrapped where it does not.
    pub fn unbroken_or_wrapped(&mut self, text: &str) {
        if text.is_empty() {
            self.gap();
        } else if columns(text) <= self.look.width {
            self.unbroken(Style::Plain, "", text);
        } else {
            let indent = " ".repeat(text.len() - text.trim_start().len());
            self.block(Style::Plain, &indent, text.trim_start());
        }
    }

    /// A label and its value, the value in a column of its own.
    pub fn labelled(&mut self, label: &str, label_width: usize, value: &str) {
        let indent = label_width + 2;
        if columns(label) > label_width {
            self.block(Style::Label, "", label);
            self.block(Style::Plain, &" ".repeat(indent), value);
            return;
        }
        for (place, range) in lines(value, self.look.width.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            if place == 0 {
                self.paint(Style::Label, label);
                self.text.push_str(&" ".repeat(indent - columns(label)));
            } else {
                self.text.push_str(&" ".repeat(indent));
            }
            self.paint(Style::Plain, &value[range]);
            self.end_line();
        }
    }

    /// A row of a table: a label and cells of `room` columns each, wrapped within their columns.
    pub fn cells(
        &mut self,
        style: Style,
        label_width: usize,
        room: usize,
        label: &str,
        cells: &[String],
    ) {
        let label = (Style::Label, label_width, label);
        self.row(
            std::iter::once(label)
                .chain(cells.iter().map(|cell| (style, room, cell.as_str())))
                .collect(),
        );
    }

    /// A row of a table: cells with their styles and columns, wrapped within these, two columns apart.
    pub fn row(&mut self, cells: Vec<(Style, usize, &str)>) {
        let wrapped: Vec<Vec<Range<usize>>> = cells
            .iter()
            .map(|(_, room, text)| lines(text, *room))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut owed = 0;
            for ((style, room, text), ranges) in cells.iter().zip(&wrapped) {
                let piece = ranges.get(line).map_or("", |range| &text[range.clone()]);
                if piece.is_empty() {
                    owed += room + 2;
                    continue;
                }
                self.text.push_str(&" ".repeat(owed));
                self.paint(*style, piece);
                owed = (room + 2).saturating_sub(columns(piece));
            }
            self.end_line();
        }
    }

    fn painted(&mut self, style: Style, text: &str, marks: &[Range<usize>]) {
        let mut at = 0;
        for mark in marks {
            self.paint(style, &text[at..mark.start]);
            self.paint(Style::Strong, &text[mark.clone()]);
            at = mark.end;
        }
        self.paint(style, &text[at..]);
    }

    fn paint(&mut self, style: Style, text: &str) {
        if !self.look.color || style.code().is_empty() || text.is_empty() {
            self.text.push_str(text);
        } else {
            self.text
                .push_str(&format!("\u{1b}[{}m{text}\u{1b}[0m", style.code()));
        }
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }
}

/// Leads of plain text are painted as labels, so that lists and passages stand out.
fn lead_style(style: Style) -> Style {
    if style == Style::Plain {
        Style::Label
    } else {
        style
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize, color: bool, fill: impl FnOnce(&mut Page)) -> String {
        let mut page = Page::new(Look { width, color });
        fill(&mut page);
        page.finish()
    }

    #[test]
    fn further_lines_stand_below_the_first_word() {
        assert_eq!(
            page(12, false, |p| p.block(Style::Plain, "• ", "one two three")),
            "• one two\n  three\n"
        );
        assert_eq!(
            page(12, false, |p| p.block(Style::Plain, "│ ", "one two three")),
            "│ one two\n│ three\n"
        );
    }

    #[test]
    fn values_stand_in_a_column_of_their_own() {
        assert_eq!(
            page(16, false, |p| p.labelled("Pay", 5, "a lot of money")),
            "Pay    a lot of\n       money\n"
        );
    }

    #[test]
    fn cells_are_wrapped_within_their_columns() {
        let cells = ["one two".to_owned(), "three".to_owned()];
        assert_eq!(
            page(40, false, |p| p.cells(Style::Plain, 4, 5, "Pay", &cells)),
            "Pay   one    three\n      two\n"
        );
    }

    #[test]
    fn marks_are_strong_only_where_color_is_allowed() {
        let strong = page(20, true, |p| {
            p.marked(Style::Plain, "", "a nurse", std::slice::from_ref(&(2..7)))
        });
        assert_eq!(strong, "a \u{1b}[1mnurse\u{1b}[0m\n");
        assert_eq!(
            page(20, false, |p| p.marked(
                Style::Plain,
                "",
                "a nurse",
                std::slice::from_ref(&(2..7))
            )),
            "a nurse\n"
        );
    }

    #[test]
    fn marks_survive_a_line_end_in_their_middle() {
        let strong = page(5, true, |p| {
            p.marked(Style::Plain, "", "home care", std::slice::from_ref(&(0..9)))
        });
        assert_eq!(strong, "\u{1b}[1mhome\u{1b}[0m\n\u{1b}[1mcare\u{1b}[0m\n");
    }
}
