//! Phrases by what they mean, on Friday 2026-11-20 at 9:00 in New York.

use jiff::Zoned;

use super::{DateMatch, When, find_dates};
use crate::language::read;

fn now() -> Zoned {
    "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time")
}

fn find(line: &str) -> Vec<DateMatch> {
    find_dates(&read(line).expect("a clean line"), &now())
}

fn short(when: &When) -> String {
    let time = |z: &Zoned| z.strftime("%Y-%m-%dT%H:%M").to_string();
    match when {
        When::Day(date) => date.to_string(),
        When::Moment(moment) => time(moment),
        When::Days(start, end) => format!("{start}..{end}"),
        When::Span(start, end) => format!("{}..{}", time(start), time(end)),
        When::From(date) => format!("{date}.."),
        When::Until(date) => format!("..{date}"),
        When::Minutes(minutes) => format!("{minutes} min"),
    }
}

/// The reading of a line that is one date from end to end.
fn whole(line: &str) -> Option<DateMatch> {
    let items = read(line).expect("a clean line").items.len();
    find(line).into_iter().find(|m| m.first == 0 && m.last + 1 == items)
}

/// Phrases that mean the same in both directions.
fn check(table: &[(&str, &[&str])]) {
    let rows: Vec<_> = table.iter().map(|(expected, phrases)| (*expected, *expected, *phrases)).collect();
    check_bias(&rows);
}

/// Phrases that mean one thing in plans and another when looking back.
fn check_bias(table: &[(&str, &str, &[&str])]) {
    let rows = table.iter().flat_map(|(ahead, back, phrases)| phrases.iter().map(move |phrase| (phrase, ahead, back)));
    let wrong: Vec<String> = rows
        .filter_map(|(phrase, ahead, back)| match whole(phrase) {
            Some(found) if (&*short(&found.ahead), &*short(&found.back)) == (ahead, back) => None,
            Some(found) => Some(format!("{phrase}: {} | {}", short(&found.ahead), short(&found.back))),
            None => Some(format!("{phrase}: no date")),
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn days() {
    check(&[
        ("2026-12-07", &["the first Monday of December 2026", "first Monday of next month", "1st Monday in Dec 2026"]),
        ("2026-11-27", &["last Friday of the month", "the fourth Friday of this month"]),
        ("2027-03-31", &["end of Q1 2027"]),
        ("2026-11-20", &["today", "Today", "in 0 days"]),
        ("2026-11-21", &["tomorrow", "tmrw", "in a day", "in 1 day", "a day from now", "coming Saturday"]),
        ("2026-11-19", &["yesterday", "a day ago", "1 day ago", "last Thursday"]),
        ("2026-11-22", &["the day after tomorrow", "day after tomorrow", "in two days", "2 days from now", "in 2d"]),
        ("2026-11-18", &["the day before yesterday", "two days ago"]),
        (
            "2026-11-24",
            &["next Tuesday", "next tue", "Tuesday next week", "next week on Tuesday", "2026-11-24", "2026/11/24"],
        ),
        ("2026-11-25", &["next Wednesday", "Wednesday, November 25 2026"]),
        ("2026-11-16", &["last Monday", "Monday of this week", "past Monday"]),
        ("2026-11-13", &["last Friday", "one week ago", "Friday of last week"]),
        ("2026-11-20", &["this Friday"]),
        ("2026-12-04", &["in 2 weeks", "two weeks from today", "a couple of weeks from now"]),
        ("2026-12-20", &["in a month", "in one month"]),
        ("2027-11-20", &["in a year"]),
        ("2026-11-30", &["end of the month", "end of this month", "eom", "last day of the month"]),
        ("2026-12-01", &["first of next month", "the first of next month", "start of next month", "1st of next month"]),
        ("2026-12-31", &["end of the year", "end of year", "eoy", "end of 2026", "end of the quarter"]),
        ("2026-11-20", &["end of the week", "eow"]),
        ("2026-11-23", &["start of next week", "beginning of next week"]),
        (
            "2026-05-05",
            &["May 5, 2026", "5 May 2026", "the 5th of May 2026", "5/5/2026", "5.5.2026", "May 5th 2026", "5/5/26"],
        ),
        ("2026-12-25", &["25/12/2026", "12-25-2026", "Dec. 25, 2026"]),
        ("2026-12-04", &["2 weeks after today", "3 days after Dec 1 2026", "one day before Dec 5, 2026"]),
    ]);
}

#[test]
fn days_by_direction() {
    check_bias(&[
        ("2026-11-24", "2026-11-24", &["Tuesday the 24th", "Tuesday, Nov 24", "Tue 24 Nov"]),
        ("2026-11-23", "2026-11-16", &["Monday", "mon", "Mon", "this Monday"]),
        ("2026-11-27", "2026-11-13", &["Friday", "fri"]),
        (
            "2026-12-10",
            "2025-12-10",
            &["December 10", "Dec 10", "10 December", "the 10th of December", "12/10", "10 dec"],
        ),
        ("2027-11-01", "2026-11-01", &["Nov 1", "November 1st", "1st of November"]),
        ("2026-12-15", "2026-11-15", &["the 15th", "15th"]),
        ("2026-11-30", "2026-10-30", &["the 30th"]),
        ("2028-02-29", "2024-02-29", &["Feb 29", "29 February"]),
        ("2026-11-20", "2026-11-20", &["Nov 20", "the 20th"]),
        ("2027-10-31", "2026-10-31", &["end of October"]),
    ]);
}

#[test]
fn moments() {
    check(&[
        ("2026-11-21T00:00", &["midnight tonight", "tonight at midnight", "tonight at 12"]),
        ("2026-11-21T15:00", &["tomorrow 3p", "at 3 tomorrow"]),
        ("2026-11-20T09:30", &["in half an hour", "in 0.5 hours", "30 minutes from now"]),
        (
            "2026-11-21T16:00",
            &[
                "tomorrow at 4pm",
                "tomorrow 4pm",
                "4pm tomorrow",
                "tomorrow, 4 pm",
                "tomorrow at 16:00",
                "tomorrow at 4",
                "tomorrow @ 4pm",
                "4 p.m. tomorrow",
            ],
        ),
        (
            "2026-11-21T09:00",
            &["tomorrow morning", "tomorrow at 9", "tomorrow at 9 in the morning", "tomorrow morning at 9"],
        ),
        ("2026-11-21T14:00", &["tomorrow afternoon", "tomorrow in the afternoon"]),
        ("2026-11-21T18:00", &["tomorrow evening", "tomorrow evening at 6"]),
        ("2026-11-21T12:00", &["tomorrow at noon", "noon tomorrow", "tomorrow noon", "tomorrow 12pm"]),
        ("2026-11-21T00:00", &["tomorrow at midnight", "tomorrow 12am"]),
        ("2026-11-21T14:30", &["tomorrow at 2:30", "tomorrow 2.30pm", "tomorrow at 14:30"]),
        ("2026-11-21T02:30", &["tomorrow at 02:30", "tomorrow 2:30am"]),
        ("2026-11-20T17:00", &["today eod", "today at 5 o'clock", "today end of day"]),
        (
            "2026-11-24T10:30",
            &[
                "next Tuesday at 10:30am",
                "next tue 10:30",
                "10:30 next Tuesday",
                "2026-11-24 10:30",
                "2026-11-24 at 10:30am",
            ],
        ),
        (
            "2026-12-02T10:00",
            &[
                "2026-12-02 at 10am",
                "2026-12-02T10:00:00",
                "2026-12-02T10:00:00-05:00",
                "2026-12-02T15:00:00Z",
                "Dec 2 2026, 10am",
            ],
        ),
        ("2026-11-20T20:00", &["tonight at 8", "tonight at 8pm"]),
        ("2026-11-20T09:00", &["now", "this morning"]),
        ("2026-11-19T20:00", &["last night"]),
        ("2026-11-20T12:00", &["in 3 hours", "3 hours from now", "in 180 minutes"]),
        ("2026-11-20T08:30", &["30 minutes ago", "30 min ago"]),
    ]);
    check_bias(&[
        ("2026-11-20T16:00", "2026-11-19T16:00", &["4pm", "16:00"]),
        ("2026-11-21T08:00", "2026-11-20T08:00", &["8am", "8:00"]),
        ("2026-11-23T16:00", "2026-11-16T16:00", &["Monday at 4pm", "Monday 4pm", "4pm on Monday", "monday at 4"]),
        ("2026-11-27T12:00", "2026-11-13T12:00", &["Friday noon", "Friday at noon"]),
        ("2026-11-21T00:00", "2026-11-20T00:00", &["midnight"]),
        ("2026-11-20T20:00", "2026-11-20", &["tonight"]),
    ]);
}

#[test]
fn periods() {
    check(&[
        ("2026-11-14..2026-11-20", &["in the last week", "over the last week"]),
        ("2026-11-30..2026-12-06", &["the week after next", "week after next"]),
        ("2026-11-16..2026-11-22", &["this week", "the current week"]),
        ("2026-11-09..2026-11-15", &["last week", "previous week", "the week of Nov 10 2026"]),
        ("2026-11-23..2026-11-29", &["next week", "the coming week"]),
        ("2026-11-21..2026-11-22", &["this weekend"]),
        ("2026-11-28..2026-11-29", &["next weekend"]),
        ("2026-11-14..2026-11-15", &["last weekend"]),
        ("2026-10-01..2026-10-31", &["last month", "October 2026", "in October 2026", "2026-10"]),
        ("2026-11-01..2026-11-30", &["this month", "November", "in Nov"]),
        ("2026-12-01..2026-12-31", &["next month"]),
        ("2026-07-01..2026-09-30", &["last quarter", "q3 2026", "the third quarter of 2026"]),
        ("2026-10-01..2026-12-31", &["this quarter", "q4", "Q4 2026"]),
        ("2025-01-01..2025-12-31", &["last year", "in 2025", "during 2025"]),
        (
            "2026-11-14..2026-11-20",
            &["last 7 days", "the last 7 days", "in the last seven days", "past week", "past 7 days"],
        ),
        ("2026-11-20..2026-11-26", &["next 7 days", "in the next 7 days"]),
        ("2026-11-07..2026-11-20", &["last 2 weeks", "the past two weeks"]),
        ("2026-08-21..2026-11-20", &["last 3 months", "over the last three months"]),
        (
            "2026-11-01..2026-11-20",
            &["month to date", "mtd", "so far this month", "this month so far", "earlier this month"],
        ),
        ("2026-07-01..2026-12-31", &["the second half of 2026", "second half of this year", "h2 2026"]),
        ("2026-09-01..2026-09-30", &["the month of September 2026", "September this year"]),
        ("2025-01-01..2025-03-31", &["January to March last year"]),
        ("2026-11-19T09:00..2026-11-20T09:00", &["last 24 hours", "the past 24 hours"]),
    ]);
    check_bias(&[
        ("2026-11-21..2026-11-22", "2026-11-14..2026-11-15", &["the weekend", "over the weekend"]),
        ("2027-10-01..2027-10-31", "2026-10-01..2026-10-31", &["in October", "in oct", "October"]),
        ("2026-12-01..2026-12-31", "2025-12-01..2025-12-31", &["December"]),
        ("2027-01-01..2027-03-31", "2026-01-01..2026-03-31", &["q1", "the first quarter"]),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("2026-11-20..2026-11-27", &["today until Friday", "from now until Friday", "from today to Friday"]),
        (
            "2026-12-01..2026-12-05",
            &["Dec 1-5, 2026", "1-5 December 2026", "from 1st to 5th of December 2026", "2026-12-01..2026-12-05"],
        ),
        ("2026-11-01..2026-11-20", &["Nov 1 2026 till now", "from Nov 1 until today"]),
        (
            "2026-12-01..2026-12-04",
            &[
                "2026-12-01 to 2026-12-04",
                "from 2026-12-01 to 2026-12-04",
                "2026-12-01 - 2026-12-04",
                "Dec 1 2026 to 4",
                "Dec 1 to Dec 4, 2026",
            ],
        ),
        (
            "2026-11-21T12:00..2026-11-21T13:00",
            &[
                "tomorrow from 12pm to 1pm",
                "tomorrow 12-1pm",
                "from 12pm to 1pm tomorrow",
                "tomorrow at 12pm for an hour",
            ],
        ),
        (
            "2026-11-24T13:00..2026-11-24T17:00",
            &["next Tuesday 1pm to 5pm", "next Tuesday between 1 and 5pm", "next tue 1-5pm", "1pm-5pm next Tuesday"],
        ),
        (
            "2026-11-21T10:00..2026-11-21T11:00",
            &["tomorrow 10-11am", "10-11am tomorrow", "tomorrow 10–11am", "tomorrow from 10 to 11am"],
        ),
        (
            "2026-11-21T09:00..2026-11-21T17:00",
            &["tomorrow 9 to 5", "tomorrow 9am-5pm", "tomorrow 9am to 5", "tomorrow from 9:00 to 17:00"],
        ),
        ("2026-11-21T11:00..2026-11-21T13:00", &["tomorrow 11-1pm", "tomorrow 11am to 1"]),
        ("2026-11-21T22:00..2026-11-22T02:00", &["tomorrow 10pm to 2am"]),
        ("2026-11-20T10:00..2026-11-20T11:00", &["today 10-11am"]),
        ("2026-11-20..2026-11-21", &["today and tomorrow", "today to tomorrow"]),
        ("2026-11-21T09:00..2026-11-23T17:00", &["tomorrow 9am to 2026-11-23 5pm"]),
        ("2026-11-21T16:00..2026-11-21T16:30", &["tomorrow at 4pm for 30 minutes", "tomorrow 4pm for half an hour"]),
        ("2026-01-01..2026-06-30", &["q1 2026 to q2 2026", "Jan 2026 to Jun 2026"]),
    ]);
    check_bias(&[
        (
            "2027-10-05..2027-10-12",
            "2026-10-05..2026-10-12",
            &["between October 5 and October 12", "October 5 to 12", "Oct 5-12", "from Oct 5 through the 12th"],
        ),
        (
            "2027-11-01..2027-11-15",
            "2026-11-01..2026-11-15",
            &["between Nov 1 and Nov 15", "Nov 1 to Nov 15", "11/1 to 11/15", "11/1-11/15"],
        ),
        ("2027-10-05..2027-10-20", "2026-10-05..2026-10-20", &["Oct 5 to 20"]),
        ("2026-11-15..2026-11-30", "2026-11-15..2026-11-30", &["Nov 15 to Nov 30"]),
        ("2026-12-27..2027-01-03", "2025-12-27..2026-01-03", &["Dec 27 to Jan 3"]),
        (
            "2026-11-23..2026-11-27",
            "2026-11-16..2026-11-20",
            &["Monday to Friday", "mon-fri", "from Monday through Friday"],
        ),
        (
            "2026-11-20T09:00..2026-11-20T17:00",
            "2026-11-20T09:00..2026-11-20T17:00",
            &["9 to 5", "from 9 to 5", "9am - 5pm"],
        ),
        (
            "2026-11-23T13:00..2026-11-23T17:00",
            "2026-11-16T13:00..2026-11-16T17:00",
            &["Monday 1pm to 5pm", "Monday from 1 to 5"],
        ),
    ]);
}

#[test]
fn open_ranges() {
    check(&[
        ("2026-11-16..", &["since Monday", "since last Monday", "since 2026-11-16"]),
        ("2026-01-01..", &["since January", "since Jan 1"]),
        ("2026-11-09..", &["since last week"]),
        (
            "..2026-11-22",
            &["until this weekend", "before next week", "until Sunday of this week", "till the day after tomorrow"],
        ),
        ("2026-11-30..", &["after next week", "starting 2026-11-30", "from 2026-11-30 onwards"]),
    ]);
    check_bias(&[
        ("..2026-11-27", "..2026-11-13", &["until Friday", "by Friday", "through Friday"]),
        ("..2027-04-30", "..2026-04-30", &["before May 1"]),
        ("2026-11-24..", "2026-11-17..", &["after Monday"]),
        ("2026-11-23..", "2026-11-16..", &["from Monday on", "starting Monday"]),
    ]);
}

#[test]
fn lengths() {
    check(&[
        ("15 min", &["a quarter of an hour"]),
        ("30 min", &["30 min", "30min", "30 minutes", "half an hour", "30m", "thirty minutes", "0.5 hours"]),
        ("60 min", &["an hour", "1 hour", "60 minutes", "1h", "one hour", "a hour"]),
        ("90 min", &["90 minutes", "1.5 hours", "an hour and a half", "1 hour 30 minutes", "1h30m", "1 hr and 30 min"]),
        ("120 min", &["2 hours", "two hrs", "2h", "a couple of hours"]),
        ("15 min", &["15 minutes", "fifteen minutes"]),
        ("4320 min", &["3 days", "three days"]),
    ]);
}

#[test]
fn finds_them_inside_a_line() {
    for (line, found) in [
        ("book Jane tomorrow at 4pm, status confirmed", &["tomorrow at 4pm", "tomorrow", "4pm"][..]),
        ("call me at 4pm", &["4pm"]),
        ("roll back to last week's version", &["last week"]),
        (
            "free slots from 2026-12-01 to 2026-12-04?",
            &["from 2026-12-01 to 2026-12-04", "2026-12-01 to 2026-12-04", "2026-12-01", "2026-12-04"],
        ),
        ("task due Friday and Monday", &["Friday and Monday", "Friday", "Monday"]),
        ("what's on the calendar tomorrow?", &["tomorrow"]),
        ("slot duration 60 minutes, slot buffer 15 minutes", &["60 minutes", "15 minutes"]),
        ("published in oct", &["in oct", "oct"]),
        ("task Call back due next Tuesday on Olivia", &["next Tuesday", "Tuesday"]),
    ] {
        let utterance = read(line).expect("a clean line");
        let places: Vec<&str> = find(line).iter().map(|m| utterance.slice(m.first, m.last)).collect();
        assert_eq!(places, found, "{line}");
    }
}

#[test]
fn finds_nothing_where_there_is_nothing() {
    for line in [
        "add tag vip to Jane Doe",
        "note for Jane: \"call tomorrow at 4pm\"",
        "when=tomorrow",
        "Add the information to Jane",
        "password Sunny-42-Day",
        "call +1 555 123 4567, limit 5",
        "$5 and 15% of 200",
        "Janet Decker marched to Sundance",
        "ad set Moms 30-45",
        "order 12 to ship",
        "Monday November 24 2026x",
        "in 99999999 days",
        "25:00",
    ] {
        let found: Vec<_> = find(line).into_iter().filter(|m| !matches!(m.ahead, When::Minutes(_))).collect();
        let allowed = usize::from(line.starts_with("Monday"));
        assert_eq!(found.len(), allowed, "{line}: {found:?}");
    }
}

#[test]
fn a_date_that_is_not_that_weekday_is_no_date() {
    assert_eq!(whole("Monday, November 24 2026"), None);
    assert_eq!(whole("Friday the 14th of November 2026"), None);
    assert!(whole("Tuesday, November 24 2026").is_some());
}
