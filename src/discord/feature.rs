//! A feature's buttons, menus and forms: what the router needs to know of it.

use serenity::model::application::{ComponentInteraction, ModalInteraction};

use crate::discord::app::App;
use crate::discord::command::{Command, Handled};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::message::custom_id::Action;

/// What takes presses, and forms that were filled in.
pub struct Feature {
    /// What a press does; `None` where the action is another feature's.
    pub press: for<'a> fn(Press<'a>, &Action) -> Option<Handled<'a>>,
    /// What a form does; `None` where the action is another feature's, or has no form.
    pub submit: for<'a> fn(Submission<'a>, &Action) -> Option<Handled<'a>>,
}

/// A press on a button or a menu.
#[derive(Clone, Copy)]
pub struct Press<'a> {
    /// What all features work with.
    pub app: &'a App,
    /// The press, as Discord sent it.
    pub press: &'a ComponentInteraction,
    /// Who pressed, where and when.
    pub call: &'a InteractionContext,
    /// Every command.
    pub commands: &'static [&'static Command],
}

/// A form that was filled in.
#[derive(Clone, Copy)]
pub struct Submission<'a> {
    /// What all features work with.
    pub app: &'a App,
    /// The form, as Discord sent it.
    pub form: &'a ModalInteraction,
    /// Who filled it in, where and when.
    pub call: &'a InteractionContext,
}

/// For features without forms.
pub(crate) fn no_form<'a>(_: Submission<'a>, _: &Action) -> Option<Handled<'a>> {
    None
}
