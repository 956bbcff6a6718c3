//! The pictures of a server's own trends: the draft of an article, the trend as members see it, and what is coming.
//!
//! The article is a made-up one of the tests.

use careerbot::advisor::{Advisor, Entry, EntryIndex};
use careerbot::article::{self, draft};
use careerbot::discord::interaction::view_options::View;
use careerbot::discord::members::answer_view;
use careerbot::discord::message::body::Message;
use careerbot::discord::moderation::entries::entry::Seen;
use careerbot::discord::moderation::entries::show::{self, Told};
use careerbot::discord::moderation::news::card;
use careerbot::store::credits::{Consent, Credit};
use careerbot::store::entries::{State, Version};
use careerbot::store::feeds::Item;
use careerbot::store::{ChannelId, MessageId, Moment, ServerId, UserId};
use jiff::Timestamp;
use jiff::civil::date;

use super::moderators::Scene;

const ARTICLE: &[u8] = include_bytes!("../../../tests/fixtures/articles/virtual-nursing.html");
/// What the moderator wrote in their own words.
const SUMMARY: &str = "Some hospitals move experienced nurses from the bedside to a screen, from which they help several wards at once. If nights on your feet wear you out, ask whether your hospital has such a program: most want three years at the bedside.";

pub(super) const SCENES: &[Scene] = &[
    Scene {
        name: "trend-draft",
        did: "used /trend-draft add file: virtual-nursing.html",
        message: |advisor| preview(advisor, ""),
    },
    Scene {
        name: "trend-own",
        did: "used /trend name: Hospitals put experienced nurses behind a screen",
        message: members,
    },
    Scene {
        name: "kept-answer",
        did: "used Save as knowledge",
        message: kept,
    },
    Scene {
        name: "feed-card",
        did: "",
        message: |_| news(),
    },
];

/// The draft of an entry that is made of a member's answer.
fn kept(advisor: &Advisor) -> Option<Message> {
    let at = Moment::from(Timestamp::from_second(1_795_442_400).ok()?);
    let credit = Credit {
        entry: 8,
        server: ServerId::new(500_000_000_000_000_001),
        channel: ChannelId::new(300_000_000_000_000_001),
        message: MessageId::new(600_000_000_000_000_001),
        author: UserId::new(4),
        state: Consent::Open,
    };
    let version = Version {
        server: credit.server,
        entry: credit.entry,
        version: 1,
        title: "When is the mentoring hour?".to_owned(),
        text:
            "Fridays at noon, in the voice channel. Bring one question; nobody minds a small one."
                .to_owned(),
        source:
            "https://discord.com/channels/500000000000000001/300000000000000001/600000000000000001"
                .to_owned(),
        review_on: "2027-11-23".to_owned(),
        trend: None,
        state: State::Draft,
        author: UserId::new(3),
        approver: None,
        named: None,
        created_at: at,
        updated_at: at,
    };
    let seen = Seen {
        id: version.entry,
        versions: vec![version.clone()],
    };
    let told = Told {
        credit: Some((credit, version.author)),
        ..Told::default()
    };
    Some(show::draw(&advisor.knowledge(), &seen, &version, &told))
}

/// A made-up item of a feed.
fn news() -> Option<Message> {
    let at = Moment::from(Timestamp::from_second(1_795_442_400).ok()?);
    Some(card(&Item {
        id: 3,
        feed: "https://ward-letter.example/feed.xml".to_owned(),
        name: "3".to_owned(),
        title: "Hospitals put experienced nurses behind a screen".to_owned(),
        link: "https://ward-letter.example/virtual-nursing".to_owned(),
        author: "Lena Okafor".to_owned(),
        published: Some(at),
        text: "Registered nurses watch several wards at once from a room of screens, and tell those at the bedside what they see. Most hospitals ask for three years of practice.".to_owned(),
    }))
}

fn version(advisor: &Advisor, text: &str) -> Option<Version> {
    let article = article::read("virtual-nursing.html", ARTICLE).ok()?;
    let knowledge = advisor.knowledge();
    let drafted = draft(&knowledge, &article, &[], &|sentence| {
        advisor.named(sentence)
    });
    // Monday, November 23, 2026.
    let at = Moment::from(Timestamp::from_second(1_795_442_400).ok()?);
    Some(Version {
        server: ServerId::new(1),
        entry: 7,
        version: 1,
        title: drafted.title,
        text: text.to_owned(),
        source: drafted.source,
        review_on: "2027-05-23".to_owned(),
        trend: Some(drafted.trend.write()),
        state: State::Draft,
        author: UserId::new(3),
        approver: None,
        named: None,
        created_at: at,
        updated_at: at,
    })
}

fn preview(advisor: &Advisor, text: &str) -> Option<Message> {
    let version = version(advisor, text)?;
    let seen = Seen {
        id: version.entry,
        versions: vec![version.clone()],
    };
    let told = Told {
        mistakes: vec![
            "text: it is empty, or holds nothing that anybody sees; write something".to_owned(),
        ],
        ..Told::default()
    };
    Some(show::draw(&advisor.knowledge(), &seen, &version, &told))
}

fn members(advisor: &Advisor) -> Option<Message> {
    let version = version(advisor, SUMMARY)?;
    let trend = version
        .trend
        .as_deref()
        .and_then(careerbot::knowledge::own_trend::OwnTrend::parse);
    let entry = Entry::new(
        &version.title,
        &version.text,
        &version.source,
        &version.review_on,
    );
    let entry = Entry {
        id: version.entry,
        ..entry.with_trend(trend)
    };
    let shelf = EntryIndex::new(vec![entry]).ok()?;
    let answer = advisor.trend_on(&shelf, date(2026, 11, 23), &version.title)?;
    let view = View {
        private: true,
        embeds: true,
        ..View::default()
    };
    Some(answer_view::answer(&answer, &view))
}
