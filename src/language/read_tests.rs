use super::{Item, ItemKind, ReadError, read};

/// The items of a line in short: a letter for the kind, then the folded text or the value.
fn shape(line: &str) -> String {
    let utterance = read(line).expect("the line is short and clean");
    let parts: Vec<String> = utterance.items.iter().map(|item| short(item, line)).collect();
    parts.join(" | ")
}

fn short(item: &Item, line: &str) -> String {
    let text = &item.folded;
    match &item.kind {
        ItemKind::Word => text.clone(),
        ItemKind::Quoted { start, end } => format!("«{}»", &line[*start..*end]),
        ItemKind::Json => format!("json {text}"),
        ItemKind::KeyValue { key, start, end } => format!("{key}={}", &line[*start..*end]),
        ItemKind::Money { amount, currency } => format!("money {amount} {}", currency.as_deref().unwrap_or("-")),
        ItemKind::Percent { amount } => format!("{amount} percent"),
        ItemKind::Number { amount } => format!("number {amount}"),
        other => format!("{} {text}", format!("{other:?}").to_lowercase()),
    }
}

fn check(table: &[(&str, &str)]) {
    for (line, items) in table {
        assert_eq!(shape(line), *items, "{line}");
    }
}

#[test]
fn reads_words_and_marks() {
    check(&[
        ("add tag vip to contact Jane Doe", "add | tag | vip | to | contact | jane | doe"),
        ("  add\ttag\u{a0}vip ", "add | tag | vip"),
        ("note: call, then wait; ok?", "note | colon : | call | comma , | then | wait | semicolon ; | ok | question ?"),
        ("really?! yes... no…", "really | question ?! | yes | stop ... | no | stop …"),
        ("status:won", "status | colon : | won"),
        ("deal -> won => lost → open", "deal | arrow -> | won | arrow => | lost | arrow → | open"),
        ("Jane->won", "jane | arrow -> | won"),
        ("a - b – c—d -- e", "a | dash - | b | dash – | c | dash — | d | dash -- | e"),
        ("follow-up old-lead", "follow-up | old-lead"),
        ("Smith & Sons (vip)", "smith | ampersand & | sons | bracket ( | vip | bracket )"),
        ("name = Jane", "name | equals = | jane"),
        ("1st 2nd 15th 22ND", "1st | 2nd | 15th | 22nd"),
        ("ask Dr. Smith of Acme Inc. now.", "ask | dr. | smith | of | acme | inc. | now | stop ."),
        ("the U.S.A. office, e.g. Rome", "the | u.s.a. | office | comma , | e.g. | rome"),
        ("Zoë Müller 李雷", "zoë | müller | 李雷"),
        ("hi 👋🏽 there 👨‍👩‍👧 ok", "hi | other 👋🏽 | there | other 👨‍👩‍👧 | ok"),
        ("call w/ Jane @ noon + 5", "call | w/ | jane | other @ | noon | other + | number 5"),
        ("w/o tags w/email", "w/o | tags | w/ | email"),
        ("vip,lead", "vip | comma , | lead"),
    ]);
}

#[test]
fn tells_apostrophes_from_quotes() {
    check(&[
        ("Jane's phone", "jane | possessive 's | phone"),
        ("what’s up", "what | possessive 's | up"),
        ("the students' list", "the | students | possessive 's | list"),
        ("O'Brien don't can’t isn't I'm", "o'brien | don't | can't | isn't | i'm"),
        ("O'Brien's deal", "o'brien | possessive 's | deal"),
        ("rock 'n' roll", "rock | 'n' | roll"),
        ("'tis the season for students'", "'tis | the | season | for | students | possessive 's"),
        ("the '90s party", "the | '90s | party"),
        ("say 'hello there' now", "say | «hello there» | now"),
        ("say 'don't be late' to O'Brien", "say | «don't be late» | to | o'brien"),
        ("say ‘hello’ and “good bye”", "say | «hello» | and | «good bye»"),
        ("say 'hello to Jane", "say | other ' | hello | to | jane"),
        ("say \"hello to Jane", "say | other \" | hello | to | jane"),
        ("'a 'b \"c d\" k='e", "other ' | a | other ' | b | «c d» | k='e"),
        ("12\" pipe and 5' pole", "number 12 | other \" | pipe | and | number 5 | other ' | pole"),
        ("name:\"Jane Doe\", (“x”)", "name | colon : | «Jane Doe» | comma , | bracket ( | «x» | bracket )"),
        ("set it to \"\" or ''", "set | it | to | «» | or | «»"),
        ("say “hello\" now", "say | «hello» | now"),
        ("\"Acme\"'s deal", "«Acme» | possessive 's | deal"),
        ("say `x y`", "say | «x y»"),
        ("jane@acme.com's tags", "email jane@acme.com | possessive 's | tags"),
        ("a ' b '", "a | other ' | b | other '"),
    ]);
}

#[test]
fn reads_numbers_and_money() {
    check(&[
        (
            "3 1,200 12k 9.5k 1.5m .5 -7",
            "number 3 | number 1200 | number 12000 | number 9500 | number 1500000 | number 0.5 | number -7",
        ),
        (
            "1, 2,3 and 1,200,30",
            "number 1 | comma , | number 2 | comma , | number 3 | and | number 1 | comma , | number 200 | comma , | number 30",
        ),
        ("$1,200.50 $5k €12 £3 -$4", "money 1200.50 - | money 5000 - | money 12 EUR | money 3 GBP | money -4 -"),
        (
            "USD 50, 50 USD, usd50 50usd US$9",
            "money 50 USD | comma , | money 50 USD | comma , | money 50 USD | money 50 USD | money 9 USD",
        ),
        ("12 € 5€ $5-$10", "money 12 EUR | money 5 EUR | money 5 - | dash - | money 10 -"),
        ("15% 7.5%.", "15 percent | 7.5 percent | stop ."),
        ("all 50 try 3 top 5", "all | number 50 | try | number 3 | top | number 5"),
        ("currency USD", "currency | usd"),
        ("pay $2,500, now", "pay | money 2500 - | comma , | now"),
        ("limit 5.", "limit | number 5 | stop ."),
        ("1990's", "number 1990 | possessive 's"),
    ]);
}

#[test]
fn reads_dates_times_and_phones() {
    check(&[
        ("2026-12-02 at 10:30", "isodate 2026-12-02 | at | time 10:30"),
        ("2026-11-24T10:00:00-05:00", "isodate 2026-11-24t10:00:00-05:00"),
        (
            "3pm 3 PM 10.30am 4 p.m. 15:00, 9:05?",
            "time 3pm | time 3 pm | time 10.30am | time 4 p.m. | time 15:00 | comma , | time 9:05 | question ?",
        ),
        ("1pm 12am 0:15 23:59 20:00 24:00", "time 1pm | time 12am | time 0:15 | time 23:59 | time 20:00 | code 24:00"),
        ("10-11am 10/5/2026 30-45", "code 10-11am | code 10/5/2026 | code 30-45"),
        ("10–11am", "number 10 | dash – | time 11am"),
        ("call (212) 555-0143", "call | phone (212) 555-0143"),
        ("+33612345678, +1 555 123 4567", "phone +33612345678 | comma , | phone +1 555 123 4567"),
        ("555-123-4567 555-0143", "phone 555-123-4567 | phone 555-0143"),
        (
            "555.123.4567 1-800-555-0199 +44 20 7946 0958",
            "phone 555.123.4567 | phone 1-800-555-0199 | phone +44 20 7946 0958",
        ),
        ("+33 6 12 34 56 78 06 12 34 56 78", "phone +33 6 12 34 56 78 | phone 06 12 34 56 78"),
        ("5551234567", "number 5551234567"),
        ("I am 3 amps", "i | am | number 3 | amps"),
        ("16:9", "code 16:9"),
    ]);
}

#[test]
fn reads_addresses_and_codes() {
    check(&[
        (
            "jane.doe+x@mail.acme.co.uk, bob@x.io.",
            "email jane.doe+x@mail.acme.co.uk | comma , | email bob@x.io | stop .",
        ),
        ("o'brien@x.com", "email o'brien@x.com"),
        ("(https://x.com/a?b=c&d=(e))?", "bracket ( | url https://x.com/a?b=c&d=(e) | bracket ) | question ?"),
        ("www.acme.co, promo.acme.co", "url www.acme.co | comma , | code promo.acme.co"),
        ("promo.acme.co/bf?x=1", "code promo.acme.co/bf?x=1"),
        (
            "INV-1043 sub_x9 custom_objects.pet act_55512",
            "code inv-1043 | code sub_x9 | code custom_objects.pet | code act_55512",
        ),
        ("#3366FF /bf .pdf Temp#2026 aF3Kh", "code #3366ff | code /bf | code .pdf | code temp#2026 | code af3kh"),
        ("ocQHyuzHvysMoNVsXcab ocQHyuzHvysMo5N5VsXc", "code ocqhyuzhvysmonvsxcab | code ocqhyuzhvysmo5n5vsxc"),
        ("3f2b8c1e-aaaa-bbbb-cccc-0123456789ab", "code 3f2b8c1e-aaaa-bbbb-cccc-0123456789ab"),
        ("Sunny-42-Day lost-2026 AT&T R&D", "code sunny-42-day | code lost-2026 | code at&t | code r&d"),
        ("@jane _id", "other @ | jane | code _id"),
        ("run manual__2024-05-01", "run | code manual__2024-05-01"),
    ]);
}

#[test]
fn reads_key_values_and_json() {
    check(&[
        ("amount=$1,200.50", "amount=$1,200.50"),
        ("tags=vip,lead, name=\"Jane Doe\".", "tags=vip,lead | comma , | name=Jane Doe | stop ."),
        ("note='don't go' x=1", "note=don't go | x=1"),
        ("email= jane", "email | equals = | jane"),
        ("data={\"a\": [1, 2]} y=[\"b c\"]", "data={\"a\": [1, 2]} | y=[\"b c\"]"),
        ("{\"a\": {\"b\": null}} [1, 2]", "json {\"a\": {\"b\": null}} | json [1, 2]"),
        ("[vip, lead]", "bracket [ | vip | comma , | lead | bracket ]"),
        ("{{contact.name}}", "bracket { | bracket { | code contact.name | bracket } | bracket }"),
    ]);
}

#[test]
fn keeps_the_places_in_the_users_bytes() {
    let line = "say “héllo” to Zoë’s dog";
    let utterance = read(line).expect("the line is short and clean");
    let raw: Vec<&str> = (0..utterance.items.len()).map(|i| utterance.raw(i)).collect();
    assert_eq!(raw, ["say", "“héllo”", "to", "Zoë", "’s", "dog"]);
    assert_eq!(utterance.slice(3, 4), "Zoë’s");
    assert!(utterance.glued(4) && !utterance.glued(3));
}

#[test]
fn refuses_long_lines_and_control_characters() {
    assert_eq!(read(&"a".repeat(65_537)), Err(ReadError::TooLong(65_537)));
    assert!(read(&"a".repeat(65_536)).is_ok());
    assert_eq!(read("a\u{1b}[0m"), Err(ReadError::Control(0x1b, 1)));
    assert_eq!(read("é\n"), Err(ReadError::Control(0x0a, 2)));
    assert_eq!(read("").map(|u| u.items), Ok(Vec::new()));
}
