//! Development harness.
use sayso::catalog::*;
use sayso::intent::*;
use std::io::BufRead;
fn main() {
    let dirs: Vec<_> = std::env::var("ENDPOINTS")
        .unwrap_or("endpoints".into())
        .split(':')
        .map(|d| read_layer(std::path::Path::new(d)).unwrap())
        .collect();
    let catalog = match load(&dirs) {
        Ok(c) => c.catalog,
        Err(e) => {
            for d in e {
                eprintln!("{d}");
            }
            std::process::exit(6)
        }
    };
    let reader = Reader::new();
    let now: jiff::Zoned = "2026-11-20T09:00:00-05:00[America/New_York]".parse().unwrap();
    let memory = Memory::default();
    let explain = std::env::args().any(|a| a == "--explain");
    let time = std::env::args().any(|a| a == "--time");
    let lines: Vec<String> = std::io::stdin().lock().lines().map(|l| l.unwrap()).collect();
    let context = Context { now: &now, memory: &memory, hidden: false, service: None, explain };
    if time {
        let mut all = Vec::new();
        for line in &lines {
            let mut best = u128::MAX;
            for _ in 0..5 {
                let t = std::time::Instant::now();
                let u = sayso::language::read(line).unwrap();
                let i = reader.read(&u, &catalog, &context);
                std::hint::black_box(i);
                best = best.min(t.elapsed().as_nanos());
            }
            all.push(best);
        }
        all.sort();
        eprintln!(
            "median {} us p99 {} us",
            all[all.len() / 2] as f64 / 1000.,
            all[all.len() * 99 / 100] as f64 / 1000.
        );
        return;
    }
    for line in &lines {
        let u = match sayso::language::read(line) {
            Ok(u) => u,
            Err(e) => {
                println!("{{\"status\":\"unknown\",\"message\":\"{e}\"}}");
                continue;
            }
        };
        let i = reader.read(&u, &catalog, &context);
        if explain {
            for t in &i.trace {
                println!("{t}");
            }
        }
        let steps: Vec<_> = i.steps.iter().map(|s| { let op = catalog.operation(s.operation); let params: serde_json::Map<_, _> = s.arguments.iter().map(|a| (a.name.clone(), a.value.to_json())).collect();
            serde_json::json!({"operation": op.name, "method": op.method.as_str(), "path": op.path, "params": params, "missing": s.missing}) }).collect();
        println!(
            "{}",
            serde_json::json!({"text": line, "status": i.status, "steps": steps, "message": i.message, "suggestions": i.suggestions, "alternatives": i.alternatives.iter().map(|a| catalog.operation(a.operation).name.clone()).collect::<Vec<_>>()})
        );
    }
}
