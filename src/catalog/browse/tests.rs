//! What people see of a catalog, over a small one.

use super::{lint, list, show, skeleton};
use crate::catalog::{Catalog, Layer, load};
use crate::diagnostic::{Sources, lines};

const SERVICE: &str = "
service: acme
title: Acme
base_url: https://api.acme.test/v1
auth: {bearer: [ACME_TOKEN, ACME_KEY]}
version_header: X-Version
pagination: {pages: {size: {limit: 50}, page: {page: 1}}}
resources:
  pet: {nouns: [pet, animal]}
  shot: {nouns: [shot]}
  toy: {nouns: [toy, plaything]}
  ball: {nouns: [ball, plaything]}
";

const LEXICON: &str = "
verbs: {wash: {words: [wash]}, feed: {words: [feed]}, list: {words: [list], reads: true}, get: [get], create: [create],
  update: [update], delete: [delete]}
words: {preposition: [on, of]}
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
    match load(&[layer(&[("lexicon.yaml", LEXICON), ("acme/service.yaml", SERVICE), ("acme/pets.yaml", pets)])]) {
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

/// What is found about two operations beside those of [`PETS`].
fn told(first: &str, second: &str) -> String {
    let text = format!("{PETS}  twins.one: {{{first}}}\n  twins.two: {{{second}}}\n");
    lines(&lint(&loaded(&text), &Sources::new()))
}

fn are_twins(first: &str, second: &str) {
    let told = told(first, second);
    assert!(told.contains("may mean `twins.two` as well as `twins.one`"), "{first}\n{second}\n{told}");
}

fn are_told_apart(first: &str, second: &str) {
    assert_eq!(told(first, second), "", "{first}\n{second}");
}

#[test]
fn a_twin_is_shown_where_it_stands() {
    let text = format!("{PETS}  pets.all: {{request: GET /pets/all, object: pet}}\n");
    let layers = [layer(&[("lexicon.yaml", LEXICON), ("acme/service.yaml", SERVICE), ("acme/pets.yaml", &text)])];
    let found = lint(&load(&layers).expect("it loads").catalog, &Layer::sources(&layers));
    let shown = crate::diagnostic::render(&found, &Layer::sources(&layers), false);
    for part in [
        "error: `list pet` may mean `pets.all` as well as `pets.list`\n  --> acme/pets.yaml:18:3",
        "18 |   pets.all: {request: GET /pets/all, object: pet}\n   |   ^^^^^^^^ this operation",
        "= help: the other is at acme/pets.yaml:16",
        "= help: or let this one win: `prefer_over: pets.list`",
    ] {
        assert!(shown.contains(part), "{part}\nis not in\n{shown}");
    }
}

#[test]
fn any_verb_and_any_object_makes_twins() {
    are_twins("request: GET /a, verb: [wash], object: shot", "request: GET /b, verb: [feed, wash], object: shot");
    are_twins("request: GET /a, verb: wash, object: [pet, shot]", "request: GET /b, verb: wash, object: [toy, shot]");
    are_twins("request: POST /a, words: [void], object: toy", "request: POST /b, words: [annul, void], object: toy");
    are_told_apart("request: GET /a, verb: wash, object: toy", "request: GET /b, verb: feed, object: toy");
    are_told_apart("request: GET /a, verb: wash, object: toy", "request: GET /b, verb: wash, object: pet");
    are_told_apart(
        "request: POST /a, verb: wash, words: [on toys], object: toy",
        "request: POST /b, verb: feed, words: [on toys], object: toy",
    );
}

#[test]
fn resources_that_share_a_noun_make_twins() {
    are_twins("request: GET /a, verb: wash, object: toy", "request: GET /b, verb: wash, object: ball");
}

#[test]
fn what_may_be_left_out_tells_no_twins_apart() {
    let wash = "verb: wash, object: toy";
    are_twins(
        &format!("request: GET /a, {wash}, params: {{colour: text, size: integer}}"),
        &format!("request: GET /b, {wash}, params: {{owner: email}}"),
    );
    are_twins(
        &format!("request: GET /a, {wash}, params: {{limit: {{type: integer, required: true, default: 5}}}}"),
        &format!("request: GET /b, {wash}"),
    );
}

#[test]
fn what_must_be_given_tells_twins_apart_unless_the_other_takes_it() {
    let get = "request: 'GET /toys/{{ toyId }}', verb: wash, object: toy, params: {toyId: toy}";
    are_told_apart(get, "request: GET /b, verb: wash, object: toy");
    are_told_apart(get, "request: GET /b, verb: wash, object: toy, params: {pet: {type: pet, required: true}}");
    are_told_apart(get, "request: GET /b, verb: wash, object: toy, params: {query: text}");
    are_twins(get, "request: 'PUT /t/{{ id }}', verb: wash, object: toy, params: {id: toy}");
    are_twins(get, "request: 'PUT /t/{{ slug }}', verb: wash, object: toy, params: {slug: text}");
    are_twins(get, "request: GET /b, verb: wash, object: toy, params: {query: {bare: true}}");
    let two = "request: POST /b, verb: wash, object: toy, params: {a: {type: date, required: true}, b: {type: money, \
               required: true}}";
    are_told_apart(get, two);
    are_twins(
        two,
        "request: POST /c, verb: wash, object: toy, params: {x: {type: integer, required: true}, y: {type: \
         datetime, required: true}, z: {}}",
    );
    are_told_apart(
        two,
        "request: POST /c, verb: wash, object: toy, params: {x: {type: integer, required: true}, y: \
         {type: integer, required: true}}",
    );
}

#[test]
fn allowed_values_tell_twins_apart_unless_they_share_a_word() {
    let one = "request: POST /a, verb: wash, object: toy, params: {how: {required: true, enum: [hot, cold]}}";
    are_twins(one, "request: POST /b, verb: wash, object: toy, params: {at: {required: true, enum: {X: [hot]}}}");
    are_told_apart(one, "request: POST /b, verb: wash, object: toy, params: {at: {required: true, enum: [sun, rain]}}");
}

#[test]
fn keys_preferences_and_age_tell_twins_apart() {
    let one = "request: GET /a, verb: wash, object: toy";
    are_told_apart(one, "request: GET /b, verb: wash, object: toy, keys: [gently]");
    are_told_apart(one, "request: GET /b, verb: wash, object: toy, prefer_over: twins.one");
    are_told_apart(one, "request: GET /b, verb: wash, object: toy, status: deprecated");
    are_told_apart(one, "request: GET /b, verb: wash, object: toy, not: [wash]");
    are_twins(one, "request: GET /b, verb: wash, object: toy, not: [wash toy]");
    let keyed = "request: GET /b, verb: wash, object: toy, keys: [gently, softly]";
    are_told_apart(&format!("{one}, keys: [roughly]"), keyed);
    are_twins(&format!("{one}, keys: [roughly, softly]"), keyed);
    are_twins(&format!("{one}, status: deprecated"), "request: GET /b, verb: wash, object: toy, status: deprecated");
}
