//! A test of the program reads as a specification: what is typed, what comes back.
#![allow(dead_code, reason = "each test file compiles its own copy and uses the part it needs")]

pub mod server;

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
};

use serde_json::Value;
use tempfile::TempDir;

/// The moment at which tests take place: a Friday morning.
pub const NOW: &str = "2026-11-20T09:00:00-05:00";
/// And where.
pub const ZONE: &str = "America/New_York";

/// One run of the program in a folder and an environment of its own.
///
/// Nothing of the machine leaks in: the environment is empty but for `PATH`, home and configuration are in the folder.
#[must_use = "a test does nothing until it is run"]
pub struct Test {
    args: Vec<String>,
    env: Vec<(String, String)>,
    folder: TempDir,
    status: i32,
    stdin: Vec<u8>,
    stdout: Option<String>,
    stderr: Option<String>,
}

impl Test {
    /// A run of `sayso` with nothing said yet: it must succeed.
    pub fn new() -> Self {
        Self {
            args: Vec::new(),
            env: Vec::new(),
            folder: TempDir::new().expect("a temporary folder"),
            status: 0,
            stdin: Vec::new(),
            stdout: None,
            stderr: None,
        }
    }

    /// Adds one argument.
    pub fn arg(mut self, arg: impl Into<String>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Adds arguments.
    pub fn args<S: Into<String>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Keeps what is made from the catalog for other runs too, which saves making it anew for each.
    pub fn shared_cache(self) -> Self {
        self.env("XDG_CACHE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"))
    }

    /// Talks to the embedded sandbox, at the moment of the tests.
    pub fn sandbox(self) -> Self {
        self.arg("--sandbox").clock()
    }

    /// Pins the clock.
    pub fn clock(self) -> Self {
        self.args(["--now", NOW, "--timezone", ZONE])
    }

    /// Talks to a sandbox in another process, at the moment of the tests.
    pub fn against(mut self, sandbox: &Sandbox) -> Self {
        self.env.extend(sandbox.env.iter().cloned());
        self.args(["--base-url", &sandbox.base_url]).clock()
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// What stands on standard input.
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Writes a file into the folder of the run, its folders too.
    pub fn file(self, path: &str, text: &str) -> Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders for the file");
        std::fs::write(path, text).expect("the file can be written");
        self
    }

    /// The folder of the run.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Exactly what standard output must hold.
    pub fn stdout(mut self, text: impl Into<String>) -> Self {
        self.stdout = Some(text.into());
        self
    }

    /// Exactly what standard error must hold.
    pub fn stderr(mut self, text: impl Into<String>) -> Self {
        self.stderr = Some(text.into());
        self
    }

    /// The exit code it must end with.
    pub fn status(mut self, code: i32) -> Self {
        self.status = code;
        self
    }

    /// The command, ready to be started by a test that talks with it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(program());
        command.args(&self.args).current_dir(self.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.path()).env("XDG_CONFIG_HOME", self.path().join("config"));
        command.env("XDG_DATA_HOME", self.path().join("data")).env("XDG_CACHE_HOME", self.path().join("cache"));
        command.env("XDG_STATE_HOME", self.path().join("state"));
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it and compares everything that was said about its end.
    pub fn run(self) -> Ran {
        let output = feed(self.command(), &self.stdin);
        let ran = Ran {
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
            folder: self.folder,
        };
        let what = format!("{:?}\n--- stdout\n{}\n--- stderr\n{}", self.args, ran.stdout, ran.stderr);
        assert_eq!(output.status.code(), Some(self.status), "exit code of {what}");
        if let Some(expected) = self.stdout {
            assert_eq!(ran.stdout, expected, "standard output of {what}");
        }
        if let Some(expected) = self.stderr {
            assert_eq!(ran.stderr, expected, "standard error of {what}");
        }
        ran
    }
}

/// What a run left behind.
pub struct Ran {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    folder: TempDir,
}

impl Ran {
    /// Standard output as one JSON value a line.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }

    /// Standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.stdout))
    }

    /// A file of the run's folder.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }
}

/// A sandbox in a process of its own, for tests that need one which misbehaves or outlives a run.
pub struct Sandbox {
    process: Child,
    base_url: String,
    env: Vec<(String, String)>,
    // Kept so that the folder lives as long as the process.
    _test: Test,
}

impl Sandbox {
    /// Starts one with further arguments (`--fault …`).
    pub fn start(args: &[&str]) -> Self {
        let test = Test::new().args(["sandbox", "--port", "0"]).args(args.iter().copied()).args(["--now", NOW]);
        let mut process = test.command().stdout(Stdio::piped()).spawn().expect("the sandbox starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let mut next = || lines.next().expect("a line").expect("text");
        let base_url = next().strip_prefix("Sandbox on ").expect("its address").to_owned();
        let mut env = Vec::new();
        while let Some(set) = next().strip_prefix("export ") {
            let (name, value) = set.split_once('=').expect("a variable");
            env.push((name.to_owned(), value.to_owned()));
        }
        Self { process, base_url, env, _test: test }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The program under test.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_sayso")
}

fn feed(mut command: Command, stdin: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("standard input is a pipe");
    thread::scope(|scope| {
        // A program that ends without reading all of it is no fault of the test's.
        scope.spawn(move || drop(pipe.write_all(stdin)));
        child.wait_with_output().expect("the program ends")
    })
}
