//! A rendered message as an SVG in the look of Discord's dark theme.
//!
//! Draws what a message holds and nothing else: text, embeds, fields, buttons, menus, a picture. Knows nothing of answers.

use std::fmt::Write as _;

use super::ink::{self, Lead, Line, SMALL, Style};
use careerbot::discord::message::body::{Embed, Field, Message};
use careerbot::discord::message::components::{Look, Row};

const WIDTH: f64 = 760.0;
const LEFT: f64 = 72.0;
const RIGHT: f64 = 24.0;
const TEXT: f64 = 15.0;
const FONTS: &str = "Helvetica, Arial, 'DejaVu Sans', sans-serif";

/// The theme's colors.
const BACK: &str = "#313338";
const CARD: &str = "#2b2d31";
/// The letters of a block.
const MONO: &str = " font-family=\"'DejaVu Sans Mono', monospace\"";
const INK: &str = "#dbdee1";
const BRIGHT: &str = "#f2f3f5";
const PALE: &str = "#a5abb3";
const LINK: &str = "#00a8fc";
const MAIN: &str = "#5865f2";
const PLAIN: &str = "#4e5058";
const MENU: &str = "#1e1f22";

/// The picture of a reply to what a member did, such as `used /help`.
pub(super) fn svg(did: &str, message: &Message) -> String {
    let mut sheet = Sheet {
        body: String::new(),
        y: 34.0,
    };
    if !did.is_empty() {
        sheet.words(LEFT, SMALL, PALE, &format!("{} {did}", ink::MEMBER));
        sheet.y += 28.0;
    }
    let _ = write!(
        sheet.body,
        "<circle cx=\"40\" cy=\"{:.0}\" r=\"20\" fill=\"#2a7f9e\"/><path d=\"M40 {:.0}v20M30 {:.0}h20\" stroke=\"#fff\" stroke-width=\"5\"/>",
        sheet.y + 4.0,
        sheet.y - 6.0,
        sheet.y + 4.0
    );
    sheet.bold(LEFT, TEXT, BRIGHT, "careerbot");
    let _ = write!(
        sheet.body,
        "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"36\" height=\"17\" rx=\"4\" fill=\"{MAIN}\"/>",
        LEFT + 86.0,
        sheet.y - 13.0
    );
    sheet.bold(LEFT + 92.0, 10.0, "#ffffff", "APP");
    sheet.y += 24.0;
    let width = WIDTH - LEFT - RIGHT;
    sheet.paragraphs(&message.content, LEFT, TEXT, width);
    for embed in &message.embeds {
        sheet.embed(embed, width);
    }
    if let Some(file) = &message.file {
        sheet.picture(&file.bytes, &file.alt);
    }
    for row in &message.rows {
        sheet.row(row, width);
    }
    if message.private {
        sheet.y += 16.0;
        sheet.words(LEFT, SMALL, PALE, "Only you can see this");
    }
    let height = sheet.y + 22.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height:.0}\" viewBox=\"0 0 {WIDTH} {height:.0}\" font-family=\"{FONTS}\"><rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACK}\"/>{}</svg>\n",
        sheet.body
    )
}

/// What is drawn so far, and the baseline of the next line.
struct Sheet {
    body: String,
    y: f64,
}

impl Sheet {
    fn words(&mut self, x: f64, size: f64, fill: &str, text: &str) {
        let _ = write!(
            self.body,
            "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"{size}\" fill=\"{fill}\">{}</text>",
            self.y,
            xml(text)
        );
    }

    fn bold(&mut self, x: f64, size: f64, fill: &str, text: &str) {
        let _ = write!(
            self.body,
            "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"{size}\" fill=\"{fill}\" font-weight=\"bold\">{}</text>",
            self.y,
            xml(text)
        );
    }

    /// Markdown, a line each; afterwards the next line is free.
    fn paragraphs(&mut self, markdown: &str, x: f64, size: f64, width: f64) {
        for line in ink::lines(markdown, size, width) {
            self.line(&line, x, size);
            self.y += if line.lead == Lead::Small {
                SMALL.min(size)
            } else {
                size
            } * 1.4;
        }
    }

    fn line(&mut self, line: &Line, x: f64, size: f64) {
        let (x, size, fill) = match line.lead {
            Lead::Plain => (x, size, INK),
            Lead::Small => (x, SMALL.min(size), PALE),
            Lead::Quote | Lead::Block => {
                let _ = write!(
                    self.body,
                    "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"4\" height=\"{:.0}\" rx=\"2\" fill=\"{PLAIN}\"/>",
                    self.y - size,
                    size * 1.4
                );
                (x + 14.0, size, INK)
            }
        };
        let font = if line.lead == Lead::Block { MONO } else { "" };
        let _ = write!(
            self.body,
            "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"{size}\" fill=\"{fill}\"{font} xml:space=\"preserve\">",
            self.y
        );
        for run in &line.runs {
            let text = xml(&run.text);
            let _ = match run.style {
                Style {
                    bold: false,
                    link: false,
                } => write!(self.body, "{text}"),
                Style { bold, link } => {
                    let weight = if bold { " font-weight=\"bold\"" } else { "" };
                    let color = if link {
                        format!(" fill=\"{LINK}\"")
                    } else {
                        String::new()
                    };
                    write!(self.body, "<tspan{weight}{color}>{text}</tspan>")
                }
            };
        }
        self.body.push_str("</text>");
    }

    fn embed(&mut self, embed: &Embed, width: f64) {
        let inside = width - 32.0;
        let top = self.y - 8.0;
        // The card lies below its text, so the text is drawn aside and put in after the card.
        let mut card = Self {
            body: String::new(),
            y: self.y + 18.0,
        };
        let x = LEFT + 18.0;
        if !embed.title.is_empty() {
            card.paragraphs(&format!("**{}**", embed.title), x, 16.0, inside);
            card.y += 4.0;
        }
        card.paragraphs(&embed.description, x, 14.0, inside);
        for row in field_rows(&embed.fields) {
            card.fields(row, x, inside);
        }
        if let Some(footer) = &embed.footer {
            card.y += 6.0;
            // A footer knows no markdown.
            let plain: String = footer
                .text
                .chars()
                .flat_map(|c| {
                    if c.is_ascii_punctuation() {
                        vec!['\\', c]
                    } else {
                        vec![c]
                    }
                })
                .collect();
            card.paragraphs(&plain, x, SMALL, inside);
        }
        let height = card.y - top - 2.0;
        let color = embed.color.unwrap_or(0x4e_50_58);
        let _ = write!(
            self.body,
            "<rect x=\"{LEFT}\" y=\"{top:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" rx=\"4\" fill=\"{CARD}\"/><rect x=\"{LEFT}\" y=\"{top:.0}\" width=\"4\" height=\"{height:.0}\" rx=\"2\" fill=\"#{color:06x}\"/>"
        );
        self.body.push_str(&card.body);
        self.y = top + height + 22.0;
    }

    /// Fields side by side.
    fn fields(&mut self, fields: &[Field], x: f64, width: f64) {
        self.y += 8.0;
        let (top, each) = (self.y, width / fields.len().max(1) as f64);
        let mut lowest = top;
        for (place, field) in fields.iter().enumerate() {
            let x = x + each * place as f64;
            self.y = top;
            self.paragraphs(&format!("**{}**", field.name), x, 13.0, each - 12.0);
            self.paragraphs(&field.value, x, 13.0, each - 12.0);
            lowest = lowest.max(self.y);
        }
        self.y = lowest;
    }

    fn picture(&mut self, bytes: &[u8], alt: &str) {
        // The size stands in the header of a PNG: width and height, big-endian, at bytes 16 and 20.
        let side = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|four| four.try_into().ok())
                .map_or(1.0, |four| f64::from(u32::from_be_bytes(four)))
        };
        let width = 480.0;
        let height = width * side(20) / side(16);
        let _ = write!(
            self.body,
            "<image x=\"{LEFT}\" y=\"{:.0}\" width=\"{width}\" height=\"{height:.0}\" href=\"data:image/png;base64,{}\"><title>{}</title></image>",
            self.y - 6.0,
            base64(bytes),
            xml(alt)
        );
        self.y += height + 16.0;
    }

    fn menu(&mut self, placeholder: &str) {
        let _ = write!(
            self.body,
            "<rect x=\"{LEFT}\" y=\"{:.0}\" width=\"400\" height=\"34\" rx=\"6\" fill=\"{MENU}\"/><path d=\"M{:.0} {:.0}l6 6l6 -6\" fill=\"none\" stroke=\"{PALE}\" stroke-width=\"2\"/>",
            self.y - 10.0,
            LEFT + 372.0,
            self.y + 4.0
        );
        self.y += 12.0;
        self.words(LEFT + 14.0, 14.0, PALE, placeholder);
        self.y -= 12.0;
    }

    fn row(&mut self, row: &Row, width: f64) {
        match row {
            Row::Buttons(buttons) => {
                let mut x = LEFT;
                for button in buttons {
                    let wide = ink::width(&button.label, 14.0, false) + 30.0;
                    if x + wide > LEFT + width && x > LEFT {
                        x = LEFT;
                        self.y += 40.0;
                    }
                    let fill = if button.look == Look::Main {
                        MAIN
                    } else {
                        PLAIN
                    };
                    let faint = if button.disabled {
                        " opacity=\"0.5\""
                    } else {
                        ""
                    };
                    let _ = write!(
                        self.body,
                        "<g{faint}><rect x=\"{x:.0}\" y=\"{:.0}\" width=\"{wide:.0}\" height=\"32\" rx=\"8\" fill=\"{fill}\"/><text x=\"{:.0}\" y=\"{:.0}\" font-size=\"14\" fill=\"#ffffff\" text-anchor=\"middle\">{}</text></g>",
                        self.y - 10.0,
                        x + wide / 2.0,
                        self.y + 11.0,
                        xml(&button.label)
                    );
                    x += wide + 8.0;
                }
            }
            Row::Select(select) => {
                // What is chosen now stands in the menu, as on Discord.
                let chosen = select
                    .entries
                    .iter()
                    .find(|entry| entry.default)
                    .map(|entry| &entry.label);
                self.menu(chosen.unwrap_or(&select.placeholder));
            }
            Row::Channels(_) => self.menu("Choose a channel"),
            Row::Roles { placeholder, .. } => self.menu(placeholder),
        }
        self.y += 42.0;
    }
}

/// Fields in rows: up to three that may stand side by side, each other one alone.
fn field_rows(fields: &[Field]) -> Vec<&[Field]> {
    let mut rows = Vec::new();
    let mut rest = fields;
    while !rest.is_empty() {
        let inline = rest.iter().take(3).take_while(|field| field.inline).count();
        let (row, after) = rest.split_at(inline.max(1));
        rows.push(row);
        rest = after;
    }
    rows
}

fn xml(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).collect();
    shown
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let joined = (0..3).fold(0, |joined: u32, place| {
            (joined << 8) | u32::from(three.get(place).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let letter = LETTERS[(joined >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn what_a_message_says_cannot_break_out_of_the_picture() {
        let svg = svg(
            "/ask <script>",
            &Message::private("</text><script>alert(1)</script> & \u{0}"),
        );
        assert!(
            !svg.contains("<script>") && svg.contains("&lt;script&gt;") && !svg.contains('\u{0}'),
            "{svg}"
        );
    }
}
