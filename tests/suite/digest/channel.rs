//! A channel on disk: it keeps every message that was posted to it, and survives the death of whoever posts.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use careerbot::digest::Summary;
use careerbot::digest::runner::{PostError, Poster, Sent};
use careerbot::store::MessageId;
use careerbot::store::postings::Posting;

pub(crate) struct Channel {
    pub(crate) file: PathBuf,
    /// What the channel answers instead of taking the post.
    pub(crate) refuses: Option<PostError>,
    /// What it answers to whoever looks for a post.
    pub(crate) blind: Option<PostError>,
    /// Called before and after a message is kept.
    pub(crate) watch: Box<dyn Fn(&str) + Send + Sync>,
}

impl Channel {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self {
            file,
            refuses: None,
            blind: None,
            watch: Box::new(|_| {}),
        }
    }

    /// Nonce and headline of each message, in order. There is no enforced nonce here: every post is a message.
    pub(crate) fn messages(&self) -> Vec<(String, String)> {
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        text.lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(nonce, headline)| (nonce.to_owned(), headline.to_owned()))
            .collect()
    }
}

impl Poster for Channel {
    async fn post(&self, posting: &Posting, summary: &Summary) -> Result<Sent, PostError> {
        if let Some(error) = &self.refuses {
            return Err(error.clone());
        }
        (self.watch)("before the message");
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.file)
            .expect("the channel");
        // In one piece: another program writes at the same time.
        file.write_all(format!("{}\t{}\n", posting.nonce, summary.headline).as_bytes())
            .expect("kept");
        (self.watch)("after the message");
        Ok(Sent {
            channel: posting.channel,
            message: MessageId::new(self.messages().len() as u64),
        })
    }

    async fn find(&self, posting: &Posting, _summary: &Summary) -> Result<Option<Sent>, PostError> {
        if let Some(error) = &self.blind {
            return Err(error.clone());
        }
        let place = self
            .messages()
            .iter()
            .position(|(nonce, _)| *nonce == posting.nonce);
        Ok(place.map(|place| Sent {
            channel: posting.channel,
            message: MessageId::new(place as u64 + 1),
        }))
    }
}
