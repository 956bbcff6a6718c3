//! Answers that were given twice: the third time they need not be found and written out again.
//!
//! What is kept depends on nothing but its key: the question's text, the knowledge, and how the answer is shown. Questions
//! that follow up on a talk, or that a server's own entries may answer, are never looked up here. No question is kept: the
//! key is a keyed hash of it, and the line that repeats it is cut from the answer. Bounded, and gone with a restart.

use std::hash::{BuildHasher as _, RandomState};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use crate::answer::picture::Picture;
use crate::answer::{Answer, Outcome};
use crate::discord::interaction::view_options::{View, question_line};
use crate::discord::message::body::Message;
use crate::discord::state::conversations::Conversation;

/// Answers kept at most, 10 KB or so each; the one that was not asked for longest makes room.
const KEPT: usize = 256;

/// Keys remembered of questions asked once, 16 bytes each.
const SEEN: usize = 2_048;

/// Stands for a question and for all else that its answer depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u64, u64);

/// The answers.
pub struct AnswerCache {
    hashes: [RandomState; 2],
    inside: Mutex<Inside>,
}

struct Inside {
    seen: LruCache<Key, ()>,
    kept: LruCache<Key, Arc<Kept>>,
}

/// An answer that was given twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What shows it; in memory without the line that repeats the question.
    pub message: Message,
    /// What a talk remembers of it.
    pub talk: Conversation,
    /// Whether it says that the question is not covered.
    pub refused: bool,
    /// What is drawn beside it.
    pub picture: Option<Picture>,
}

impl Default for AnswerCache {
    fn default() -> Self {
        let inside = Inside {
            seen: LruCache::new(most(SEEN)),
            kept: LruCache::new(most(KEPT)),
        };
        Self {
            hashes: [RandomState::new(), RandomState::new()],
            inside: Mutex::new(inside),
        }
    }
}

impl AnswerCache {
    /// The key of a question that no talk and no server has a part in, in this edition of the knowledge; `None` when its
    /// answer is shown in a way that is not kept.
    pub fn key(&self, edition: u32, question: &str, view: &View<'_>) -> Option<Key> {
        if view.reply_to.is_some() {
            return None;
        }
        let all = (
            edition,
            question,
            view.question.is_some(),
            view.private,
            view.embeds,
            view.language,
        );
        let [first, second] = &self.hashes;
        Some(Key(first.hash_one(all), second.hash_one(all)))
    }

    /// The answer to a question, where it is kept.
    pub fn find(&self, key: Key, view: &View<'_>) -> Option<Kept> {
        let kept = self.lock().kept.get(&key)?.clone();
        let Kept {
            message,
            talk,
            refused,
            picture,
        } = &*kept;
        // Written out in full: a text that is copied first and then moved aside for its head is copied twice.
        let message = Message {
            content: head(view) + &message.content,
            embeds: message.embeds.clone(),
            rows: message.rows.clone(),
            file: None,
            poll: None,
            private: message.private,
            ping: message.ping,
        };
        Some(Kept {
            message,
            talk: talk.clone(),
            refused: *refused,
            picture: picture.clone(),
        })
    }

    /// Keeps an answer when its question is asked for the second time. Only plain answers and refusals are kept: none that
    /// asks back or says how the question was read, and nothing sensitive.
    pub fn offer(
        &self,
        key: Key,
        view: &View<'_>,
        answer: &Answer,
        message: &Message,
        talk: &Conversation,
    ) {
        let refused = answer.outcome == Outcome::NotCovered;
        let plain = (refused || answer.outcome == Outcome::Answered)
            && !answer.sensitive
            && answer.notes.is_empty()
            && message.file.is_none();
        if !plain {
            return;
        }
        let mut inside = self.lock();
        if inside.seen.put(key, ()).is_none() {
            return;
        }
        let Some(content) = message.content.strip_prefix(&head(view)) else {
            return;
        };
        let message = Message {
            content: content.to_owned(),
            ..message.clone()
        };
        inside.kept.put(
            key,
            Arc::new(Kept {
                message,
                talk: talk.clone(),
                refused,
                picture: answer.picture.clone(),
            }),
        );
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        // At worst an answer is found anew.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn most(many: usize) -> NonZeroUsize {
    NonZeroUsize::new(many).unwrap_or(NonZeroUsize::MIN)
}

/// The line above an answer that repeats its question.
fn head(view: &View<'_>) -> String {
    view.question.map(question_line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::members::answer_view;

    fn view(question: &str) -> View<'_> {
        View {
            question: Some(question),
            ..View::default()
        }
    }

    fn answer(text: &str) -> Answer {
        let mut answer = Answer::new(Outcome::Answered, "Title");
        answer.direct.push(text.to_owned());
        answer
    }

    #[track_caller]
    fn offered(
        ready: &AnswerCache,
        question: &str,
        answer: &Answer,
        times: usize,
    ) -> Option<Message> {
        let view = view(question);
        let key = ready.key(1, question, &view).expect("a key");
        for _ in 0..times {
            ready.offer(
                key,
                &view,
                answer,
                &answer_view::answer(answer, &view),
                &(1, crate::understanding::Context::default()),
            );
        }
        ready.find(key, &view).map(|kept| kept.message)
    }

    #[test]
    fn an_answer_given_twice_is_the_same_the_third_time() {
        let ready = AnswerCache::default();
        let given = answer("Yes.");
        assert_eq!(
            offered(&ready, "a *question*", &given, 1),
            None,
            "once may be chance"
        );
        assert_eq!(
            offered(&ready, "a *question*", &given, 1),
            Some(answer_view::answer(&given, &view("a *question*")))
        );
        assert_eq!(offered(&ready, "another", &given, 0), None);
    }

    #[test]
    fn whatever_an_answer_depends_on_is_in_its_key() {
        let ready = AnswerCache::default();
        let usual = View {
            language: Some("a"),
            ..view("a")
        };
        let others = [
            ready.key(2, "a", &usual),
            ready.key(
                1,
                "b",
                &View {
                    question: Some("b"),
                    ..usual
                },
            ),
            ready.key(
                1,
                "a",
                &View {
                    question: None,
                    ..usual
                },
            ),
            ready.key(
                1,
                "a",
                &View {
                    private: false,
                    ..usual
                },
            ),
            ready.key(
                1,
                "a",
                &View {
                    embeds: false,
                    ..usual
                },
            ),
            ready.key(
                1,
                "a",
                &View {
                    language: Some("b"),
                    ..usual
                },
            ),
            ready.key(
                1,
                "a",
                &View {
                    language: None,
                    ..usual
                },
            ),
        ];
        let own = ready.key(1, "a", &usual);
        assert!(own.is_some() && own == ready.key(1, "a", &usual));
        assert!(others.iter().all(|other| other.is_some() && *other != own));
        let reply_to = Some(serenity::model::id::MessageId::new(1));
        assert_eq!(ready.key(1, "a", &View { reply_to, ..usual }), None);
    }

    #[test]
    fn a_refusal_is_kept_as_one() {
        let ready = AnswerCache::default();
        let refusal = Answer {
            outcome: Outcome::NotCovered,
            ..answer("x")
        };
        assert!(offered(&ready, "two", &refusal, 2).is_some());
        let key = ready.key(1, "two", &view("two")).expect("a key");
        assert!(ready.find(key, &view("two")).expect("it is kept").refused);
    }

    #[test]
    fn questions_back_notes_and_crises_are_never_kept_nor_is_any_question() {
        let ready = AnswerCache::default();
        let sensitive = Answer {
            sensitive: true,
            ..answer("x")
        };
        let asks_back = Answer {
            outcome: Outcome::Clarify,
            ..answer("x")
        };
        let noted = Answer {
            notes: vec!["I read this as x.".to_owned()],
            ..answer("x")
        };
        for (question, other) in [("one", sensitive), ("two", asks_back), ("three", noted)] {
            assert_eq!(offered(&ready, question, &other, 5), None, "{question}");
        }
        assert!(offered(&ready, "my own words", &answer("x"), 5).is_some());
        let inside = ready.lock();
        let kept: Vec<_> = inside
            .kept
            .iter()
            .map(|(_, kept)| &kept.message.content)
            .collect();
        assert_eq!(kept.len(), 1);
        assert!(!kept[0].contains("my own words"), "{}", kept[0]);
    }

    #[test]
    fn memory_is_bounded_however_many_questions_come() {
        let ready = AnswerCache::default();
        for number in 0..3_000 {
            let _ = offered(&ready, &number.to_string(), &answer("x"), 2);
        }
        let inside = ready.lock();
        assert_eq!((inside.seen.len(), inside.kept.len()), (SEEN, KEPT));
    }
}
