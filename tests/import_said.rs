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
    read_as(LODGE.path(), &cases);
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

#[test]
fn a_line_that_is_not_understood_is_about_what_its_words_are_about() {
    let policies = ("GET /rooms/{roomId}/policies", json!({"roomId": "rm_204"}));
    read_as(
        LODGE.path(),
        &[
            ("fetch all the house policies that hold for room rm_204", policies.0, policies.1.clone()),
            ("which policies hold for whoever sleeps in room rm_204?", policies.0, policies.1.clone()),
        ],
    );
    // What changes anything is asked about.
    let asked = [
        ("flip the status of tour 12 over to finished", "/tours/{tourId}/status"),
        ("register the family Miller's towels as a line on booking bk_7", "/bookings/{bookingId}/lines"),
        ("enlist another room for the attic", "/rooms"),
    ];
    let phrases: Vec<&str> = asked.iter().map(|(phrase, _)| *phrase).collect();
    for (reading, (phrase, path)) in readings(LODGE.path(), &phrases).iter().zip(asked) {
        assert_eq!(reading["status"], "incomplete", "{phrase}: {reading}");
        assert_eq!(reading["steps"][0]["path"], path, "{phrase}: {reading}");
        assert_eq!(reading["steps"][0]["missing"][0], "agreement", "{phrase}: {reading}");
    }
    let refused = [
        "deactivate room rm_204",
        "delete the previous room",
        "delete booking bk_7 and all of their lines",
        "don't flip the status of tour 12",
        "book me a flight to Rome",
        "what is the weather in Paris?",
    ];
    for (reading, phrase) in readings(LODGE.path(), &refused).iter().zip(refused) {
        assert_ne!(reading["status"], "ready", "{phrase}: {reading}");
    }
}

/// Asserts what phrases of a service are read as.
fn read_as(folder: &Path, cases: &[(&str, &str, Value)]) {
    let phrases: Vec<&str> = cases.iter().map(|(phrase, ..)| *phrase).collect();
    let mut wrong = Vec::new();
    for ((phrase, request, params), reading) in cases.iter().zip(readings(folder, &phrases)) {
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
fn records_beside_the_path_of_a_call_are_spoken_of_as_if_they_stood_in_it() {
    let folder = imported(include_str!("fixtures/openapi/switchboard.yaml"));
    let line = || json!({"line": "ln_7"});
    read_as(
        folder.path(),
        &[
            ("list all lines", "GET /lines.list", json!({})),
            ("show line ln_7", "GET /lines.info", line()),
            ("mute line ln_7", "POST /lines.mute", line()),
            (
                "set the greeting of line ln_7 to \"good day\"",
                "POST /lines.setGreeting",
                json!({"extension": "ln_7", "greeting": "good day"}),
            ),
            ("list the callers of line ln_7", "GET /lines.callers", line()),
            ("create a team named Night Shift", "POST /teams.create", json!({"name": "Night Shift"})),
            (
                "add agents ag_1 and ag_2 to team tm_3",
                "POST /teams.agents.add",
                json!({"team": "tm_3", "agents": ["ag_1", "ag_2"]}),
            ),
            ("disable team tm_3", "POST /teams.disable", json!({"team": "tm_3"})),
            (
                "find the agent with the email ann@example.com",
                "GET /agents.lookupByEmail",
                json!({"email": "ann@example.com"}),
            ),
        ],
    );
    // What a record is asked for does not go without it.
    let reading = &readings(folder.path(), &["mute the line"])[0];
    assert_eq!(reading["status"], "incomplete", "{reading}");
    let mut command = Test::new().clock().args(["--endpoints", "mine", "catalog", "test"]).command();
    let ran = command.current_dir(folder.path()).output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}

#[test]
fn records_in_bodies_and_verbs_of_descriptions_are_understood() {
    let folder = imported(include_str!("fixtures/openapi/vault.yaml"));
    read_as(
        folder.path(),
        &[
            (
                "copy file 12345 into folder 67890",
                "POST /files/{file_id}/copy",
                json!({"file_id": "12345", "parent.id": "67890"}),
            ),
            ("permanently delete folder 4321", "DELETE /folders/{folder_id}/trash", json!({"folder_id": "4321"})),
            ("delete folder 4321 for good", "DELETE /folders/{folder_id}/trash", json!({"folder_id": "4321"})),
            ("delete folder 4321", "DELETE /folders/{folder_id}", json!({"folder_id": "4321"})),
            ("lock folder 4321", "POST /folder_locks", json!({"folder.id": "4321"})),
            ("abort upload 99", "DELETE /uploads/{upload_id}", json!({"upload_id": "99"})),
            (
                "change comment 12 to \"looks good\"",
                "PUT /comments/{comment_id}",
                json!({"comment_id": "12", "message": "looks good"}),
            ),
            (
                "who are the collaborators on file 12345?",
                "GET /files/{file_id}/collaborations",
                json!({"file_id": "12345"}),
            ),
            (
                "terminate the sessions of the groups 123 and 456",
                "POST /groups/terminate_sessions",
                json!({"group_ids": ["123", "456"]}),
            ),
            (
                "comment \"well done\" on file 12345",
                "POST /comments",
                json!({"message": "well done", "item.id": "12345", "item.type": "file"}),
            ),
            ("view document 12345", "GET /files/{file_id}", json!({"file_id": "12345"})),
            (
                "remove task assignment 12",
                "DELETE /task_assignments/{task_assignment_id}",
                json!({"task_assignment_id": "12"}),
            ),
            ("remove task 12", "DELETE /tasks/{task_id}", json!({"task_id": "12"})),
            ("pause backup 77", "POST /backups/{backup_id}/pause_backup", json!({"backup_id": "77"})),
        ],
    );
}
