//! What the button below a question asks for that says what is there already: to make a second one all the same.

use crate::discord::message::actions::Kind;

/// What a press asks to be made, with the question that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// What is made.
    pub kind: Kind,
    /// The number of the one that is there.
    pub of: i64,
    /// A mark, revision or version: it has to be as the question showed it.
    pub as_shown: i64,
    /// Names the question.
    pub question: i64,
    /// When it was put, in seconds since 1970.
    pub asked: u32,
    /// The draft that becomes a schedule, with its revision; or the question of members that an entry answers, and 0.
    pub with: Option<(i64, i64)>,
}

impl Twin {
    /// As it stands in a custom id, in at most 94 characters: all numbers to the base 16, as databases keep them.
    pub(super) fn encode(&self) -> String {
        let with = self.with.map(|(one, other)| [one, other]);
        let asked = i64::from(self.asked);
        let numbers = [self.of, self.as_shown, self.question, asked];
        let digits: Vec<String> = numbers
            .iter()
            .chain(with.iter().flatten())
            .map(|number| format!("{number:x}"))
            .collect();
        format!("{}{}", self.kind.letter(), digits.join("."))
    }

    /// Reads it.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let (kind, rest) = Kind::parse(text)?;
        let number = |digits: &str| Some(u64::from_str_radix(digits, 16).ok()?.cast_signed());
        let numbers: Vec<i64> = rest.split('.').map(number).collect::<Option<_>>()?;
        let (known, with) = numbers.split_at_checked(4)?;
        let [of, as_shown, question, asked] = *known else {
            return None;
        };
        let with = match *with {
            [] => None,
            [one, other] => Some((one, other)),
            _ => return None,
        };
        Some(Self {
            kind,
            of,
            as_shown,
            question,
            asked: u32::try_from(asked).ok()?,
            with,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any at all.
    pub(crate) fn any() -> impl Strategy<Value = Twin> {
        let number = || proptest::prelude::any::<i64>();
        let with = prop::option::of((number(), number()));
        let kinds = 0..Kind::ALL.len();
        (
            kinds,
            number(),
            number(),
            number(),
            proptest::prelude::any::<u32>(),
            with,
        )
            .prop_map(|(kind, of, as_shown, question, asked, with)| Twin {
                kind: Kind::ALL[kind].0,
                of,
                as_shown,
                question,
                asked,
                with,
            })
    }
}
