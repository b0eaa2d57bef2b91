//! In version 3 of the API, whatever the program sends is what the official files of that version allow. Where they are
//! not at hand, there is nothing to compare with.

#![allow(dead_code, reason = "the modules serve the test of the usual version too")]

#[path = "official/judge.rs"]
mod judge;
#[path = "official/requests.rs"]
mod requests;
#[path = "official/schema.rs"]
mod schema;
#[path = "official/sent.rs"]
mod sent;
#[path = "official/spec.rs"]
mod spec;

use std::collections::BTreeSet;

use requests::Requests;
use sayso::catalog::{Lifecycle, OpId, Parameter, Variation};
use sent::Sent;
use spec::Spec;

const SERVICE: &str = "highlevel";
const VERSION: &str = "v3";

/// Faults of the files themselves: properties declared as objects or numbers whose examples are plain words.
const EXCUSED: &[(&str, &str)] = &[
    ("associations.", "Key`)"),
    ("associations.", "Label`)"),
    ("contacts.", "(at `/dateOfBirth`)"),
    ("conversations.add-inbound-message", "(at `/direction`)"),
    ("conversations.send-message", "(at `/subType`)"),
    ("opportunities.upsert", "(at `/monetaryValue`)"),
    ("phone-system.buy", "(at `/numberType`)"),
    ("products.bulk-update-reviews", "(at `/status`)"),
    ("social.list-posts", "(at `/postType`)"),
    ("social.update-queue", "(at `/status`)"),
    ("store.", "/code`)"),
    ("store.save-settings", "(at `/shippingOrigin/country`)"),
];

/// Not settled in any version yet (`tests/official.rs`): alternatives that a request with every parameter mixes.
const UNSETTLED: &[&str] = &[
    "conversation-ai.add-action",
    "conversation-ai.update-action",
    "facebook-ads.get-report",
    "google-ads.get-report",
    "google-ads.save-asset",
    "social.connect-account",
    "voice-ai.create-action",
    "voice-ai.update-action",
];

fn faults(spec: &Spec, requests: &Requests, id: OpId, calls: impl Iterator<Item = (bool, usize)>) -> BTreeSet<String> {
    let operation = requests.catalog().operation(id);
    let mut found = BTreeSet::new();
    for (all, turn) in calls {
        let faults = match requests.of_call(id, all, turn) {
            Ok(draft) => judge::faults(spec, &Sent::from(&draft)),
            Err(problem) => vec![problem],
        };
        let with = if all { "with everything" } else { "with what is required" };
        found.extend(faults.into_iter().map(|fault| format!("{}: {with}: {fault}", operation.name)));
    }
    found
}

/// How many requests it takes to send each of the allowed values once.
fn most_values(parameter: &Parameter) -> usize {
    parameter.fields.iter().map(most_values).max().unwrap_or(1).max(parameter.values.len())
}

#[test]
fn every_operation_that_version_3_has_is_sent_as_it_wants_it() {
    let Some(folder) = spec::folder() else { return };
    let newer = spec::newer(&folder);
    if !newer.is_dir() {
        return println!("skipped: no official files in {}", newer.display());
    }
    let (spec, requests) = (Spec::read(&[&newer]), Requests::in_version(Some(VERSION)));
    let catalog = requests.catalog();
    let (mut found, mut own, mut same) = (BTreeSet::new(), 0, 0);
    for id in catalog.ids() {
        let operation = catalog.operation(id);
        if operation.service != SERVICE || operation.lifecycle == Lifecycle::Undocumented {
            continue;
        }
        match catalog.variation(id) {
            Variation::Absent => {
                let there = spec.operation(operation.method.as_str(), &operation.path, Some(VERSION));
                let there = there.is_some_and(|there| there.path == operation.path);
                assert!(!there, "version 3 has {}", operation.name);
            }
            Variation::Own => {
                let turns = operation.params.iter().map(most_values).max().unwrap_or(1);
                own += 1;
                found.extend(faults(&spec, &requests, id, (0..turns).map(|turn| (true, turn)).chain([(false, 0)])));
            }
            Variation::Same => {
                same += 1;
                found.extend(faults(&spec, &requests, id, [(true, 0), (false, 0)].into_iter()));
            }
        }
    }
    assert!(own > 80 && own + same > 620, "{own} operations of their own, {same} as they are");
    found.retain(|line| !UNSETTLED.iter().any(|operation| line.starts_with(&format!("{operation}:"))));
    let excused = |line: &String, (operation, part): &(&str, &str)| line.starts_with(operation) && line.contains(part);
    found.retain(|line| !EXCUSED.iter().any(|excuse| excused(line, excuse)));
    let all = found.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(found.is_empty(), "{} faults:\n{all}", found.len());
}
