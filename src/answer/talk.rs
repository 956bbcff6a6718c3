//! What is said to greetings, thanks, calls for help, and to people who do not know where to start.

use crate::answer::evidence::add_sources;
use crate::answer::model::{Answer, Choice, Outcome};
use crate::knowledge::Knowledge;

fn choice(label: &str, question: &str) -> Choice {
    Choice {
        label: label.to_owned(),
        question: question.to_owned(),
        subject: None,
    }
}

/// Questions to begin with.
pub(super) fn starters() -> Vec<Choice> {
    vec![
        choice(
            "Fastest-growing roles",
            "What are the fastest growing jobs?",
        ),
        choice("Remote roles", "Which remote jobs are there?"),
        choice(
            "Best paid without a degree",
            "best paid jobs without a degree",
        ),
        choice("The ten trends", "What are the trends?"),
    ]
}

/// To a greeting.
pub fn greeting(knowledge: &Knowledge) -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "Hello");
    answer.direct.push(format!("Hello! Ask me about pay, training, licenses, outlook or daily work of {} healthcare roles, such as \"what does a phlebotomist earn in Ohio\".", knowledge.roles.len()));
    answer.choices = starters();
    answer
}

/// To thanks.
pub fn thanks() -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "You're welcome");
    answer
        .direct
        .push("You're welcome! Ask again whenever you like.".to_owned());
    answer
}

/// To "what can you do?".
pub fn help(knowledge: &Knowledge) -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "What I can answer");
    answer.direct.push(format!("I answer career questions about {} healthcare roles and {} trends in the US, with figures from BLS and O*NET and their dates. I say so when something is not covered.", knowledge.roles.len(), knowledge.trends.len()));
    for line in [
        "Pay: \"what does a dental hygienist earn in Texas\"",
        "Training and licenses: \"how do I become a paramedic\", \"which exam do LPNs take\"",
        "Outlook: \"job growth for respiratory therapists\"",
        "Comparing: \"RN vs LPN\", \"PA or NP, who earns more\"",
        "Lists: \"remote jobs with an associate degree over 60k\"",
        "Ideas: \"I like science but hate blood\"",
        "Trends: \"which jobs does telehealth create\"",
    ] {
        answer.direct.push(format!("• {line}"));
    }
    answer.choices = starters();
    answer
}

/// To somebody who does not know where to start.
pub fn choose() -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "How to choose a healthcare career");
    answer.direct.push("Start with three questions: what kind of work do you enjoy, how long can you train, and do you want to be with patients? Tell me in one line, such as \"I like science, not blood, two years of school\", and I name roles that fit.".to_owned());
    answer.direct.push("Then compare two or three roles by pay, training and outlook, and talk to somebody who does the work before you decide.".to_owned());
    answer.choices = vec![
        choice("I like helping people", "I like helping people"),
        choice("I like computers and data", "I like computers and numbers"),
        choice("I like science and labs", "I like science and the lab"),
        choice("No patients, please", "jobs without patient contact"),
        choice("Shortest training", "jobs with the least schooling"),
    ];
    answer
        .caveats
        .push("These are ideas, not an assessment.".to_owned());
    answer
}

/// To "where do your numbers come from?".
pub fn sources(knowledge: &Knowledge) -> Answer {
    let mut answer = Answer::new(Outcome::Answered, "Sources");
    answer.direct.push(
        "Every figure comes from one of these releases; every answer names its own.".to_owned(),
    );
    for source in knowledge.sources.values() {
        answer.direct.push(format!("• {}", source.named()));
    }
    add_sources(knowledge, &mut answer, knowledge.sources.keys(), None);
    answer
}
