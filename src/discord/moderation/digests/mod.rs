//! Digests: drafts, posts and schedules, how a summary looks, and how it is posted.

pub mod alerts;
pub mod coming;
pub mod draft_view;
pub mod drafts;
pub mod letters;
pub mod post_actions;
pub mod post_view;
pub mod posts;
pub mod publications;
pub mod publisher;
pub mod schedule_options;
pub mod schedules;
pub mod subscriptions;
pub mod summary_view;
