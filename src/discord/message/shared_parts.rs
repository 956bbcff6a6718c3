//! Parts of a message that can be sent again: cheap to copy, and written out as JSON once however often they are sent.
//!
//! Whatever changes them makes them parts of their own. Knows nothing of what the parts are.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::ser::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// Embeds, or rows of buttons. Reads as a slice.
pub struct Parts<T>(Arc<Inside<T>>);

struct Inside<T> {
    items: Vec<T>,
    json: OnceLock<Option<Box<RawValue>>>,
}

impl<T> Parts<T> {
    /// The parts, to be changed; copies of them stay as they are.
    pub fn edit(&mut self) -> &mut Vec<T>
    where
        T: Clone,
    {
        let inside = Arc::make_mut(&mut self.0);
        inside.json = OnceLock::new();
        &mut inside.items
    }
}

impl<T: Clone> Clone for Inside<T> {
    fn clone(&self) -> Self {
        Self {
            items: self.items.clone(),
            json: OnceLock::new(),
        }
    }
}

impl<T> From<Vec<T>> for Parts<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Arc::new(Inside {
            items,
            json: OnceLock::new(),
        }))
    }
}

impl<T> FromIterator<T> for Parts<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> Clone for Parts<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Parts<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0.items
    }
}

impl<'a, T> IntoIterator for &'a Parts<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Parts<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Parts<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self).finish()
    }
}

impl<T: Serialize> Serialize for Parts<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Parts of which there is no copy will hardly be sent again.
        if Arc::strong_count(&self.0) > 1
            && let Some(json) = self.0.json.get_or_init(|| to_raw_value(&self.0.items).ok())
        {
            return json.serialize(serializer);
        }
        self.0.items.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn copies_are_written_as_the_first_was() {
        let parts: Parts<&str> = vec!["a", "\"é\""].into();
        let alone = serde_json::to_string(&parts).expect("JSON");
        let copy = parts.clone();
        for _ in 0..2 {
            assert_eq!(serde_json::to_string(&copy).expect("JSON"), alone);
            assert_eq!(json!(copy), json!(["a", "\"é\""]), "as a tree, too");
        }
        assert_eq!(copy, parts);
    }

    #[test]
    fn a_change_is_seen_in_the_json_and_not_in_copies() {
        let mut parts: Parts<u8> = vec![1].into();
        let copy = parts.clone();
        assert_eq!(serde_json::to_string(&parts).expect("JSON"), "[1]");
        parts.edit().push(2);
        let later = parts.clone();
        assert_eq!(serde_json::to_string(&parts).expect("JSON"), "[1,2]");
        assert_eq!(serde_json::to_string(&copy).expect("JSON"), "[1]");
        drop(later);
        parts.edit().push(3);
        let _kept = parts.clone();
        assert_eq!(serde_json::to_string(&parts).expect("JSON"), "[1,2,3]");
    }
}
