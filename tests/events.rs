//! What a service reports of its own accord stands in the catalog, and can be listed.

mod support;

use std::collections::BTreeSet;

use sayso::catalog::{Catalog, Lifecycle};
use support::Test;

/// Some that every list of `HighLevel`'s events has.
const KNOWN: &[&str] = &[
    "AppInstall",
    "AppUninstall",
    "AppointmentCreate",
    "CampaignStatusUpdate",
    "ContactCreate",
    "ContactDndUpdate",
    "ContactTagUpdate",
    "ConversationUnreadWebhook",
    "InboundMessage",
    "InvoicePaid",
    "LCEmailStats",
    "LocationCreate",
    "NoteCreate",
    "ObjectSchemaCreate",
    "OpportunityStageUpdate",
    "OrderStatusUpdate",
    "OutboundMessage",
    "PriceCreate",
    "RecordCreate",
    "RelationCreate",
    "TaskComplete",
    "UserCreate",
    "VoiceAiCallEnd",
];

#[test]
fn the_events_that_ship_are_those_people_know() {
    let catalog = Catalog::builtin();
    let official = catalog.events().iter().filter(|event| event.lifecycle == Lifecycle::Official);
    let names: BTreeSet<&str> = official.map(|event| event.name.as_str()).collect();
    let missing: Vec<&&str> = KNOWN.iter().filter(|name| !names.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(names.len() > 70, "{} events", names.len());
    for event in catalog.events() {
        assert!(!event.tells.ends_with('.') && event.tells.len() > 15, "{event:?}");
    }
}

#[test]
fn events_are_listed_and_searched() {
    let ran = Test::new().args(["catalog", "events", "stage"]).run();
    assert_eq!(ran.stdout, "OpportunityStageUpdate  opportunities  an opportunity moved to another stage\n");
    let ran = Test::new().args(["--output", "json", "catalog", "events", "unread"]).run();
    let event = &ran.json()[0];
    assert_eq!(event["event"], "ConversationUnreadWebhook");
    assert_eq!(event["type"], "ConversationUnreadUpdate");
    assert_eq!(event["group"], "conversations");
    assert_eq!(event["resource"], "conversation");
    let ran = Test::new().args(["catalog", "events", "CourseCreated"]).run();
    assert!(ran.stdout.contains("not in the official list"), "{}", ran.stdout);
    Test::new().args(["catalog", "events", "frobnicated"]).status(3).run();
}

#[test]
fn a_layer_adds_events_and_changes_them() {
    let mine = "events:\n  ContactCreate: {tells: a lead came in}\n  ContactMerge: {group: contacts, tells: two contacts became one}\n";
    let test = || Test::new().file("mine/highlevel/more.yaml", mine).args(["--endpoints", "mine", "--output", "json"]);
    let event = test().args(["catalog", "events", "ContactCreate"]).run().json()[0].clone();
    assert_eq!(event["tells"], "a lead came in");
    assert_eq!(event["resource"], "contact");
    assert_eq!(test().args(["catalog", "events", "ContactMerge"]).run().json()[0]["group"], "contacts");
}
