//! Words of people who look for a way to better work: `language/paths.yaml`.
//!
//! They stand apart from the classes because they are everyday words, which mean this only where a way may be meant.

use crate::knowledge::terms::vocabulary;

vocabulary! {
    /// What a phrase says of a way.
    WayWord {
        /// Better pay is wished for.
        BetterPaid = "better-paid",
        /// A way onwards is asked for.
        MoveOn = "move-on",
        /// The writer.
        Me = "me",
        /// A change that is only supposed.
        Suppose = "suppose",
        /// What stands behind is where the writer wants to be.
        Goal = "goal",
        /// What stands behind is what the writer wants to be, and not yet is.
        Become = "become",
        /// What stands behind is where the writer wants to be, or is, where the writer works as it.
        As = "as",
        /// The writer works, as what stands behind.
        Work = "work",
        /// What stands behind is the pay that the writer wants.
        PayGoal = "pay-goal",
        /// What stands behind is the time that the writer has.
        TimeHave = "time-have",
        /// Years, in short.
        Years = "years",
        /// Stands between a number and the time that it counts.
        Filler = "filler",
        /// What stands before is time that has been.
        Experience = "experience",
        /// Opens one of the ways shown.
        Open = "open",
        /// Nothing of what was named as the goal binds any more.
        Else = "else",
        /// What stands before is put up with after all.
        Bears = "bears",
        /// What a board or an employer may look at.
        Record = "record",
        /// What stands behind is liked.
        Prefer = "prefer",
        /// What stands behind a length of time that has been: "for seven years".
        BeenFor = "been-for",
        /// What stands behind is time that has been, whatever it was for: "after one year of college".
        BeenSince = "been-since",
        /// A time less than a year from now.
        WithinYear = "within-year",
        /// A small number: "a few weeks".
        Few = "few",
        /// Two: "a couple of years".
        Couple = "couple",
        /// Somebody else says so: whose job stands before is not the writer.
        SaysSo = "says-so",
    }
}
