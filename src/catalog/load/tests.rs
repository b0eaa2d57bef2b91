//! What layers do to one another, what defaults come out, and that no text stops the loader.

use proptest::prelude::*;

use super::load;
use crate::catalog::{BodyKind, Catalog, Kind, Layer, Literal, Operation, Place, Risk, WireType};
use crate::diagnostic::lines;

const LEXICON: &str = "
verbs:
  list: {reads: true, words: [list]}
  search: {reads: true, words: [search, find]}
  create: [create, add]
words: {filler: [please]}
";

const SERVICE: &str = "
service: acme
base_url: https://api.acme.test/
context: {accountId: {env: ACME_ACCOUNT}}
parameter_sets:
  account: {accountId: {required: true, default: '{{ accountId }}'}}
  page: {limit: {type: integer, default: 20}}
resources:
  pet: {nouns: [pet, animal], label: '{{ name }}'}
";

const PETS: &str = "
operations:
  pets.create:
    request: POST /pets
    title: Add a pet
    use: [account, page]
    params:
      name: {required: true, names: [pet name]}
      email: email
      kind: {enum: {CAT: [cat, kitty], DOG: }}
      sizes: {enum: [1, 2]}
  pets.get: {request: 'GET /pets/{{ petId }}', params: {petId: }}
";

fn layer(files: &[(&str, &str)]) -> Layer {
    Layer::new("", files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
}

fn base() -> Layer {
    layer(&[("lexicon.yaml", LEXICON), ("acme/service.yaml", SERVICE), ("acme/pets.yaml", PETS)])
}

fn catalog(over: &[(&str, &str)]) -> Catalog {
    match load(&[base(), layer(over)]) {
        Ok(loaded) => loaded.catalog,
        Err(found) => panic!("{}", lines(&found)),
    }
}

fn operation<'a>(catalog: &'a Catalog, name: &str) -> &'a Operation {
    catalog.operation(catalog.by_name(name).expect("the operation is there"))
}

fn alone(yaml: &str) -> Operation {
    operation(&catalog(&[("acme/more.yaml", &format!("operations:\n  x: {yaml}\n"))]), "x").clone()
}

#[test]
fn a_later_layer_replaces_single_keys() {
    let over = "operations:\n  pets.create:\n    risk: send\n    params: {name: {ask: Which name?}, email: text}\n";
    let catalog = catalog(&[("acme/mine.yaml", over)]);
    let create = operation(&catalog, "pets.create");
    assert_eq!((create.risk, create.title.as_str(), create.group.as_str()), (Risk::Send, "Add a pet", "pets"));
    let name = create.param("name").expect("name");
    assert_eq!((name.required, name.ask.as_deref()), (true, Some("Which name?")));
    assert!(name.names.contains(&"pet name".to_owned()));
    assert_eq!(create.param("email").map(|p| p.kind.clone()), Some(Kind::Text));
}

#[test]
fn defaults_are_worked_out_after_the_last_layer() {
    let over = "operations: {pets.create: {request: 'DELETE /pets'}}";
    let catalog = catalog(&[("acme/mine.yaml", over)]);
    let create = operation(&catalog, "pets.create");
    assert_eq!((create.risk, create.verbs.as_slice()), (Risk::Destroy, &["delete".to_owned()][..]));
    assert_eq!(create.param("name").map(|p| p.place), Some(Place::Query));
}

#[test]
fn a_plus_adds_to_a_list() {
    let lexicon = "verbs: {create: {+words: [register]}}\nwords: {+filler: [kindly], greeting: [hello]}";
    let service = "resources: {pet: {+nouns: critter}}";
    let catalog = catalog(&[("lexicon.yaml", lexicon), ("acme/service.yaml", service)]);
    let create = catalog.lexicon().verbs.get("create").expect("create");
    assert_eq!(create.words, ["create", "add", "register"]);
    assert_eq!(catalog.lexicon().set("filler"), ["please", "kindly"]);
    assert_eq!(catalog.lexicon().set("greeting"), ["hello"]);
    let pet = catalog.resource("acme", "pet").expect("pet");
    assert_eq!(pet.nouns, ["pet", "animal", "critter"]);
    assert_eq!(pet.label, "{{ name }}");
}

#[test]
fn a_word_set_is_replaced_and_the_others_stay() {
    let catalog = catalog(&[("lexicon.yaml", "words: {filler: [hey]}")]);
    assert_eq!(catalog.lexicon().set("filler"), ["hey"]);
    assert_eq!(catalog.lexicon().verbs.iter().len(), 3);
}

#[test]
fn choices_are_the_services_and_spelt_out_in_patterns() {
    let shared = "choices: {animal: [pet, 'dog[s]'], gone: [away]}\n";
    let more = "operations:\n  x:\n    request: POST /x/{{ petId }}\n    params: {petId: pet}\n    say: [<animal:petId> is <gone>]\n";
    let shared_files = [("acme/mine.yaml", shared), ("acme/more.yaml", more)];
    let told = |catalog: &Catalog| operation(catalog, "x").say.clone();
    assert_eq!(told(&catalog(&shared_files)), ["((pet|dog[s]) {petId}|{petId} (pet|dog[s])) is away"]);
    let over = layer(&[("acme/service.yaml", "choices: {+gone: [lost], animal: cat}\n")]);
    let loaded = load(&[base(), layer(&shared_files), over]).expect("nothing is wrong");
    assert_eq!(told(&loaded.catalog), ["(cat {petId}|{petId} cat) is (away|lost)"]);
}

#[test]
fn a_later_layer_may_bring_a_service() {
    let service = "service: zoo\nbase_url: http://127.0.0.1:9/api\nauth: none\n";
    let lions = "operations: {lions.list: {request: GET /lions}}";
    let catalog = catalog(&[("zoo/service.yaml", service), ("zoo/lions.yaml", lions)]);
    let lions = operation(&catalog, "lions.list");
    assert_eq!((lions.service.as_str(), lions.objects.as_slice()), ("zoo", &["lion".to_owned()][..]));
    assert_eq!(catalog.resource("zoo", "lion").map(|r| r.id.as_str()), Some("lionId"));
    assert_eq!(catalog.service("acme").map(|s| s.base_url.as_str()), Some("https://api.acme.test"));
}

#[test]
fn sets_come_first_and_fill_themselves() {
    let catalog = catalog(&[]);
    let create = operation(&catalog, "pets.create");
    let names: Vec<&str> = create.params.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["accountId", "limit", "name", "email", "kind", "sizes"]);
    assert!(create.param("accountId").is_some_and(|p| p.supplied && p.place == Place::Body));
    assert!(create.param("limit").is_some_and(|p| p.supplied && p.default == Some(Literal::Integer(20))));
    assert!(create.param("name").is_some_and(|p| p.bare && !p.supplied));
}

#[test]
fn allowed_values_keep_their_type_and_their_words() {
    let catalog = catalog(&[]);
    let create = operation(&catalog, "pets.create");
    let kind = create.param("kind").expect("kind");
    assert_eq!(kind.values[0].value, Literal::Text("CAT".into()));
    assert_eq!(kind.values[0].say, ["cat", "kitty"]);
    assert_eq!(kind.values[1].say, ["dog"]);
    assert_eq!(create.param("sizes").map(|p| p.kind.clone()), Some(Kind::Integer));
}

#[test]
fn a_path_variable_takes_the_resource_it_stands_for() {
    for (yaml, kind) in [
        ("{request: 'GET /pets/{{ petId }}', params: {petId: }}", Kind::Entity("pet".into())),
        ("{request: 'GET /animals/{{ id }}', params: {id: }}", Kind::Entity("pet".into())),
        ("{request: 'GET /stones/{{ stoneId }}', params: {stoneId: }}", Kind::Entity("stone".into())),
        ("{request: 'GET /a/{{ id }}/stones/{{ x }}', params: {id: , x: }}", Kind::Id),
        ("{request: 'GET /stones/{{ slug }}', params: {slug: }}", Kind::Text),
        ("{request: 'GET /stones/{{ petId }}', params: {petId: phone}}", Kind::Phone),
    ] {
        let read = alone(yaml);
        assert_eq!(read.params[0].kind, kind, "{yaml}");
        assert!(read.params[0].required && read.params[0].place == Place::Path);
    }
}

#[test]
fn a_context_value_in_the_path_fills_itself() {
    let read = alone("{request: 'GET /accounts/{{ accountId }}/pets'}");
    assert!(read.params[0].supplied);
    assert_eq!(read.params[0].default, Some(Literal::Text("{{ accountId }}".into())));
    assert_eq!(read.path, "/accounts/{accountId}/pets");
}

#[test]
fn method_and_path_give_verb_object_and_risk() {
    for (request, verbs, own, objects, risk) in [
        ("GET /pets", "list", "", "pet", Risk::Read),
        ("POST /pets", "create", "", "pet", Risk::Write),
        ("PATCH /pets/groomed-animals", "update", "", "groomed-animal", Risk::Write),
        ("DELETE /pets", "delete", "", "pet", Risk::Destroy),
        ("POST /pets/search", "search", "", "pet", Risk::Read),
        ("POST /pets/find", "search", "", "pet", Risk::Read),
        ("POST /pets/vaccinate", "", "vaccinate", "pet", Risk::Write),
        ("GET /pets/export", "list", "", "pet", Risk::Read),
        ("GET /v1/customFields", "list", "", "custom-field", Risk::Read),
    ] {
        let read = alone(&format!("{{request: {request}}}"));
        let told = (read.verbs.join(" "), read.own_verbs.join(" "), read.objects.join(" "), read.risk);
        assert_eq!(told, (verbs.into(), own.into(), objects.into(), risk), "{request}");
    }
}

#[test]
fn fixed_values_bring_their_parameter() {
    let read = alone("{request: POST /pets, fixed: {type: STRAY, count: 1}}");
    assert_eq!(read.fixed[0], ("type".into(), Literal::Text("STRAY".into())));
    assert_eq!(read.param("count").map(|p| (p.place, p.supplied)), Some((Place::Body, true)));
}

#[test]
fn a_page_style_brings_its_parameters() {
    let service = "pagination: {skip: {size: {top: 50}, offset: skip, as_text: true}, on: {cursor: {after: $last.id}}}";
    let more = "operations:
  a: {request: GET /a, page: skip, params: {top: {type: integer, default: 5}}}
  b: {request: POST /b, page: on}";
    let catalog = catalog(&[("acme/service.yaml", service), ("acme/more.yaml", more)]);
    let a = operation(&catalog, "a");
    assert_eq!(a.param("top").map(|p| p.default.clone()), Some(Some(Literal::Integer(5))));
    let skip = a.param("skip").expect("skip");
    assert_eq!((skip.place, skip.supplied, skip.wire), (Place::Query, true, Some(WireType::String)));
    let b = operation(&catalog, "b");
    assert_eq!(b.param("after").map(|p| (p.place, p.kind.clone())), Some((Place::Body, Kind::Any)));
    assert_eq!(b.body, BodyKind::Json);
}

#[test]
fn yaml_of_other_readers_stays_text() {
    let read = alone("{request: POST /pets, params: {a: {default: no}, b: {default: '1'}, c: {example: 1_000}}}");
    assert_eq!(read.params[0].default, Some(Literal::Text("no".into())));
    assert_eq!(read.params[1].default, Some(Literal::Text("1".into())));
    assert_eq!(read.params[2].example.as_deref(), Some("1_000"));
}

#[test]
fn a_leading_zero_is_warned_about() {
    let text = "operations: {x: {request: POST /pets, params: {code: {default: 012}}}}";
    let loaded = load(&[base(), layer(&[("acme/more.yaml", text)])]).expect("it loads");
    assert_eq!(
        lines(&loaded.warnings),
        "acme/more.yaml:1:64: warning: `012` is read as a text because of its leading zero\n"
    );
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..9 {
        let below = vec![format!("*a{}", n - 1); 9].join(", ");
        text.extend([format!("a{n}: &a{n} [{below}]\n")]);
    }
    let found = load(&[base(), layer(&[("acme/bomb.yaml", &text)])]).expect_err("it is refused");
    assert!(lines(&found).contains("acme/bomb.yaml"), "{}", lines(&found));
}

/// Fragments that make texts which are nearly catalogs.
fn fragment() -> impl Strategy<Value = String> {
    let words = [
        "operations:",
        "  x:",
        "    request: ",
        "GET /a/{{ b",
        " }}",
        "params:",
        "      b: ",
        "{",
        "}",
        "[",
        "]",
        "\n",
        "\n  ",
        "\n    ",
        "'",
        "\"",
        "&a ",
        "*a",
        "<<: ",
        "? ",
        "- ",
        ": ",
        "type",
        "enum",
        "say: [",
        "é",
        "\t",
        "|\n",
        "null",
        "default: '{{",
        "verbs:",
        "resources:",
        "find:",
        "{x: y}",
        "012",
        "#",
        "!!binary ",
        "---\n",
    ];
    prop_oneof![3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_loader(parts in prop::collection::vec(fragment(), 0..40), file in 0_usize..3) {
        let name = ["acme/x.yaml", "acme/service.yaml", "lexicon.yaml"][file];
        let text = parts.concat();
        let layers = [base(), layer(&[(name, &text)])];
        if let Err(found) = load(&layers) {
            let shown = crate::diagnostic::render(&found, &Layer::sources(&layers), false);
            prop_assert!(!shown.is_empty());
        }
    }

    #[test]
    fn cutting_a_file_anywhere_is_survived(at in 0_usize..PETS.len()) {
        let cut = PETS.get(..at).unwrap_or_default();
        let files = [("lexicon.yaml", LEXICON), ("acme/service.yaml", SERVICE), ("acme/pets.yaml", cut)];
        if let Err(found) = load(&[layer(&files)]) {
            prop_assert!(found.iter().all(|d| d.place.is_some()));
        }
    }
}
