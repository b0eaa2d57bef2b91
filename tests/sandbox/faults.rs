use std::time::{Duration, Instant};

use sayso::sandbox::{Faults, Options};
use serde_json::json;

use crate::harness::{Client, JANE, options};

fn misbehaving(faults: &str, random: u64) -> Client {
    Client::with(Options { faults: Faults::parse(faults).unwrap(), random, ..options() })
}

#[tokio::test]
async fn statuses_come_as_often_as_told_and_always_the_same() {
    let run = async |random| {
        let client = misbehaving("429:0.2,500:0.2", random);
        let mut statuses = Vec::new();
        for _ in 0..60 {
            statuses.push(client.get(&format!("/contacts/{JANE}")).await.0);
        }
        statuses
    };
    let first = run(3).await;
    assert_eq!(first, run(3).await);
    assert_ne!(first, run(4).await);
    for status in [200, 429, 500] {
        assert!(first.contains(&status), "{status} {first:?}");
    }
}

#[tokio::test]
async fn a_dropped_request_gets_no_answer_but_may_have_been_done() {
    let client = misbehaving("drop:1", 1);
    for n in 0..12 {
        let body = json!({"tags": [format!("dropped-{n}")]});
        let sent = client.request("POST", &format!("/contacts/{JANE}/tags")).json(&body).send().await;
        assert!(sent.is_err(), "{sent:?}");
    }
    let log = client.sandbox.log();
    let done = log.iter().filter(|exchange| exchange.operation.is_some()).count();
    assert!((1..12).contains(&done) && log.len() == 12 && log.iter().all(|exchange| exchange.status == 0), "{done}");
}

#[tokio::test]
async fn a_slow_request_takes_about_a_second() {
    let client = misbehaving("slow:1", 1);
    let begun = Instant::now();
    assert_eq!(client.get(&format!("/contacts/{JANE}")).await.0, 200);
    assert!(begun.elapsed() >= Duration::from_millis(950));
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let client = Client::new();
    let address = client.sandbox.base_url.trim_start_matches("http://").to_owned();
    assert!(tokio::net::TcpStream::connect(&address).await.is_ok());
    client.sandbox.stop();
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}
