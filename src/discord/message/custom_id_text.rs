//! An action as the custom id that Discord keeps of a button or menu: version, action and what the action needs, in at most 100
//! characters.
//!
//! An id that was sent once is understood for ever: letters may be added, and none is used again for something else.

use std::fmt::Write as _;

use serenity::model::id::MessageId;

use crate::discord::message::actions::{
    ComingVerb, CreditVerb, DraftVerb, EntryVerb, GapVerb, NewsVerb, PostVerb, TopicVerb,
};
use crate::discord::message::custom_id::{Action, EntryAction, Tag};
use crate::discord::message::limits::{CUSTOM_ID, length};
use crate::discord::message::twin::Twin;

/// The version of this form. An id of any other version is outdated.
const VERSION: &str = "1";

impl Action {
    /// The custom id; `None` when it would be too long or empty of meaning.
    pub fn encode(&self) -> Option<String> {
        let rest = match self {
            Self::Topic(tag) => format!("t:{:08x}", tag.0),
            Self::Chosen => "s:".to_owned(),
            Self::Ask(question) => format!(
                "a:{}",
                Some(question.trim()).filter(|question| !question.is_empty())?
            ),
            Self::Whole(question) => format!(
                "aw:{}",
                Some(question.trim()).filter(|question| !question.is_empty())?
            ),
            Self::More(tags) => format!("m:{}", digits(tags)),
            Self::Page(tags, page) => format!("n:{}.{page}", digits(tags)),
            Self::List(conditions, page) => format!("r:{page}.{conditions}"),
            Self::ListPage(conditions, page) => format!("u:{page}.{conditions}"),
            Self::Ways(code) => format!("j:{code}"),
            Self::CompareWith(tags) => format!("w:{}", digits(tags)),
            Self::CompareChosen(tags) => format!("v:{}", digits(tags)),
            Self::Compare(tags) => format!("c:{}", digits(tags)),
            Self::Share(None) => "p:".to_owned(),
            Self::Share(Some(message)) => format!("p:{message}"),
            Self::Feedback(right, about) => {
                let about = about
                    .map(|tag| format!("{:08x}", tag.0))
                    .unwrap_or_default();
                format!("f:{}{about}", if *right { '+' } else { '-' })
            }
            Self::Browse => "b:".to_owned(),
            Self::Explore(code, page) => format!("e:{code}.{page}"),
            Self::ExploreSort(code) => format!("o:{code}"),
            Self::Quiz(answers) => format!("q:{answers}"),
            Self::Forget => "d:".to_owned(),
            Self::Draft(verb, id, revision) => format!("x:{}{id}.{revision}", verb.letter()),
            Self::Posted(deed, id, mark) => format!("h:{}{id}.{mark:08x}", deed.letter()),
            Self::Log(before) => format!("l:{before}"),
            Self::Schedules(page) => format!("y:{page}"),
            Self::Coming(verb) => format!("co:{}", verb.letter()),
            Self::Entry(EntryAction {
                verb,
                entry,
                version,
                gap,
            }) => {
                let gap = gap.map(|gap| format!(".{:08x}", gap.0)).unwrap_or_default();
                format!("k:{}{entry}.{version}{gap}", verb.letter())
            }
            Self::Credit(verb, entry) => format!("cr:{}{entry}", verb.letter()),
            Self::Follow(topic) => format!("fo:{:08x}", topic.0),
            Self::Letters(topic) => format!("lt:{:08x}", topic.0),
            Self::StopLetters(server, topic) => format!("ls:{server:x}.{:08x}", topic.0),
            Self::Gap(verb, about) => format!("g:{}{:08x}", verb.letter(), about.0),
            Self::Twin(twin) => format!("z:{}", twin.encode()),
            Self::Under(verb, about) => format!("i:{}{:08x}", verb.letter(), about.0),
            Self::News(verb, item) => format!("nw:{}{item}", verb.letter()),
        };
        let id = format!("{VERSION}:{rest}");
        (length(&id) <= CUSTOM_ID).then_some(id)
    }

    /// Reads a custom id; `None` when it is of another version or broken.
    pub fn decode(id: &str) -> Option<Self> {
        let (version, rest) = id.split_once(':')?;
        if version != VERSION {
            return None;
        }
        let (action, rest) = rest.split_once(':')?;
        of_members(action, rest).or_else(|| of_moderators(action, rest))
    }
}

/// What members press.
fn of_members(action: &str, rest: &str) -> Option<Action> {
    let bare = rest.is_empty();
    Some(match action {
        "t" => Action::Topic(tag(rest)?),
        "s" if bare => Action::Chosen,
        "a" if !bare => Action::Ask(rest.to_owned()),
        "aw" if !bare => Action::Whole(rest.to_owned()),
        "m" => Action::More(tags(rest)?),
        "n" => {
            // Pages of one topic were once written without the point.
            let (about, page) = rest.split_once('.').or_else(|| rest.split_at_checked(8))?;
            Action::Page(tags(about)?, page.parse().ok()?)
        }
        "r" | "u" => {
            let (page, conditions) = rest.split_once('.')?;
            let (conditions, page) = (conditions.to_owned(), page.parse().ok()?);
            if action == "r" {
                Action::List(conditions, page)
            } else {
                Action::ListPage(conditions, page)
            }
        }
        "j" if !bare => Action::Ways(rest.to_owned()),
        "w" => Action::CompareWith(tags(rest)?),
        "v" => Action::CompareChosen(tags(rest)?),
        "c" => Action::Compare(tags(rest)?),
        "p" if bare => Action::Share(None),
        "p" => Action::Share(Some(MessageId::from(
            rest.parse::<std::num::NonZeroU64>().ok()?,
        ))),
        "f" => {
            let right = match rest.get(..1)? {
                "+" => true,
                "-" => false,
                _ => return None,
            };
            let about = rest.get(1..)?;
            Action::Feedback(
                right,
                if about.is_empty() {
                    None
                } else {
                    Some(tag(about)?)
                },
            )
        }
        "e" => {
            let (code, page) = rest.rsplit_once('.')?;
            Action::Explore(code.to_owned(), page.parse().ok()?)
        }
        "b" if bare => Action::Browse,
        "o" => Action::ExploreSort(rest.to_owned()),
        "q" => Action::Quiz(rest.to_owned()),
        "d" if bare => Action::Forget,
        "fo" => Action::Follow(tag(rest)?),
        "lt" => Action::Letters(tag(rest)?),
        "ls" => {
            let (server, topic) = rest.split_once('.')?;
            Action::StopLetters(u64::from_str_radix(server, 16).ok()?, tag(topic)?)
        }
        "i" => {
            let (verb, rest) = TopicVerb::parse(rest)?;
            Action::Under(verb, tag(rest)?)
        }
        _ => return None,
    })
}

/// What moderators press, and the authors of what moderators took over.
fn of_moderators(action: &str, rest: &str) -> Option<Action> {
    Some(match action {
        "x" => {
            let (verb, rest) = DraftVerb::parse(rest)?;
            let (id, revision) = rest.split_once('.')?;
            Action::Draft(verb, id.parse().ok()?, revision.parse().ok()?)
        }
        "h" => {
            let (deed, rest) = PostVerb::parse(rest)?;
            let (id, mark) = rest.split_once('.')?;
            Action::Posted(deed, id.parse().ok()?, tag(mark)?.0)
        }
        "l" => Action::Log(rest.parse().ok()?),
        "y" => Action::Schedules(rest.parse().ok()?),
        "co" => {
            let (verb, rest) = ComingVerb::parse(rest)?;
            rest.is_empty().then_some(Action::Coming(verb))?
        }
        "k" => {
            let (verb, rest) = EntryVerb::parse(rest)?;
            let mut parts = rest.split('.');
            let (entry, version) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            let gap = match parts.next() {
                Some(gap) => Some(tag(gap)?),
                None => None,
            };
            if parts.next().is_some() {
                return None;
            }
            Action::Entry(EntryAction {
                verb,
                entry,
                version,
                gap,
            })
        }
        "cr" => {
            let (verb, entry) = CreditVerb::parse(rest)?;
            Action::Credit(verb, entry.parse().ok()?)
        }
        "z" => Action::Twin(Twin::decode(rest)?),
        "nw" => {
            let (verb, rest) = NewsVerb::parse(rest)?;
            Action::News(verb, rest.parse().ok()?)
        }
        "g" => {
            let (verb, rest) = GapVerb::parse(rest)?;
            Action::Gap(verb, tag(rest)?)
        }
        _ => return None,
    })
}

fn tag(text: &str) -> Option<Tag> {
    let fits = text.len() == 8
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if fits {
        u32::from_str_radix(text, 16).ok().map(Tag)
    } else {
        None
    }
}

fn digits(tags: &[Tag]) -> String {
    tags.iter().fold(String::new(), |mut digits, tag| {
        let _ = write!(digits, "{:08x}", tag.0);
        digits
    })
}

fn tags(text: &str) -> Option<Vec<Tag>> {
    let places = (0..text.len()).step_by(8);
    places.map(|from| tag(text.get(from..from + 8)?)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::message::actions::Kind;

    fn action() -> impl Strategy<Value = Action> {
        let tag = || any::<u32>().prop_map(Tag);
        let tags = || prop::collection::vec(any::<u32>().prop_map(Tag), 0..20);
        prop_oneof![
            tag().prop_map(Action::Topic),
            Just(Action::Chosen),
            Just(Action::Forget),
            any::<i64>().prop_map(Action::Log),
            any::<i64>().prop_map(|item| Action::News(NewsVerb::Draft, item)),
            any::<u8>().prop_map(Action::Schedules),
            (0..DraftVerb::ALL.len(), any::<i64>(), any::<i64>()).prop_map(
                |(verb, id, revision)| Action::Draft(DraftVerb::ALL[verb].0, id, revision)
            ),
            (
                0..EntryVerb::ALL.len(),
                any::<i64>(),
                any::<i64>(),
                prop::option::of(tag())
            )
                .prop_map(|(verb, entry, version, gap)| Action::Entry(EntryAction {
                    verb: EntryVerb::ALL[verb].0,
                    entry,
                    version,
                    gap
                })),
            tag().prop_map(Action::Follow),
            tag().prop_map(Action::Letters),
            (any::<u64>(), tag()).prop_map(|(server, topic)| Action::StopLetters(server, topic)),
            (0..CreditVerb::ALL.len(), any::<i64>())
                .prop_map(|(verb, entry)| Action::Credit(CreditVerb::ALL[verb].0, entry)),
            crate::discord::message::twin::tests::any().prop_map(Action::Twin),
            (0..GapVerb::ALL.len(), tag())
                .prop_map(|(verb, about)| Action::Gap(GapVerb::ALL[verb].0, about)),
            (0..TopicVerb::ALL.len(), tag())
                .prop_map(|(verb, about)| Action::Under(TopicVerb::ALL[verb].0, about)),
            (0..PostVerb::ALL.len(), any::<i64>(), any::<u32>())
                .prop_map(|(deed, id, mark)| Action::Posted(PostVerb::ALL[deed].0, id, mark)),
            "\\PC{1,150}".prop_map(|text| Action::Ask(text.trim().to_owned())),
            "\\PC{1,150}".prop_map(|text| Action::Whole(text.trim().to_owned())),
            tags().prop_map(Action::More),
            Just(Action::Browse),
            (tags(), any::<u8>()).prop_map(|(tags, page)| Action::Page(tags, page)),
            ("[a-z0-9,;-]{0,120}", any::<u8>())
                .prop_map(|(conditions, page)| Action::List(conditions, page)),
            ("[a-z0-9,;.-]{0,120}", any::<u8>())
                .prop_map(|(conditions, page)| Action::ListPage(conditions, page)),
            "[a-zA-Z0-9._-]{1,120}".prop_map(Action::Ways),
            tags().prop_map(Action::CompareWith),
            tags().prop_map(Action::CompareChosen),
            tags().prop_map(Action::Compare),
            prop::option::of(1..u64::MAX).prop_map(|id| Action::Share(id.map(MessageId::new))),
            (any::<bool>(), prop::option::of(tag()))
                .prop_map(|(right, tag)| Action::Feedback(right, tag)),
            ("[a-z0-9-]{0,12}", any::<u8>()).prop_map(|(code, page)| Action::Explore(code, page)),
            "[a-z0-9-]{0,12}".prop_map(Action::ExploreSort),
            "[ynu]{0,24}".prop_map(Action::Quiz),
        ]
    }

    proptest! {
        #[test]
        fn an_id_comes_back_as_the_action_it_was_made_of(action in action()) {
            let always = match &action {
                Action::Ask(_) | Action::Whole(_) | Action::List(..) | Action::ListPage(..) | Action::Ways(_) => false,
                Action::More(tags) | Action::Page(tags, _) | Action::Compare(tags) => tags.len() <= 4,
                Action::CompareWith(tags) | Action::CompareChosen(tags) => tags.len() <= 4,
                _ => true,
            };
            prop_assert!(action.encode().is_some() || !always, "an id that stands for moderators' work always fits");
            if let Some(id) = action.encode() {
                prop_assert!(length(&id) <= CUSTOM_ID && !id.is_empty());
                prop_assert_eq!(Action::decode(&id), Some(action));
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,120}") {
            let _ = Action::decode(&text);
            let _ = Action::decode(&format!("1:{text}"));
        }
    }

    const TAG: Tag = Tag(0x0abc_def1);

    /// Ids as they stand below messages that members were sent long ago, and what each means.
    fn sent_to_members() -> Vec<(String, Action)> {
        let tag = TAG;
        let known = [
            ("1:t:0abcdef1", Action::Topic(tag)),
            ("1:s:", Action::Chosen),
            (
                "1:a:What do nurses earn?",
                Action::Ask("What do nurses earn?".to_owned()),
            ),
            ("1:m:0abcdef1", Action::More(vec![tag])),
            ("1:m:0abcdef100000002", Action::More(vec![tag, Tag(2)])),
            ("1:n:0abcdef1.12", Action::Page(vec![tag], 12)),
            ("1:r:2.x", Action::List("x".to_owned(), 2)),
            ("1:u:2.x", Action::ListPage("x".to_owned(), 2)),
            (
                "1:j:r0abcdef1_nh19_pOH_m47",
                Action::Ways("r0abcdef1_nh19_pOH_m47".to_owned()),
            ),
            ("1:w:0abcdef1", Action::CompareWith(vec![tag])),
            (
                "1:w:0abcdef100000002",
                Action::CompareWith(vec![tag, Tag(2)]),
            ),
            ("1:v:0abcdef1", Action::CompareChosen(vec![tag])),
            (
                "1:v:0abcdef100000002",
                Action::CompareChosen(vec![tag, Tag(2)]),
            ),
            ("1:c:0abcdef100000002", Action::Compare(vec![tag, Tag(2)])),
            ("1:p:", Action::Share(None)),
            (
                "1:p:600000000000000001",
                Action::Share(Some(MessageId::new(600_000_000_000_000_001))),
            ),
            ("1:f:+0abcdef1", Action::Feedback(true, Some(tag))),
            ("1:f:-", Action::Feedback(false, None)),
            ("1:b:", Action::Browse),
            ("1:e:4hyrgt.3", Action::Explore("4hyrgt".to_owned(), 3)),
            ("1:o:-----p", Action::ExploreSort("-----p".to_owned())),
            ("1:q:yun", Action::Quiz("yun".to_owned())),
            ("1:q:", Action::Quiz(String::new())),
            ("1:d:", Action::Forget),
            ("1:l:77", Action::Log(77)),
            ("1:y:3", Action::Schedules(3)),
            ("1:fo:0abcdef1", Action::Follow(tag)),
            ("1:lt:0abcdef1", Action::Letters(tag)),
            ("1:ls:ff.0abcdef1", Action::StopLetters(255, tag)),
        ];
        known.map(|(id, action)| (id.to_owned(), action)).into()
    }

    /// The same of questions whether there is to be a second one.
    fn sent_about_twins() -> Vec<(String, Action)> {
        let twin = |kind, with| {
            Action::Twin(Twin {
                kind,
                of: 5,
                as_shown: 6,
                question: 7,
                asked: 1,
                with,
            })
        };
        let entry = twin(Kind::Entry, Some((0x0abc_def1, 0)));
        let known = [
            ("1:z:s5.6.7.1.f.a", twin(Kind::Schedule, Some((15, 10)))),
            ("1:z:d5.6.7.1", twin(Kind::Draft, None)),
            ("1:z:e5.6.7.1.abcdef1.0", entry),
        ];
        known.map(|(id, action)| (id.to_owned(), action)).into()
    }

    /// The same of buttons below drafts and posts, and of what is coming: every verb with its letter.
    fn sent_about_digests() -> Vec<(String, Action)> {
        let mut known: Vec<(String, Action)> = Vec::new();
        let drafts = [
            ('p', DraftVerb::Post),
            ('s', DraftVerb::Schedule),
            ('e', DraftVerb::Edit),
            ('c', DraftVerb::Channel),
            ('i', DraftVerb::Pick),
            ('m', DraftVerb::Mention),
            ('k', DraftVerb::Cancel),
            ('o', DraftVerb::Open),
        ];
        known.extend(
            drafts.map(|(letter, verb)| (format!("1:x:{letter}5.6"), Action::Draft(verb, 5, 6))),
        );
        let deeds = [
            ('l', PostVerb::List),
            ('o', PostVerb::Open),
            ('v', PostVerb::View),
            ('e', PostVerb::Edit),
            ('a', PostVerb::Apply),
            ('d', PostVerb::Discard),
            ('r', PostVerb::Remove),
            ('x', PostVerb::RemoveNow),
            ('p', PostVerb::Publish),
            ('y', PostVerb::PublishNow),
            ('n', PostVerb::Late),
            ('s', PostVerb::Skip),
            ('t', PostVerb::Retry),
        ];
        known.extend(deeds.map(|(letter, deed)| {
            (
                format!("1:h:{letter}5.0000000a"),
                Action::Posted(deed, 5, 10),
            )
        }));
        for (letter, verb) in [('d', NewsVerb::Draft), ('i', NewsVerb::Ignore)] {
            known.push((format!("1:nw:{letter}5"), Action::News(verb, 5)));
        }
        for (letter, verb) in [
            ('c', ComingVerb::Calendar),
            ('t', ComingVerb::Texts),
            ('l', ComingVerb::List),
        ] {
            known.push((format!("1:co:{letter}"), Action::Coming(verb)));
        }
        assert_eq!(
            [drafts.len(), deeds.len()],
            [DraftVerb::ALL.len(), PostVerb::ALL.len()],
            "a new one is missing"
        );
        known
    }

    /// The same of buttons below entries, below what members did not find, and below public posts.
    fn sent_about_knowledge() -> Vec<(String, Action)> {
        let tag = TAG;
        let mut known: Vec<(String, Action)> = Vec::new();
        let entries = [
            ('n', EntryVerb::New),
            ('e', EntryVerb::Edit),
            ('a', EntryVerb::Approve),
            ('x', EntryVerb::Discard),
            ('v', EntryVerb::View),
            ('c', EntryVerb::Chosen),
            ('l', EntryVerb::List),
            ('h', EntryVerb::History),
            ('o', EntryVerb::Version),
            ('b', EntryVerb::Restore),
            ('r', EntryVerb::Remove),
            ('y', EntryVerb::RemoveNow),
            ('i', EntryVerb::Import),
            ('j', EntryVerb::DropImport),
            ('f', EntryVerb::BringIn),
            ('t', EntryVerb::EditTrend),
            ('s', EntryVerb::EditArticle),
            ('w', EntryVerb::EditLinks),
            ('m', EntryVerb::Keep),
            ('q', EntryVerb::AskAuthor),
        ];
        for gap in [None, Some(tag)] {
            let end = if gap.is_some() { ".0abcdef1" } else { "" };
            known.extend(entries.map(|(letter, verb)| {
                (
                    format!("1:k:{letter}5.6{end}"),
                    Action::Entry(EntryAction {
                        verb,
                        entry: 5,
                        version: 6,
                        gap,
                    }),
                )
            }));
        }
        let gaps = [
            ('l', GapVerb::List),
            ('c', GapVerb::Chosen),
            ('w', GapVerb::Write),
            ('t', GapVerb::Try),
            ('d', GapVerb::Dismiss),
        ];
        known.extend(
            gaps.map(|(letter, verb)| (format!("1:g:{letter}0abcdef1"), Action::Gap(verb, tag))),
        );
        let under = [
            ('a', TopicVerb::Ask),
            ('r', TopicVerb::Roles),
            ('p', TopicVerb::Pay),
        ];
        known.extend(
            under.map(|(letter, verb)| (format!("1:i:{letter}0abcdef1"), Action::Under(verb, tag))),
        );
        for (letter, verb) in [('n', CreditVerb::Name), ('u', CreditVerb::Unname)] {
            known.push((format!("1:cr:{letter}5"), Action::Credit(verb, 5)));
        }
        assert_eq!(
            [entries.len(), gaps.len(), under.len()],
            [
                EntryVerb::ALL.len(),
                GapVerb::ALL.len(),
                TopicVerb::ALL.len()
            ],
            "a new one is missing"
        );
        known
    }

    /// Ids below messages that were sent long ago must go on meaning this, whatever is changed here.
    #[test]
    fn buttons_that_were_sent_before_still_mean_the_same() {
        let all = [
            sent_to_members(),
            sent_about_twins(),
            sent_about_digests(),
            sent_about_knowledge(),
        ]
        .concat();
        for (id, action) in &all {
            assert_eq!(Action::decode(id).as_ref(), Some(action), "{id}");
            assert_eq!(action.encode().as_ref(), Some(id), "{action:?}");
        }
        let older = [("1:n:0abcdef112", Action::Page(vec![TAG], 12))];
        for (id, action) in older {
            assert_eq!(
                Action::decode(id),
                Some(action),
                "{id} is written otherwise today"
            );
        }
        assert_eq!(
            Tag::of("registered-nurse"),
            Tag(0x199a_cf95),
            "tags of slugs stand in messages too"
        );
    }

    #[test]
    fn pages_as_they_were_written_once_are_still_turned() {
        assert_eq!(
            Action::decode("1:n:0000002a12"),
            Some(Action::Page(vec![Tag(42)], 12))
        );
    }

    #[test]
    fn ids_of_other_versions_are_not_understood() {
        for id in [
            "",
            "1",
            "0:t:00000000",
            "2:s:",
            "1:z:",
            "1:t:0000000G",
            "share",
            "1:n:é",
        ] {
            assert_eq!(Action::decode(id), None, "{id}");
        }
    }
}
