//! Knowledge as bad as it can get, through every command, menu and page: no limit of Discord is ever exceeded.
//!
//! `extremes` feeds the renderer alone; here whole replies come about, `/explore`, `/quiz`, `/pay` and comparisons included.

use std::sync::Arc;

use careerbot::advisor::Advisor;
use careerbot::discord::App;
use careerbot::discord::message::custom_id::{Action, Tag};
use careerbot::knowledge::Knowledge;
use serde_json::{Value, json};

use super::commands::calls;
use super::{NOON, at, parts, reply_at};
use crate::fake_discord::payloads::{press, select};

/// The shipped knowledge with `words` in place of everything that people have written, and far too much of it.
fn filled_with(words: &str) -> Knowledge {
    let mut knowledge = careerbot::knowledge::load_shipped()
        .unwrap_or_else(|problems| panic!("{} problems", problems.len()));
    let all: Vec<_> = knowledge.role_ids().collect();
    let sources: Vec<_> = knowledge.sources.keys().cloned().collect();
    let many = |count: usize| vec![words.to_owned(); count];
    for role in &mut knowledge.roles {
        for text in [
            &mut role.title,
            &mut role.plural,
            &mut role.group,
            &mut role.summary,
            &mut role.remote_note,
            &mut role.license_note,
        ] {
            words.clone_into(text);
        }
        (role.skills, role.tools, role.knowledge_areas) = (many(60), many(60), many(60));
        role.related = all.iter().copied().take(40).collect();
        role.next.clone_from(&role.related);
        role.sources.clone_from(&sources);
        role.sections
            .iter_mut()
            .for_each(|section| section.text = words.repeat(4));
    }
    for trend in &mut knowledge.trends {
        (trend.title, trend.summary) = (words.to_owned(), words.to_owned());
        trend.also_roles.clone_from(&all);
        trend.skills = many(60);
        trend.sources.clone_from(&sources);
        trend
            .sections
            .iter_mut()
            .for_each(|section| section.text = words.repeat(4));
    }
    for source in knowledge.sources.values_mut() {
        for text in [
            &mut source.title,
            &mut source.publisher,
            &mut source.short,
            &mut source.credit,
            &mut source.attribution,
        ] {
            words.clone_into(text);
        }
    }
    knowledge
}

/// The shipped knowledge with nothing where something may be left out: no lists, no sections, no figures, no sources.
fn emptied() -> Knowledge {
    let mut knowledge = filled_with("");
    for (place, role) in knowledge.roles.iter_mut().enumerate() {
        role.title = format!("R{place}");
        (role.skills, role.tools, role.knowledge_areas) = Default::default();
        (role.related, role.next, role.sources, role.trends) = Default::default();
        role.sections
            .iter_mut()
            .for_each(|section| section.text.clear());
    }
    for trend in &mut knowledge.trends {
        (
            trend.named_roles,
            trend.also_roles,
            trend.skills,
            trend.sources,
        ) = Default::default();
        trend.sections.clear();
    }
    knowledge.figures = Default::default();
    knowledge.sources.clear();
    knowledge
}

/// Every command, then every button and menu of its reply, the end of the quiz and a late page; `reply_at` checks each body.
async fn use_everything(app: &App, embeds: bool) -> usize {
    let mut checked = 0;
    let mut clock = NOON;
    let mut open: Vec<(usize, Value)> = calls().into_iter().map(|call| (0, call)).collect();
    let own = json!({"content": "x", "flags": 64});
    open.extend(
        ["1:q:yyyyyyyyyyyy", "1:q:yn", "1:e:-----t.9", "1:o:----gp"].map(|id| (1, press(id, &own))),
    );
    // Four side by side, page by page, and shared.
    let tags = ["registered-nurse", "pharmacist", "dentist", "paramedic"].map(Tag::of);
    open.extend([0, 9].map(|page| {
        let id = Action::Page(tags.to_vec(), page).encode().expect("it fits");
        (0, press(&id, &own))
    }));
    while let Some((depth, mut interaction)) = open.pop() {
        if !embeds {
            interaction["app_permissions"] =
                json!((2_248_473_465_835_073_u64 & !(1 << 14) & !(1 << 3)).to_string());
        }
        // Slowly enough that nobody is told to wait.
        clock += 10;
        let body = reply_at(app, interaction, at(clock)).await.first.body();
        checked += 1;
        if depth == 1 {
            continue;
        }
        let mut message = body["data"].clone();
        message["flags"] = json!(64);
        for part in parts(&body)
            .into_iter()
            .filter(|part| part["disabled"] != true)
        {
            let id = part["custom_id"].as_str().expect("an id");
            let next = match part["type"].as_u64() {
                Some(2) => press(id, &message),
                Some(3) => select(
                    id,
                    &[part["options"][0]["value"].as_str().expect("a value")],
                    &message,
                ),
                _ => continue,
            };
            open.push((depth + 1, next));
        }
    }
    checked
}

#[tokio::test]
async fn no_reply_exceeds_a_limit_whatever_the_knowledge_holds() {
    let words = [
        " \n ".to_owned(),
        "*_~`|> # [x](https://evil.example) @everyone <@1> ".repeat(12),
        "\u{202E}😀\u{200F}é ".repeat(150),
        "Nurse".repeat(700),
        "A very long title of a role in health care ".repeat(7),
    ];
    for (place, words) in words.iter().enumerate() {
        let app = App::new(Arc::new(
            Advisor::in_memory(filled_with(words)).expect("an index in memory"),
        ));
        let checked = use_everything(&app, place % 2 == 0).await;
        assert!(checked > 60, "{place}: {checked}");
    }
    let app = App::new(Arc::new(
        Advisor::in_memory(emptied()).expect("an index in memory"),
    ));
    for embeds in [true, false] {
        let checked = use_everything(&app, embeds).await;
        assert!(checked > 30, "nothing at all: {checked}");
    }
}
