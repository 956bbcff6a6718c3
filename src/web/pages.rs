//! The page's own files, built into the program, and what every answer tells the browser: nothing from elsewhere, nothing inline.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;

/// A file: its path, its type, its content.
macro_rules! files {
    ($(($path:literal, $kind:literal, $file:literal)),* $(,)?) => {
        &[$(($path, $kind, include_str!(concat!("assets/", $file)))),*]
    };
}

/// The files.
const FILES: &[(&str, &str, &str)] = files![
    ("/", "text/html; charset=utf-8", "index.html"),
    ("/look.css", "text/css; charset=utf-8", "look.css"),
    ("/app.js", "text/javascript; charset=utf-8", "app.js"),
    ("/server.js", "text/javascript; charset=utf-8", "server.js"),
    (
        "/message.js",
        "text/javascript; charset=utf-8",
        "message.js"
    ),
    (
        "/markdown.js",
        "text/javascript; charset=utf-8",
        "markdown.js"
    ),
    (
        "/composer.js",
        "text/javascript; charset=utf-8",
        "composer.js"
    ),
    ("/form.js", "text/javascript; charset=utf-8", "form.js"),
    ("/make.js", "text/javascript; charset=utf-8", "make.js"),
    ("/icon.svg", "image/svg+xml", "icon.svg"),
];

/// What every answer says. The first is the policy that keeps scripts and styles to the files above.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
];

/// The routes of the files.
pub(super) fn routes() -> Router {
    FILES
        .iter()
        .fold(Router::new(), |router, (path, kind, text)| {
            let answer = ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "no-cache")], *text);
            router.route(path, get(move || async move { answer }))
        })
}

/// Adds what every answer says.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page adds to the program, in bytes.
    const LARGEST: usize = 64 * 1024;

    #[test]
    fn the_page_is_small_and_asks_nobody_else() {
        let bytes: usize = FILES.iter().map(|(.., text)| text.len()).sum();
        assert!(bytes < LARGEST, "{bytes}");
        for (path, _, text) in FILES {
            let text = text.replace("http://www.w3.org/", "");
            for bad in [
                "http://",
                "//cdn",
                "style=",
                "onclick=",
                "innerHTML",
                "eval(",
            ] {
                assert!(!text.contains(bad), "{path} has {bad}");
            }
        }
    }
}
