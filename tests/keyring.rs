//! Tokens in the keyring of the desktop. Only a build with the feature has it, and only a machine with `dbus-run-session`
//! and `gnome-keyring-daemon` can try it whole.
#![cfg(feature = "keyring")]

mod scripted;
mod support;

use std::path::PathBuf;
use std::process::{Command, Output};

use scripted::{Scripted, says};
use serde_json::json;
use support::{Test, program};

const TOKEN: &str = "pit-in-the-keyring-7";
const SETUP: &[&str] =
    &["setup", "--profile", "acme", "--location", "loc000000000000000acme", "--name", "Acme", "--keyring"];

#[test]
fn without_a_keyring_that_answers_nothing_is_written() {
    let test = Test::new().args(SETUP.iter().copied()).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let ran = test.stdin(format!("{TOKEN}\n")).status(1).run();
    assert!(ran.stderr.contains("no keyring answers here") && !ran.stderr.contains(TOKEN), "{}", ran.stderr);
    assert!(!ran.file("config/sayso/profiles.yaml").exists());
}

fn found(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.exists())
}

/// Runs a script in a session of the desktop's bus with a keyring that is unlocked.
fn in_session(test: &Test, script: &str) -> Output {
    let unlock = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1";
    let plain = test.command();
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", &format!("{unlock}; {script}")]).current_dir(test.path()).env_clear();
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    for name in ["PATH", "LD_LIBRARY_PATH"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.env("XDG_RUNTIME_DIR", test.path()).output().expect("it runs")
}

#[test]
fn a_token_is_kept_used_and_forgotten_and_stands_in_no_file() {
    if found("dbus-run-session").is_none() || found("gnome-keyring-daemon").is_none() {
        eprintln!("skipped: there is no dbus-run-session, or no gnome-keyring-daemon");
        return;
    }
    let peer = Scripted::new(|_, _| says(200, &json!({"contact": {"id": "c00000000000000000001"}})));
    let test = Test::new();
    let (sayso, url) = (program(), &peer.url);
    let script = format!(
        "printf '{TOKEN}\\n' | {sayso} {} && {sayso} --base-url {url} 'show contact c00000000000000000001' && \
         {sayso} --profile acme logout; {sayso} --base-url {url} 'show contact c00000000000000000001'; echo ended $?",
        SETUP.join(" ")
    );
    let output = in_session(&test, &script);
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let profile = std::fs::read_to_string(test.path().join("config/sayso/profiles.yaml")).expect("a profile");
    assert!(profile.contains("{keyring: acme.highlevel.loc000000000000000acme}"), "{profile}\n{told}");
    let bearer = format!("Bearer {TOKEN}");
    let sent = peer.asked();
    assert!(!sent.is_empty() && sent.iter().all(|asked| asked.header("authorization") == Some(&bearer)), "{told}");
    assert!(told.contains("it is not there") && told.contains("ended 5"), "{told}");
    assert!(!told.contains(TOKEN) && !profile.contains(TOKEN), "{told}");
}
