//! Logging in, and tokens that renew themselves: by one process at a time, and kept before they are used.

mod scripted;
mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use scripted::{Asked, Says, Scripted, says};
use serde_json::{Value, json};
use support::Test;
use tempfile::TempDir;

const PROFILE: &str = "
default: acme
profiles:
  acme:
    services:
      highlevel:
        location: Acme
        locations: {Acme: {id: loc000000000000000acme}, Other: {id: loc00000000000000other}}
        login:
          client_id: client-7
          client_secret: {env: CLIENT_SECRET}
          scopes: [contacts.readonly, oauth.write]
";
const SECRET: &str = "client-secret-7";
const CONTACT: &str = "c00000000000000000001";

/// A folder for all that several processes share.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = TempDir::new().expect("a folder");
        let file = home.path().join("config/sayso/profiles.yaml");
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, PROFILE).expect("a profile");
        Self(home)
    }

    fn test(&self, peer: &Scripted, args: &[&str]) -> Test {
        let test = Test::new().args(["--base-url", &peer.url]).args(args.iter().copied()).env("CLIENT_SECRET", SECRET);
        let at = |name: &str| self.0.path().join(name).to_string_lossy().into_owned();
        test.env("XDG_CONFIG_HOME", at("config")).env("XDG_DATA_HOME", at("data"))
    }

    fn tokens(&self) -> PathBuf {
        self.0.path().join("data/sayso/tokens.sqlite")
    }

    /// What a bot's call gets.
    fn call(&self, peer: &Scripted, args: &[&str]) -> Value {
        self.test(peer, &[args, &["pipe"]].concat()).stdin(format!("{}\n", get())).run().json()
    }

    /// Logs in, with every step of the person played.
    fn log_in(&self, peer: &Scripted) -> String {
        let mut begun = Begun::new(&self.test(peer, &["login", "--no-browser"]));
        let (status, _) = visit(&begun.back(&[("code", "code-1"), ("state", &begun.state())]));
        assert_eq!(status, 200);
        begun.ended(0)
    }
}

fn get() -> Value {
    json!({"id": 1, "operation": "contacts.get", "params": {"contactId": CONTACT}})
}

/// A login that waits for the person to come back.
struct Begun {
    process: Child,
    page: url::Url,
    lines: BufReader<std::process::ChildStdout>,
}

impl Begun {
    fn new(test: &Test) -> Self {
        let mut process = test.command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output"));
        let mut line = String::new();
        while !line.trim().starts_with("https://") {
            line.clear();
            assert!(lines.read_line(&mut line).expect("text") > 0, "no address");
        }
        Self { page: line.trim().parse().expect("an address"), process, lines }
    }

    fn asked(&self, key: &str) -> String {
        self.page
            .query_pairs()
            .find(|(k, _)| k == key)
            .unwrap_or_else(|| panic!("no {key} in {}", self.page))
            .1
            .into_owned()
    }

    fn state(&self) -> String {
        self.asked("state")
    }

    /// The address to which the service sends the person back.
    fn back(&self, query: &[(&str, &str)]) -> url::Url {
        let mut url: url::Url = self.asked("redirect_uri").parse().expect("an address");
        url.query_pairs_mut().extend_pairs(query);
        url
    }

    /// Everything it said by its end.
    fn ended(&mut self, code: i32) -> String {
        let mut text = String::new();
        self.lines.read_to_string(&mut text).expect("text");
        self.process.stderr.take().expect("its errors").read_to_string(&mut text).expect("text");
        assert_eq!(self.process.wait().expect("an end").code(), Some(code), "{text}");
        text
    }
}

fn visit(url: &url::Url) -> (u16, String) {
    let mut stream =
        TcpStream::connect((url.host_str().expect("a host"), url.port().expect("a port"))).expect("it listens");
    write!(stream, "GET {}?{} HTTP/1.1\r\nHost: x\r\n\r\n", url.path(), url.query().unwrap_or_default()).expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    (text[9..12].parse().expect("a status"), text)
}

fn field(asked: &Asked, name: &str) -> String {
    let found = url::form_urlencoded::parse(asked.text.as_bytes()).find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn bearer(asked: &Asked) -> &str {
    asked.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

fn granted(number: usize, lasting: u32, kind: &str) -> Says {
    says(
        200,
        &json!({
            "access_token": format!("access-token-{number}"), "refresh_token": format!("refresh-token-{number}"),
            "expires_in": lasting, "scope": "contacts.readonly oauth.write", "userType": kind,
            "locationId": "loc000000000000000acme", "companyId": "co0000000000000000001",
        }),
    )
}

fn contact() -> Says {
    says(200, &json!({"contact": {"id": CONTACT, "contactName": "jane"}}))
}

/// A service whose first token lasts so long, and the next ones an hour; a refresh takes its time.
fn service(first: u32, kind: &'static str, slow: Duration) -> Scripted {
    let given = Arc::new(AtomicUsize::new(0));
    Scripted::new(move |asked, _| match asked.line.as_str() {
        "POST /oauth/token" => {
            let number = given.fetch_add(1, Ordering::SeqCst) + 1;
            if field(asked, "grant_type") == "refresh_token" {
                thread::sleep(slow);
                return granted(number, 3600, kind);
            }
            granted(number, first, kind)
        }
        "POST /oauth/locationToken" => {
            let id = field(asked, "locationId");
            says(201, &json!({"access_token": format!("of-{id}"), "expires_in": 3600, "scope": "contacts.readonly"}))
        }
        _ => contact(),
    })
}

fn refreshes(peer: &Scripted) -> Vec<String> {
    let all = peer.asked().into_iter().filter(|asked| field(asked, "grant_type") == "refresh_token");
    all.map(|asked| field(&asked, "refresh_token")).collect()
}

/// The tokens that requests to the API itself carried.
fn used(peer: &Scripted) -> Vec<String> {
    peer.asked().iter().filter(|a| a.line.starts_with("GET /contacts/")).map(|a| bearer(a).to_owned()).collect()
}

#[test]
fn a_login_changes_the_code_for_tokens_that_are_then_used() {
    let (home, peer) = (Home::new(), service(3600, "Location", Duration::ZERO));
    let mut begun = Begun::new(&home.test(&peer, &["login", "--no-browser"]));
    assert!(
        begun.page.as_str().starts_with("https://marketplace.gohighlevel.com/v2/oauth/chooselocation?"),
        "{}",
        begun.page
    );
    assert_eq!(
        (begun.asked("client_id"), begun.asked("scope")),
        ("client-7".into(), "contacts.readonly oauth.write".into())
    );
    assert!(begun.state().len() >= 40, "nobody can guess the state");
    let (status, page) = visit(&begun.back(&[("code", "code-1"), ("state", &begun.state())]));
    assert!(status == 200 && page.contains("You are logged in"), "{page}");
    let said = begun.ended(0);
    assert!(said.contains("Logged in to HighLevel"), "{said}");
    assert!(!said.contains("access-token") && !said.contains("refresh-token") && !said.contains(SECRET), "{said}");
    let asked = peer.asked().remove(0);
    let sent = |name| field(&asked, name);
    assert_eq!(
        (sent("grant_type"), sent("code"), sent("client_secret")),
        ("authorization_code".into(), "code-1".into(), SECRET.into())
    );
    assert_eq!(sent("redirect_uri"), begun.asked("redirect_uri"));
    assert_eq!(home.call(&peer, &[])["status"], "done");
    assert_eq!(used(&peer), ["access-token-1"]);
    assert!(refreshes(&peer).is_empty());
    let listed = home.test(&peer, &["profiles"]).run().stdout;
    assert!(listed.contains("login: a token of kind sub-account, renewed by itself"), "{listed}");
}

#[test]
fn a_visit_that_nobody_here_began_is_turned_away() {
    let (home, peer) = (Home::new(), service(3600, "Location", Duration::ZERO));
    let mut begun = Begun::new(&home.test(&peer, &["login", "--no-browser"]));
    for query in [vec![("code", "stolen"), ("state", "guessed")], vec![("code", "stolen")], vec![("error", "no")]] {
        assert_eq!(visit(&begun.back(&query)).0, 400);
    }
    assert!(peer.lines().is_empty(), "a stranger's code is never changed for anything");
    let (status, _) = visit(&begun.back(&[("error", "access_denied"), ("state", &begun.state())]));
    assert_eq!(status, 200);
    let said = begun.ended(5);
    assert!(said.contains("did not let you in: access_denied"), "{said}");
    assert!(peer.lines().is_empty() && !home.tokens().exists());
}

#[test]
fn two_processes_renew_a_token_once() {
    let (home, peer) = (Home::new(), service(1, "Location", Duration::from_millis(1200)));
    home.log_in(&peer);
    let answers: Vec<Value> = thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| home.call(&peer, &[]))).collect();
        runs.into_iter().map(|run| run.join().expect("a run")).collect()
    });
    assert!(answers.iter().all(|answer| answer["status"] == "done"), "{answers:?}");
    assert_eq!(refreshes(&peer), ["refresh-token-1"], "exactly one, with the token of the login");
    assert_eq!(used(&peer), ["access-token-2"; 3]);
}

#[test]
fn requests_for_tokens_keep_to_the_limit_with_all_others() {
    let (home, seen) = (Home::new(), Mutex::new(Vec::new()));
    let refused = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&refused);
    let peer = Scripted::new(move |asked, before| {
        let (mut seen, now) = (seen.lock().expect("the window"), Instant::now());
        seen.retain(|at| now.duration_since(*at) < Duration::from_secs(1));
        seen.push(now);
        if field(asked, "grant_type") == "authorization_code" {
            seen.clear();
        } else if seen.len() > 4 {
            count.fetch_add(1, Ordering::SeqCst);
            return says(429, &json!({}));
        }
        // No token lasts long enough to be used twice.
        if asked.line == "POST /oauth/token" { granted(before, 1, "Location") } else { contact() }
    });
    home.log_in(&peer);
    let lines: String = (0..6).map(|_| get().to_string() + "\n").collect();
    let layer = "service: highlevel\nrate_limit: {max: 4, per: 1s}\n";
    let test = home.test(&peer, &["--endpoints", "slow", "pipe"]).file("slow/highlevel/service.yaml", layer);
    let answers = test.stdin(lines).run().json_lines();
    assert!(answers.len() == 6 && answers.iter().all(|answer| answer["status"] == "done"), "{answers:?}");
    assert!(refreshes(&peer).len() >= 6, "{:?}", peer.lines());
    assert_eq!(refused.load(Ordering::SeqCst), 0, "{:?}", peer.lines());
}

#[test]
fn a_new_refresh_token_is_kept_before_the_new_token_is_used() {
    let home = Home::new();
    let file = home.tokens();
    let kept = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&kept);
    let peer = Scripted::new(move |asked, _| match field(asked, "grant_type").as_str() {
        "authorization_code" => granted(1, 1, "Location"),
        "refresh_token" => granted(2, 3600, "Location"),
        _ => {
            seen.fetch_add(usize::from(holds(&file, "refresh-token-2")), Ordering::SeqCst);
            contact()
        }
    });
    home.log_in(&peer);
    assert_eq!(home.call(&peer, &[])["status"], "done");
    assert_eq!(kept.load(Ordering::SeqCst), 1);
    assert!(!holds(&home.tokens(), "refresh-token-1"), "the one that was used up is gone");
}

fn holds(file: &Path, text: &str) -> bool {
    let bytes = std::fs::read(file).unwrap_or_default();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_process_that_dies_while_it_renews_leaves_the_next_one_free_to_do_it() {
    let (home, peer) = (Home::new(), service(1, "Location", Duration::from_secs(3)));
    home.log_in(&peer);
    let test = home.test(&peer, &["pipe"]);
    let mut process =
        test.command().stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    writeln!(process.stdin.take().expect("its input"), "{}", get()).expect("taken");
    while refreshes(&peer).is_empty() {
        thread::sleep(Duration::from_millis(20));
    }
    process.kill().expect("it dies");
    process.wait().expect("it is gone");
    assert_eq!(home.call(&peer, &[])["status"], "done");
    assert_eq!(refreshes(&peer), ["refresh-token-1", "refresh-token-1"], "the service gives the same within its grace");
    assert_eq!(used(&peer), ["access-token-3"]);
}

#[test]
fn a_refresh_that_is_refused_is_asked_once_and_explained() {
    let home = Home::new();
    let peer = Scripted::new(|asked, _| match field(asked, "grant_type").as_str() {
        "authorization_code" => granted(1, 1, "Location"),
        "refresh_token" => says(
            400,
            &json!({"error": "invalid_grant", "error_description": format!("{} is used up", field(asked, "refresh_token"))}),
        ),
        _ => contact(),
    });
    home.log_in(&peer);
    for _ in 0..2 {
        let answer = home.call(&peer, &[]);
        let error = &answer["error"];
        assert_eq!(error["kind"], "credentials", "{answer}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|m| m.contains("has come to its end") && m.contains("[redacted] is used up")),
            "{answer}"
        );
        assert_eq!(error["hint"], "Log in again with `sayso login --profile acme`.");
    }
    assert_eq!(refreshes(&peer).len(), 1);
    assert!(used(&peer).is_empty());
}

#[test]
fn a_token_that_is_not_taken_before_its_time_is_renewed_once() {
    let home = Home::new();
    let peer = Scripted::new(|asked, _| match field(asked, "grant_type").as_str() {
        "authorization_code" => granted(1, 3600, "Location"),
        "refresh_token" => granted(2, 3600, "Location"),
        _ if bearer(asked) == "access-token-1" => says(401, &json!({"message": "Invalid JWT"})),
        _ => contact(),
    });
    home.log_in(&peer);
    assert_eq!(home.call(&peer, &[])["status"], "done");
    assert_eq!(refreshes(&peer), ["refresh-token-1"]);
    assert_eq!(used(&peer), ["access-token-1", "access-token-2"]);
}

#[test]
fn an_agency_login_gives_each_location_a_token_of_its_own_and_remembers_it() {
    let (home, peer) = (Home::new(), service(3600, "Company", Duration::ZERO));
    home.log_in(&peer);
    for location in ["Acme", "Acme", "Other"] {
        assert_eq!(home.call(&peer, &["--location", location])["status"], "done");
    }
    assert_eq!(used(&peer), ["of-loc000000000000000acme", "of-loc000000000000000acme", "of-loc00000000000000other"]);
    let exchanges: Vec<Asked> = peer.asked().into_iter().filter(|a| a.line == "POST /oauth/locationToken").collect();
    assert_eq!(exchanges.len(), 2);
    assert_eq!((bearer(&exchanges[0]), exchanges[0].header("version")), ("access-token-1", Some("2021-07-28")));
    assert_eq!(field(&exchanges[0], "companyId"), "co0000000000000000001");
}

#[test]
fn scopes_of_a_login_are_kept_to_and_a_logout_forgets() {
    let (home, peer) = (Home::new(), service(3600, "Location", Duration::ZERO));
    home.log_in(&peer);
    let line = json!({"id": 1, "operation": "contacts.add-tags", "params": {"contactId": CONTACT, "tags": ["vip"]}});
    let answer = home.test(&peer, &["pipe"]).stdin(format!("{line}\n")).run().json();
    assert!(
        answer["error"]["message"].as_str().is_some_and(|m| m.contains("needs the scope contacts.write")),
        "{answer}"
    );
    let said = home.test(&peer, &["logout"]).run().stdout;
    assert!(said.starts_with("1 token is forgotten"), "{said}");
    assert!(!holds(&home.tokens(), "refresh-token-1") && !holds(&home.tokens(), "access-token-1"));
    let answer = home.call(&peer, &[]);
    assert_eq!(answer["error"]["message"], "profile `acme` has no token for HighLevel", "{answer}");
}

#[test]
fn a_login_is_bound_to_the_host_it_was_made_for() {
    let (home, peer) = (Home::new(), service(3600, "Location", Duration::ZERO));
    home.log_in(&peer);
    let other = service(3600, "Location", Duration::ZERO);
    let answer = home.call(&other, &[]);
    assert!(answer["error"]["message"].as_str().is_some_and(|m| m.contains("is not sent to")), "{answer}");
    assert!(other.lines().is_empty());
}
