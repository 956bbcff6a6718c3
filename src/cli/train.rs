//! `careerbot train`: learns the weights from the examples and says how well they tell each label.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::Context as _;

use crate::cli::eval::share;
use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open::Place;
use crate::config::Config;
use crate::knowledge::language::examples::{self, Example};
use crate::knowledge::language::{Label, Weights, weights};
use crate::knowledge::{self, files};
use crate::learning::{self, Rows, Score, Settings};
use crate::understanding::Understanding;

/// One example in so many is kept out, to say how well the rest tells it.
const FOLD: usize = 10;

/// What to do beside writing the weights.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leave each author's examples out in turn and say how well the others' tell them; writes nothing
    #[arg(long)]
    authors: bool,
    /// Learn from 1/8, 1/4, 1/2 and all of the examples, to see what more of them would add; writes nothing
    #[arg(long)]
    curve: bool,
    /// Weights that are kept; more of them tell a little better, and make the file larger
    #[arg(long, value_name = "NUMBER", default_value_t = Settings::default().most)]
    weights: usize,
    /// Print the examples of the kept-out tenth that are taken for something else
    #[arg(long)]
    misses: bool,
}

/// Learns, reports, and writes `knowledge/language/weights.csv`.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let Place::Folder(folder) = Place::of_knowledge(config) else {
        return Err(Failure::Usage(
            "train needs a knowledge folder: set CAREERBOT_KNOWLEDGE, or start beside one"
                .to_owned(),
        ));
    };
    let mut problems = Vec::new();
    let read = files::from_folder(&folder, &mut problems);
    let mut examples = examples::read(&read, &mut problems);
    if !problems.is_empty() {
        problems
            .iter()
            .try_for_each(|problem| writeln!(io.err, "{problem}"))?;
        return Err(Failure::Said);
    }
    // Weights that do not fit yet are what is to be made: the rest of the knowledge must load.
    let knowledge = knowledge::load_folder(&folder).map_err(|problems| {
        let first = problems
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        Failure::Usage(format!(
            "the knowledge has problems, the first: {first}; see careerbot check"
        ))
    })?;
    let understanding = Understanding::new(&knowledge);
    // The most important things first: the order of files says nothing.
    examples.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    if args.authors {
        return by_author(&understanding, &examples, io);
    }
    if args.curve {
        return curve(&understanding, &examples, io);
    }
    let settings = Settings {
        most: args.weights,
        ..Settings::default()
    };
    let start = Instant::now();
    let fold = |example: &Example| example.line.is_multiple_of(FOLD);
    let rows = learning::train(&understanding, &examples, settings, |example| {
        !fold(example)
    });
    let (by_label, all, misses) = learning::score(
        &understanding,
        &Weights::from_rows(0, &rows),
        &examples,
        fold,
    );
    report(&by_label, all, io)?;
    if args.misses {
        for miss in misses {
            let example = &examples[miss.example];
            let wanted: Vec<&str> = example.labels.iter().map(|label| label.word()).collect();
            let (file, line, said, sure) =
                (&example.file, example.line, miss.said.word(), miss.sure);
            writeln!(
                io.out,
                "{file}:{line}: {} taken for {said} ({sure:.2}): {}",
                wanted.join(" + "),
                example.text
            )?;
        }
    }
    let rows: Rows = learning::train(&understanding, &examples, settings, |_| true);
    let text = weights::write(examples::fingerprint(&read), &rows);
    let path = folder.join(weights::PATH);
    let next = path.with_extension("csv.next");
    std::fs::write(&next, &text).with_context(|| format!("cannot write {}", next.display()))?;
    std::fs::rename(&next, &path).with_context(|| format!("cannot write {}", path.display()))?;
    writeln!(
        io.out,
        "{} examples, {} weights, {:.1} MB written to {} in {:.0} s",
        examples.len(),
        rows.len(),
        text.len() as f64 / 1e6,
        path.display(),
        start.elapsed().as_secs_f64()
    )?;
    Ok(())
}

fn report(by_label: &[Score], all: Score, io: &mut Io<'_>) -> Result<(), Failure> {
    writeln!(
        io.out,
        "label            examples   precision   recall   (on a tenth that was kept out)"
    )?;
    for (label, score) in Label::ALL.iter().zip(by_label) {
        let (precision, recall) = (
            share(score.right, score.said),
            share(score.found, score.examples),
        );
        writeln!(
            io.out,
            "{:16} {:8}   {precision:7.1} %  {recall:5.1} %",
            label.word(),
            score.examples
        )?;
    }
    writeln!(
        io.out,
        "all: the likeliest label is right for {:.1} % of {}",
        share(all.found, all.examples),
        all.examples
    )?;
    Ok(())
}

fn by_author(
    understanding: &Understanding,
    examples: &[Example],
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    let authors: BTreeSet<&str> = examples
        .iter()
        .map(|example| example.file.as_str())
        .collect();
    let mut sum = Score::default();
    for author in authors {
        let own = |example: &Example| example.file == author;
        let rows = learning::train(understanding, examples, Settings::default(), |example| {
            !own(example)
        });
        let (_, all, _) =
            learning::score(understanding, &Weights::from_rows(0, &rows), examples, own);
        writeln!(
            io.out,
            "{:.1} % of {:4} by {author}, from the others",
            share(all.found, all.examples),
            all.examples
        )?;
        sum.found += all.found;
        sum.examples += all.examples;
    }
    writeln!(
        io.out,
        "{:.1} % of {}, each author left out in turn",
        share(sum.found, sum.examples),
        sum.examples
    )?;
    Ok(())
}

fn curve(
    understanding: &Understanding,
    examples: &[Example],
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    for part in [8, 4, 2, 1] {
        let fold = |example: &Example| example.line.is_multiple_of(FOLD);
        let kept = |example: &Example| {
            !fold(example) && example.line.is_multiple_of(part) || part == 1 && !fold(example)
        };
        let rows = learning::train(understanding, examples, Settings::default(), kept);
        let (_, all, _) =
            learning::score(understanding, &Weights::from_rows(0, &rows), examples, fold);
        let learned = examples.iter().filter(|example| kept(example)).count();
        writeln!(
            io.out,
            "{learned:6} examples: {:.1} % of {}",
            share(all.found, all.examples),
            all.examples
        )?;
    }
    Ok(())
}
