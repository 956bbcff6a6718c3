//! The page in a real Chromium, driven over WebDriver as a person would: keys, clicks, and what can be read on the screen.
//!
//! Pictures of what was seen are in `target/pictures/page`. Source: W3C, "WebDriver", and Chromium's own commands for sizes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::demo;
use crate::fake_discord::PATIENCE;

/// Keys that are not letters. Source: W3C, "WebDriver", "Keyboard actions".
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
const ESCAPE: &str = "\u{e00c}";
/// How a browser names an element in its JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Nothing of the machine is used, and nothing leaves it.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
];

/// A Chromium, and the program that drives it; both end with this.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    client: reqwest::Client,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens the page that plays Discord, in a window of this size; `None`, and said so, where there is no Chromium.
    async fn open(test: &str, page: SocketAddr, size: (u32, u32), dark: bool) -> Option<Self> {
        let browser = Self::start(test, size, dark).await?;
        browser.go(&format!("http://{page}/")).await;
        browser
            .until("document.body.dataset.ready === 'true'")
            .await;
        Some(browser)
    }

    /// An empty window of this size.
    pub(crate) async fn start(test: &str, size: (u32, u32), dark: bool) -> Option<Self> {
        let found = |name: &str| Path::new("/usr/bin").join(name).exists();
        if !found("chromium") || !found("chromedriver") {
            let line = format!(
                "\nSKIPPED {test}: install Chromium and its driver (apt-get install chromium chromium-driver)\n\n"
            );
            // In one piece, and past the capture: `.ci/run` counts these lines.
            let _ = std::io::stderr().write_all(line.as_bytes());
            return None;
        }
        let profile = tempfile::tempdir().expect("a folder");
        let mut driver = Command::new("/usr/bin/chromedriver")
            .arg("--port=0")
            .env("HOME", profile.path())
            .env_remove("HTTP_PROXY")
            .env_remove("http_proxy")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let mut lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split("successfully on port ")
                    .nth(1)?
                    .trim_end_matches('.')
                    .parse()
                    .ok()
            })
            .expect("the driver says its port");
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        let mut browser = Self {
            driver,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            client,
            session: String::new(),
            _profile: profile,
        };
        let data = format!("--user-data-dir={}", browser._profile.path().display());
        let flags: Vec<&str> = FLAGS.iter().copied().chain([data.as_str()]).collect();
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL"}}}});
        let begun = browser.call("POST", "", wanted).await;
        browser.session = format!("/{}", begun["sessionId"].as_str().expect("a session"));
        let (width, height) = size;
        browser.devtools("Emulation.setDeviceMetricsOverride", json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})).await;
        let scheme = json!({"features": [{"name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" }}]});
        browser.devtools("Emulation.setEmulatedMedia", scheme).await;
        Some(browser)
    }

    /// Goes to an address.
    pub(crate) async fn go(&self, url: &str) {
        self.call("POST", "/url", json!({"url": url})).await;
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.attempt(method, path, &body).await;
        answer.unwrap_or_else(|error| panic!("{method} {path} {body}: {error:#}"))
    }

    /// What the driver answers, or its error.
    async fn attempt(&self, method: &str, path: &str, body: &Value) -> Result<Value, Value> {
        let url = format!("http://{}/session{}{path}", self.address, self.session);
        let request = match method {
            "GET" => self.client.get(url),
            _ => self.client.post(url).body(body.to_string()),
        };
        let response = request.send().await.expect("the driver answers");
        let good = response.status().is_success();
        let bytes = response.bytes().await.expect("a body");
        let mut answer: Value = serde_json::from_slice(&bytes).expect("JSON");
        let value = answer["value"].take();
        if good { Ok(value) } else { Err(value) }
    }

    async fn devtools(&self, command: &str, with: Value) {
        self.call(
            "POST",
            "/goog/cdp/execute",
            json!({"cmd": command, "params": with}),
        )
        .await;
    }

    /// What an expression comes to in the page.
    pub(crate) async fn look(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        self.call(
            "POST",
            "/execute/sync",
            json!({"script": script, "args": []}),
        )
        .await
    }

    /// Waits until an expression holds.
    pub(crate) async fn until(&self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        while self.look(&format!("Boolean({expression})")).await != true {
            let seen = || self.look("document.body.innerText");
            assert!(
                Instant::now() < end,
                "never: {expression}; seen:\n{}",
                seen().await.as_str().unwrap_or_default()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until this can be read in the last message.
    async fn told(&self, text: &str) {
        self.until(&format!(
            "[...document.querySelectorAll('.message')].at(-1)?.innerText.includes({})",
            json!(text)
        ))
        .await;
    }

    async fn element(&self, using: &str, value: &str) -> String {
        let found = self
            .call("POST", "/element", json!({"using": using, "value": value}))
            .await;
        found[ELEMENT].as_str().expect("an element").to_owned()
    }

    /// Clicks what an XPath finds, wherever it is on the page: a person would scroll there. What is drawn anew in that moment is
    /// looked for again.
    pub(crate) async fn click(&self, xpath: &str) {
        for again in (0..5).rev() {
            let element = self.element("xpath", xpath).await;
            let path = format!("/element/{element}/click");
            match self.attempt("POST", &path, &json!({})).await {
                Ok(_) => return,
                Err(error) if again > 0 && error["error"] == "stale element reference" => {}
                Err(error) => panic!("{xpath}: {error:#}"),
            }
        }
    }

    /// Presses the last button that says this.
    async fn press(&self, label: &str) {
        self.click(&format!(
            "(//main//button[not(@disabled) and normalize-space(text())='{label}'])[last()]"
        ))
        .await;
    }

    /// Types, wherever the keyboard's focus is.
    pub(crate) async fn keys(&self, text: &str) {
        let focus = self.call("GET", "/element/active", Value::Null).await;
        let focus = focus[ELEMENT].as_str().expect("an element");
        self.call(
            "POST",
            &format!("/element/{focus}/value"),
            json!({"text": text}),
        )
        .await;
    }

    /// Begins a command, and waits until it asks for its first option.
    async fn command(&self, name: &str) {
        self.keys(name).await;
        self.until("!document.querySelector('#offers').hidden")
            .await;
        self.keys(ENTER).await;
        self.until("!document.querySelector('#command').hidden")
            .await;
    }

    /// Chooses from a list of fixed values, which is a matter of the browser's own.
    pub(crate) async fn choose(&self, list: &str, entry: &str) {
        let script = format!(
            "(() => {{ const list = document.querySelector({}); list.value = [...list.options].find((one) => one.textContent.includes({})).value; list.dispatchEvent(new Event('change')); return true; }})()",
            json!(list),
            json!(entry)
        );
        self.look(&script).await;
    }

    /// Takes a picture of what is to be seen.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/pictures/page"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let picture = self.call("GET", "/screenshot", Value::Null).await;
        let bytes = decoded(picture.as_str().expect("a picture"));
        assert!(bytes.starts_with(b"\x89PNG"));
        std::fs::write(folder.join(name), bytes).expect("written");
    }

    /// That the browser found nothing to complain of, asked nobody else for anything, and shows nothing wider than its window.
    async fn is_content(&self) {
        let log = self
            .call("POST", "/se/log", json!({"type": "browser"}))
            .await;
        assert_eq!(log, json!([]), "the browser complains");
        let strangers = self.look("performance.getEntriesByType('resource').map((one) => one.name).filter((name) => !name.startsWith(location.origin))").await;
        assert_eq!(strangers, json!([]));
        let wide = self
            .look("document.documentElement.scrollWidth - innerWidth")
            .await;
        assert!(
            wide.as_i64().is_some_and(|more| more <= 0),
            "{wide} wider than the window"
        );
        // Every picture has come, and says what it shows.
        self.until("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
            .await;
        let silent = self
            .look("[...document.querySelectorAll('img.picture')].filter((one) => !one.alt).length")
            .await;
        assert_eq!(silent, 0);
        let nameless = self.look("[...document.querySelectorAll('button, a, input, textarea, select')].filter((one) => !(one.innerText || one.textContent || one.getAttribute('aria-label') || one.labels?.length)).map((one) => one.outerHTML)").await;
        assert_eq!(nameless, json!([]), "without a name");
    }
}

impl Drop for Browser {
    /// The driver ends its Chromium when it is told to, and not when it is killed.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect(self.address) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let request = format!(
                "DELETE /session{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
                self.session, self.address
            );
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read(&mut [0; 256]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The bytes of a text in base64. Source: RFC 4648, section 4.
fn decoded(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut many) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = alphabet
            .iter()
            .position(|one| *one == letter)
            .expect("base64");
        bits = (bits << 6) | u32::try_from(value).expect("small");
        many += 6;
        if many >= 8 {
            many -= 8;
            bytes.push((bits >> many) as u8);
            bits &= (1 << many) - 1;
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_asks_shares_and_pages_in_a_browser() {
    let (_bot, address) = demo().await;
    let name = "web::browser::a_member_asks_shares_and_pages_in_a_browser";
    let Some(page) = Browser::open(name, address, (1280, 900), true).await else {
        return;
    };
    page.command("/ask").await;
    page.keys(&format!("what does a sonographer earn in Texas?{ENTER}"))
        .await;
    page.told("Only you can see this").await;
    page.told("In Texas, diagnostic medical sonographers typically earn $")
        .await;
    page.press("Share").await;
    page.told("Shared by @sam").await;
    page.until("document.querySelectorAll('.message.private').length === 1")
        .await;
    page.picture("desktop-shared.png").await;

    // Suggestions while one types, taken with the keyboard; the chart comes with the answer.
    page.command("/pay").await;
    page.keys("registered nu").await;
    page.until("document.querySelector('#offers').innerText.includes('Registered nurse')")
        .await;
    page.keys(&format!("{DOWN}{UP}")).await;
    page.until("document.querySelectorAll('#offers [aria-selected=true]').length === 1")
        .await;
    page.picture("desktop-suggestions.png").await;
    page.keys(ENTER).await;
    page.until("document.querySelector('#offers').hidden && document.querySelector('#option-role').value === 'Registered nurse'").await;
    page.keys(ENTER).await;
    page.told("Registered nurses typically earn").await;
    // An answer does not wait long for its chart: on a machine with much to do it is asked for again.
    let drawn = "document.querySelector('.message:last-of-type img.picture')";
    for number in 4..9 {
        if page.look(&format!("Boolean({drawn})")).await == true {
            break;
        }
        page.command("/pay").await;
        page.keys(&format!("registered nurse{ENTER}")).await;
        page.until("document.querySelector('#option-role').value === 'Registered nurse'")
            .await;
        page.keys(ENTER).await;
        page.until(&format!(
            "document.querySelectorAll('.message').length === {number}"
        ))
        .await;
    }
    page.until(drawn).await;

    // A list is paged in place.
    page.command("/explore").await;
    page.keys(ENTER).await;
    page.told("Next").await;
    let before = page
        .look("document.querySelectorAll('.message').length")
        .await;
    let first = page
        .look("document.querySelector('.message:last-of-type .embed').innerText")
        .await;
    page.press("Next").await;
    page.until(&format!(
        "document.querySelector('.message:last-of-type .embed').innerText !== {first}"
    ))
    .await;
    assert_eq!(
        page.look("document.querySelectorAll('.message').length")
            .await,
        before
    );
    page.press("Back").await;
    page.until(&format!(
        "document.querySelector('.message:last-of-type .embed').innerText === {first}"
    ))
    .await;
    page.picture("desktop-list.png").await;

    // What is for moderators is not offered.
    page.keys("/digest").await;
    page.until("document.querySelector('#offers').hidden && document.querySelector('#typed').value === '/digest'").await;
    page.is_content().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moderator_posts_a_digest_and_writes_an_entry_in_a_browser() {
    let (_bot, address) = demo().await;
    let name = "web::browser::a_moderator_posts_a_digest_and_writes_an_entry_in_a_browser";
    let Some(page) = Browser::open(name, address, (1280, 900), false).await else {
        return;
    };
    page.choose("#who", "moderator").await;
    page.command("/digest new").await;
    // Faster than the suggestions: the first one for all of it is taken.
    page.keys(&format!("telehealth{ENTER}")).await;
    page.until("document.querySelector('#option-topic').value === 'Telehealth expansion'")
        .await;
    page.choose("#option-channel", "career-news").await;
    page.keys(ENTER).await;
    page.told("Preview for #career-news").await;
    page.picture("desktop-digest.png").await;
    page.press("Post now").await;
    page.told("Posted: #career-news").await;
    page.click("//button[contains(@class, 'jump')]").await;
    page.told("Trend: Telehealth expansion").await;
    assert_eq!(
        page.look("document.querySelectorAll('.message').length")
            .await,
        1
    );
    page.picture("desktop-posted.png").await;
    page.click("//nav//button[contains(., 'careers')]").await;

    page.command("/knowledge add").await;
    page.keys(ENTER).await;
    page.until("document.querySelector('dialog').open").await;
    page.keys(&format!(
        "Where we meet{TAB}In the library, each Monday at noon."
    ))
    .await;
    page.picture("desktop-form.png").await;
    page.click("//dialog//button[@type='submit']").await;
    page.told("In the library, each Monday at noon.").await;
    // The keyboard goes on where one types.
    page.keys("/settings ch").await;
    page.until("document.querySelector('#typed').value === '/settings ch'")
        .await;
    page.is_content().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_and_a_keyboard_are_enough() {
    let (_bot, address) = demo().await;
    let name = "web::browser::a_phone_and_a_keyboard_are_enough";
    let Some(page) = Browser::open(name, address, (390, 844), true).await else {
        return;
    };
    page.click("//button[contains(., 'which healthcare jobs can I do from home?')]")
        .await;
    page.until("document.querySelectorAll('.message').length === 2")
        .await;
    page.told("from home").await;
    page.picture("phone-answer.png").await;
    page.is_content().await;
    page.click("//button[@id='open-channels']").await;
    page.until("document.querySelector('#open-channels').getAttribute('aria-expanded') === 'true'")
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    page.picture("phone-channels.png").await;
    page.click("//nav//button[contains(., 'moderators')]").await;
    page.until("document.querySelector('#here').textContent === '# moderators'")
        .await;

    // Without a mouse: a command, a menu below the answer, and one of its entries.
    page.command("/role").await;
    page.keys("paramedic").await;
    page.until("document.querySelector('#offers').innerText.includes('Paramedic')")
        .await;
    page.keys(ENTER).await;
    page.keys(ENTER).await;
    page.told("Paramedic").await;
    for _ in 0..60 {
        if page
            .look("document.activeElement.classList.contains('menu')")
            .await
            == true
        {
            break;
        }
        // Back through what can be reached from the box in which one types.
        page.keys(&format!("\u{e008}{TAB}")).await;
    }
    page.keys(DOWN).await;
    page.until("document.activeElement.getAttribute('role') === 'option'")
        .await;
    page.picture("phone-menu.png").await;
    page.keys(ESCAPE).await;
    page.until("document.activeElement.classList.contains('menu')")
        .await;
    page.keys(DOWN).await;
    let before = page
        .look("document.querySelectorAll('.message').length")
        .await;
    page.keys(ENTER).await;
    page.until(&format!("document.querySelectorAll('.message').length > {before} || !document.querySelector('.message:last-of-type').innerText.includes('Paramedic')")).await;
    page.is_content().await;
}
