//! What `sayso route` makes of phrases: the constructions of English it reads, and those that must never act.

mod support;

use serde_json::{Value, json};
use support::Test;

/// Reads phrases in one run of the program.
fn read(phrases: &[&str]) -> Vec<Value> {
    let lines = phrases.join("\n") + "\n";
    let output = Test::new().arg("route").clock().stdin(lines).run().json_lines();
    assert_eq!(output.len(), phrases.len(), "one reading a phrase");
    output
}

/// Checks that each phrase reads to one operation with exactly those parameters.
fn means(cases: &[(&str, &str, Value)]) {
    let phrases: Vec<&str> = cases.iter().map(|(phrase, ..)| *phrase).collect();
    let mut wrong = Vec::new();
    for ((phrase, operation, params), reading) in cases.iter().zip(read(&phrases)) {
        let step = &reading["steps"][0];
        if step["operation"] != *operation || step["params"] != *params {
            wrong.push(format!("{phrase}\n  wanted {operation} {params}\n  got    {} {step}", reading["status"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commands_with_several_fields() {
    means(&[
        (
            "create contact Jane Doe with email j@x.com, phone 555-123-4567, tags vip and lead",
            "contacts.create",
            json!({"name": "Jane Doe", "email": "j@x.com", "phone": "555-123-4567", "tags": ["vip", "lead"]}),
        ),
        (
            "update contact Bob Lee: city Boston, state MA",
            "contacts.update",
            json!({"contactId": "Bob Lee", "city": "Boston", "state": "MA"}),
        ),
        (
            "update contact Bob Lee city=Boston email=bob@x.io",
            "contacts.update",
            json!({"contactId": "Bob Lee", "email": "bob@x.io", "city": "Boston"}),
        ),
        (
            r#"update contact Bob Lee {"city": "Boston", "tags": ["a", "b"], "dnd": true}"#,
            "contacts.update",
            json!({"contactId": "Bob Lee", "city": "Boston", "dnd": true, "tags": ["a", "b"]}),
        ),
    ]);
}

#[test]
fn free_text_keeps_every_byte() {
    means(&[
        (
            "add a note to Jane Doe saying call her  back at 5, ok? (don't forget!)",
            "contacts.create-note",
            json!({"contactId": "Jane Doe", "body": "call her  back at 5, ok? (don't forget!)"}),
        ),
        (
            "add note to contact Bob Lee: he said \"never again\" — twice",
            "contacts.create-note",
            json!({"contactId": "Bob Lee", "body": "he said \"never again\" — twice"}),
        ),
    ]);
}

#[test]
fn the_order_of_arguments_does_not_matter() {
    let wanted = json!({"contactId": "Jane Doe", "tags": ["vip"]});
    means(&[
        ("add tag vip to contact Jane Doe", "contacts.add-tags", wanted.clone()),
        ("add to contact Jane Doe the tag vip", "contacts.add-tags", wanted.clone()),
        ("tag Jane Doe as vip", "contacts.add-tags", wanted.clone()),
        ("could you please add the tag vip to Jane Doe, thanks", "contacts.add-tags", wanted.clone()),
        ("pls add teh tag vip to conatct Jane Doe", "contacts.add-tags", wanted),
    ]);
}

#[test]
fn dates_and_money_where_they_are_expected() {
    means(&[
        (
            "book an appointment for Ann Cho on the Sales calendar next Tuesday at 3pm",
            "calendars.create-appointment",
            json!({"calendarId": "Sales", "contactId": "Ann Cho", "startTime": "2026-11-24T15:00:00-05:00"}),
        ),
        (
            "list free slots of calendar Sales from December 1 to December 4",
            "calendars.list-free-slots",
            json!({"calendarId": "Sales", "startDate": "2026-12-01", "endDate": "2026-12-04"}),
        ),
        (
            "set the value of deal Fleet Wrap to $5k",
            "opportunities.update",
            json!({"id": "Fleet Wrap", "monetaryValue": 5000}),
        ),
    ]);
}

#[test]
fn ids_and_names_stand_in_the_same_places() {
    means(&[
        ("show contact ocQHyuzHvysMo5N5VsXc", "contacts.get", json!({"contactId": "ocQHyuzHvysMo5N5VsXc"})),
        ("delete contact \"Add Tag Ltd\"", "contacts.delete", json!({"contactId": "Add Tag Ltd"})),
        ("delete contact Liam O'Connor", "contacts.delete", json!({"contactId": "Liam O'Connor"})),
    ]);
}

#[test]
fn several_commands_in_a_line() {
    let readings = read(&[
        "add tag vip to Jane Doe and delete contact Bob Lee",
        "create tag gold-2027 and add it to Jane Doe",
        "remove tag trial from Bob Lee and add tag paid",
    ]);
    let steps = |i: usize| -> Vec<(String, Value)> {
        let steps = readings[i]["steps"].as_array().expect("steps");
        steps.iter().map(|s| (s["operation"].as_str().unwrap_or("").to_owned(), s["params"].clone())).collect()
    };
    assert_eq!(
        steps(0),
        [
            ("contacts.add-tags".to_owned(), json!({"contactId": "Jane Doe", "tags": ["vip"]})),
            ("contacts.delete".to_owned(), json!({"contactId": "Bob Lee"})),
        ]
    );
    assert_eq!(steps(1)[1], ("contacts.add-tags".to_owned(), json!({"contactId": "Jane Doe", "tags": ["gold-2027"]})));
    assert_eq!(steps(2)[1], ("contacts.add-tags".to_owned(), json!({"contactId": "Bob Lee", "tags": ["paid"]})));
}

#[test]
fn no_order_is_passed_over() {
    let both = read(&["add tag vip to Jane Doe and remove lead", "tag Jane Doe vip and remove lead"]);
    for reading in &both {
        assert_eq!(reading["steps"][1]["operation"], "contacts.remove-tags", "{reading}");
        assert_eq!(reading["steps"][1]["params"], json!({"tags": ["lead"], "contactId": "Jane Doe"}));
    }
    let unsure = ["add tag vip to Jane Doe and delete Bob Lee", "mark the Pier 9 deal both won and lost"];
    for reading in read(&unsure) {
        assert_ne!(reading["status"], "ready", "{reading}");
    }
}

#[test]
fn a_name_before_the_noun_of_one_record_is_no_other() {
    let reading = &read(&["add Jane Doe, Bob Lee and Sue Ray to the Welcome workflow"])[0];
    assert_ne!(reading["steps"][0]["params"]["contactId"], "Welcome", "{reading}");
}

#[test]
fn amounts_and_clock_times_in_words() {
    let worth = |amount: u32| json!({"id": "Zenith", "monetaryValue": amount});
    let phrase = |amount: &str| format!("set the value of the Zenith deal to {amount}");
    let amounts =
        [("eighteen hundred dollars", 1800), ("22 thousand", 22_000), ("a thousand", 1000), ("1.250,00 euros", 1250)];
    let phrases: Vec<String> = amounts.iter().map(|(amount, _)| phrase(amount)).collect();
    let lines: Vec<&str> = phrases.iter().map(String::as_str).collect();
    for ((_, amount), reading) in amounts.iter().zip(read(&lines)) {
        assert_eq!(reading["steps"][0]["params"], worth(*amount), "{reading}");
    }
    let times = [("half past nine in the morning", "09:30"), ("quarter to four", "15:45"), ("3.15pm", "15:15")];
    for (said, time) in times {
        let reading = &read(&[&format!("book Jane Doe on Haircuts Monday at {said}")])[0];
        assert_eq!(reading["steps"][0]["params"]["startTime"], format!("2026-11-23T{time}:00-05:00"), "{reading}");
    }
}

#[test]
fn several_people_are_several_records() {
    let wanted = json!({"type": "add", "contacts": ["jane doe", "bob lee"], "tags": ["vip"]});
    means(&[("add tag vip to jane doe and bob lee", "contacts.bulk-tags", wanted)]);
}

#[test]
fn what_is_missing_is_asked_for() {
    let readings = read(&["add tag gold", "delete a calendar", "create a task for Grace Kim"]);
    for (reading, missing) in
        readings.iter().zip([json!(["contactId"]), json!(["calendarId"]), json!(["title", "dueDate"])])
    {
        assert_eq!(reading["status"], "incomplete", "{reading}");
        assert_eq!(reading["steps"][0]["missing"], missing, "{reading}");
        assert_ne!(reading["message"], "", "{reading}");
    }
}

#[test]
fn nothing_is_done_against_what_was_said() {
    let phrases = [
        "don't delete contact Jane Doe",
        "never add tag vip to Jane Doe",
        "do not send a text to Bob Lee saying hi",
        "who deleted contact Jane Doe?",
        "what is the weather in Miami tomorrow?",
        "add the spaceship vip to contact Jane Doe",
        "asdf qwer zxcv",
        "book me a flight to Denver",
        "wipe it all",
        "should I delete contact Jane Doe?",
        "if Jane Doe replies add tag hot",
        "",
        "   ",
        "?!",
    ];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        let writes = reading["status"] == "ready"
            && reading["steps"].as_array().is_some_and(|steps| steps.iter().any(|s| s["risk"] != "read"));
        assert!(!writes, "{phrase}: {reading}");
    }
}

#[test]
fn a_refusal_names_the_words() {
    let reading = &read(&["add the frobnicator to contact Jane Doe"])[0];
    assert_eq!(reading["status"], "unknown");
    assert!(reading["message"].as_str().is_some_and(|m| m.contains("frobnicator")), "{reading}");
}

#[test]
fn the_same_line_is_always_read_the_same_way() {
    let phrase = "add tag vip to Jane and text her saying welcome";
    let readings = read(&[phrase; 5]);
    assert!(readings.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn things_with_a_number_and_a_price_become_the_objects_of_a_list() {
    let customer = |name: &str, items: Value| json!({"contactDetails.name": name, "items": items});
    means(&[
        (
            "create an estimate for Bill Hayes with 2 pallets of turf at $300 each",
            "invoices.create-estimate",
            customer("Bill Hayes", json!([{"name": "pallets of turf", "qty": 2, "amount": 300}])),
        ),
        (
            "estimate for Dale Pratt: fence repair $800, gate $120",
            "invoices.create-estimate",
            customer("Dale Pratt", json!([{"name": "fence repair", "amount": 800}, {"name": "gate", "amount": 120}])),
        ),
        (
            "new invoice for Ann Lee: three logo drafts at $90 each and 1 x filter at 35",
            "invoices.create",
            customer(
                "Ann Lee",
                json!([{"name": "logo drafts", "qty": 3, "amount": 90}, {"name": "filter", "qty": 1, "amount": 35}]),
            ),
        ),
    ]);
}

#[test]
fn many_fields_of_a_record_stand_for_the_verb() {
    means(&[
        (
            "subscription type Product News, channel sms, language en",
            "conversations.create-subtype",
            json!({"name": "Product News", "channel": "sms", "language": "en"}),
        ),
        (
            "marina towers opp -> closed won",
            "opportunities.update-status",
            json!({"id": "marina towers", "status": "won"}),
        ),
    ]);
}

#[test]
fn a_word_that_points_at_something_is_no_thing_with_a_price_and_all_of_them_are_no_name() {
    for reading in read(&["give Bill Cash his $95 back", "delete all the lost deals", "knowledge base Shipping"]) {
        assert!(reading["status"] != "ready" || reading["steps"][0]["risk"] == "read", "{reading}");
    }
}

#[test]
fn a_change_of_which_only_the_record_is_said_is_asked_about() {
    let phrases =
        ["update sub-account Harbor Vet", "can I rename the sub-account Oak Gym?", "change the calendar Sales"];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        assert_eq!(reading["status"], "incomplete", "{phrase}: {reading}");
        assert_eq!(reading["steps"][0]["missing"], json!(["changes"]), "{phrase}: {reading}");
        assert!(reading["message"].as_str().is_some_and(|m| m.starts_with("What is to be changed?")), "{reading}");
    }
}

#[test]
fn the_unit_of_a_number_tells_the_field_beside_it() {
    means(&[
        (
            "drop the prices of products 65a9c01 and 65a9c02 by 10%",
            "products.bulk-update",
            json!({"type": "bulk-update-price", "productIds": ["65a9c01", "65a9c02"], "price.type": "REDUCE_BY_PERCENTAGE",
                "price.value": 10}),
        ),
        (
            "late fee of $25 on invoice INV-12",
            "invoices.set-late-fees",
            json!({"invoiceId": "INV-12", "lateFeesConfiguration.enable": true, "lateFeesConfiguration.value": 25,
                "lateFeesConfiguration.type": "fixed"}),
        ),
        (
            "charge a 5% late fee on invoice INV-12",
            "invoices.set-late-fees",
            json!({"invoiceId": "INV-12", "lateFeesConfiguration.enable": true, "lateFeesConfiguration.value": 5,
                "lateFeesConfiguration.type": "percentage"}),
        ),
        (
            "create a 10% off coupon",
            "payments.create-coupon",
            json!({"discountType": "percentage", "discountValue": 10}),
        ),
        (
            "let customers have 20% off with the code THANKS20",
            "payments.create-coupon",
            json!({"code": "THANKS20", "discountType": "percentage", "discountValue": 20}),
        ),
        (
            "recurring price for product Yoga Pass: Unlimited, 89 EUR, monthly, setup fee 25",
            "products.create-price",
            json!({"productId": "Yoga Pass", "name": "Unlimited", "type": "recurring", "currency": "EUR", "amount": 89,
                "setupFee": 25, "recurring.interval": "month"}),
        ),
        (
            "new deal Penthouse Redo for Grace Kim in pipeline Interiors, 18 grand",
            "opportunities.create",
            json!({"name": "Penthouse Redo", "contactId": "Grace Kim", "pipelineId": "Interiors", "monetaryValue": 18000}),
        ),
    ]);
}

#[test]
fn what_stands_for_no_record_changes_none() {
    let phrases = [
        "Stone & Sons went bust, wipe the business",
        "text Owen Clarke",
        "set up an automation that posts to facebook every Friday",
        "create a tiktok ad campaign",
        "remove dangling images",
        "schedule an oil change at Jiffy Lube tomorrow",
        "the vip the tag the contact the delete",
        "I was thinking about maybe adding another voice agent some day",
        "delete google sitelink Pricing",
        "move the facebook ad Free Exam to campaign Winter Leads",
    ];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        let steps = reading["steps"].as_array().expect("steps");
        let half = |s: &Value| s["params"].to_string().contains("\"Sons\"") || s["params"]["message"] == "Clarke";
        let writes = reading["status"] == "ready" && steps.iter().any(|s| s["risk"] != "read");
        assert!(!writes || *phrase == "Stone & Sons went bust, wipe the business", "{phrase}: {reading}");
        assert!(!steps.iter().any(half), "{phrase}: {reading}");
    }
}

#[test]
fn a_remark_searches_nothing() {
    let phrases = [
        "Website outage hits exam results day",
        "Parliament passes assisted dying bill",
        "I'm wearing odd socks",
        "we adopted a three legged cat",
        "see you on Monday",
        "who made you",
        "should I text my ex",
        "hi the invoice but",
    ];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        assert_ne!(reading["status"], "ready", "{phrase}: {reading}");
    }
}

#[test]
fn the_beginning_of_a_code_stands_for_its_noun() {
    means(&[
        ("INV-90 is wrong, void it", "invoices.void", json!({"invoiceId": "INV-90"})),
        ("EST-318 was accepted, bill it", "invoices.invoice-estimate", json!({"estimateId": "EST-318"})),
        ("what's the balance on INV-5507?", "invoices.get", json!({"invoiceId": "INV-5507"})),
        (
            "put $250 cash towards INV-77",
            "invoices.record-payment",
            json!({"invoiceId": "INV-77", "mode": "cash", "amount": 250}),
        ),
    ]);
    let reading = &read(&["void INV-2251 and delete INV-2252"])[0];
    let said: Vec<&Value> = reading["steps"].as_array().expect("steps").iter().map(|step| &step["params"]).collect();
    assert_eq!(said, [&json!({"invoiceId": "INV-2251"}), &json!({"invoiceId": "INV-2252"})], "{reading}");
}

#[test]
fn a_field_behind_a_colon_or_a_clause_keeps_its_value() {
    means(&[
        (
            "I need a sub-account called Zed Vet, the phone number is 303-555-0144",
            "locations.create",
            json!({"name": "Zed Vet", "phone": "303-555-0144"}),
        ),
        (
            "calendar called Chiropractic Intake: round robin, 45 minute slots",
            "calendars.create",
            json!({"name": "Chiropractic Intake", "calendarType": "round_robin", "slotDuration": 45,
                "slotDurationUnit": "mins"}),
        ),
        (
            "edit note N3KmTq8LzXv5WbRnYd2K of Kim Ortega: title Schedule, color green",
            "contacts.update-note",
            json!({"contactId": "Kim Ortega", "id": "N3KmTq8LzXv5WbRnYd2K", "title": "Schedule", "color": "green"}),
        ),
        (
            "update subscription type Promotions: name Offers",
            "conversations.update-subtype",
            json!({"id": "Promotions", "name": "Offers"}),
        ),
        (
            "facebook ads report for October, clicks and spend",
            "facebook-ads.get-report",
            json!({"startDate": "2026-10-01", "endDate": "2026-10-31", "fields": ["clicks", "spend"]}),
        ),
        (
            "google search campaign Winter: starts Dec 1",
            "google-ads.save-campaign",
            json!({"name": "Winter", "advertisingChannelType": "SEARCH", "budget.scheduleStartDate": "2026-12-01"}),
        ),
    ]);
}

#[test]
fn two_records_are_never_one_name() {
    let phrases = [
        "delete product Mug and product Cup",
        "pause sub-accounts Old Gym and Slow Spa",
        "enrol Ann Lee and Bill Post in the workflow Onboarding",
        "buy +14155550155 and +14155550156",
    ];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        let twice = reading["steps"].as_array().is_some_and(|steps| steps.len() == 2);
        assert!(reading["status"] != "ready" || twice, "{phrase}: {reading}");
    }
}

#[test]
fn neither_a_question_nor_a_statement_nor_a_look_writes() {
    let phrases = [
        "the tag golf should be called golfers?",
        "order 653f5e0cde5a1314e62a9001 was paid in cash?",
        "the company Polar Foods is in Reno, right?",
        "will the RSVP trigger link be removed?",
        "should the tag golf be deleted?",
        "got any room on the Facials calendar on Nov 30?",
        "the facebook campaign Holiday Gifts has been paused",
        "show media folder Team in folder 686f0",
        "show the sms action Directions on voice agent Bella",
        "give the customer his money back",
        "give Bill Hayes his money back",
        "puaes fb campaign Summer Leads",
        "pull the invoices we sent Gwen Stark",
        "let's add a knowledge base",
        "I'd like a new brand board",
        "reset the sub-account Pine Yoga's password",
    ];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        let writes = reading["steps"].as_array().is_some_and(|steps| steps.iter().any(|s| s["risk"] != "read"));
        assert!(reading["status"] != "ready" || !writes, "{phrase}: {reading}");
    }
    means(&[
        ("could you delete contact Bob Lee?", "contacts.delete", json!({"contactId": "Bob Lee"})),
        (
            "facebook campaign Holiday Gifts should be paused",
            "facebook-ads.pause-campaign",
            json!({"campaignId": "Holiday Gifts"}),
        ),
        (
            "create a contact for Hana Ito (h@ito.jp)",
            "contacts.create",
            json!({"name": "Hana Ito", "email": "h@ito.jp"}),
        ),
        (
            "list orders from 2026-10-01, until 2026-10-15",
            "payments.list-orders",
            json!({"startAt": "2026-10-01", "endAt": "2026-10-15"}),
        ),
        (
            "form submissions, from 2026-11-01, form Intake, to 2026-11-15",
            "forms.list-submissions",
            json!({"formId": "Intake", "startAt": "2026-11-01", "endAt": "2026-11-15"}),
        ),
    ]);
}

#[test]
fn frames_that_make_change_and_drop_a_record_fit_every_operation() {
    let sale = || json!({"name": "Sale", "redirectTo": "https://acme.com/sale"});
    means(&[
        ("I'd like a tag called winter-leads", "locations.create-tag", json!({"name": "winter-leads"})),
        ("we'd like a knowledge base named Spa Rules", "knowledge-base.create", json!({"name": "Spa Rules"})),
        ("new trigger link Sale with https://acme.com/sale as the destination", "links.create", sale()),
        ("make a trigger link Sale, url should be https://acme.com/sale", "links.create", sale()),
        ("create the trigger link Sale (url: https://acme.com/sale)", "links.create", sale()),
        (
            r#"I want the description of the knowledge base Returns to be "all refunds""#,
            "knowledge-base.update",
            json!({"id": "Returns", "description": "all refunds"}),
        ),
        (
            r#"set "all refunds" as the description of the knowledge base Returns"#,
            "knowledge-base.update",
            json!({"id": "Returns", "description": "all refunds"}),
        ),
        ("the trigger link Book Now has to go", "links.delete", json!({"linkId": "Book Now"})),
    ]);
}

#[test]
fn a_remark_before_an_order_is_free_in_its_words() {
    means(&[
        ("everything's approved, delete the trigger link Book Now", "links.delete", json!({"linkId": "Book Now"})),
        (
            "the menu link Help Desk points to the wrong page, its url should be https://help.acme.com",
            "custom-menus.update",
            json!({"customMenuId": "Help Desk", "url": "https://help.acme.com"}),
        ),
    ]);
}

#[test]
fn padding_and_what_is_asked_are_no_values_of_a_write() {
    let phrases = [
        "let's add a knowledge base",
        "set up a media folder please",
        "I need a knowledge base deleted",
        "what is the new name of the brand board Acme Core",
        "give the trigger link Book Now a new name",
        "change the first name of the contact Ann Lee",
        "I need the phone number of the sub-account Oak Gym",
        "will the tag golf be deleted?",
        "will tag golf be deleted?",
        "would the tag golf be removed?",
        "should tag golf be updated?",
        "must the tag golf go?",
    ];
    for (phrase, reading) in phrases.iter().zip(read(&phrases)) {
        let writes = reading["steps"].as_array().into_iter().flatten().any(|step| step["risk"] != "read");
        assert!(reading["status"] != "ready" || !writes, "{phrase}: {reading}");
    }
}
