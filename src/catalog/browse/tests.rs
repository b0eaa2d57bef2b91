//! What people see of a catalog, over a small one.

use super::{lint, list, show, skeleton};
use crate::catalog::{Catalog, Layer, load};
use crate::diagnostic::lines;

const SERVICE: &str = "
service: acme
title: Acme
base_url: https://api.acme.test/v1
auth: {bearer: [ACME_TOKEN, ACME_KEY]}
version_header: X-Version
pagination: {pages: {size: {limit: 50}, page: {page: 1}}}
resources:
  pet: {nouns: [pet, animal]}
";

const PETS: &str = "
operations:
  pets.create:
    request: POST /pets
    version: 2
    scopes: [pets.write]
    params:
      name: {required: true, names: [full name], help: What it is called}
      kind: {enum: [cat, dog], required: true, default: cat}
      owner.email: {type: email, required: true}
      owner.note: {example: it's his, required: true}
    say:
      - register {name}
    undo: pets.delete
  pets.delete: {request: 'DELETE /pets/{{ petId }}', params: {petId: pet}}
  pets.list: {request: GET /pets, params: {limit: {type: integer, max: 50}}, page: pages, returns: {resource: pet, at: pets}}
  shots.list: {request: GET /shots}
";

fn layer(files: &[(&str, &str)]) -> Layer {
    Layer::new("", files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
}

fn loaded(pets: &str) -> Catalog {
    match load(&[layer(&[("acme/service.yaml", SERVICE), ("acme/pets.yaml", pets)])]) {
        Ok(loaded) => loaded.catalog,
        Err(found) => panic!("{}", lines(&found)),
    }
}

fn names(words: &[&str]) -> Vec<String> {
    let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
    list(&loaded(PETS), &words).into_iter().map(|o| o.name.clone()).collect()
}

#[test]
fn a_list_without_words_has_all() {
    assert_eq!(names(&[]), ["pets.create", "pets.delete", "pets.list", "shots.list"]);
}

#[test]
fn every_word_must_fit() {
    assert_eq!(names(&["delete", "animals"]), ["pets.delete"]);
    assert_eq!(names(&["POST", "/pets"]), ["pets.create"]);
    assert_eq!(names(&["list", "shot"]), ["shots.list"]);
    assert_eq!(names(&["delte"]), ["pets.delete"]);
    assert!(names(&["delete", "shot"]).is_empty());
}

#[test]
fn an_operation_is_shown_whole() {
    let catalog = loaded(PETS);
    let shown = show(&catalog, catalog.operation(catalog.by_name("pets.create").expect("it is there")));
    assert_eq!(shown, include_str!("show.txt"), "{shown}");
}

#[test]
fn pages_and_bounds_are_shown() {
    let catalog = loaded(PETS);
    let shown = show(&catalog, catalog.operation(catalog.by_name("pets.list").expect("it is there")));
    assert!(shown.contains("pages     pages: limit up to 50, page counts pages from 1"), "{shown}");
    assert!(shown.contains("returns   a list of pet at `pets`"), "{shown}");
    assert!(shown.contains("at most 50"), "{shown}");
}

#[test]
fn a_skeleton_loads_as_it_stands() {
    let catalog = loaded(PETS);
    let new = skeleton(&catalog, "pets.feed", "POST /pets/{petId}/meals/{mealId}/x").expect("a skeleton");
    assert_eq!(new.file, "acme/pets.yaml");
    let text = new.added_to(Some(PETS)).expect("it is added");
    assert!(text.starts_with(PETS.trim_end()));
    let catalog = loaded(&text);
    let feed = catalog.operation(catalog.by_name("pets.feed").expect("it is there"));
    assert_eq!(feed.template, "/pets/{{ petId }}/meals/{{ mealId }}/x");
    assert_eq!(feed.title, "Feed");
}

#[test]
fn a_skeleton_keeps_what_follows_and_the_depth() {
    let before = "# mine\noperations:\n    pets.get:\n        request: GET /pets\n\n# the end\n";
    let new = skeleton(&loaded(PETS), "pets.feed", "POST /meals").expect("a skeleton");
    let text = new.added_to(Some(before)).expect("it is added");
    assert!(
        text.starts_with(
            "# mine\noperations:\n    pets.get:\n        request: GET /pets\n\n# the end\n\n    pets.feed:\n"
        ),
        "{text}"
    );
    assert_eq!(loaded(&text).len(), 2);
}

#[test]
fn a_new_group_starts_a_file() {
    let new = skeleton(&loaded(PETS), "meals.list", "GET /meals").expect("a skeleton");
    assert_eq!(new.file, "acme/meals.yaml");
    let file = new.added_to(None).expect("a file");
    assert!(
        file.starts_with(
            "# yaml-language-server: $schema=../schema/group.schema.json\noperations:\n  meals.list:\n    title: List\n"
        ),
        "{file}"
    );
}

#[test]
fn what_cannot_be_new_is_refused() {
    let catalog = loaded(PETS);
    for (name, request, part) in [
        ("pets.create", "POST /pets", "already"),
        ("feed", "POST /pets", "cannot be the name"),
        ("pets.fe ed", "POST /pets", "cannot be the name"),
        ("pets.feed", "FEED /pets", "is not a request"),
        ("pets.feed", "POST /pets/{petId", "is not a request"),
        ("pets.feed", "POST /pets?x=1", "is not a request"),
    ] {
        let refused = skeleton(&catalog, name, request).expect_err(name);
        assert!(refused.message.contains(part), "{}", refused.message);
    }
    let new = skeleton(&catalog, "pets.feed", "POST /meals").expect("a skeleton");
    assert!(new.added_to(Some("operations: {}\n")).is_err());
    assert!(new.added_to(Some("operations:\n  pets.feed:\n    request: GET /x\n")).is_err());
}

#[test]
fn twins_are_noticed() {
    let twin = format!("{PETS}  pets.all: {{request: GET /pets/all, object: pet}}\n");
    let found = lint(&loaded(&twin));
    assert_eq!(found.len(), 1, "{}", lines(&found));
    assert!(lines(&found).contains("acme/pets.yaml:18:3: warning: `pets.list` and `pets.all`"), "{}", lines(&found));
    let told = format!("{PETS}  pets.all: {{request: GET /pets/all, object: pet, keys: every last}}\n");
    assert!(lint(&loaded(&told)).is_empty());
}
