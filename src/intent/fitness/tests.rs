//! Values that cannot be meant, and what the lines come to without them.

use super::super::reading_tests::meant;

#[test]
fn a_value_that_cannot_be_meant_gives_way_to_the_next_reading() {
    for (line, expected) in [
        ("create a calendar called 30 minutes", "calendars.create name=\"30 minutes\""),
        ("change the calendar Intro to 45 minutes", "unknown"),
        ("INV-3001 was paid by check today", "invoices.record-payment invoiceId=\"INV-3001\" mode=\"cheque\""),
        ("review rev_1183 on product Glow Kit is spam - delete", "products.delete-review reviewId=\"rev_1183\""),
        ("remove the tag lead from both", "unknown"),
    ] {
        assert!(meant(line).starts_with(expected), "{line}: {}", meant(line));
    }
    for (line, told) in [
        ("move the deal Acme to Proposal and assign it to Dana", "assignedTo=\"Dana\""),
        ("reassign the website deal to dana white", "id=\"website\" assignedTo=\"dana white\""),
    ] {
        assert!(meant(line).contains(told), "{line}: {}", meant(line));
    }
}

#[test]
fn a_name_ends_where_another_clause_begins() {
    let line = "the custom field 6f1a9b2c should be called Roof Age and sit at position 3";
    assert!(meant(line).contains("name=\"Roof Age\" "), "{}", meant(line));
    let line = "rename the calendar Demo to Terms and conditions";
    assert!(meant(line).contains("name=\"Terms and conditions\""), "{}", meant(line));
    let line = "create contact Smith and sons roofing";
    assert!(meant(line).contains("name=\"Smith and sons roofing\""), "{}", meant(line));
}

#[test]
fn it_is_not_what_only_tells_where_a_record_is() {
    let line = "spam review 66d1cd389d4b1c3a on product 6639e0e61060a056, delete it";
    assert!(!meant(line).contains("products.delete "), "{}", meant(line));
}

#[test]
fn what_belongs_to_a_record_or_is_only_a_kind_is_none() {
    for line in [
        "our sub-account got a new phone, 480-555-0119, update that",
        "show the shipping carrier 6578278e879ad2646715bb10. Change its callback url to https://x.com/ups",
    ] {
        assert!(!meant(line).contains("contacts."), "{line}: {}", meant(line));
    }
}

#[test]
fn a_name_is_not_cut_in_two() {
    for (line, told) in [
        ("exclude the product Blue Tee from store Main Store", "storeId=\"Main Store\""),
        ("change Ann Lee's address to 9 Harbor Rd, city Boston", "=\"9 Harbor Rd\""),
        ("new price for product Gym named Quarterly, 129 USD, one time, setup fee 25", "name=\"Quarterly\""),
    ] {
        assert!(meant(line).contains(told), "{line}: {}", meant(line));
    }
}

#[test]
fn a_thing_is_not_called_like_somebody_nor_by_what_another_field_tells() {
    for (line, never) in [
        ("text Doug Pruitt tomorrow at 8:30am \"crew is on the way\"", "=\"tomorrow"),
        ("she lives in McKinney, TX. put her in as a contact", "name=\"TX\""),
        ("create a deal named Implant for Karen Liu in the New Patients pipeline", "Implant for"),
        ("block tomorrow 12pm to 1pm for Dana White, title Lunch", "calendarId=\"Dana White\""),
        ("new deal for Carla Mendes in Sales Pipeline called Solar 8kW worth 14500", "pipelineId=\"8kW\""),
        ("redirect rd_441 -> https://acme.co/spring, action website", "https://acme.co/spring, action"),
        ("voice ai agent Ava: language es, max call 600 sec", "\"sec\""),
        ("Ann Lee needs the tag vip removed", "add-tags"),
        ("no one should be tagged vip", "bulk-tags"),
        ("add Kim Osei as a follower of that contact", "contacts.create"),
        ("tidy up: I want that conversation deleted", "I want"),
    ] {
        assert!(!meant(line).contains(never), "{line}: {}", meant(line));
    }
}

#[test]
fn nothing_is_called_by_words_that_name_nothing() {
    for (line, wrong) in [
        ("We stop with the custom payment provider. The integration should be deleted.", "\"The\""),
        ("inside Facebook campaign 1202 create an ad set called Brunch", "\"Facebook\""),
        ("our number changed, put +18285550133 as the phone on our sub-account", "create"),
        ("it's the tag vip that Ann Lee needs", "add-tags"),
        ("Ann Lee is now a customer, not a lead, fix her tags", "[\"fix\"]"),
        ("Customer wants the tag vip deleted", "Customer"),
        ("for the calendar Oil Change we need a block on Friday from 9 to 11", "\"Friday\""),
    ] {
        assert!(!meant(line).contains(wrong), "{line}: {}", meant(line));
    }
}

#[test]
fn a_clause_that_names_the_record_is_heard() {
    let line = "The product collection col_Autumn26 should now be called Winter Warmers, slug winter-warmers";
    let whole = r#"products.update-collection collectionId="col_Autumn26" name="Winter Warmers" slug="winter-warmers""#;
    assert_eq!(meant(line), whole);
}
