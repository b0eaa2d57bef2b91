use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::catalog::FileKind;

/// What the command line says, checked for form only.
#[derive(Debug, Parser)]
#[command(
    name = "sayso",
    version,
    about = "Says what to do in plain English, does it through any REST API described in YAML.",
    override_usage = "sayso [OPTIONS] [PHRASE]...\n       sayso [OPTIONS] <COMMAND>",
    after_help = "Without a phrase or a command, sayso talks with you; with standard input not a terminal, it is `sayso pipe`.",
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub options: Options,

    /// A command with a name of its own.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// What to do, in plain English: one quoted phrase, or its words.
    #[arg(value_name = "PHRASE", allow_negative_numbers = true)]
    pub phrase: Vec<String>,
}

/// Options that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Options {
    /// Talk to an embedded sandbox instead of the real service.
    #[arg(long, global = true)]
    pub sandbox: bool,

    /// Lay this folder of YAML over the built-in catalog; may be repeated, later ones win.
    #[arg(long, global = true, value_name = "DIR")]
    pub endpoints: Vec<PathBuf>,

    /// Work with this profile of profiles.yaml; `none` for none.
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,

    /// The account to work in, by its id or its name; several separated by commas, or `all`, for a phrase.
    #[arg(long, global = true, value_name = "ID")]
    pub location: Option<String>,

    /// Keep to this service of the catalog, where a phrase could mean two; what it extends goes through it.
    #[arg(long, global = true, value_name = "NAME")]
    pub service: Option<String>,

    /// Ask for this version of the API wherever an operation has a variant for it (also `SAYSO_API_VERSION`).
    #[arg(long, global = true, value_name = "NAME")]
    pub api_version: Option<String>,

    /// Send requests here instead of to the service's own address.
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,

    /// How to print data.
    #[arg(long, global = true, value_enum, value_name = "FORM")]
    pub output: Option<Output>,

    /// Print only these fields, by their dotted names, separated by commas.
    #[arg(long, global = true, value_name = "A,B.C", value_delimiter = ',')]
    pub fields: Vec<String>,

    /// Stop a list after so many records.
    #[arg(long, global = true, value_name = "N")]
    pub limit: Option<NonZeroUsize>,

    /// Follow a list to its end.
    #[arg(long, global = true, conflicts_with = "limit")]
    pub all: bool,

    /// Print the exact request and send nothing.
    #[arg(long, global = true)]
    pub dry_run: bool,

    /// Say how the phrase was read.
    #[arg(long, global = true)]
    pub explain: bool,

    /// Print each request as a curl line, the token left out.
    #[arg(long, global = true)]
    pub curl: bool,

    /// Agree to everything that would be asked first.
    #[arg(long, short = 'y', global = true)]
    pub yes: bool,

    /// Refuse whatever changes something.
    #[arg(long, global = true)]
    pub read_only: bool,

    /// Read dates as if it were this moment (RFC 3339).
    #[arg(long, global = true, value_name = "TIME")]
    pub now: Option<String>,

    /// Read and show times in this zone (an IANA name).
    #[arg(long, global = true, value_name = "ZONE")]
    pub timezone: Option<String>,

    /// Use operations that are not in the official documents too.
    #[arg(long, global = true)]
    pub allow_undocumented: bool,

    /// Wait so many seconds for an answer at most.
    #[arg(long, global = true, value_name = "SECONDS")]
    pub timeout: Option<NonZeroU32>,

    /// Read answers of so many MiB at most.
    #[arg(long, global = true, value_name = "MIB")]
    pub max_response: Option<NonZeroU32>,

    /// Say more on standard error; twice, still more.
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// Forms in which data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Table,
    /// The response as indented JSON.
    Json,
    /// One JSON object a record and line.
    Jsonl,
    /// A header line and one line a record.
    Csv,
    /// YAML.
    Yaml,
}

/// Commands with names of their own.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print how phrases are read, one JSON object a line; nothing is sent.
    Route {
        /// Phrases; without any, one a line on standard input.
        #[arg(value_name = "PHRASE", allow_negative_numbers = true)]
        phrase: Vec<String>,
    },
    /// Answer JSON lines on standard input with JSON lines on standard output.
    Pipe,
    /// Carry a phrase out for every row of a file, after a plan that is agreed to.
    Each(EachOptions),
    /// Carry a bulk run on that was cut off; without a number, the last one that has rows left.
    Resume(ResumeOptions),
    /// Take back what was written; without a number, the last run that changed something.
    Undo(UndoOptions),
    /// List what was written, the latest first.
    History(HistoryOptions),
    /// Look into the catalog of operations.
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// Run the sandbox as a server of its own.
    Sandbox(SandboxOptions),
    /// List the profiles and where their tokens are kept.
    Profiles,
    /// Write a profile, or add a location, a token or a login to one. Tokens are asked for, or read from standard input.
    Setup(SetupOptions),
    /// Log in with a profile that has a `login`, in the browser.
    Login(LoginOptions),
    /// Forget the tokens of a profile that are kept here.
    Logout,
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

/// What `sayso each` takes.
#[derive(Debug, Args)]
pub struct EachOptions {
    /// The rows: a .csv with a header line, or a .jsonl.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to do for each, with its columns: "add tag {{ tag }} to {{ name }}".
    #[arg(value_name = "PHRASE", required = true)]
    pub phrase: Vec<String>,
    /// Write the rows that failed here; default: FILE with `.failed` before its ending.
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
    /// Keep each record as it was before, so that `sayso undo` can take the run back; it costs a read a row.
    #[arg(long)]
    pub undoable: bool,
}

/// What `sayso undo` takes.
#[derive(Debug, Args)]
pub struct UndoOptions {
    /// Number of the run, as `sayso history` shows it.
    #[arg(value_name = "RUN")]
    pub run: Option<i64>,
}

/// What `sayso resume` takes.
#[derive(Debug, Args)]
pub struct ResumeOptions {
    /// Number of the run, as its report and `sayso history` show it.
    #[arg(value_name = "RUN")]
    pub run: Option<i64>,
    /// Write the rows that failed here.
    #[arg(long, value_name = "FILE")]
    pub failed: Option<PathBuf>,
}

/// What `sayso history` takes.
#[derive(Debug, Args)]
pub struct HistoryOptions {
    /// Show the writes of this run only.
    #[arg(value_name = "RUN")]
    pub run: Option<i64>,
}

/// What `sayso setup` takes.
#[derive(Debug, Args)]
pub struct SetupOptions {
    /// What you call the location of --location.
    #[arg(long, value_name = "NAME", requires = "location")]
    pub name: Option<String>,
    /// Kind of the token, when it is of no one location.
    #[arg(long, value_enum, conflicts_with = "location")]
    pub kind: Option<TokenKinds>,
    /// The variable that holds the token (or the client's secret).
    #[arg(long, value_name = "VARIABLE", group = "place")]
    pub token_env: Option<String>,
    /// The file that holds the token alone.
    #[arg(long, value_name = "FILE", group = "place")]
    pub token_file: Option<PathBuf>,
    /// Keep the token in the keyring of the desktop.
    #[arg(long, group = "place")]
    pub keyring: bool,
    /// Scopes the token was given, or those to ask for at a login.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub scopes: Vec<String>,
    /// The only place where the tokens may go: scheme, host and port.
    #[arg(long, value_name = "URL")]
    pub host: Option<String>,
    /// Log in as this program; its secret takes the token's place.
    #[arg(long, value_name = "ID", conflicts_with = "location")]
    pub client_id: Option<String>,
    /// Where the service sends the browser back to: an address of this machine.
    #[arg(long, value_name = "URL", requires = "client_id")]
    pub redirect: Option<String>,
}

impl SetupOptions {
    /// Whether the place of the token is said, so that nobody has to be asked.
    #[must_use]
    pub fn says_where(&self) -> bool {
        self.token_env.is_some() || self.token_file.is_some()
    }
}

/// Kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenKinds {
    /// Of the agency.
    Agency,
    /// Of one account.
    SubAccount,
}

impl TokenKinds {
    /// Its name in the YAML.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::SubAccount => "sub-account",
        }
    }
}

/// What `sayso login` takes.
#[derive(Debug, Args)]
pub struct LoginOptions {
    /// Only print the page's address.
    #[arg(long)]
    pub no_browser: bool,
}

/// What can be asked of the catalog.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// List operations, or those that fit some words.
    List {
        /// Words that must all occur.
        words: Vec<String>,
    },
    /// Show everything about one operation.
    Show {
        /// Its name, or "METHOD /path".
        operation: String,
    },
    /// List the webhook events, or those that fit some words.
    Events {
        /// Words that must all occur.
        words: Vec<String>,
    },
    /// Report every mistake in the YAML at once.
    Check {
        /// Folder to check over the built-in catalog; default: the catalog in use.
        dir: Option<PathBuf>,
    },
    /// Run the cases of every `.test.yaml`.
    Test {
        /// Folder of the cases; default: those of the catalog in use.
        dir: Option<PathBuf>,
        /// Say every phrase in other ways too (small letters, a filler, a slip, "don't" …) and tell how many keep their
        /// meaning, or lose it where they should.
        #[arg(long)]
        mutate: bool,
        /// Tell which operations take each other's phrases, or come close to it.
        #[arg(long)]
        confusion: bool,
    },
    /// Make a service of an `OpenAPI` file: its operations can be asked for at once.
    Import {
        /// The file, several, or a folder of them.
        #[arg(value_name = "SPEC", required = true)]
        spec: Vec<PathBuf>,
        /// Catalog folder to write into; default: your own.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// Write over files that were edited since they were imported.
        #[arg(long)]
        force: bool,
    },
    /// Write a commented skeleton of an operation into the right file.
    New {
        /// Its name: `group.verb-noun`.
        operation: String,
        /// The request, as the API's documentation gives it: "POST /x/{id}".
        #[arg(long, value_name = "METHOD /PATH")]
        request: String,
    },
    /// Tell what differs between a service and the `OpenAPI` files of its API; ends with 0 only when nothing does.
    Diff {
        /// Files or folders of `OpenAPI` 3.0 or 3.1, JSON or YAML.
        #[arg(required = true, value_name = "SPEC")]
        spec: Vec<PathBuf>,
    },
    /// Print the JSON Schema of the YAML files, for editors.
    Schema {
        /// The kind of file; default: one schema that fits any of them.
        #[arg(value_enum)]
        kind: Option<Kind>,
        /// Write the schema of each kind into this catalog folder, where the first lines of its files look for them.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
}

/// Kinds of YAML files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// `<service>/service.yaml`.
    Service,
    /// `<service>/<group>.yaml`.
    Group,
    /// `<service>/<group>.test.yaml`.
    Test,
    /// `lexicon.yaml`.
    Lexicon,
}

impl From<Kind> for FileKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Service => Self::Service,
            Kind::Group => Self::Group,
            Kind::Test => Self::Test,
            Kind::Lexicon => Self::Lexicon,
        }
    }
}

/// What `sayso sandbox` takes.
#[derive(Debug, Args)]
pub struct SandboxOptions {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub port: u16,
    /// Keep the records in this `SQLite` file.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Start from the records of this YAML file.
    #[arg(long, value_name = "FILE")]
    pub seed: Option<PathBuf>,
    /// Misbehave: `429:0.2,500:0.05,drop:0.01,slow:0.1`.
    #[arg(long, value_name = "SPEC")]
    pub fault: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(words: &[&str]) -> Cli {
        Cli::try_parse_from([&["sayso"], words].concat()).expect("a well-formed line")
    }

    #[test]
    fn definitions_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_phrase_may_come_as_words_with_options_on_either_side() {
        let cli = parse(&["--sandbox", "add", "tag", "vip", "to", "Jane", "--dry-run"]);
        assert_eq!(cli.phrase, ["add", "tag", "vip", "to", "Jane"]);
        assert!(cli.options.sandbox && cli.options.dry_run);
        assert!(cli.command.is_none());
    }

    #[test]
    fn a_command_word_inside_a_phrase_is_only_a_word() {
        let cli = parse(&["show", "catalog", "pipe"]);
        assert_eq!(cli.phrase, ["show", "catalog", "pipe"]);
        assert!(cli.command.is_none());
    }

    #[test]
    fn options_of_every_command_may_stand_before_and_after_its_name() {
        let cli = parse(&["--sandbox", "pipe", "--read-only"]);
        assert!(matches!(cli.command, Some(Command::Pipe)));
        assert!(cli.options.sandbox && cli.options.read_only);
    }

    #[test]
    fn a_list_cannot_be_both_bounded_and_followed_to_its_end() {
        assert!(Cli::try_parse_from(["sayso", "list contacts", "--all", "--limit", "3"]).is_err());
    }
}
