//! Credentials: exams, licenses and certificates that the license notes of roles name.
//!
//! Knows how credentials are written; knows nothing of what each is for.

use std::collections::HashSet;

use crate::knowledge::{Knowledge, RoleId};

/// The credentials that license notes name, by their capitals: `NCLEX-RN`, `PANCE`. Abbreviations of roles are none.
pub(crate) fn credentials(knowledge: &Knowledge) -> Vec<(String, Vec<RoleId>)> {
    let abbreviations: HashSet<&str> = knowledge
        .roles
        .iter()
        .flat_map(|role| &role.abbreviations)
        .map(String::as_str)
        .collect();
    let mut credentials: Vec<(String, Vec<RoleId>)> = Vec::new();
    for id in knowledge.role_ids() {
        for word in knowledge
            .role(id)
            .license_note
            .split(|c: char| !c.is_alphanumeric() && c != '-')
        {
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            let plain = word.len() >= 3 && capitals >= 3 && capitals * 2 > word.len();
            let none = knowledge
                .language
                .no_credentials
                .iter()
                .any(|none| none == word);
            if !plain || none || abbreviations.contains(word) {
                continue;
            }
            // "NCLEX" stands for both the NCLEX-RN and the NCLEX-PN.
            let family = word
                .split_once('-')
                .map(|(head, _)| head)
                .filter(|head| head.len() >= 4);
            for name in [word].into_iter().chain(family) {
                match credentials.iter_mut().find(|(known, _)| known == name) {
                    Some((_, roles)) if roles.contains(&id) => {}
                    Some((_, roles)) => roles.push(id),
                    None => credentials.push((name.to_owned(), vec![id])),
                }
            }
        }
    }
    credentials
}
