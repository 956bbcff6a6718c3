//! PostgreSQL over TLS: what `sslmode` in the address asks for holds, and what keeps it from coming about is said.

use careerbot::store::{Error, Location, Store};
use secrecy::SecretString;

use crate::store::postgres::{Reach, Server};

async fn open(url: &str) -> Result<Store, Error> {
    Store::open(&Location::Postgres(SecretString::from(url.to_owned()))).await
}

/// Whether the connections of the store are encrypted, as the server sees it.
async fn encrypted(server: &Server) -> Vec<bool> {
    let mut admin = <sqlx::PgConnection as sqlx::Connection>::connect(&server.url("postgres"))
        .await
        .expect("connected");
    sqlx::query_scalar(
        "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'careerbot'",
    )
    .fetch_all(&mut admin)
    .await
    .expect("read")
}

#[tokio::test]
async fn connections_are_encrypted_where_the_address_asks_for_it() {
    const TEST: &str = "connections_are_encrypted_where_the_address_asks_for_it";
    let Some(server) = Server::start_reached(TEST, Reach::Tls { authority: false }) else {
        return;
    };
    let plain = server.url("postgres");
    let certificate = server.certificate();
    let known = format!("sslrootcert={}", certificate.display());
    for (parameters, expected) in [
        ("sslmode=disable".to_owned(), false),
        (String::new(), true),
        ("sslmode=require".to_owned(), true),
        (format!("sslmode=verify-ca&{known}"), true),
        (format!("sslmode=verify-full&{known}"), true),
    ] {
        let store = open(&format!("{plain}?{parameters}"))
            .await
            .unwrap_or_else(|error| panic!("{parameters}: {error}"));
        let seen = encrypted(&server).await;
        assert!(
            !seen.is_empty() && seen.iter().all(|one| *one == expected),
            "{parameters}: {seen:?}"
        );
        store.settings(crate::store::HERE).await.expect("read");
        store.close().await;
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_trusted_is_refused_with_what_to_do() {
    const TEST: &str = "a_certificate_that_cannot_be_trusted_is_refused_with_what_to_do";
    let Some(server) = Server::start_reached(TEST, Reach::Tls { authority: false }) else {
        return;
    };
    let (url, certificate) = (server.url("postgres"), server.certificate());
    let other_name = url.replace("127.0.0.1", "localhost");
    for (address, says) in [
        (format!("{url}?sslmode=verify-full"), "add sslrootcert="),
        (format!("{url}?sslmode=verify-ca"), "add sslrootcert="),
        (
            format!(
                "{other_name}?sslmode=verify-full&sslrootcert={}",
                certificate.display()
            ),
            "put the host name",
        ),
    ] {
        let error = open(&address).await.expect_err(&address);
        assert!(
            matches!(error, Error::Insecure { .. }) && !error.is_passing(),
            "{address}: {error:?}"
        );
        assert!(error.to_string().contains(says), "{address}: {error}");
    }
    let nowhere = open(&format!(
        "{url}?sslmode=verify-full&sslrootcert=/no/such/ca.pem"
    ))
    .await
    .expect_err("no file");
    assert!(
        matches!(nowhere, Error::File { .. }) && nowhere.to_string().contains("/no/such/ca.pem"),
        "{nowhere}"
    );
}

#[tokio::test]
async fn a_certificate_of_an_authority_shown_as_the_servers_own_is_told_apart() {
    const TEST: &str = "a_certificate_of_an_authority_shown_as_the_servers_own_is_told_apart";
    let Some(server) = Server::start_reached(TEST, Reach::Tls { authority: true }) else {
        return;
    };
    let url = server.url("postgres");
    let checked = format!(
        "{url}?sslmode=verify-full&sslrootcert={}",
        server.certificate().display()
    );
    let error = open(&checked).await.expect_err("an authority").to_string();
    assert!(error.contains("CA:FALSE"), "{error}");
    open(&format!("{url}?sslmode=require"))
        .await
        .expect("encrypted, and unchecked as asked for");
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_tls_is_asked_for() {
    const TEST: &str = "a_server_without_tls_is_refused_where_tls_is_asked_for";
    let Some(server) = Server::start_reached(TEST, Reach::Port) else {
        return;
    };
    let url = server.url("postgres");
    let error = open(&format!("{url}?sslmode=require"))
        .await
        .expect_err("no TLS");
    assert!(
        matches!(error, Error::Insecure { .. }) && error.to_string().contains("ssl = on"),
        "{error}"
    );
    open(&url)
        .await
        .expect("without sslmode, TLS is used where the server has it");
}
