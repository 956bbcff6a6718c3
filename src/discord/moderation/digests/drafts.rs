//! Drafts of summaries: a private preview with buttons, until it is posted, scheduled or thrown away.
//!
//! The draft is in the store, so that its preview works after a restart; its revision stands in every button, so that an
//! old preview cannot post another text than it shows. Rights are checked with each press and form.

use std::time::Duration;

use serenity::model::application::{
    ComponentInteraction, ComponentInteractionDataKind, ModalInteraction,
};

use crate::digest::dress::Dress;
use crate::digest::memory::Memory;
use crate::digest::{Style, Topic, own, runner};
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, Submission};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::interaction::{component, form_input};
use crate::discord::members::charts;
use crate::discord::message::actions::DraftVerb;
use crate::discord::message::body::Message;
use crate::discord::message::custom_id::Action;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::digests::draft_view::{
    CHANGED, EVERYONE, GONE, channels, checked, content, edit_form, find, keep, preview, read,
    reference, refused, schedule_form,
};
use crate::discord::moderation::digests::post_actions::{PostAction, PostTask};
use crate::discord::moderation::digests::schedule_options::{self, When};
use crate::discord::moderation::digests::schedules;
use crate::discord::moderation::digests::{draft_view, post_view, posts, summary_view};
use crate::discord::state::server_settings;
use crate::store::digests::Definition;
use crate::store::drafts::{Content, Draft};
use crate::store::entry_drafts::IMPORT;
use crate::store::postings::{Manual, State};
use crate::store::{ChannelId, ServerRoleId};

/// The buttons and forms of drafts.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: route_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Draft(verb, id, revision) = *action else {
        return None;
    };
    Some(Box::pin(press(
        on.app, on.press, on.call, verb, id, revision,
    )))
}

fn route_form<'a>(filled: Submission<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Draft(verb, id, revision) = *action else {
        return None;
    };
    Some(Box::pin(submit(
        filled.app,
        filled.form,
        filled.call,
        verb,
        id,
        revision,
    )))
}

/// What is said of the first post of what is new in a server.
const FIRST_NEWS: &str = "There is no post of what is new here yet, so this one says what there is to read. The next one tells what has changed since.";

/// How long a press on Post now waits for the post; Discord wants an answer within 3 s.
const WAIT: Duration = Duration::from_millis(1_100);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(50);

/// Composes a summary, keeps it as a draft and shows it.
///
/// # Errors
/// The message to answer with when there is nothing to say or the store fails.
pub async fn begin(
    app: &App,
    moderator: &Moderator<'_>,
    topic: &Topic,
    style: Style,
    channel: ChannelId,
) -> Result<Response, HandlerError> {
    let date = moderator
        .now
        .to_zoned(moderator.settings.time_zone())
        .date();
    let mut memory = Memory::default();
    let mut span = String::new();
    if *topic == Topic::New {
        let last = runner::last_news(moderator.store, moderator.server).await?;
        span = match &last {
            Some((_, at)) => format!("since the last such post here, <t:{}:D>", at.as_second()),
            None => FIRST_NEWS.to_owned(),
        };
        memory.seen = last.map(|(seen, _)| seen);
    }
    let live = if topic.may_be_own() {
        let live = moderator.store.live_entries(moderator.server).await;
        live?
    } else {
        Vec::new()
    };
    let knowledge = app.advisor().knowledge();
    let mut composed = None;
    if let Some(chosen) = own::choose(&knowledge, &live, topic, &memory) {
        let last = runner::last_summary(moderator.store, moderator.server, &chosen.topic).await?;
        let last = last.as_ref();
        composed = own::write(&knowledge, &live, &chosen, style, &memory, last, date);
    }
    let Some(mut composed) = composed else {
        if topic.may_be_own() {
            return Err(HandlerError::private(
                "Nothing that this server has written is live: begin with /knowledge add or /trend-draft add.",
            ));
        }
        return Err(HandlerError::private(format!(
            "Nothing in my knowledge has changed {span}. Choose a trend or a role instead."
        )));
    };
    let chosen = moderator.store.subscriptions(moderator.server).await?;
    let mut dress = Dress::of(&moderator.settings.posts)
        .with_offer(&chosen, &[&composed.topic, &topic.to_string()]);
    // In a draft the role to mention stands in its own menu, where it can be changed.
    let mentioned = dress.follow.as_mut().and_then(|follow| {
        std::mem::take(&mut follow.mention)
            .then_some(follow.role)
            .flatten()
            .map(ServerRoleId::new)
    });
    composed.summary.dress = dress;
    let content = Content {
        channel,
        topic: topic.to_string(),
        style: style.word().to_owned(),
        mention_role: mentioned,
        body: composed.summary.to_body(),
    };
    let note = match span.as_str() {
        "" | FIRST_NEWS => span,
        span => format!("This is what has changed in my knowledge {span}."),
    };
    let shown = keep(moderator, &content, &note).await?;
    let picture = summary_view::picture(&composed.summary);
    let shown = charts::with(app, picture, shown).await;
    Ok(checked(
        app,
        moderator,
        channel,
        mentioned,
        InitialResponse::Message(shown.clone()),
        shown,
    ))
}

/// What a press on a button or menu of a preview does.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
    verb: DraftVerb,
    id: i64,
    revision: i64,
) -> Result<Response, HandlerError> {
    let moderator = access::check(app, call, "a button below a draft").await?;
    if verb == DraftVerb::Open {
        let chosen = component::value(press)
            .and_then(|value| value.parse().ok())
            .unwrap_or(0);
        return open(app, &moderator, chosen).await;
    }
    let draft = find(&moderator, id).await?;
    if draft.revision != revision {
        return Ok(InitialResponse::Update(preview(&draft, CHANGED)).into());
    }
    let drawn = |shown| draft_view::drawn(app, &draft, shown);
    let changed = match (verb, &press.data.kind) {
        (DraftVerb::Post, _) => return post(app, &moderator, &draft).await,
        (DraftVerb::Edit, _) => {
            return edit_form(&draft)
                .map(InitialResponse::Form)
                .map(Response::from);
        }
        (DraftVerb::Schedule, _) => {
            return schedule_form(&moderator, &draft)
                .map(InitialResponse::Form)
                .map(Response::from);
        }
        (DraftVerb::Channel, _) => {
            return Ok(InitialResponse::Update(drawn(channels(&draft)).await).into());
        }
        (DraftVerb::Cancel, _) => {
            moderator.store.drop_draft(moderator.server, id).await?;
            return Ok(InitialResponse::Update(Message::private(
                "Thrown away. Nothing was posted.",
            ))
            .into());
        }
        (DraftVerb::Pick, ComponentInteractionDataKind::ChannelSelect { values }) => {
            let channel = values
                .first()
                .map_or(draft.channel, |id| server_settings::channel(*id));
            Content {
                channel,
                ..content(&draft)
            }
        }
        (DraftVerb::Mention, ComponentInteractionDataKind::RoleSelect { values }) => {
            let mention_role = values.first().map(|role| ServerRoleId::new(role.get()));
            if mention_role.is_some_and(|role| role.get() == moderator.server.get()) {
                return Ok(InitialResponse::Update(drawn(preview(&draft, EVERYONE)).await).into());
            }
            Content {
                mention_role,
                ..content(&draft)
            }
        }
        (DraftVerb::Pick | DraftVerb::Mention | DraftVerb::Open, _) => {
            return Ok(InitialResponse::Update(drawn(preview(&draft, "")).await).into());
        }
    };
    let (channel, role) = (changed.channel, changed.mention_role);
    let shown = drawn(change(&moderator, &draft, changed).await?).await;
    Ok(checked(
        app,
        &moderator,
        channel,
        role,
        InitialResponse::Update(shown.clone()),
        shown,
    ))
}

/// What a form that was filled in does.
pub async fn submit(
    app: &App,
    form: &ModalInteraction,
    call: &InteractionContext,
    verb: DraftVerb,
    id: i64,
    revision: i64,
) -> Result<Response, HandlerError> {
    let done = async {
        let moderator = access::check(app, call, "a form for a draft").await?;
        let draft = find(&moderator, id).await?;
        if draft.revision != revision {
            return Err(preview(&draft, CHANGED).into());
        }
        let input = |name: &str| form_input::value(form, name);
        match verb {
            DraftVerb::Edit => {
                let edited = read(&draft)?
                    .with_words(form_input::words(form))
                    .map_err(|error| refused(&error))?;
                if !summary_view::is_whole(&edited) {
                    return Err(HandlerError::private(summary_view::TOO_LONG));
                }
                let changed = Content {
                    body: edited.to_body(),
                    ..content(&draft)
                };
                let shown = change(&moderator, &draft, changed).await?;
                Ok(InitialResponse::Update(
                    draft_view::drawn(app, &draft, shown).await,
                ))
            }
            DraftVerb::Schedule => schedule(
                app,
                &moderator,
                &draft,
                [input("every"), input("on"), input("at")],
            )
            .await
            .map(InitialResponse::Update),
            DraftVerb::Post
            | DraftVerb::Channel
            | DraftVerb::Pick
            | DraftVerb::Mention
            | DraftVerb::Cancel
            | DraftVerb::Open => Err(HandlerError::private(component::OUTDATED)),
        }
    };
    let kept = |refusal: HandlerError| match verb {
        DraftVerb::Edit => form_input::words_kept(refusal, form).into(),
        _ => refusal,
    };
    done.await.map(Response::from).map_err(kept)
}

/// Shows a draft again, whoever began it.
async fn open(app: &App, moderator: &Moderator<'_>, id: i64) -> Result<Response, HandlerError> {
    let draft = moderator.store.draft(moderator.server, id).await?;
    let draft = draft
        .filter(|draft| draft.topic != IMPORT)
        .ok_or_else(|| HandlerError::private(GONE))?;
    if post_view::is_edit(&draft.topic) {
        return posts::open_edit(moderator, &draft)
            .await
            .map(|shown| InitialResponse::Update(shown).into());
    }
    let shown = draft_view::drawn(app, &draft, preview(&draft, "")).await;
    Ok(checked(
        app,
        moderator,
        draft.channel,
        draft.mention_role,
        InitialResponse::Update(shown.clone()),
        shown,
    ))
}

async fn change(
    moderator: &Moderator<'_>,
    draft: &Draft,
    content: Content,
) -> Result<Message, HandlerError> {
    let done = moderator
        .store
        .change_draft(
            moderator.server,
            draft.id,
            draft.revision,
            &content,
            moderator.now,
        )
        .await?;
    let now = find(moderator, draft.id).await?;
    if done {
        Ok(preview(&now, ""))
    } else {
        Err(preview(&now, CHANGED).into())
    }
}

/// Makes a schedule of a draft's topic, style and channel. Its words are composed anew each time.
async fn schedule(
    app: &App,
    moderator: &Moderator<'_>,
    draft: &Draft,
    [every, on, at]: [&str; 3],
) -> Result<Message, HandlerError> {
    let on = Some(on.trim()).filter(|on| !on.is_empty());
    let schedule = schedule_options::read(moderator, When { every, on, at })?;
    let definition = Definition {
        channel: draft.channel,
        topic: draft.topic.clone(),
        style: draft.style.clone(),
        schedule: schedule.to_string(),
        mention_role: draft.mention_role,
    };
    let mut done = schedules::add(app, moderator, &definition, &schedule, Some(draft)).await?;
    if read(draft).is_ok_and(|summary| summary.edited) {
        done.content
            .push_str("\nEach post is written anew from my knowledge: your edited words are for Post now only.");
    }
    Ok(done)
}

/// Has a draft posted, and waits a moment for it.
pub(crate) async fn post(
    app: &App,
    moderator: &Moderator<'_>,
    draft: &Draft,
) -> Result<Response, HandlerError> {
    if !app.posts() {
        return Err(HandlerError::private(
            "I cannot post from here: whoever runs this bot has to set DISCORD_TOKEN. Your draft stays.",
        ));
    }
    let nonce = reference(draft);
    let manual = Manual {
        channel: draft.channel,
        topic: &draft.topic,
        style: &draft.style,
        mention_role: draft.mention_role,
        body: &draft.body,
        nonce: &nonce,
    };
    let number = moderator
        .store
        .post_now(
            moderator.server,
            &manual,
            Some(draft.id),
            moderator.user,
            moderator.now,
        )
        .await?;
    Ok(on_its_way(app, moderator, number, draft.channel).await)
}

/// Waits a moment for a post that is due now, and says what became of it.
pub(crate) async fn on_its_way(
    app: &App,
    moderator: &Moderator<'_>,
    number: i64,
    channel: ChannelId,
) -> Response {
    app.wake();
    let end = tokio::time::Instant::now() + WAIT;
    while tokio::time::Instant::now() < end {
        tokio::time::sleep(LOOK).await;
        let Ok(Some(posting)) = moderator.store.posting(moderator.server, number).await else {
            break;
        };
        match (posting.state, posting.message) {
            (State::Recorded, Some(message)) => {
                let said = format!(
                    "Posted: https://discord.com/channels/{}/{}/{message}",
                    posting.server, posting.channel
                );
                let offer =
                    PostTask::new(moderator, number, PostAction::Offer { said: said.clone() });
                return Response {
                    first: InitialResponse::Update(Message::private(said)),
                    then: vec![offer.follow_up(app)],
                };
            }
            (State::Failed, _) => {
                return InitialResponse::Update(post_view::not_posted(&posting)).into();
            }
            _ => {
                if let Some(held) = post_view::held_until(&posting) {
                    return InitialResponse::Update(Message::private(held)).into();
                }
            }
        }
    }
    let said =
        format!("It is on its way to <#{channel}>. /digest history shows what becomes of it.");
    InitialResponse::Update(Message::private(said)).into()
}
