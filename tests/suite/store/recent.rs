//! Settings that are kept between answers are never older than the last change.

use careerbot::discord::state::settings_cache::SettingsCache;
use careerbot::store::settings::Settings;

use crate::store::place::Place;
use crate::store::{ANN, ELSEWHERE, HERE, at};

fn public() -> Settings {
    Settings {
        private_answers: false,
        ..Settings::default()
    }
}

#[tokio::test]
async fn a_change_is_seen_by_the_next_answer() {
    let place = Place::sqlite();
    let store = place.open().await;
    let recent = SettingsCache::default();
    for round in 0..3 {
        for settings in [public(), Settings::default()] {
            store
                .save_settings(HERE, &settings, ANN, "x", at(round))
                .await
                .expect("written");
            assert_eq!(
                *recent.settings(&store, HERE).await.expect("read"),
                settings
            );
            assert_eq!(
                *recent.settings(&store, HERE).await.expect("read"),
                settings
            );
            assert_eq!(
                *recent.settings(&store, ELSEWHERE).await.expect("read"),
                Settings::default(),
                "each server has its own"
            );
        }
    }
}

#[tokio::test]
async fn what_is_known_is_answered_without_the_database() {
    let place = Place::sqlite();
    let store = place.open().await;
    let recent = SettingsCache::default();
    store
        .save_settings(HERE, &public(), ANN, "x", at(0))
        .await
        .expect("written");
    recent.settings(&store, HERE).await.expect("read");
    store.close().await;
    assert_eq!(
        *recent.settings(&store, HERE).await.expect("known"),
        public()
    );
    assert!(
        recent.settings(&store, ELSEWHERE).await.is_err(),
        "the database is closed indeed"
    );
}
