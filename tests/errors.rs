//! Errors of the API told by their true cause and what to do, and in its own words where those are asked for.

mod scripted;
mod support;

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::Test;

const TOKEN: &str = "pit-errors-31";

fn test(peer: &Scripted, args: &[&str]) -> Test {
    let test = Test::new().args(["--base-url", &peer.url]).args(args.iter().copied()).clock();
    test.env("HIGHLEVEL_TOKEN", TOKEN).env("HIGHLEVEL_LOCATION_ID", "loc000000000000000001")
}

/// The answer to a bot's call, when the API answers so.
fn answered(status: u16, body: Value, operation: &str, params: &Value) -> Value {
    let peer = Scripted::new(move |_, _| says(status, &body));
    let line = json!({"id": 1, "operation": operation, "params": params});
    test(&peer, &["--yes", "pipe"]).stdin(format!("{line}\n")).run().json()
}

/// Kind, message and hint of the error of getting a contact.
fn told(status: u16, message: &str) -> (String, String, String) {
    let body = json!({"statusCode": status, "message": message});
    let answer = answered(status, body, "contacts.get", &json!({"contactId": "c00000000000000000001"}));
    let error = &answer["error"];
    assert_eq!(error["api"], json!({"status": status, "said": message}), "{answer}");
    let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
    assert!(text("message").contains(message), "the API's own words are kept: {answer}");
    (text("kind"), text("message"), text("hint"))
}

#[test]
fn a_missing_scope_is_named_with_the_place_to_add_it() {
    let (kind, message, hint) = told(401, "The token is not authorized for this scope.");
    assert_eq!(kind, "credentials");
    assert!(message.starts_with("The token is valid, but was made without the scope contacts.readonly"), "{message}");
    assert!(hint.starts_with("Add contacts.readonly under Settings → Private Integrations"), "{hint}");
}

#[test]
fn a_401_that_is_not_about_the_token_says_so() {
    let (kind, message, hint) = told(401, "This route is not yet supported by the IAM Service.");
    assert_eq!(kind, "api");
    assert!(message.starts_with("HighLevel knows no GET /contacts/{contactId}; paths are case-sensitive"), "{message}");
    assert!(hint.contains("contacts.yaml:"), "{hint}");
    let (kind, message, _) = told(401, "Command timed out");
    assert_eq!(kind, "timeout");
    assert!(message.contains("the token is fine"), "{message}");
    let (kind, message, _) = told(401, "version header was not found.");
    assert_eq!(kind, "api");
    assert!(message.contains("contacts.get"), "{message}");
}

#[test]
fn an_address_that_is_not_served_is_no_missing_record() {
    let (kind, message, hint) = told(404, "Cannot GET /Contacts/c00000000000000000001");
    assert_eq!(kind, "api");
    assert!(
        message.starts_with("HighLevel serves no GET /contacts/{contactId}; paths are case-sensitive"),
        "{message}"
    );
    assert!(hint.contains("contacts.yaml:"), "{hint}");
    assert!(told(404, "Contact not found").1.starts_with("There is no such record"));
}

#[test]
fn an_error_that_comes_with_a_200_is_one() {
    let body = json!({"statusCode": 400, "message": "It did not work", "success": false});
    let params = json!({"contactId": "c00000000000000000001", "city": "Troy"});
    let answer = answered(200, body, "contacts.update", &params);
    assert_eq!(answer["status"], "failed", "{answer}");
    assert!(answer["error"]["message"].as_str().is_some_and(|m| m.contains("It did not work")), "{answer}");
}

#[test]
fn an_expired_token_and_one_of_another_account_are_told_apart() {
    let (kind, message, hint) = told(401, "Invalid JWT");
    assert_eq!(kind, "credentials");
    assert!(message.starts_with("The token is wrong, expired"), "{message}");
    assert!(hint.contains("HIGHLEVEL_TOKEN"), "{hint}");
    let (kind, message, hint) = told(403, "The token does not have access to this location.");
    assert_eq!(kind, "credentials");
    assert!(message.starts_with("The token belongs to another sub-account"), "{message}");
    assert!(hint.contains("--location"), "{hint}");
}

#[test]
fn a_token_of_the_wrong_kind_is_told_by_what_the_operation_takes() {
    let (_, message, hint) = told(403, "Forbidden resource");
    assert!(message.starts_with("Only a token of the sub-account may do this"), "{message}");
    assert!(hint.contains("under `locations`"), "{hint}");
    let forbidden = json!({"statusCode": 403, "message": "Forbidden resource"});
    let answer = answered(403, forbidden, "snapshots.list", &json!({"companyId": "co0000000000000000001"}));
    let error = &answer["error"];
    assert!(error["message"].as_str().is_some_and(|m| m.starts_with("Only a token of the agency")), "{answer}");
    assert!(error["hint"].as_str().is_some_and(|h| h.contains("kind: agency")), "{answer}");
}

#[test]
fn a_plan_that_is_too_low_is_no_fault_of_the_token() {
    let (kind, message, hint) = told(403, "Please upgrade your plan to use this feature");
    assert_eq!(kind, "api");
    assert!(message.starts_with("The plan of the account does not include"), "{message}");
    assert!(hint.starts_with("Upgrade the plan"), "{hint}");
}

#[test]
fn a_field_that_the_api_does_not_take_is_named_with_the_one_that_was_meant() {
    let (kind, message, hint) = told(422, "property contactid should not exist");
    assert_eq!(kind, "api");
    assert!(message.starts_with("contacts.get does not take `contactid`"), "{message}");
    assert_eq!(hint, "did you mean `contactId`?");
    let (_, _, hint) = told(422, "property zzzzzzzzzzz should not exist");
    assert_eq!(hint, "Leave it out; `sayso catalog show contacts.get` lists what it takes.");
}

#[test]
fn a_missing_account_and_a_page_that_is_too_long_are_explained() {
    let (_, message, hint) = told(422, "locationId must be a string");
    assert!(message.starts_with("The request does not say which sub-account"), "{message}");
    assert!(hint.contains("HIGHLEVEL_LOCATION_ID"), "{hint}");
    let (_, message, hint) = told(400, "limit must not be greater than 100");
    assert!(message.starts_with("A page of contacts.get holds at most 100 records"), "{message}");
    assert!(hint.starts_with("Ask for 100 or fewer"), "{hint}");
}

#[test]
fn a_duplicate_names_the_record_that_is_there() {
    let body = json!({
        "statusCode": 400, "message": "This location does not allow duplicated contacts.",
        "meta": {"contactId": "c00000000000000000009", "contactName": "jane doe", "matchingField": "email"},
    });
    let answer = answered(400, body, "contacts.create", &json!({"firstName": "Jane", "email": "jane@acme.com"}));
    let error = &answer["error"];
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("the same email: jane doe (c00000000000000000009)"), "{answer}");
    assert!(error["hint"].as_str().is_some_and(|h| h.starts_with("Update c00000000000000000009")), "{answer}");
}

#[test]
fn the_whole_answer_is_told_on_request() {
    let peer = Scripted::new(|_, _| says(422, &json!({"message": ["a is bad"], "traceId": "trace-77"})));
    let quiet = test(&peer, &["show contact c00000000000000000001"]).status(1).run();
    assert!(!quiet.stderr.contains("trace-77"), "{}", quiet.stderr);
    let verbose = test(&peer, &["-v", "show contact c00000000000000000001"]).status(1).run();
    assert!(verbose.stderr.contains("trace-77"), "{}", verbose.stderr);
}
