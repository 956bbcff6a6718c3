//! Articles as moderators bring them in: what a draft holds of each, from the files alone.

use std::path::Path;
use std::sync::OnceLock;

use careerbot::advisor::Advisor;
use careerbot::article::{Drafted, Held, draft, read};
use careerbot::knowledge::check::page::words;
use careerbot::knowledge::own_trend::{self, MOST_QUOTES, QUOTE_WORDS, line};

use crate::shared;

fn advisor() -> &'static Advisor {
    static ADVISOR: OnceLock<Advisor> = OnceLock::new();
    ADVISOR.get_or_init(|| {
        let knowledge = careerbot::knowledge::load_shipped()
            .unwrap_or_else(|problems| panic!("{} problems", problems.len()));
        Advisor::in_memory(knowledge).expect("an index in memory")
    })
}

fn drafted(name: &str, bytes: &[u8], held: &[Held]) -> Drafted {
    let article = read(name, bytes).expect("an article");
    let knowledge = advisor().knowledge();
    draft(&knowledge, &article, held, &|sentence| {
        advisor().named(sentence)
    })
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles");
    std::fs::read(folder.join(name)).expect("a fixture")
}

/// All of a draft, for people who look at it.
fn shown(draft: &Drafted) -> String {
    let trend = &draft.trend;
    let lines =
        |quotes: &[own_trend::Quote]| quotes.iter().map(line).collect::<Vec<_>>().join("\n  ");
    format!(
        "title: {}\nsource: {}\ncited: {}\nmissing: {:?}\nquotes:\n  {}\noffered:\n  {}\nfigures:\n  {}\nroles: {:?}\nnear: {:?}\nrepeats:\n  {}\n",
        draft.title,
        draft.source,
        trend.cited(),
        draft.missing(),
        lines(&trend.quotes),
        lines(&trend.offered),
        lines(&trend.figures),
        trend.roles,
        trend.near,
        trend.repeats.join("\n  ")
    )
}

fn slugs(slugs: &[String]) -> Vec<&str> {
    slugs.iter().map(String::as_str).collect()
}

/// What holds of every draft: nothing is said that the article does not say, and no more of it than may be.
#[track_caller]
fn is_true_to(draft: &Drafted, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let trend = &draft.trend;
    assert!(trend.quotes.len() <= MOST_QUOTES, "{}", shown(draft));
    for quote in trend.quotes.iter().chain(&trend.offered) {
        assert!(text.contains(&quote.text), "{}", quote.text);
        assert!(words(&quote.text) <= QUOTE_WORDS, "{}", quote.text);
        assert!(quote.place.starts_with("paragraph "), "{quote:?}");
    }
    for figure in &trend.figures {
        let words = figure.text.trim_matches(['…', ' ']);
        assert!(text.contains(words), "{words}");
    }
    assert_eq!(
        own_trend::check(trend, "In my own words."),
        [],
        "{}",
        shown(draft)
    );
}

#[test]
fn a_web_page_gives_a_draft_that_lacks_only_a_summary() {
    let bytes = fixture("virtual-nursing.html");
    let draft = drafted("virtual-nursing.html", &bytes, &[]);
    is_true_to(&draft, &String::from_utf8(bytes).expect("UTF-8"));
    let trend = &draft.trend;
    assert_eq!(
        draft.title,
        "Hospitals put experienced nurses behind a screen"
    );
    assert_eq!(
        draft.source,
        "https://wardletter.example/virtual-nursing?id=7&v=2"
    );
    assert_eq!(trend.cited(), "Lena Okafor, Ward Letter, 2026-09-14");
    assert_eq!(draft.missing(), Vec::<&str>::new());
    assert_eq!(trend.figures.len(), 2, "{}", shown(&draft));
    assert_eq!(
        slugs(&trend.roles)[..4],
        [
            "registered-nurse",
            "virtual-care-specialist",
            "licensed-practical-nurse",
            "nursing-assistant"
        ]
    );
    assert_eq!(slugs(&trend.near), ["telehealth-expansion"]);
    assert!(!shown(&draft).contains("newsletter") && !shown(&draft).contains("sleep better"));
}

#[test]
fn a_markdown_file_gives_a_draft_that_lacks_only_a_summary() {
    let bytes = fixture("community-paramedics.md");
    let draft = drafted("community-paramedics.md", &bytes, &[]);
    is_true_to(&draft, &String::from_utf8(bytes).expect("UTF-8"));
    let trend = &draft.trend;
    assert_eq!(trend.cited(), "Tomas Reyes, Rural Health Notes, 2026-08-03");
    assert_eq!(draft.missing(), Vec::<&str>::new());
    assert_eq!(
        slugs(&trend.roles),
        [
            "paramedic",
            "emergency-medical-technician",
            "community-health-worker",
            "medical-social-worker"
        ]
    );
    assert_eq!(slugs(&trend.near), ["preventive-care"]);
}

#[test]
fn what_a_server_holds_already_is_said() {
    let bytes = fixture("community-paramedics.md");
    let held = [Held {
        title: "Visits of paramedics".to_owned(),
        text: "In some counties without a hospital, paramedics visit people at home before anything happens.".to_owned(),
        source: "https://RuralHealth.example/notes/community-paramedics/".to_owned(),
    }];
    let repeats = drafted("community-paramedics.md", &bytes, &held)
        .trend
        .repeats;
    assert!(
        repeats[0].contains("this server has it already: “Visits of paramedics”")
            && repeats[1].contains("much the same in this server's “Visits of paramedics”"),
        "{repeats:?}"
    );
}

/// The article that the shipped trends rest on, where it is at hand: it says neither who wrote it nor when.
#[test]
fn the_article_of_the_shipped_trends_is_near_to_them_and_asked_about() {
    let what = "the article of the shipped trends";
    let Some(bytes) = shared::read("article/future-of-healthcare-jobs.txt", what) else {
        return;
    };
    let draft = drafted("future-of-healthcare-jobs.txt", &bytes, &[]);
    is_true_to(&draft, &String::from_utf8(bytes).expect("UTF-8"));
    assert_eq!(draft.missing(), ["the address", "the author", "the date"]);
    assert_eq!(draft.trend.cited(), own_trend::UNDATED);
    assert!(
        draft.trend.near.len() >= 4 && draft.trend.roles.len() == 12,
        "{}",
        shown(&draft)
    );
    assert!(
        draft.trend.repeats[0].starts_with("careerbot rests on this article already"),
        "{}",
        shown(&draft)
    );
    assert!(!shown(&draft).contains("Leave a Reply"));
}
