use super::command::Command;
use crate::app::{Answer, AnswerStatus, Engine, Reply, RunOptions, Session};
use crate::diagnostic::did_you_mean;
use crate::front::help::help;
use crate::present::{Form, Look, Printed, clean, render};

/// A conversation with one person, without the terminal.
pub struct Conversation {
    engine: Engine,
    session: Session,
    look: Look,
    run: RunOptions,
    said: Option<String>,
    asked: Option<AnswerStatus>,
}

/// What a line led to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// What is to be printed.
    pub printed: Printed,
    /// Whether the person leaves.
    pub leaves: bool,
}

impl Conversation {
    /// One in which nothing was said yet.
    #[must_use]
    pub fn new(engine: Engine, look: Look, run: RunOptions) -> Self {
        Self { engine, session: Session::new(), look, run, said: None, asked: None }
    }

    /// What stands before the cursor: what kind of line is waited for.
    #[must_use]
    pub fn prompt(&self) -> &'static str {
        match self.asked.filter(|_| self.session.is_waiting()) {
            Some(AnswerStatus::NeedsConfirmation) => "[y/N] ",
            Some(AnswerStatus::NeedsChoice) => "which? ",
            Some(_) => "? ",
            None if self.run.dry_run => "sayso (dry)> ",
            None => "sayso> ",
        }
    }

    /// Takes a line and answers it.
    pub async fn line(&mut self, line: &str) -> Turn {
        let command = Command::parse(line);
        if self.session.is_waiting() && matches!(command, Command::Nothing | Command::Said(_)) {
            return self.reply(line.trim()).await;
        }
        match command {
            Command::Nothing => Turn::default(),
            Command::Quit => Turn { leaves: true, ..Turn::default() },
            Command::Help(noun) => match help(&self.engine, &noun) {
                Some(text) => out(text),
                None => self.say(line.trim()).await,
            },
            Command::Explain(phrase) => self.explain(phrase),
            Command::Dry(phrase) => self.dry(phrase).await,
            Command::Last => self.last(),
            Command::Unknown(name) => err(unknown(&name)),
            Command::Said(phrase) => self.say(&phrase).await,
        }
    }

    /// Whether the next line is a reply.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.session.is_waiting()
    }

    /// Drops the question that is open, as ctrl-C does; whether there was one.
    pub fn cancel(&mut self) -> bool {
        let waiting = self.session.is_waiting();
        self.session.cancel();
        self.asked = None;
        waiting
    }

    async fn say(&mut self, phrase: &str) -> Turn {
        self.said = Some(phrase.to_owned());
        let answer = self.engine.say(&mut self.session, phrase, self.run.clone()).await;
        self.show(&answer)
    }

    /// A line while a question is open. No answer to "shall I?" means no.
    async fn reply(&mut self, line: &str) -> Turn {
        let confirming = self.asked == Some(AnswerStatus::NeedsConfirmation);
        let reply = match line.to_lowercase().as_str() {
            "" | "n" | "no" if confirming => Reply::No,
            "y" | "yes" if confirming => Reply::Yes,
            "" => return Turn::default(),
            text => match text.parse() {
                Ok(number) if self.asked == Some(AnswerStatus::NeedsChoice) => Reply::Number(number),
                _ => return self.say(line).await,
            },
        };
        let answer = self.engine.answer(&mut self.session, reply, self.run.clone()).await;
        self.show(&answer)
    }

    fn show(&mut self, answer: &Answer) -> Turn {
        self.asked = answer.question.is_some().then_some(answer.status);
        Turn { printed: render(answer, &self.look), leaves: false }
    }

    fn explain(&self, phrase: String) -> Turn {
        let phrase = if phrase.is_empty() { self.said.clone() } else { Some(phrase) };
        match phrase {
            Some(phrase) => {
                let trace = self.engine.explain(&phrase);
                out(trace.iter().map(|line| clean(line) + "\n").collect())
            }
            None => err("Nothing was said yet.\n".to_owned()),
        }
    }

    async fn dry(&mut self, phrase: String) -> Turn {
        if phrase.is_empty() {
            self.run.dry_run = !self.run.dry_run;
            let now = if self.run.dry_run { "Nothing is sent from here on." } else { "Requests are sent again." };
            return out(format!("{now}\n"));
        }
        let run = RunOptions { dry_run: true, ..self.run.clone() };
        self.said = Some(phrase.clone());
        let answer = self.engine.say(&mut self.session, &phrase, run).await;
        self.show(&answer)
    }

    fn last(&self) -> Turn {
        match self.session.last() {
            Some(answer) => {
                Turn { printed: render(answer, &Look { form: Form::Json, ..self.look.clone() }), leaves: false }
            }
            None => err("Nothing was done yet.\n".to_owned()),
        }
    }
}

fn out(text: String) -> Turn {
    Turn { printed: Printed { out: text, err: String::new() }, leaves: false }
}

fn err(text: String) -> Turn {
    Turn { printed: Printed { out: String::new(), err: text }, leaves: false }
}

fn unknown(name: &str) -> String {
    let near = did_you_mean(name, super::command::NAMES.iter().copied());
    format!("There is no command `{}`; {}\n", clean(name), near.unwrap_or_else(|| "`help` lists them".to_owned()))
}
