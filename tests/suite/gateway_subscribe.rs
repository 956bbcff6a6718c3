//! Roles that members take below posts, with the running program: offered by moderators, taken and laid down by a button, checked
//! with each press.

use serde_json::{Value, json};

use crate::fake_discord::payloads::{
    CHANNEL, GUILD, MEMBER, as_member, by, fresh, press, subcommand, text,
};
use crate::fake_discord::{Bot, FakeDiscord};
use crate::gateway_digests::moderator;

const ROLE: &str = "700000000000000005";
const OWN: &str = "700000000000000009";
/// Manage Roles. Source: Discord documentation, "Permissions".
const MANAGE_ROLES: &str = "268435456";

fn role(id: &str, permissions: &str, position: u64) -> Value {
    json!({
        "id": id, "name": "Readers", "permissions": permissions, "position": position, "managed": false, "color": 0, "hoist": false,
        "mentionable": false, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
    })
}

/// A Discord in which the bot has a role of its own above that of readers.
async fn discord() -> FakeDiscord {
    let discord = FakeDiscord::start().await;
    discord.shared.change(|state| {
        state.roles = vec![role(ROLE, "0", 1), role(OWN, MANAGE_ROLES, 2)];
        state.bot_roles = vec![OWN.to_owned()];
    });
    discord
}

/// `/digest subscribe` with that role.
fn offer(more: &[(&str, u8, Value)], resolved: Value) -> Value {
    let mut options = vec![("role", 8, json!(ROLE))];
    options.extend(more.iter().cloned());
    let mut call = moderator(subcommand("digest", "subscribe", &options));
    call["data"]["resolved"] = json!({"roles": {ROLE: resolved}});
    call
}

/// What stands in place of the first response to this interaction.
async fn replaced(discord: &FakeDiscord, interaction: &Value) -> Value {
    let token = interaction["token"].as_str().expect("a token").to_owned();
    discord
        .request("PATCH", &format!("/{token}/messages/@original"))
        .await
        .body
}

/// The post of a summary, and its preview.
async fn posted(discord: &FakeDiscord) -> (Value, Value) {
    let options = [
        ("topic", 3, json!("telehealth-expansion")),
        ("channel", 7, json!(CHANNEL)),
    ];
    let preview = discord
        .interact(moderator(subcommand("digest", "new", &options)))
        .await;
    let id = preview["data"]["components"][0]["components"][0]["custom_id"]
        .as_str()
        .expect("an id");
    discord
        .interact(moderator(press(id, &preview["data"])))
        .await;
    let posted = discord
        .request("POST", &format!("/channels/{CHANNEL}/messages"))
        .await;
    (posted.body, preview)
}

/// A press of a member on the button, with the roles that they have.
fn pressed(post: &Value, roles: &[&str]) -> Value {
    let row = post["components"][0]["components"].as_array();
    let button = row
        .into_iter()
        .flatten()
        .find(|part| part["label"] == "Tell me of these")
        .unwrap_or_else(|| panic!("no button: {post}"));
    let id = button["custom_id"].as_str().expect("an id");
    as_member(press(id, post), 0, roles)
}

/// What a press comes to.
async fn outcome(discord: &FakeDiscord, press: Value) -> String {
    let first = discord.interact(press.clone()).await;
    assert_eq!(first, json!({"type": 5, "data": {"flags": 64}}));
    text(&replaced(discord, &press).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_take_the_role_of_a_topic_and_lay_it_down() {
    let discord = discord().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let saved = discord.interact(offer(&[], role(ROLE, "0", 1))).await;
    assert!(
        text(&saved).contains(&format!("• all posts: <@&{ROLE}>")),
        "{saved}"
    );
    let (post, preview) = posted(&discord).await;
    assert!(
        text(&preview).contains(&format!("members take the role <@&{ROLE}>")),
        "{preview}"
    );
    assert_eq!(
        post["allowed_mentions"],
        json!({"parse": []}),
        "posts mention it only where that is wanted"
    );
    let path = format!("/guilds/{GUILD}/members/{MEMBER}/roles/{ROLE}");
    let told = outcome(&discord, pressed(&post, &[])).await;
    assert!(told.starts_with("You will be told"), "{told}");
    assert_eq!(discord.count("PUT", &path), 1);
    let press = pressed(&post, &[ROLE]);
    let told = outcome(&discord, press.clone()).await;
    assert!(told.starts_with("You won't be told any more"), "{told}");
    assert_eq!(discord.count("DELETE", &path), 1);
    discord.interact(press).await;
    assert_eq!(
        discord.count("DELETE", &path),
        1,
        "an interaction that comes again has no effect again"
    );
    let options = [("remove", 5, json!(true))];
    let removed = discord
        .interact(moderator(subcommand("digest", "subscribe", &options)))
        .await;
    assert!(text(&removed).starts_with("Taken away"), "{removed}");
    let gone = discord.interact(pressed(&post, &[])).await;
    assert!(text(&gone).contains("no longer offer a role"), "{gone}");
    assert_eq!(discord.count("PUT", &path), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_is_looked_at_when_it_is_offered_when_it_is_checked_and_when_it_is_taken() {
    let discord = discord().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    for (resolved, says) in [
        (role(ROLE, "8", 1), "rights over other members"),
        (role(ROLE, "8192", 1), "rights over other members"),
        (
            json!({"managed": true, "id": ROLE, "name": "x", "permissions": "0", "position": 1, "color": 0, "hoist": false, "mentionable": false, "flags": 0, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}}),
            "belongs to an integration",
        ),
    ] {
        let refused = discord.interact(offer(&[], resolved)).await;
        assert!(
            text(&refused).contains(says) && text(&refused).contains("Nothing was changed"),
            "{refused}"
        );
    }
    let everyone = [("role", 8, json!(GUILD))];
    let refused = discord
        .interact(moderator(subcommand("digest", "subscribe", &everyone)))
        .await;
    assert!(text(&refused).contains("@everyone is no role"), "{refused}");
    let good = offer(&[], role(ROLE, "0", 1));
    discord.shared.change(|state| state.bot_roles = Vec::new());
    discord.interact(good.clone()).await;
    let warned = text(&replaced(&discord, &good).await);
    assert!(
        warned.contains("⚠ I cannot give") && warned.contains("I lack **Manage Roles**"),
        "{warned}"
    );
    let (post, _) = posted(&discord).await;
    let told = outcome(&discord, by(pressed(&post, &[]), &fresh())).await;
    assert!(told.contains("I lack **Manage Roles**"), "{told}");
    discord.shared.change(|state| {
        state.bot_roles = vec![OWN.to_owned()];
        state.roles = vec![role(ROLE, "0", 3), role(OWN, MANAGE_ROLES, 2)];
    });
    let check = moderator(subcommand("settings", "check", &[]));
    discord.interact(check.clone()).await;
    let report = text(&replaced(&discord, &check).await);
    assert!(
        report.contains(&format!(
            "• A role that members take (<@&{ROLE}>): ❌ my own role stands below it"
        )),
        "{report}"
    );
    let told = outcome(&discord, by(pressed(&post, &[]), &fresh())).await;
    assert!(told.contains("my own role stands below it"), "{told}");
    // It has come to rights since it was offered.
    discord.shared.change(|state| {
        state.roles = vec![role(ROLE, "4", 1), role(OWN, MANAGE_ROLES, 2)];
    });
    let told = outcome(&discord, by(pressed(&post, &[]), &fresh())).await;
    assert!(told.contains("rights over other members"), "{told}");
    // Discord knows better.
    discord.shared.change(|state| {
        state.roles = vec![role(ROLE, "0", 1), role(OWN, MANAGE_ROLES, 2)];
    });
    let given = discord.shared.change(|state| {
        let all = state.requests.iter();
        all.filter(|request| request.method == "PUT" && request.path.contains("/roles/"))
            .count()
    });
    assert_eq!(given, 0, "what is known to fail is not tried");
    for code in [50_013, 50_001] {
        discord.shared.change(|state| state.roles_refused = code);
        let told = outcome(&discord, by(pressed(&post, &[]), &fresh())).await;
        assert!(
            told.contains("Discord does not let me give or take this role")
                && told.contains("/settings check"),
            "{told}"
        );
    }
    // The role that makes moderators is never given, also where it was chosen after it was offered.
    discord.shared.change(|state| state.roles_refused = 0);
    let options = [("moderator-role", 8, json!(ROLE))];
    discord
        .interact(moderator(subcommand("settings", "set", &options)))
        .await;
    let told = outcome(&discord, by(pressed(&post, &[]), &fresh())).await;
    assert!(told.contains("must not make moderators"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_mentions_the_role_of_its_topic_only_where_moderators_want_that() {
    let discord = discord().await;
    let _bot = Bot::start(&discord);
    discord.ready(1).await;
    let options = [
        ("topic", 3, json!("telehealth-expansion")),
        ("mention", 5, json!(true)),
    ];
    let call = offer(&options, role(ROLE, "0", 1));
    let saved = discord.interact(call.clone()).await;
    let warned = text(&replaced(&discord, &call).await);
    assert!(
        warned.contains("will be named but not notified"),
        "{warned}"
    );
    assert!(
        text(&saved).contains(&format!(
            "• Telehealth expansion: <@&{ROLE}>; posts mention it"
        )),
        "{saved}"
    );
    let (post, preview) = posted(&discord).await;
    assert!(
        text(&preview).contains(&format!("Above it stands <@&{ROLE}>")),
        "{preview}"
    );
    assert_eq!(
        (&post["content"], &post["allowed_mentions"]),
        (
            &json!(format!("<@&{ROLE}>")),
            &json!({"parse": [], "roles": [ROLE]})
        )
    );
    pressed(&post, &[]);
    let member = as_member(subcommand("digest", "subscribe", &[]), 0, &[]);
    let refused = discord.interact(member).await;
    assert!(text(&refused).contains("Manage Server"), "{refused}");
}
