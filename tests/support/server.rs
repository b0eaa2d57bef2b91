//! A server on this machine that remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// A request as it arrived: method and target, headers, body.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Method and target.
    pub line: String,
    /// Headers as they came.
    pub headers: Vec<String>,
    /// The body; null when it is no JSON.
    pub body: Value,
}

/// A server that answers what a closure says, until the test ends.
pub struct Server {
    /// Scheme, host and port.
    pub address: String,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Arrived {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.headers.iter().filter_map(|line| line.split_once(':'));
        pairs.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

impl Server {
    /// Starts one.
    pub fn new(answer: impl Fn(&str) -> Value + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&arrived);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &answer, &seen);
            }
        });
        Self { address, arrived }
    }

    /// The lines of the requests that arrived since the last look.
    pub fn lines(&self) -> Vec<String> {
        self.take().into_iter().map(|request| request.line).collect()
    }

    /// The requests that arrived since the last look.
    pub fn take(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.arrived.lock().expect("the list of requests"))
    }
}

fn serve(mut stream: TcpStream, answer: &impl Fn(&str) -> Value, seen: &Mutex<Vec<Arrived>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let Some((line, headers)) = head.split_first() else { return };
    let length = headers.iter().find_map(|h| h.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("the body");
    let line = line.trim_end_matches(" HTTP/1.1").to_owned();
    let out = answer(&line).to_string();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    seen.lock().expect("the list of requests").push(Arrived { line, headers: headers.to_vec(), body });
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n", out.len());
    stream.write_all(format!("{head}connection: close\r\n\r\n{out}").as_bytes()).expect("the answer is taken");
}
