//! A peer that answers as a test tells it to, and remembers what it was asked.
#![allow(dead_code, reason = "each test file compiles its own copy and uses the part it needs")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// What the peer was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// "GET /members?q=jane"
    pub line: String,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as JSON; null when there was none.
    pub body: Value,
    /// Body as it came.
    pub text: String,
}

impl Asked {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// What the peer answers.
#[derive(Debug, Clone)]
pub struct Says {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    hangs_up: bool,
    breaks_off: bool,
}

/// An answer with a JSON body.
pub fn says(status: u16, body: &Value) -> Says {
    Says { status, headers: Vec::new(), body: body.to_string().into_bytes(), hangs_up: false, breaks_off: false }
}

impl Says {
    /// The status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The same with a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same with these bytes as its body.
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.body = bytes.to_vec();
        self
    }

    /// An answer that ends before its body does.
    pub fn breaks_off(mut self) -> Self {
        self.breaks_off = true;
        self
    }

    /// No answer at all: the connection is cut.
    pub fn hangs_up(mut self) -> Self {
        self.hangs_up = true;
        self
    }
}

/// The peer.
pub struct Scripted {
    /// Where it listens.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Scripted {
    /// A peer that answers by this function, which also learns how often it was asked before.
    pub fn new(script: impl Fn(&Asked, usize) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let seen = Arc::clone(&asked);
        let script = Arc::new(script);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, script) = (Arc::clone(&seen), Arc::clone(&script));
                thread::spawn(move || serve(stream, &seen, script.as_ref()));
            }
        });
        Self { url, asked }
    }

    /// Everything it was asked, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("the log").clone()
    }

    /// The request lines it was sent, in order.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|a| a.line).collect()
    }
}

fn serve(stream: TcpStream, seen: &Mutex<Vec<Asked>>, script: &(dyn Fn(&Asked, usize) -> Says + Send + Sync)) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let Some(asked) = read(&mut reader) else { return };
    let before = {
        let mut seen = seen.lock().expect("the log");
        seen.push(asked.clone());
        seen.len() - 1
    };
    let says = script(&asked, before);
    if !says.hangs_up {
        drop(write(stream, &says));
    }
}

fn read(reader: &mut impl BufRead) -> Option<Asked> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|n| *n > 0)?;
    let line = first.trim_end().rsplit_once(' ')?.0.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut text = String::new();
        reader.read_line(&mut text).ok()?;
        let Some((name, value)) = text.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(n, _)| n == "content-length").and_then(|(_, v)| v.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        line,
        headers,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        text: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn write(mut stream: TcpStream, says: &Says) -> std::io::Result<()> {
    let length = says.body.len() + usize::from(says.breaks_off) * 100;
    write!(stream, "HTTP/1.1 {} X\r\nConnection: close\r\nContent-Length: {length}\r\n", says.status)?;
    for (name, value) in &says.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    stream.write_all(&says.body)?;
    stream.flush()
}
