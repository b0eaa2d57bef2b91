//! Reading the `OpenAPI` files of a service, and making a catalog of them.

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

use sayso::catalog::openapi::{Spec, SpecFiles, read_spec};
use serde_json::{Value, json};
use support::Test;

/// The official files, unless they are not there.
fn official(version: &str) -> Option<Spec> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/specs").join(version);
    let beside = std::env::var_os("SAYSO_SPECS").map(|v2| PathBuf::from(v2).with_file_name(version));
    let folder = beside.unwrap_or(folder);
    if !folder.is_dir() {
        println!("skipped: no official files in {}", folder.display());
        return None;
    }
    let files = SpecFiles::read(&[folder]).expect("the files can be read");
    Some(read_spec(&files).expect("they describe an API"))
}

#[test]
fn the_official_files_are_read_whole() {
    for (version, operations) in [("highlevel-v2", 576), ("highlevel-v3", 627)] {
        let Some(spec) = official(version) else { continue };
        assert_eq!(spec.operations.len(), operations, "{version}");
        let constants = spec.operations.iter().filter(|o| o.constant_header().is_some()).count();
        assert!(constants > 500, "{version}: {constants} operations with a version");
        let undeclared = spec.operations.iter().filter(|o| o.params.iter().any(|param| !param.declared)).count();
        println!("{version}: {} warnings, {undeclared} with undeclared path parameters", spec.warnings.len());
        assert!(!spec.warnings.is_empty(), "{version} has faults");
        assert!(undeclared == 11, "{version}: {undeclared}");
        for warning in &spec.warnings {
            println!("{warning}");
        }
    }
}

const CLINIC: &str = include_str!("fixtures/openapi/clinic.yaml");
const FLEET: &str = include_str!("fixtures/openapi/fleet.yaml");
const FAULTY: &str = include_str!("fixtures/openapi/faulty.yaml");

/// The clinic, imported once for the tests that only read.
static CLINIC_FOLDER: LazyLock<(tempfile::TempDir, Printed)> = LazyLock::new(|| imported(CLINIC));

/// A folder in which a file was imported into `mine`.
fn imported(spec: &str) -> (tempfile::TempDir, Printed) {
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("spec.yaml"), spec).expect("the file is written");
    let ran = run(folder.path(), &["catalog", "import", "spec.yaml", "--into", "mine"], 0);
    (folder, ran)
}

/// What a run printed.
struct Printed {
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, args: &[&str], status: i32) -> Printed {
    let test = Test::new().clock().args(args.iter().copied());
    let ran = test.command().current_dir(folder).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let printed = Printed { stdout: text(ran.stdout), stderr: text(ran.stderr) };
    assert_eq!(ran.status.code(), Some(status), "{args:?}\n{}\n{}", printed.stdout, printed.stderr);
    printed
}

/// Holds phrases to the request that each leads to and what it says.
fn reads(folder: &Path, cases: &[(&str, &str, Value)]) {
    reads_of(folder, &[], cases);
}

/// The same with more arguments.
fn reads_of(folder: &Path, more: &[&str], cases: &[(&str, &str, Value)]) {
    let args: Vec<&str> = [&["--endpoints", "mine"], more, &["route"]].concat();
    let mut command = Test::new().clock().args(args).command();
    let mut running =
        command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program runs");
    let phrases: Vec<&str> = cases.iter().map(|(phrase, ..)| *phrase).collect();
    running.stdin.take().expect("its input").write_all(phrases.join("\n").as_bytes()).expect("the phrases are written");
    let out = String::from_utf8(running.wait_with_output().expect("it ends").stdout).expect("UTF-8");
    let readings: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("a reading")).collect();
    assert_eq!(readings.len(), cases.len(), "{out}");
    for ((phrase, request, params), reading) in cases.iter().zip(readings) {
        assert_eq!(reading["status"], "ready", "{phrase}: {reading}");
        let step = &reading["steps"][0];
        let text = |key: &str| step[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(format!("{} {}", text("method"), text("path")), *request, "{phrase}");
        assert_eq!(step["params"], *params, "{phrase}");
    }
}

#[test]
fn an_imported_service_passes_check_and_test_at_once() {
    let (folder, ran) = &*CLINIC_FOLDER;
    assert!(ran.stdout.starts_with("pet-clinic: 16 operations"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Set PET_CLINIC_TOKEN"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "", "the file has no faults");
    let checked = run(folder.path(), &["catalog", "check", "mine"], 0);
    assert!(checked.stdout.contains("0 warnings, no mistakes"), "{}", checked.stdout);
    let tested = run(folder.path(), &["catalog", "test", "mine"], 0);
    let passed: usize = tested.stdout.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    assert!(passed >= 16 && tested.stdout.contains("0 failed"), "{}", tested.stdout);
}

#[test]
fn what_the_file_says_of_the_service_is_in_its_yaml() {
    let (folder, _) = &*CLINIC_FOLDER;
    let text = |file: &str| std::fs::read_to_string(folder.path().join("mine/pet-clinic").join(file)).expect(file);
    let service = text("service.yaml");
    for part in [
        "base_url: https://eu.clinic.example/v1",
        "auth: {bearer: [PET_CLINIC_TOKEN, PET_CLINIC_API_KEY]}",
        "page: {size: {per_page: 25}, page: {page: 1}}",
        "query: q, by: [name, email]",
        "id_pattern: \"^[0-9]+$\"",
    ] {
        assert!(service.contains(part), "{part} in\n{service}");
    }
    let first = service.lines().next().expect("a first line");
    let schema = first.strip_prefix("# yaml-language-server: $schema=").expect("the line of the editor");
    assert!(folder.path().join("mine/pet-clinic").join(schema).exists(), "{schema}");
    let pets = text("pets.yaml");
    for part in ["enum: [cat, dog, rabbit]", "born: date", "chip.number: text", "body: multipart", "min: 0"] {
        assert!(pets.contains(part), "{part} in\n{pets}");
    }
    assert!(text("visits.yaml").contains("keys: [upcoming, next"), "{}", text("visits.yaml"));
}

#[test]
fn phrases_reach_the_operations_of_an_imported_service() {
    let (folder, _) = &*CLINIC_FOLDER;
    let cases = [
        ("list owners", "GET /owners", json!({})),
        ("show me the owners in city Berlin", "GET /owners", json!({"city": "Berlin"})),
        (
            "add a pet called Rex to owner 12 with species dog",
            "POST /owners/{owner_id}/pets",
            json!({"owner_id": "12", "name": "Rex", "species": "dog"}),
        ),
        ("show pet 7", "GET /pets/{pet_id}", json!({"pet_id": "7"})),
        ("archive pet 7", "POST /pets/{pet_id}/archive", json!({"pet_id": "7"})),
        ("what upcoming visits do we have", "GET /visits/upcoming", json!({})),
        ("cancel visit 3", "POST /visits/{visit_id}/cancel", json!({"visit_id": "3"})),
        ("search owners for jane", "GET /owners/search", json!({"q": "jane"})),
        ("who am i", "GET /me", json!({})),
        ("delete owner 12", "DELETE /owners/{owner_id}", json!({"owner_id": "12"})),
    ];
    reads(folder.path(), &cases);
}

/// Words that only say where an operation belongs, what a record holds and takes, other verbs and other names of fields,
/// names of other programs, names with a version behind a colon.
#[test]
fn what_people_say_beside_verb_and_noun_is_understood() {
    let (folder, ran) = imported(include_str!("fixtures/openapi/studio.yaml"));
    assert!(!ran.stderr.contains("no phrase leads to"), "{}", ran.stderr);
    let add = "POST /albums/{album_id}/items";
    let toggle = "POST /albums/{album_id}/toggle_status";
    let cases = [
        ("list the bots of the platform", "GET /platform/v1/bots", json!({})),
        ("license photo 7", "POST /photos/licenses", json!({"photos": [{"photo_id": "7"}]})),
        ("which photos have I licensed?", "GET /photos/licenses", json!({})),
        ("which photos are kept in album 3?", "GET /albums/{album_id}/items", json!({"album_id": "3"})),
        ("add photo 7 to album 3", add, json!({"album_id": "3", "items": [{"id": "7"}]})),
        ("rename album 3 to Winter", "PATCH /albums/{album_id}", json!({"album_id": "3", "name": "Winter"})),
        ("resolve album 3", toggle, json!({"album_id": "3", "status": "resolved"})),
        ("cancel event 5", "DELETE /events/{event_id}", json!({"event_id": "5"})),
        ("show image redis:7", "GET /images/{name}", json!({"name": "redis:7"})),
    ];
    reads_of(folder.path(), &["--service", "studio"], &cases);
}

/// A look-up of a service that was asked for by name passes over one word that says nothing there, and tells which; an
/// order never does.
#[test]
fn a_word_too_many_is_told_of_and_never_passed_over_by_an_order() {
    let (folder, _) = imported(include_str!("fixtures/openapi/studio.yaml"));
    let route = |phrase: &str, kept: &[&str]| -> Value {
        let args: Vec<&str> = [&["--endpoints", "mine"], kept, &["route", phrase]].concat();
        let ran = Test::new().clock().args(args).command().current_dir(folder.path()).output().expect("it runs");
        serde_json::from_slice(&ran.stdout).expect("a reading")
    };
    let kept = ["--service", "studio"];
    let shown = route("list the splendid photos", &kept);
    assert_eq!(shown["status"], "ready", "{shown}");
    assert_eq!(shown["message"], "I passed over «splendid».", "{shown}");
    for (phrase, kept) in [
        ("delete the splendid photos", &kept[..]),
        ("list the splendid photos", &[]),
        ("splendid photos", &kept),
        ("which banks have photos?", &kept),
    ] {
        let refused = route(phrase, kept);
        assert_eq!(refused["status"], "unknown", "{phrase}: {refused}");
    }
}

#[test]
fn names_and_paths_of_many_kinds_can_be_spoken_of() {
    let (folder, ran) = imported(include_str!("fixtures/openapi/workshop.yaml"));
    assert!(ran.stdout.starts_with("bike-workshop: 16 operations"), "{}", ran.stdout);
    assert!(!ran.stderr.contains("no phrase leads to"), "{}", ran.stderr);
    run(folder.path(), &["catalog", "check", "mine"], 0);
    run(folder.path(), &["catalog", "test", "mine"], 0);
    let cases = [
        ("list bikes", "GET /bikes", json!({})),
        ("create a bike called Comet with color red", "POST /bikes", json!({"name": "Comet", "color": "red"})),
        ("how many bikes are there", "GET /bikes/count", json!({})),
        ("replace bike 7 with name Comet", "PUT /bikes/{id}", json!({"id": "7", "name": "Comet"})),
        ("update bike 7 with name Comet", "PATCH /bikes/{id}", json!({"id": "7", "name": "Comet"})),
        ("check bike 7 in", "POST /bikes/{id}/actions/check_in", json!({"id": "7"})),
        ("check in bike 7", "POST /bikes/{id}/actions/check_in", json!({"id": "7"})),
        ("change the lock of bike 7", "POST /bikes/{id}/actions/change_lock", json!({"id": "7"})),
        ("mark bike 7 as favorite", "PUT /bikes/{id}/favorite", json!({"id": "7"})),
        ("who is in club 3?", "GET /clubs/{id}/members", json!({"id": "3"})),
        ("invite ann@x.com to club 3", "POST /clubs/{id}/invitations", json!({"id": "3", "email": "ann@x.com"})),
        ("create a rider called Ann Smith", "POST /riders", json!({"first_name": "Ann", "last_name": "Smith"})),
        ("show the settings", "GET /settings", json!({})),
        ("change the currency in the settings to EUR", "PATCH /settings", json!({"currency": "EUR"})),
        ("log in with email ann@x.com", "POST /sessions", json!({"email": "ann@x.com"})),
    ];
    reads(folder.path(), &cases);
}

/// One object of a list that a request takes, what a collection holds, records that are called after what they belong to,
/// downloads beside what they are of, what introduces usual values, filters that describe, one thing made from another.
#[test]
fn records_of_other_records_are_spoken_of_as_people_do() {
    let (folder, _) = imported(include_str!("fixtures/openapi/depot.yaml"));
    run(folder.path(), &["catalog", "check", "mine"], 0);
    run(folder.path(), &["catalog", "test", "mine"], 0);
    let items = "/contacts/lists/{id}/items";
    let (listed, added) = (format!("GET {items}"), format!("POST {items}"));
    let cases = [
        (
            "create a contact named Ann with phone +12135550100",
            "POST /contacts",
            json!({"body.name": "Ann", "body.phone": "+12135550100"}),
        ),
        ("which contacts are in contact list 77?", &listed, json!({"id": "77"})),
        ("list the contacts in contact list 77", &listed, json!({"id": "77"})),
        ("add contact 501 to contact list 77", &added, json!({"id": "77", "contactIds": ["501"]})),
        ("download sound 4411 as mp3", "GET /sounds/{id}.mp3", json!({"id": "4411"})),
        ("show sound 4411", "GET /sounds/{id}", json!({"id": "4411"})),
        ("list archived suppliers", "GET /suppliers", json!({"archived": true})),
        ("set up a supplier \"Oakwood\" in EUR", "POST /suppliers", json!({"name": "Oakwood", "currency": "EUR"})),
        ("show me the addresses of our suppliers", "GET /supplier_addresses", json!({})),
        ("what addresses do we have on file for supplier 5?", "GET /supplier_addresses", json!({"supplier_id": "5"})),
        (
            "add a billing address \"12 Mill Lane\" to supplier 5",
            "POST /supplier_addresses",
            json!({"supplier_id": "5", "line_1": "12 Mill Lane", "kind": "billing"}),
        ),
        ("remove address 61 from its supplier", "DELETE /supplier_addresses/{id}", json!({"id": "61"})),
        (
            "save machine web-1 as image app:snapshot",
            "POST /freeze",
            json!({"machine": "web-1", "repo": "app:snapshot"}),
        ),
    ];
    reads_of(folder.path(), &["--service", "depot"], &cases);
    // What is there already is not made once more.
    let args =
        ["--endpoints", "mine", "--service", "depot", "route", "make contact list 5e5ea5c1 readable by everyone"];
    let ran = Test::new().clock().args(args).command().current_dir(folder.path()).output().expect("it runs");
    let refused: Value = serde_json::from_slice(&ran.stdout).expect("a reading");
    assert_eq!(refused["status"], "unknown", "{refused}");
}

/// What people say of services that nobody wrote phrases for: what has happened to a record, what it is like, what it is put to
/// and taken from, what is turned on and off, and who does what.
#[test]
fn everyday_words_reach_the_operations_of_an_imported_service() {
    let (folder, _) = imported(include_str!("fixtures/openapi/harbor.yaml"));
    run(folder.path(), &["catalog", "check", "mine"], 0);
    run(folder.path(), &["catalog", "test", "mine"], 0);
    let ship = || json!({"id": "38"});
    let both = || json!({"id": "38", "convoy": "7"});
    let cases = [
        ("what does ship 38 look like?", "GET /ships/{id}", ship()),
        ("what's the hull thickness of ship 38?", "GET /ships/{id}", ship()),
        ("how big is ship 38?", "GET /ships/{id}", ship()),
        ("list all ships of our company", "GET /ships", json!({})),
        ("what has happened to ship 38 so far?", "GET /ships/{id}/events", ship()),
        ("past events of ship 38", "GET /ships/{id}/events", ship()),
        ("what went wrong with ship 38?", "GET /ships/{id}/errors", ship()),
        ("how is ship 38 doing?", "GET /ships/{id}/stats", ship()),
        ("move ship 38 to dock 7", "PUT /ships/{id}", json!({"id": "38", "dock_id": "7"})),
        ("call ship 38 \"Old Tom\" from now on", "PUT /ships/{id}", json!({"id": "38", "name": "Old Tom"})),
        ("throw away ship 38", "DELETE /ships/{id}", ship()),
        ("I want ship 38 gone", "DELETE /ships/{id}", ship()),
        ("protect ship 38 from being deleted", "POST /ships/{id}/actions/change_protection", ship()),
        ("hook ship 38 up to convoy 7", "POST /ships/{id}/actions/attach_to_convoy", both()),
        ("put ship 38 into convoy 7", "POST /ships/{id}/actions/attach_to_convoy", both()),
        ("take ship 38 out of convoy 7", "POST /ships/{id}/actions/detach_from_convoy", both()),
        ("turn the beacon of ship 38 on", "POST /ships/{id}/actions/enable_beacon", ship()),
        ("stop the beacon of ship 38", "POST /ships/{id}/actions/disable_beacon", ship()),
        ("start ship 38", "POST /ships/{id}/actions/poweron", ship()),
        ("lengthen ship 38 to 200 meters", "POST /ships/{id}/actions/extend", json!({"id": "38", "length": 200})),
        ("take crate 5 off the ship it is on", "POST /crates/{id}/detach", json!({"id": "5"})),
        ("tag ship 38 as fragile", "POST /ships/{id}/tags/{tag_name}", json!({"id": "38", "tag_name": "fragile"})),
        ("untag ship 38 as fragile", "DELETE /ships/{id}/tags/{tag_name}", json!({"id": "38", "tag_name": "fragile"})),
        ("comment \"well done\" on ship 38", "POST /ships/{id}/comments", json!({"id": "38", "text": "well done"})),
        ("use tom.png as the photo of ship 38", "PUT /ships/{id}/photo", json!({"id": "38", "file": "tom.png"})),
        ("number of passengers on ship 38", "GET /ships/{id}/passengers/count", ship()),
        ("number of ships so far", "GET /ships/count", json!({})),
        ("delete convoy 7", "DELETE /convoys/{id}", json!({"id": "7"})),
        ("remove ship 38 from fleet 7", "POST /fleets/{id}/remove", json!({"id": "7", "ship_ids": ["38"]})),
        ("who follows dock 7?", "GET /docks/{id}/followers", json!({"id": "7"})),
        (
            "rename flag red to crimson",
            "PUT /flags/{flag_name}/{new_flag_name}",
            json!({"flag_name": "red", "new_flag_name": "crimson"}),
        ),
        ("show me all the crates on this site", "GET /crates", json!({})),
        ("search crates for apples", "GET /search/crates", json!({"search": "apples"})),
        ("what am I subscribed to?", "GET /users/me/subscriptions", json!({})),
        (
            "unsubscribe me from tom@harbor.example",
            "DELETE /users/me/subscriptions/{handle}",
            json!({"handle": "tom@harbor.example"}),
        ),
        ("turn on fog warnings in the settings", "PATCH /settings", json!({"fog_warning_enabled": true})),
        ("log me out", "POST /auth/logout", json!({})),
    ];
    reads_of(folder.path(), &["--service", "harbor"], &cases);
}

#[test]
fn what_summaries_and_descriptions_say_can_be_said() {
    let (folder, _) = imported(include_str!("fixtures/openapi/jukebox.yaml"));
    run(folder.path(), &["catalog", "check", "mine"], 0);
    run(folder.path(), &["catalog", "test", "mine"], 0);
    let discs = std::fs::read_to_string(folder.path().join("mine/jukebox/disc.yaml")).expect("the file of discs");
    let prune = discs.split("\n\n").find(|text| text.contains("/discs/prune")).expect("the operation");
    assert!(prune.contains("risk: destroy"), "what deletes asks first: {prune}");
    let cases = [
        ("are you alive?", "GET /_ping", json!({})),
        ("what version of jukebox is this?", "GET /version", json!({})),
        ("remove unplayed discs", "POST /discs/prune", json!({})),
        ("prune discs", "POST /discs/prune", json!({})),
        ("list discs", "GET /discs/json", json!({})),
        ("inspect disc d-1", "GET /discs/{id}/json", json!({"id": "d-1"})),
        ("restart disc d-1", "POST /discs/{id}/restart", json!({"id": "d-1"})),
        ("resize disc d-1", "POST /discs/{id}/resize", json!({"id": "d-1"})),
        ("list the tunes playing on disc d-1", "GET /discs/{id}/top", json!({"id": "d-1"})),
        ("check whether I saved song 7ouMYWpw", "GET /me/songs/contains", json!({"ids": ["7ouMYWpw"]})),
        ("show the moods of song 7ouMYWpw", "GET /song-moods/{id}", json!({"id": "7ouMYWpw"})),
        (
            "show the trend of figure songs_per_day",
            "GET /figures/{FIGURE_ID}/trend",
            json!({"FIGURE_ID": "songs_per_day"}),
        ),
    ];
    reads(folder.path(), &cases);
}

#[test]
fn parts_and_doings_of_records_are_spoken_of_as_people_do() {
    let (folder, _) = imported(FLEET);
    let vehicle = |id: &str| json!({"vehicleId": id});
    let cases = [
        ("Where is vehicle 17 right now?", "GET /vehicles/{vehicleId}/location", vehicle("17")),
        ("Who is watching order 640?", "GET /orders/{orderId}/watchers", json!({"orderId": "640"})),
        ("Has message 71 been delivered?", "GET /messages/{messageId}/deliveryStatus", json!({"messageId": "71"})),
        ("Which vehicles stand at depot 4?", "GET /depots/{depotId}/vehicles", json!({"depotId": "4"})),
        ("Archive vehicles 17, 18 and 19", "POST /vehicles/bulkArchive", json!({"ids": ["17", "18", "19"]})),
        ("Take the driver off vehicle 17", "DELETE /vehicles/{vehicleId}/driver", vehicle("17")),
        ("Do a hard reset of vehicle 17", "POST /vehicles/{vehicleId}/actions/reset", vehicle("17")),
        (
            "Switch on delete protection for vehicle 17",
            "POST /vehicles/{vehicleId}/actions/change_protection",
            json!({"vehicleId": "17", "delete": true}),
        ),
        (
            "Change the description of vehicle 17 to \"Out of order\"",
            "PATCH /vehicles/{vehicleId}",
            json!({"vehicleId": "17", "description": "Out of order"}),
        ),
        (
            "Turn off SMS notifications for driver 52",
            "PUT /drivers/{driverId}/settings",
            json!({"driverId": "52", "sms_enabled": false}),
        ),
        ("Rename driver 52 to Ann", "PUT /drivers/{driverId}/profile", json!({"driverId": "52", "name": "Ann"})),
        (
            "Add the note \"Parts have come\" to order 640",
            "POST /orders/{orderId}/annotate",
            json!({"orderId": "640", "text": "Parts have come"}),
        ),
        (
            "Send driver 52 the message \"Call the office\"",
            "POST /messages",
            json!({"driver_id": "52", "text": "Call the office"}),
        ),
        ("Switch my language to German", "PUT /me/preferences", json!({"language": "German"})),
    ];
    reads(folder.path(), &cases);
}

#[test]
fn what_is_joined_kept_and_held_is_spoken_of_as_people_do() {
    let (folder, ran) = imported(include_str!("fixtures/openapi/ensemble.yaml"));
    assert!(ran.stdout.starts_with("ensemble: 16 operations"), "{}", ran.stdout);
    reads_of(
        folder.path(),
        &["--service", "ensemble"],
        &[
            ("save score 4iV5W to my library", "PUT /me/scores", json!({"ids": ["4iV5W"]})),
            ("take score 4iV5W out of my library", "DELETE /me/scores", json!({"ids": ["4iV5W"]})),
            ("which scores have I saved?", "GET /me/scores", json!({})),
            ("is score 4iV5W in my library?", "GET /me/scores/contains", json!({"ids": ["4iV5W"]})),
            ("show score 4iV5W", "GET /scores/{id}", json!({"id": "4iV5W"})),
            ("show scores 4iV5W and 7ouMY", "GET /scores", json!({"ids": ["4iV5W", "7ouMY"]})),
            ("show the analysis of score 4iV5W", "GET /score-analyses/{id}", json!({"id": "4iV5W"})),
            ("list the teachers", "GET /users", json!({"role": "teacher"})),
            ("suspend student 77", "POST /users/{userId}/suspend", json!({"userId": "77"})),
            (
                "add piece 12 to program 5",
                "POST /pieces/{pieceId}/addProgram",
                json!({"pieceId": "12", "program": "5"}),
            ),
            (
                "add program 5 to piece 12",
                "POST /pieces/{pieceId}/addProgram",
                json!({"pieceId": "12", "program": "5"}),
            ),
            (
                "stop user 31 from following piece 12",
                "POST /pieces/{pieceId}/removeFollowers",
                json!({"pieceId": "12", "followers": ["31"]}),
            ),
            ("which files are attached to program 5?", "GET /attachments", json!({"parent": "5"})),
        ],
    );
    // A number with where it is to go is no name of a new one.
    let args = ["--endpoints", "mine", "--service", "ensemble", "route", "create piece 77 to program 22"];
    let ran = Test::new().clock().args(args).command().current_dir(folder.path()).output().expect("it runs");
    let refused: Value = serde_json::from_slice(&ran.stdout).expect("a reading");
    assert_ne!(refused["status"], "ready", "{refused}");
}

#[test]
fn each_fault_of_a_file_is_a_warning_and_every_operation_is_there() {
    let (folder, ran) = imported(FAULTY);
    assert!(ran.stdout.starts_with("faulty-tasks: 5 operations"), "{}", ran.stdout);
    for part in [
        "spec.yaml:7:5: warning: `GET /lists/{listId}/tasks/{taskId}` never declares its path parameter `listId`",
        "names its parameter `fields` twice",
        "refers to `#/components/schemas/Nowhere`",
        "refers to `#/components/responses/Lost`",
        "`POST /lists` has a body without any fields",
        "does not say where the service is",
        "the field `a.b` is left out",
        "its body is `application/octet-stream`, which cannot be sent",
    ] {
        assert!(ran.stderr.contains(part), "{part} in\n{}", ran.stderr);
    }
    run(folder.path(), &["catalog", "check", "mine"], 0);
    run(folder.path(), &["catalog", "test", "mine"], 0);
    reads(
        folder.path(),
        &[
            ("list lists", "GET /lists", json!({})),
            ("show task t1 of list l1", "GET /lists/{listId}/tasks/{taskId}", json!({"listId": "l1", "taskId": "t1"})),
        ],
    );
}

#[test]
fn what_is_of_another_type_is_read_as_it_was_meant_and_told() {
    let (folder, ran) = imported(include_str!("fixtures/openapi/mistyped.yaml"));
    assert!(ran.stdout.starts_with("broken-library: 7 operations"), "{}\n{}", ran.stdout, ran.stderr);
    for part in [
        "spec.yaml:1:1: warning: `servers` is no list of objects",
        "spec.yaml:8:5: warning: `GET /books`: `tags` is no list; it is read as a list of one",
        "`GET /books`: `schema` is `string`, no object; it is read as {\"type\":\"string\"}",
        "`GET /books`: the type `int` is none; it is read as `integer`",
        "`GET /books`: `minimum` is `one`, no number",
        "`GET /books`: `maximum` is `50`, no number",
        "`GET /books` refers to `#/components/parameters/Missing`, which is nowhere",
        "`GET /books`: `nonsense` among its parameters is none; it is left out",
        "`GET /books`: `name` is no text",
        "`GET /books`: its `responses` is no object; it is left out",
        "spec.yaml:19:5: warning: `POST /books` has the operationId `listBooks` of `GET /books`; it goes without",
        "`/books/{bookId}`: its `parameters` are `none`, no list; they are left out",
        "`GET /books/{bookId}`: `operationId` is no text",
        "`GET /books/{bookId}`: `summary` is no text",
        "`delete` of `/books/{bookId}` is no operation",
        "`PATCH /books/{bookId}`: `application/json` of its content is no object; it is left out",
        "`POST /books/{bookId}/lend`: its `parameters` are no list; they are read as named by their keys",
        "`POST /books/{bookId}/lend`: `required` is neither true nor false; it is read as true",
        "`POST /books/{bookId}/lend`: `allOf` is no list; it is read as a list of one",
        "`/loops` is `#/paths/~1loops`, which refers to itself",
        "`/nothing` holds no operations",
        "`Book`: `required` is no list; it is read as a list of one",
        "`Book`: the type `long` is none; it is read as `integer`",
        "`Book`: the type `colour` is none; anything is taken",
        "`Book`: `enum` is no list; it is read as a list of one",
        "refers to `#/components/schemas/Self`, which refers to itself",
    ] {
        assert_eq!(ran.stderr.matches(part).count(), 1, "{part} in\n{}", ran.stderr);
    }
    run(folder.path(), &["catalog", "check", "mine"], 0);
    run(folder.path(), &["catalog", "test", "mine"], 0);
    let cases = [
        ("list books with q dune", "GET /books", json!({"q": "dune"})),
        ("show book 7", "GET /books/{bookId}", json!({"bookId": "7"})),
        ("lend book 7", "POST /books/{bookId}/lend", json!({"bookId": "7"})),
        ("list members", "GET /members", json!({})),
    ];
    reads(folder.path(), &cases);
}

#[test]
fn descriptions_of_the_older_kind_are_read_with_their_faults() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let text = "\u{feff}{\"swagger\": \"2.0\", \"info\": {\"title\": \"Corner Shop\"}, \"host\": \"shop.example\",
        \"paths\": {\"/items\": {\"get\": {\"summary\": \"List items\"},
            \"post\": {\"summary\": \"Create an item\", \"parameters\": [
                {\"in\": \"body\", \"name\": \"body\", \"schema\": {\"$ref\": \"#/definitions/Item\"}}]}},
        \"/items/{id}/photo\": {\"put\": {\"parameters\": [{\"in\": \"formData\", \"name\": \"file\", \"type\": \"file\"}]}}},
        \"definitions\": {\"Item\": {\"required\": [\"name\"], \"properties\": {\"name\": {\"type\": \"string\"}}}}}";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (file, bytes) in [("narrow.json", text.as_bytes()), ("wide.json", &wide)] {
        std::fs::write(folder.path().join(file), bytes).expect("the file is written");
        let ran = run(folder.path(), &["catalog", "import", file, "--into", file.trim_end_matches(".json")], 0);
        assert!(ran.stdout.starts_with("corner-shop: 3 operations"), "{}", ran.stdout);
        let warnings: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("warning")).collect();
        assert!(
            matches!(warnings.as_slice(), [one] if one.contains("never declares its path parameter `id`")),
            "{warnings:?}"
        );
    }
    let yaml = std::fs::read_to_string(folder.path().join("wide/corner-shop/items.yaml")).expect("the file");
    assert!(yaml.contains("body: multipart") && yaml.contains("name: {type: text"), "{yaml}");
    run(folder.path(), &["catalog", "check", "narrow"], 0);
}

#[test]
fn edited_files_are_not_written_over_without_leave() {
    let (folder, _) = imported(CLINIC);
    let again = ["catalog", "import", "spec.yaml", "--into", "mine"];
    assert!(run(folder.path(), &again, 0).stdout.contains("0 files written"));
    let file = folder.path().join("mine/pet-clinic/pets.yaml");
    let before = std::fs::read_to_string(&file).expect("the file");
    let edited = before.replace("Get a pet", "See a pet");
    std::fs::write(&file, &edited).expect("the edit");
    let refused = run(folder.path(), &again, 2);
    assert!(
        refused.stderr.contains("mine/pet-clinic/pets.yaml") && refused.stderr.contains("--force"),
        "{}",
        refused.stderr
    );
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), edited);
    run(folder.path(), &[again.as_slice(), &["--force"]].concat(), 0);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), before);
}

#[test]
fn a_service_that_is_there_already_keeps_its_name() {
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("spec.yaml"), CLINIC).expect("the file is written");
    let args = ["--service", "highlevel", "catalog", "import", "spec.yaml", "--into", "mine"];
    let refused = run(folder.path(), &args, 2);
    assert!(refused.stderr.contains("a service `highlevel` already"), "{}", refused.stderr);
    assert!(!folder.path().join("mine").exists());
}

#[test]
fn what_is_no_description_is_refused_with_its_place() {
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("spec.json"), "{\"openapi\": \"3.0.0\",\n \"paths\": ]}").expect("written");
    let refused = run(folder.path(), &["catalog", "import", "spec.json", "--into", "mine"], 2);
    assert!(refused.stderr.contains("spec.json:2:"), "{}", refused.stderr);
    let refused = run(folder.path(), &["catalog", "import", "nothing.json", "--into", "mine"], 2);
    assert!(refused.stderr.contains("nothing.json"), "{}", refused.stderr);
}
