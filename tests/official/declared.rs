//! What an operation needs beside its values: version, scopes and the kind of token, as the official files have them.

use std::collections::BTreeSet;

use sayso::catalog::{Method, Operation, TokenKind};
use serde_json::Value;

use crate::requests::Requests;
use crate::spec::{self, Spec, SpecOperation};

#[test]
fn every_official_operation_is_there_and_needs_what_the_files_say() {
    let Some(folder) = spec::folder() else { return };
    let (spec, requests) = (Spec::read(&[&folder, &spec::newer(&folder)]), Requests::new());
    let mut found = Vec::new();
    for official in &spec.operations {
        let method = Method::ALL.into_iter().find(|m| m.as_str() == official.method).expect("a method");
        let Some(id) = requests.catalog().by_request(method, &official.path) else {
            found.push(format!("{} is not in the catalog", official.request_line()));
            continue;
        };
        let operation = requests.catalog().operation(id);
        let differ = differences(&spec, official, operation);
        found.extend(differ.into_iter().map(|what| format!("{}: {what}", operation.name)));
    }
    println!("{} operations", spec.operations.len());
    assert!(spec.operations.len() > 500, "the files hold the whole API");
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

fn differences(spec: &Spec, official: &SpecOperation, operation: &Operation) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            found.push(format!("{what} is {ours}, officially {theirs}"));
        }
    };
    compare("the path", operation.path.clone(), official.path.clone());
    if let Some(version) = official.version() {
        compare("the version", operation.version.clone().unwrap_or_default(), version.to_owned());
    }
    let (scopes, token) = security(spec, official);
    let ours: BTreeSet<String> = operation.scopes.iter().cloned().collect();
    compare("the list of scopes", format!("{ours:?}"), format!("{scopes:?}"));
    if let Some(token) = token {
        compare("the token", format!("{:?}", operation.token), format!("{token:?}"));
    }
    found
}

/// The scopes of an operation, and the kind of token when the files tell.
fn security(spec: &Spec, official: &SpecOperation) -> (BTreeSet<String>, Option<TokenKind>) {
    let listed = official.whole["security"].as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
    let (mut scopes, mut agency, mut account) = (BTreeSet::new(), false, false);
    for (scheme, wanted) in listed {
        scopes.extend(wanted.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        let told = spec.scheme(official, scheme)["description"].as_str().unwrap_or_default();
        // A scheme that is only called `bearer` says in prose whose token it means.
        let of_agency = scheme.starts_with("Agency")
            || (scheme == "bearer" && told.contains("Agency") && !told.contains("Sub-Account"));
        agency |= of_agency;
        account |= !of_agency;
    }
    let token = match (agency, account) {
        (true, true) => Some(TokenKind::Any),
        (true, false) => Some(TokenKind::Agency),
        (false, true) => Some(TokenKind::SubAccount),
        (false, false) => None,
    };
    (scopes, token)
}
