//! What can be done with drafts, posts, entries and gaps by a button, a menu or a form: closed lists of words, each with the
//! letter that stands for it in a custom id.
//!
//! Letters stay as they are: buttons below old messages bear them. Knows nothing of who may do what, and how.

/// A closed list of words, each with the letter that stands for it in a custom id.
macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$verb_doc:meta])* $verb:ident = $letter:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$verb_doc])* $verb),+ }

        impl $name {
            /// Every verb and its letter.
            pub const ALL: &[(Self, char)] = &[$((Self::$verb, $letter)),+];

            /// Its letter.
            pub(crate) fn letter(self) -> char {
                match self { $(Self::$verb => $letter),+ }
            }

            /// The verb whose letter stands first, and what follows it.
            pub(crate) fn parse(rest: &str) -> Option<(Self, &str)> {
                let letter = rest.chars().next()?;
                let (verb, _) = Self::ALL.iter().find(|(_, known)| *known == letter)?;
                Some((*verb, &rest[letter.len_utf8()..]))
            }
        }
    )+};
}

verbs! {
    /// What is done with an entry.
    EntryVerb {
        /// Take a form that was filled in for a new one.
        New = 'n',
        /// Edit its words.
        Edit = 'e',
        /// Approve it, and make it live.
        Approve = 'a',
        /// Throw its draft away.
        Discard = 'x',
        /// Show it.
        View = 'v',
        /// Show the entry that was chosen from a menu.
        Chosen = 'c',
        /// Turn to a page of the list.
        List = 'l',
        /// Show its versions, from a page on.
        History = 'h',
        /// Show the version that was chosen from a menu.
        Version = 'o',
        /// Make a draft of that version.
        Restore = 'b',
        /// Ask whether to remove it.
        Remove = 'r',
        /// Remove it.
        RemoveNow = 'y',
        /// Take the entries of a file as drafts.
        Import = 'i',
        /// Throw the file away.
        DropImport = 'j',
        /// Take an article that was pasted into a form.
        BringIn = 'f',
        /// Edit the words of a trend.
        EditTrend = 't',
        /// Edit what is said of a trend's article.
        EditArticle = 's',
        /// Edit which roles and trends a trend touches.
        EditLinks = 'w',
        /// Take a form that was filled in for a message that becomes an entry: the message stands in place of the entry, and
        /// whoever wrote it in place of the version.
        Keep = 'm',
        /// Have the author of the message asked whether they want to be named.
        AskAuthor = 'q',
    }
    /// What the author of a message says that an entry is made of.
    CreditVerb {
        /// They want to be named.
        Name = 'n',
        /// They do not want to be named.
        Unname = 'u',
    }
    /// What a member does under a public post: with the topic that it is about.
    TopicVerb {
        /// Ask something about it, in a form.
        Ask = 'a',
        /// See its roles.
        Roles = 'r',
        /// See what its roles pay in a place, which a form asks for.
        Pay = 'p',
    }
    /// What is done with a question that was not answered well.
    GapVerb {
        /// Turn to a page of the list: the tag is its number.
        List = 'l',
        /// Show the one chosen from a menu.
        Chosen = 'c',
        /// Write an answer.
        Write = 'w',
        /// Try it now.
        Try = 't',
        /// Take it off the list.
        Dismiss = 'd',
    }
    /// What is done with a draft, by button, menu or form.
    DraftVerb {
        /// Post it now.
        Post = 'p',
        /// Have its topic posted regularly.
        Schedule = 's',
        /// Edit its words.
        Edit = 'e',
        /// Offer other channels.
        Channel = 'c',
        /// Take the channel chosen from a menu.
        Pick = 'i',
        /// Take the role chosen from a menu, or none, to mention.
        Mention = 'm',
        /// Throw it away.
        Cancel = 'k',
        /// Show the one chosen from a menu.
        Open = 'o',
    }
    /// What there can be two of, although a question is asked first.
    Kind {
        /// A schedule.
        Schedule = 's',
        /// A draft of a summary.
        Draft = 'd',
        /// An entry of the server's knowledge.
        Entry = 'e',
    }
    /// What is done with a piece of news.
    NewsVerb {
        /// Draft a trend from it.
        Draft = 'd',
        /// Do nothing with it.
        Ignore = 'i',
    }
    /// What is shown of what is coming.
    ComingVerb {
        /// The days of the next weeks.
        Calendar = 'c',
        /// What the next posts would say.
        Texts = 't',
        /// The schedules.
        List = 'l',
    }
    /// What is done with a posting, by button, menu or form.
    PostVerb {
        /// Turn to a page of the history: those before this one, from the newest on where it is 0.
        List = 'l',
        /// Show the one chosen from a menu.
        Open = 'o',
        /// Show it again.
        View = 'v',
        /// Edit its words.
        Edit = 'e',
        /// Put the edited words of a draft into the channel.
        Apply = 'a',
        /// Throw a draft of edited words away.
        Discard = 'd',
        /// Ask whether to remove it from the channel.
        Remove = 'r',
        /// Remove it.
        RemoveNow = 'x',
        /// Ask whether to publish it.
        Publish = 'p',
        /// Publish it.
        PublishNow = 'y',
        /// Post it although it is late.
        Late = 'n',
        /// Leave it out, as it is late.
        Skip = 's',
        /// Make a draft of what could not be posted.
        Retry = 't',
    }
}
