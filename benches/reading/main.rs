//! How long a line takes to be read, in one process.
//!
//! ```text
//! cargo bench --bench reading                              # the catalog's own test phrases
//! cargo bench --bench reading -- --lines dev.jsonl         # labelled lines of one's own
//! cargo bench --bench reading -- --lines FILE --catalog DIR --json
//! cargo bench --bench reading -- --lines FILE --catalog DIR --wrong   # only the lines that are not read as their label
//! ```
//!
//! Reading is the whole way from the bytes of a line to an intent: items, dates, candidates, scores, arguments. Every round
//! goes through all lines, so that no line is read twice in a row; the best of the rounds counts. Beside it stands what the
//! grammar alone takes for the same lines in the same run, the floor under any reading, so that two machines can be
//! compared by the ratio. With the built-in catalog the lines are read again with ten times as many operations.

mod growth;
mod lines;
mod stopwatch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sayso::catalog::{Catalog, Layer, read_layer};
use sayso::language;

use lines::Line;
use stopwatch::{Stopwatch, Times};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// What to measure.
#[derive(Default)]
struct Options {
    lines: Option<PathBuf>,
    catalog: Option<PathBuf>,
    json: bool,
    wrong: bool,
    slowest: usize,
}

impl Options {
    fn parse() -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
            match argument.as_str() {
                "--bench" => {}
                "--lines" => options.lines = Some(value()?.into()),
                "--catalog" => options.catalog = Some(value()?.into()),
                "--slowest" => options.slowest = value()?.parse().map_err(|_| "--slowest wants a number")?,
                "--json" => options.json = true,
                "--wrong" => options.wrong = true,
                other => return Err(format!("{other} is no option of this bench")),
            }
        }
        Ok(options)
    }
}

fn run() -> Result<(), String> {
    let options = Options::parse()?;
    let catalog = match &options.catalog {
        Some(folder) => loaded(&[layer(folder)?])?,
        None => Catalog::builtin(),
    };
    let lines = match &options.lines {
        Some(file) => lines::of_jsonl(file)?,
        None => lines::of_cases(&layer(Path::new("endpoints"))?, &catalog),
    };
    if lines.is_empty() {
        return Err("there are no lines to read".to_owned());
    }
    let watch = Stopwatch::new(&lines);
    if options.wrong {
        let wrong = lines.iter().filter(|line| watch.reads_as(&catalog, line) != line.operation);
        wrong.for_each(|line| println!("{}", line.text));
        return Ok(());
    }
    let floor = watch.time(|line| _ = language::read(&line.text));
    let times = watch.reading(&catalog);
    if options.json {
        println!("{}", as_json(&catalog, &lines, &watch, &times));
        return Ok(());
    }
    println!(
        "{} operations, {} lines, microseconds a line (best of {})",
        catalog.len(),
        lines.len(),
        stopwatch::ROUNDS
    );
    println!("{:<34}{:>8}{:>8}{:>8}", "", "median", "p99", "most");
    report("the grammar alone", &floor);
    report("reading", &times);
    report("  lines that mean something", &times.only(&lines, |line| line.meant));
    report("  lines to be refused", &times.only(&lines, |line| !line.meant));
    println!("{:<34}{:>8.1}", "reading / the grammar alone", times.median() / floor.median());
    for (time, line) in times.slowest(&lines).take(options.slowest) {
        println!("{time:>8.1}  {}", line.text);
    }
    if options.catalog.is_none() {
        grown(&catalog, &lines, &watch)?;
    }
    Ok(())
}

/// The same lines with ten times as many operations. The catalogs take turns, so that both see the same machine.
fn grown(catalog: &Catalog, lines: &[Line], watch: &Stopwatch) -> Result<(), String> {
    let layers = growth::layers(9 * catalog.len());
    let large = Catalog::builtin_under(&layers).map_err(|errors| growth::first(&errors))?.catalog;
    let (before, after) = watch.readings(catalog, &large);
    report(&format!("{} operations", catalog.len()), &before);
    report(&format!("{} operations", large.len()), &after);
    report("  lines to be refused", &after.only(lines, |line| !line.meant));
    println!("{:<34}{:>+7.0}%", "growth of the median", 100.0 * (after.median() / before.median() - 1.0));
    Ok(())
}

fn report(name: &str, times: &Times) {
    if !times.is_empty() {
        println!("{name:<34}{:>8.1}{:>8.1}{:>8.1}", times.median(), times.part(0.99), times.part(1.0));
    }
}

fn layer(folder: &Path) -> Result<Layer, String> {
    read_layer(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn loaded(layers: &[Layer]) -> Result<Catalog, String> {
    Ok(Catalog::of_layers(layers).map_err(|errors| growth::first(&errors))?.catalog)
}

/// One object for a script: medians, and how many lines were read as their label says.
fn as_json(catalog: &Catalog, lines: &[Line], watch: &Stopwatch, times: &Times) -> serde_json::Value {
    let (hits, misses) = (times.only(lines, |l| l.meant), times.only(lines, |l| !l.meant));
    let right = |meant: bool| {
        let same = |line: &&Line| watch.reads_as(catalog, line) == line.operation;
        lines.iter().filter(|l| l.meant == meant).filter(same).count()
    };
    let exact = lines.iter().filter(|l| l.meant && watch.exact(catalog, l)).count();
    serde_json::json!({
        "hit_median": hits.median(), "hit_p99": hits.part(0.99), "miss_median": misses.median(),
        "miss_p99": misses.part(0.99), "hits": hits.len(), "misses": misses.len(), "right": right(true), "exact": exact,
        "refused": right(false),
    })
}
