//! `careerbot explain`: why a question is answered as it is.

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;
use crate::understanding::Evidence;

/// What to explain, and in which form.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question, in plain words
    #[arg(required = true)]
    question: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Shows everything that led to the reading of the question.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let advisor = open::advisor(config)?;
    let evidence = advisor.explain(&args.question.join(" "));
    if args.json {
        serde_json::to_writer_pretty(&mut *io.out, &evidence).map_err(std::io::Error::from)?;
        writeln!(io.out)?;
    } else {
        show(&evidence, io)?;
    }
    Ok(())
}

fn show(evidence: &Evidence, io: &mut Io<'_>) -> Result<(), Failure> {
    writeln!(io.out, "words        {}", evidence.words.join(" "))?;
    for (written, read) in &evidence.corrections {
        writeln!(io.out, "corrected    \"{written}\" to \"{read}\"")?;
    }
    for (words, meaning, denied) in &evidence.mentions {
        writeln!(
            io.out,
            "mention      {words} = {meaning}{}",
            if *denied { " (denied)" } else { "" }
        )?;
    }
    for label in &evidence.labels {
        let features: Vec<String> = label
            .features
            .iter()
            .map(|(name, share)| format!("{name} {share:.2}"))
            .collect();
        writeln!(
            io.out,
            "label        {:.2} {}: {}",
            label.probability,
            label.label,
            features.join(", ")
        )?;
    }
    for (word, weight) in &evidence.unexplained {
        writeln!(io.out, "unexplained  {word} ({weight:.2})")?;
    }
    for (topic, score, share) in &evidence.topics {
        writeln!(
            io.out,
            "topic        {topic}: score {score:.1}, share {share:.2}"
        )?;
    }
    for passage in &evidence.passages {
        let (topic, heading, text, share) = (
            &passage.topic,
            &passage.heading,
            &passage.text,
            passage.share,
        );
        writeln!(io.out, "passage      {share:.2} {topic}, {heading}: {text}")?;
    }
    writeln!(
        io.out,
        "request      {} (confidence {:.2})",
        evidence.request, evidence.confidence
    )?;
    writeln!(io.out, "runner-up    {}", evidence.runner_up)?;
    Ok(())
}
