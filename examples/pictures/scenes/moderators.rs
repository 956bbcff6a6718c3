//! The pictures for moderators: a private preview, the post, a schedule, a difference, a question about a late post.
//!
//! Drawn from the messages that the bot itself makes, of a made-up server on a fixed day.

use jiff::Timestamp;
use jiff::civil::date;

use careerbot::advisor::Advisor;
use careerbot::chart;
use careerbot::digest::{Schedule, Style, Summary, Topic, compose};
use careerbot::discord::message::body::{File, Message};
use careerbot::discord::moderation::digests::{
    draft_view, letters, post_view, schedules, summary_view,
};
use careerbot::discord::moderation::stats;
use careerbot::store::counts::{Count, Kind, week};
use careerbot::store::digests::Definition;
use careerbot::store::drafts::Draft;
use careerbot::store::letters::Reader;
use careerbot::store::postings::{Posting, State};
use careerbot::store::{ChannelId, MessageId, Moment, ServerId, UserId};

/// Monday, November 23, 2026, 9:00 in New York.
const MONDAY: i64 = 1_795_442_400;
/// Seconds of a day.
const DAY: i64 = 86_400;
const SERVER: ServerId = ServerId::new(1);
const CHANNEL: ChannelId = ChannelId::new(2);
const MODERATOR: UserId = UserId::new(3);
const TOPIC: &str = "telehealth-expansion";

/// A message to draw.
pub(super) struct Scene {
    /// File name, without its extension.
    pub(super) name: &'static str,
    /// What a moderator did; empty where nobody did.
    pub(super) did: &'static str,
    /// The message; `None` when the knowledge has no such trend.
    pub(super) message: fn(&Advisor) -> Option<Message>,
}

pub(super) const SCENES: &[Scene] = &[
    Scene {
        name: "digest-preview",
        did: "used /digest new topic:Telehealth expansion",
        message: preview,
    },
    Scene {
        name: "digest-post",
        did: "",
        message: post,
    },
    Scene {
        name: "digest-schedule",
        did: "used /digest schedule topic:the next trend each time every:week at:9:00 am on:Monday",
        message: schedule,
    },
    Scene {
        name: "digest-edit",
        did: "used /digest history",
        message: difference,
    },
    Scene {
        name: "digest-late",
        did: "",
        message: late,
    },
    Scene {
        name: "letter",
        did: "",
        message: letter,
    },
    Scene {
        name: "stats",
        did: "used /stats",
        message: numbers,
    },
];

fn summary(advisor: &Advisor) -> Option<Summary> {
    let knowledge = advisor.knowledge();
    let topic = knowledge.find(TOPIC)?;
    Some(compose::of_topic(
        &knowledge,
        topic,
        Style::Short,
        date(2026, 11, 23),
    ))
}

fn post(advisor: &Advisor) -> Option<Message> {
    let summary = summary(advisor)?;
    Some(Message {
        file: chart_of(advisor, &summary),
        ..summary_view::post(&summary, "d12.1", None)?
    })
}

/// What a member gets who wants direct messages.
fn letter(advisor: &Advisor) -> Option<Message> {
    let reader = Reader {
        server: SERVER,
        topic: "all".to_owned(),
        member: UserId::new(4),
    };
    let link = "https://discord.com/channels/5000/3000/6000";
    Some(letters::written(&reader, &summary(advisor)?, link))
}

fn chart_of(advisor: &Advisor, summary: &Summary) -> Option<File> {
    let chart = chart::draw(&advisor.knowledge(), &summary_view::picture(summary)?)?;
    Some(File {
        name: "roles.png".to_owned(),
        alt: chart.alt,
        bytes: chart.png,
    })
}

/// Four weeks of a made-up server.
fn numbers(advisor: &Advisor) -> Option<Message> {
    const COUNTED: &[(Kind, &str, [i64; 4])] = &[
        (Kind::Answered, "", [61, 118, 94, 42]),
        (Kind::NotCovered, "", [9, 14, 8, 3]),
        (Kind::AskedBack, "", [4, 6, 5, 1]),
        (Kind::Helpful, "", [12, 25, 19, 9]),
        (Kind::Unhelpful, "", [3, 2, 4, 0]),
        (Kind::Topic, "registered-nurse", [14, 31, 22, 8]),
        (
            Kind::Topic,
            "diagnostic-medical-sonographer",
            [9, 12, 17, 11],
        ),
        (Kind::Topic, "dental-hygienist", [6, 19, 7, 4]),
        (Kind::Aspect, "pay", [22, 41, 30, 12]),
        (Kind::Aspect, "education", [11, 20, 16, 6]),
        (Kind::Aspect, "schedule", [4, 9, 12, 5]),
        (Kind::Press, "4", [0, 0, 37, 6]),
    ];
    let now = Timestamp::from_second(MONDAY + 3 * DAY).ok()?;
    let mut counts: Vec<Count> = Vec::new();
    for (kind, what, times) in COUNTED {
        for (ago, count) in (0..).zip(times.iter().rev()) {
            let at = Timestamp::from_second(MONDAY - ago * 7 * DAY).ok()?;
            counts.push(Count {
                week: week(at),
                kind: *kind,
                what: (*what).to_owned(),
                count: *count,
            });
        }
    }
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    let post = Posting {
        due_at: Moment::from(Timestamp::from_second(MONDAY - 7 * DAY).ok()?),
        ..posting(State::Recorded, String::new(), None)?
    };
    Some(stats::draw(&counts, &[post], &advisor.knowledge(), now))
}

fn preview(advisor: &Advisor) -> Option<Message> {
    let at = moment()?;
    let summary = summary(advisor)?;
    let draft = Draft {
        id: 12,
        server: SERVER,
        author: MODERATOR,
        channel: CHANNEL,
        topic: format!("trend:{TOPIC}"),
        style: Style::Short.word().to_owned(),
        mention_role: None,
        body: summary.to_body(),
        revision: 1,
        created_at: at,
        updated_at: at,
    };
    Some(Message {
        file: chart_of(advisor, &summary),
        ..draft_view::preview(&draft, "")
    })
}

fn schedule(advisor: &Advisor) -> Option<Message> {
    let schedule: Schedule = "every week on Monday at 09:00 in America/New_York"
        .parse()
        .ok()?;
    let definition = Definition {
        channel: CHANNEL,
        topic: "next-trend".to_owned(),
        style: Style::Short.word().to_owned(),
        schedule: schedule.to_string(),
        mention_role: None,
    };
    let now = Timestamp::from_second(MONDAY + 3_600).ok()?;
    let done = "Scheduled as number **5**";
    let title = Topic::NextTrend.title(&advisor.knowledge());
    Some(Message::private(schedules::confirmation(
        &title,
        done,
        &definition,
        &schedule,
        None,
        now,
    )))
}

fn difference(advisor: &Advisor) -> Option<Message> {
    let before = summary(advisor)?;
    let after = Summary {
        headline: "This week: telehealth, and who it hires".to_owned(),
        edited: true,
        ..before.clone()
    };
    let posting = posting(State::Recorded, before.to_body(), None)?;
    Some(post_view::difference(&posting, &before, &after, 1, ""))
}

fn late(advisor: &Advisor) -> Option<Message> {
    let reason = "it was due 2 hours ago, while the bot was away".to_owned();
    Some(post_view::question(
        &posting(State::Asked, String::new(), Some(reason))?,
        &advisor.knowledge(),
    ))
}

fn moment() -> Option<Moment> {
    Timestamp::from_second(MONDAY).ok().map(Moment::from)
}

fn posting(state: State, body: String, reason: Option<String>) -> Option<Posting> {
    let at = moment()?;
    Some(Posting {
        id: 12,
        server: SERVER,
        digest: None,
        channel: CHANNEL,
        topic: format!("trend:{TOPIC}"),
        style: Style::Short.word().to_owned(),
        mention_role: None,
        nonce: "d12.1".to_owned(),
        due_at: at,
        state,
        owner: None,
        lease_until: None,
        attempts: 1,
        body,
        memory_after: None,
        message: Some(MessageId::new(4)),
        reason,
        told: true,
        created_by: MODERATOR,
        created_at: at,
        updated_at: at,
    })
}
