//! What people say of a service that was imported, and what it must not be taken for.

mod support;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::LazyLock;

use serde_json::{Value, json};
use support::Test;

/// The guest house, imported once.
static LODGE: LazyLock<tempfile::TempDir> = LazyLock::new(|| imported(include_str!("fixtures/openapi/lodge.yaml")));

/// A folder in which a file was imported into `mine`.
fn imported(spec: &str) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("spec.yaml"), spec).expect("the file is written");
    let args = ["catalog", "import", "spec.yaml", "--service", "svc", "--into", "mine"];
    let ran = Test::new().clock().args(args).command().current_dir(folder.path()).output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder
}

/// What phrases of the service are read as.
fn readings(folder: &Path, phrases: &[&str]) -> Vec<Value> {
    let args = ["--endpoints", "mine", "--service", "svc", "route"];
    let mut command = Test::new().clock().args(args).command();
    let mut running =
        command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program runs");
    running.stdin.take().expect("its input").write_all(phrases.join("\n").as_bytes()).expect("the phrases are written");
    let out = String::from_utf8(running.wait_with_output().expect("it ends").stdout).expect("UTF-8");
    let readings: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("a reading")).collect();
    assert_eq!(readings.len(), phrases.len(), "{out}");
    readings
}

#[test]
fn phrases_lead_to_the_requests_of_an_imported_service() {
    let cases = [
        ("put room rm_204 back into service", "POST /rooms/{roomId}/unblock", json!({"roomId": "rm_204"})),
        ("what are the policies of room rm_204?", "GET /rooms/{roomId}/policies", json!({"roomId": "rm_204"})),
        ("make room rm_204 non-smokeable", "PATCH /rooms/{roomId}", json!({"roomId": "rm_204", "smokeable": false})),
        ("mark booking bk_7 as a no-show", "POST /bookings/{bookingId}/no-show", json!({"bookingId": "bk_7"})),
        (
            "put booking bk_7 into room rm_204",
            "PUT /bookings/{bookingId}/room",
            json!({"bookingId": "bk_7", "roomId": "rm_204"}),
        ),
        (
            "change booking bk_7 from 2026-12-01 to 2026-12-04",
            "PATCH /bookings/{bookingId}",
            json!({"bookingId": "bk_7", "arrivalDate": "2026-12-01", "departureDate": "2026-12-04"}),
        ),
        (
            "add 5 of SKU SB-100 to booking bk_7",
            "POST /bookings/{bookingId}/lines",
            json!({"bookingId": "bk_7", "quantity": 5, "sku": "SB-100"}),
        ),
        ("show tour 3311", "GET /tours/2.0/{tourId}", json!({"tourId": "3311"})),
        ("end tour 3311", "PUT /tours/{tourId}/status", json!({"tourId": "3311", "action": "end"})),
        ("list the guides walking on tour 3311", "GET /tours/{tourId}/guides", json!({"tourId": "3311"})),
        ("show single send 801", "GET /singlesends/{id}", json!({"id": "801"})),
        ("list the rooms of our Zoom account", "GET /rooms", json!({})),
        ("take tom@example.com off the blocks list", "DELETE /blocks/{email}", json!({"email": "tom@example.com"})),
    ];
    let phrases: Vec<&str> = cases.iter().map(|(phrase, ..)| *phrase).collect();
    let mut wrong = Vec::new();
    for ((phrase, request, params), reading) in cases.iter().zip(readings(LODGE.path(), &phrases)) {
        let step = &reading["steps"][0];
        let got =
            format!("{} {}", step["method"].as_str().unwrap_or_default(), step["path"].as_str().unwrap_or_default());
        if reading["status"] != "ready" || got != *request || step["params"] != *params {
            wrong.push(format!("{phrase}\n  {reading}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_would_write_something_else_is_not_ready() {
    let phrases = ["make room rm_204 windowless", "create a room in wing east named Blue Suite"];
    for (phrase, reading) in phrases.iter().zip(readings(LODGE.path(), &phrases)) {
        assert_ne!(reading["status"], "ready", "{phrase}: {reading}");
    }
    let ensemble = imported(include_str!("fixtures/openapi/ensemble.yaml"));
    let phrase = "save piece 77 as a program named Duo";
    let reading = &readings(ensemble.path(), &[phrase])[0];
    assert_ne!(reading["status"], "ready", "{reading}");
}
