//! `careerbot figures update`: tables shaped as BLS publishes them, taken whole or not at all.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use careerbot::knowledge::figures_update::write;
use careerbot::knowledge::{Cell, Hourly, Knowledge, SocCode, State};
use rust_xlsxwriter::Workbook;

use crate::folder::Folder;

/// Columns of `national_M2025_dl.xlsx` and `state_M2025_dl.xlsx`, as BLS orders them.
const OEWS: &[&str] = &[
    "AREA",
    "AREA_TITLE",
    "AREA_TYPE",
    "PRIM_STATE",
    "NAICS",
    "NAICS_TITLE",
    "I_GROUP",
    "OWN_CODE",
    "OCC_CODE",
    "OCC_TITLE",
    "O_GROUP",
    "TOT_EMP",
    "EMP_PRSE",
    "JOBS_1000",
    "LOC_QUOTIENT",
    "PCT_TOTAL",
    "PCT_RPT",
    "H_MEAN",
    "A_MEAN",
    "MEAN_PRSE",
    "H_PCT10",
    "H_PCT25",
    "H_MEDIAN",
    "H_PCT75",
    "H_PCT90",
    "A_PCT10",
    "A_PCT25",
    "A_MEDIAN",
    "A_PCT75",
    "A_PCT90",
    "ANNUAL",
    "HOURLY",
];

/// Columns of sheet "Table 1.2" of `occupation.xlsx`, with the dashes and the footnote of the original.
const PROJECTIONS: &[&str] = &[
    "2025 National Employment Matrix title",
    "2025 National Employment Matrix code",
    "Occupation type",
    "Employment, 2025",
    "Employment, 2035",
    "Employment distribution, percent, 2025",
    "Employment distribution, percent, 2035",
    "Employment change, numeric, 2025–35",
    "Employment change, percent, 2025–35",
    "Percent self employed, 2025",
    "Occupational openings, 2025–35 annual average",
    "Median annual wage, dollars, 2025[1]",
    "Typical education needed for entry",
    "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
];

/// A table as text, row by row, that a test may spoil before it is written.
#[derive(Clone)]
struct Sheet {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Sheet {
    #[track_caller]
    fn set(mut self, code: &str, column: &str, value: &str) -> Self {
        let at = |name: &str| {
            self.columns
                .iter()
                .position(|column| *column == name)
                .expect("a column")
        };
        let key = if self.columns == OEWS {
            at("OCC_CODE")
        } else {
            1
        };
        let place = at(column);
        self.rows
            .iter_mut()
            .find(|row| row[key] == code)
            .expect("a row")[place] = value.to_owned();
        self
    }

    fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns).expect("written");
        for row in &self.rows {
            writer.write_record(row).expect("written");
        }
        writer.into_inner().expect("written")
    }

    /// A workbook in which numbers are numbers, as in the original. `above` rows of titles stand over the header.
    fn xlsx(&self, name: &str, above: u32) -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet()
            .set_name("Notes")
            .expect("a name")
            .write(0, 0, "Field descriptions")
            .expect("written");
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for line in 0..above {
            sheet
                .write(
                    line,
                    0,
                    "Occupational projections and worker characteristics (numbers in thousands)",
                )
                .expect("written");
        }
        for (place, column) in (0..).zip(self.columns) {
            sheet.write(above, place, *column).expect("written");
        }
        for (line, row) in (above + 1..).zip(&self.rows) {
            for (place, cell) in (0..).zip(row) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(line, place, number).expect("written"),
                    Err(_) => sheet.write(line, place, cell).expect("written"),
                };
            }
        }
        sheet
            .write(
                above + 2 + self.rows.len() as u32,
                0,
                "Source: a footnote below the table",
            )
            .expect("written");
        book.save_to_buffer().expect("a workbook")
    }

    /// The workbook in an archive and a folder, as `oesm25nat.zip` holds it.
    fn zip(&self, name: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file("oesm25/field_notes.txt", options)
            .expect("a member");
        archive.write_all(b"notes").expect("written");
        archive
            .start_file(format!("oesm25/{name}.xlsx"), options)
            .expect("a member");
        archive.write_all(&self.xlsx(name, 0)).expect("written");
        archive.finish().expect("an archive").into_inner()
    }
}

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::TopCoded => "#".to_owned(),
        Cell::NotReleased => "**".to_owned(),
    }
}

fn hourly(cell: Hourly) -> String {
    match cell {
        Hourly::NotReleased => "*".to_owned(),
        other => other.to_string(),
    }
}

fn oews_row(state: &str, soc: SocCode, title: &str, cells: &[(&str, String)]) -> Vec<String> {
    OEWS.iter()
        .map(|column| match *column {
            "AREA" => "99".to_owned(),
            "AREA_TITLE" | "PRIM_STATE" => state.to_owned(),
            "AREA_TYPE" => "1".to_owned(),
            "NAICS" => "000000".to_owned(),
            "NAICS_TITLE" => "Cross-industry".to_owned(),
            "I_GROUP" => "cross-industry".to_owned(),
            "OWN_CODE" => "1235".to_owned(),
            "OCC_CODE" => soc.to_string(),
            "OCC_TITLE" => title.to_owned(),
            "O_GROUP" => "detailed".to_owned(),
            name => cells
                .iter()
                .find(|(column, _)| *column == name)
                .map_or_else(String::new, |(_, value)| value.clone()),
        })
        .collect()
}

/// The national table that holds just the figures of `knowledge`, an occupation of no role, and a group that BLS
/// lists twice.
fn national(knowledge: &Knowledge) -> Sheet {
    let mut rows: Vec<Vec<String>> = knowledge
        .figures
        .national
        .iter()
        .map(|(soc, row)| {
            let cells = [
                ("TOT_EMP", cell(row.employment)),
                ("A_MEAN", cell(row.mean)),
                ("A_PCT10", cell(row.pct10)),
                ("A_PCT25", cell(row.pct25)),
                ("A_MEDIAN", cell(row.median)),
                ("A_PCT75", cell(row.pct75)),
                ("A_PCT90", cell(row.pct90)),
                ("H_MEDIAN", hourly(row.hourly_median)),
            ];
            oews_row("US", *soc, &row.title, &cells)
        })
        .collect();
    rows.sort_by(|a, b| a[8].cmp(&b[8]));
    rows.push(rows[0].clone());
    rows.push(oews_row(
        "US",
        SocCode::parse("53-3032").expect("a code"),
        "Truck Drivers",
        &[("TOT_EMP", "2000000".to_owned())],
    ));
    Sheet {
        columns: OEWS,
        rows,
    }
}

fn by_state(knowledge: &Knowledge) -> Sheet {
    let mut rows: Vec<Vec<String>> = knowledge
        .figures
        .states
        .iter()
        .map(|((soc, state), row)| {
            let row = &row.pay;
            oews_row(
                state.code(),
                *soc,
                "",
                &[
                    ("TOT_EMP", cell(row.employment)),
                    ("A_PCT10", cell(row.pct10)),
                    ("A_PCT25", cell(row.pct25)),
                    ("A_MEDIAN", cell(row.median)),
                    ("A_PCT75", cell(row.pct75)),
                    ("A_PCT90", cell(row.pct90)),
                    ("H_PCT10", hourly(row.hourly10)),
                    ("H_MEDIAN", hourly(row.hourly_median)),
                    ("H_PCT90", hourly(row.hourly90)),
                ],
            )
        })
        .collect();
    rows.sort();
    Sheet {
        columns: OEWS,
        rows,
    }
}

fn projections(knowledge: &Knowledge) -> Sheet {
    let thousands = |number: u32| format!("{:.1}", f64::from(number) / 1000.0);
    let rows = knowledge
        .figures
        .projections
        .iter()
        .map(|(soc, row)| {
            let mut cells = vec![String::new(); PROJECTIONS.len()];
            cells[0].clone_from(&row.title);
            cells[1] = soc.to_string();
            cells[2] = "Line item".to_owned();
            cells[3] = thousands(row.employment_base);
            cells[4] = thousands(row.employment_projected);
            cells[8] = format!("{:.1}", row.change_percent);
            cells[10] = thousands(row.openings_per_year);
            cells[12] = row
                .entry_education
                .map_or("—", |education| education.word())
                .to_owned();
            cells
        })
        .collect();
    Sheet {
        columns: PROJECTIONS,
        rows,
    }
}

struct Scene {
    folder: Folder,
    knowledge: Knowledge,
}

impl Scene {
    fn new() -> Self {
        let folder = Folder::new();
        let knowledge = folder.load().expect("the fixture");
        Self { folder, knowledge }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.root().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    /// Runs the update; exit code, standard output, standard error.
    fn update(&self, args: &[&str]) -> (i32, String, String) {
        let output = self
            .folder
            .program()
            .args(["figures", "update"])
            .args(args)
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.code().expect("an exit code"),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn data(&self) -> Vec<String> {
        [
            "data/national.csv",
            "data/states.csv",
            "data/projections.csv",
            "sources.yaml",
        ]
        .iter()
        .map(|file| self.folder.read(file))
        .collect()
    }

    /// Expects that tables are refused with all of `messages`, and that nothing is written.
    #[track_caller]
    fn refuses(&self, args: &[&str], messages: &[&str]) {
        let before = self.data();
        let (code, _, err) = self.update(args);
        assert_eq!(code, 1, "{err}");
        for message in messages {
            assert!(err.contains(message), "{message:?} in {err}");
        }
        assert!(err.contains("nothing was written"), "{err}");
        assert_eq!(self.data(), before);
    }
}

#[test]
fn the_release_that_is_here_already_changes_nothing_in_every_form() {
    let scene = Scene::new();
    let before = scene.data();
    scene.file(
        "oesm25nat.zip",
        &national(&scene.knowledge).zip("national_M2025_dl"),
    );
    scene.file(
        "oesm25st.zip",
        &by_state(&scene.knowledge).zip("state_M2025_dl"),
    );
    scene.file(
        "occupation.xlsx",
        &projections(&scene.knowledge).xlsx("Table 1.2", 1),
    );
    scene.file("n.csv", &national(&scene.knowledge).csv());
    scene.file(
        "s.xlsx",
        &by_state(&scene.knowledge).xlsx("state_M2025_dl", 0),
    );
    scene.file("p.csv", &projections(&scene.knowledge).csv());
    for tables in [
        ["oesm25nat.zip", "oesm25st.zip", "occupation.xlsx"],
        ["n.csv", "s.xlsx", "p.csv"],
    ] {
        let (code, out, err) = scene.update(&[
            "--oews-national",
            tables[0],
            "--oews-state",
            tables[1],
            "--projections",
            tables[2],
        ]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(out.contains("0 figures change\nnothing to write"), "{out}");
    }
    assert_eq!(scene.data(), before);
}

#[test]
fn what_changes_is_shown_by_role_with_old_and_new() {
    let scene = Scene::new();
    scene.file(
        "n.zip",
        &national(&scene.knowledge)
            .set("29-1141", "A_MEDIAN", "99000")
            .set("29-2061", "A_PCT90", "#")
            .zip("national_M2026_dl"),
    );
    let (code, out, _) = scene.update(&["--oews-national", "n.zip"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("Registered nurse (29-1141)\n  median wage: 97550 -> 99000\n"),
        "{out}"
    );
    assert!(
        out.contains(
            "Licensed practical nurse (29-2061)\n  90th percentile: 83440 -> # (top-coded)\n"
        ),
        "{out}"
    );
    assert!(
        out.contains("2 figures change\nwrote data/national.csv\n"),
        "{out}"
    );
    let knowledge = scene.folder.load().expect("what was written loads");
    let nurse = SocCode::parse("29-1141").expect("a code");
    assert_eq!(
        knowledge.figures.national[&nurse].median,
        Cell::Number(99_000)
    );
    assert_eq!(knowledge.figures.states, scene.knowledge.figures.states);
    assert!(
        knowledge.figures.national.len() == scene.knowledge.figures.national.len(),
        "occupations of no role stay out"
    );
}

#[test]
fn changes_in_states_are_summed_up_or_listed() {
    let scene = Scene::new();
    let mut sheet = by_state(&scene.knowledge);
    sheet
        .rows
        .retain(|row| !(row[3] == "CA" && row[8] == "29-2061"));
    scene.file("s.csv", &sheet.csv());
    let (_, out, _) = scene.update(&["--oews-state", "s.csv", "--accept-missing", "--dry-run"]);
    assert!(
        out.contains("Licensed practical nurse: 9 figures change in states, areas and workplaces; --states lists them"),
        "{out}"
    );
    let (_, out, _) = scene.update(&["--oews-state", "s.csv", "--accept-missing", "--states"]);
    assert!(
        out.contains("median wage in California: ") && out.contains("-> none"),
        "{out}"
    );
    let california = State::from_code("CA").expect("a state");
    let practical = SocCode::parse("29-2061").expect("a code");
    assert!(
        !scene
            .folder
            .load()
            .expect("loads")
            .figures
            .states
            .contains_key(&(practical, california))
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::new();
    let before = scene.data();
    scene.file(
        "n.csv",
        &national(&scene.knowledge)
            .set("29-1141", "A_MEDIAN", "99000")
            .csv(),
    );
    let (code, out, _) = scene.update(&["--oews-national", "n.csv", "--dry-run"]);
    assert!(
        code == 0
            && out.contains("97550 -> 99000")
            && out.contains("would write data/national.csv"),
        "{out}"
    );
    assert_eq!(scene.data(), before);
}

#[test]
fn missing_columns_are_named() {
    let scene = Scene::new();
    scene.file(
        "n.csv",
        b"OCC_CODE,OCC_TITLE,TOT_EMP\n29-1141,Registered Nurses,1\n",
    );
    scene.refuses(
        &["--oews-national", "n.csv"],
        &["n.csv: missing columns: A_MEAN, A_PCT10, A_PCT25, A_MEDIAN, A_PCT75, A_PCT90, H_MEDIAN; is it the right table?"],
    );
    scene.file("p.xlsx", &national(&scene.knowledge).xlsx("Table 1.2", 1));
    scene.refuses(
        &["--projections", "p.xlsx"],
        &["p.xlsx: missing columns: National Employment Matrix code"],
    );
}

#[test]
fn impossible_values_are_refused_by_row_and_all_at_once() {
    let scene = Scene::new();
    let mut sheet = national(&scene.knowledge);
    sheet.rows.truncate(sheet.rows.len() - 2);
    sheet.rows.sort_by(|a, b| a[8].cmp(&b[8]));
    let sheet = sheet
        .set("00-0000", "TOT_EMP", "-5")
        .set("29-1141", "A_PCT10", "120000")
        .set("29-2061", "A_MEAN", "many");
    scene.file("n.xlsx", &sheet.xlsx("national_M2025_dl", 0));
    scene.refuses(
        &["--oews-national", "n.xlsx"],
        &[
            "n.xlsx:2: TOT_EMP of 00-0000 cannot be \"-5\"",
            "n.xlsx:3: A_PCT10 of 29-1141 is 120000, which is above A_PCT25 80330",
            "n.xlsx:4: A_MEAN of 29-2061 cannot be \"many\"",
        ],
    );
}

#[test]
fn a_lowest_wage_over_the_median_of_a_state_is_refused() {
    let scene = Scene::new();
    scene.file(
        "s.csv",
        &by_state(&scene.knowledge)
            .set("29-1141", "A_PCT10", "#")
            .csv(),
    );
    scene.refuses(
        &["--oews-state", "s.csv"],
        &["A_PCT10 of 29-1141 is 239200, which is above A_PCT25"],
    );
}

#[test]
fn impossible_projections_are_refused_by_row() {
    let scene = Scene::new();
    let mut sheet = projections(&scene.knowledge);
    sheet.rows.sort_by(|a, b| a[1].cmp(&b[1]));
    let sheet = sheet
        .set("00-0000", "Employment, 2025", "-1")
        .set("29-1141", "Employment change, percent, 2025–35", "50.0")
        .set("29-2061", "Typical education needed for entry", "A lot");
    scene.file("o.xlsx", &sheet.xlsx("Table 1.2", 1));
    scene.refuses(
        &["--projections", "o.xlsx"],
        &[
            "o.xlsx:3: employment cannot be \"-1\"",
            "o.xlsx:4: percent change is 50, but its jobs give 5.6",
            "o.xlsx:5: entry education cannot be \"A lot\"",
        ],
    );
}

#[test]
fn a_table_without_an_occupation_that_a_role_needs_is_refused() {
    let scene = Scene::new();
    let mut sheet = national(&scene.knowledge);
    sheet.rows.retain(|row| row[8] != "29-2061");
    scene.file("n.csv", &sheet.csv());
    scene.refuses(
        &["--oews-national", "n.csv"],
        &["n.csv: no row for 29-2061"],
    );
}

#[test]
fn a_hole_in_a_table_is_a_question_and_no_fact() {
    let scene = Scene::new();
    let whole = by_state(&scene.knowledge);
    let state = whole
        .columns
        .iter()
        .position(|column| *column == "PRIM_STATE")
        .expect("a column");
    let code = whole
        .columns
        .iter()
        .position(|column| *column == "OCC_CODE")
        .expect("a column");
    let mut without_texas = by_state(&scene.knowledge);
    without_texas.rows.retain(|row| row[state] != "TX");
    assert!(without_texas.rows.len() < whole.rows.len());
    scene.file("s.csv", &without_texas.csv());
    scene.refuses(
        &["--oews-state", "s.csv"],
        &["s.csv: no row for Texas, which has", "--accept-missing"],
    );
    let mut without_one = by_state(&scene.knowledge);
    without_one
        .rows
        .retain(|row| !(row[state] == "CA" && row[code] == "29-1141"));
    scene.file("o.csv", &without_one.csv());
    scene.refuses(
        &["--oews-state", "o.csv"],
        &["(29-1141) in California, which stands now"],
    );
    let (exit, out, err) = scene.update(&["--oews-state", "s.csv", "--accept-missing"]);
    assert_eq!((exit, err.as_str()), (0, ""), "{out}");
    assert!(
        !scene.folder.read("data/states.csv").contains("TX,"),
        "it is as BLS has it"
    );
}

#[test]
fn an_empty_file_is_named_as_one() {
    let scene = Scene::new();
    for name in ["e.csv", "e.zip", "e.xlsx"] {
        scene.file(name, b"");
        scene.refuses(&["--oews-national", name], &["is empty"]);
    }
}

#[test]
fn the_table_by_state_is_not_taken_for_the_national_one() {
    let scene = Scene::new();
    scene.file("s.csv", &by_state(&scene.knowledge).csv());
    scene.refuses(
        &["--oews-national", "s.csv"],
        &["no row for 29-1141; is it the right table?"],
    );
    scene.file("n.csv", &national(&scene.knowledge).csv());
    scene.refuses(&["--oews-state", "n.csv"], &["unknown state \"US\""]);
}

#[test]
fn one_bad_table_keeps_the_good_ones_out_too() {
    let scene = Scene::new();
    scene.file(
        "n.csv",
        &national(&scene.knowledge)
            .set("29-1141", "A_MEDIAN", "99000")
            .csv(),
    );
    scene.file("s.csv", b"nonsense\n");
    scene.refuses(
        &["--oews-national", "n.csv", "--oews-state", "s.csv"],
        &["s.csv: missing columns"],
    );
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let scene = Scene::new();
    scene.file("n.zip", b"PK\x03\x04 and then nothing");
    scene.refuses(
        &["--oews-national", "n.zip"],
        &["n.zip: is a broken archive"],
    );
    scene.file("n.bin", b"\xff\xfe\x00");
    scene.refuses(
        &["--oews-national", "n.bin"],
        &["n.bin: is neither a workbook nor CSV"],
    );
    scene.refuses(
        &["--oews-national", "missing.zip"],
        &["missing.zip: cannot be read"],
    );
}

#[test]
fn without_a_table_the_usage_is_shown() {
    let (code, _, err) = Scene::new().update(&[]);
    assert!(code == 2 && err.contains("--oews-national"), "{err}");
}

/// What is said of the release after the shipped one.
const NEXT_RELEASE: [&str; 8] = [
    "--oews-national",
    "n.csv",
    "--oews-state",
    "s.csv",
    "--release",
    "May 2026",
    "--published",
    "2027-05-14",
];

#[test]
fn a_new_release_is_named_with_its_day_in_the_sources() {
    let scene = Scene::new();
    scene.file(
        "n.csv",
        &national(&scene.knowledge)
            .set("29-1141", "A_MEDIAN", "99000")
            .csv(),
    );
    scene.file("s.csv", &by_state(&scene.knowledge).csv());
    let (code, out, err) = scene.update(&NEXT_RELEASE);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let knowledge = scene.folder.load().expect("loads");
    let source = knowledge
        .sources
        .iter()
        .find(|(id, _)| id.0 == "bls-oews-2025")
        .map(|(_, source)| source)
        .expect("the source");
    assert_eq!(
        (
            source.release.as_str(),
            source.period.as_str(),
            source.date_text.as_str()
        ),
        ("May 2026", "May 2026", "2027-05-14")
    );
    assert!(
        source.attribution.contains("Statistics, May 2026. BLS.gov"),
        "{}",
        source.attribution
    );
    assert_eq!(source.short, "BLS wages, May 2026");
    let other = knowledge
        .sources
        .iter()
        .find(|(id, _)| id.0 == "bls-ep-2025")
        .map(|(_, source)| source)
        .expect("the source");
    assert_eq!(other.release, "2025-35");
    scene.refuses(
        &[
            "--oews-national",
            "n.csv",
            "--release",
            "May 2027",
            "--published",
            "2028-05-14",
        ],
        &["--release: half of a release; give --oews-state too"],
    );
}

#[test]
fn projections_of_another_decade_need_the_day_of_their_publication() {
    let scene = Scene::new();
    let sheet = projections(&scene.knowledge);
    let text = String::from_utf8(sheet.csv())
        .expect("UTF-8")
        .replace("2025", "2026")
        .replace("2035", "2036")
        .replace("–35", "–36");
    scene.file("p.csv", text.as_bytes());
    scene.refuses(
        &["--projections", "p.csv"],
        &["the table is of 2026-36, the figures here are of 2025-35; say when it was published"],
    );
    let (code, out, err) = scene.update(&[
        "--projections",
        "p.csv",
        "--projections-published",
        "2027-08-26",
    ]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        scene
            .folder
            .read("sources.yaml")
            .contains("release: 2026-36\n  period: 2026-36\n  date: 2027-08-26")
    );
}

/// New content for two files, each valid alone, whose mixture tells a half-done update.
fn halves(scene: &Scene) -> std::collections::BTreeMap<String, String> {
    let national = scene
        .folder
        .read("data/national.csv")
        .replace("97550", "99000");
    let sources = scene
        .folder
        .read("sources.yaml")
        .replace("May 2025", "May 2026");
    [
        ("data/national.csv".to_owned(), national),
        ("sources.yaml".to_owned(), sources),
    ]
    .into()
}

/// Whether the folder reads as new (true) or old (false); anything between is a failure.
#[track_caller]
fn is_new(folder: &Folder) -> bool {
    let knowledge = folder.load().expect("readable at every moment");
    let nurse = SocCode::parse("29-1141").expect("a code");
    let figure = knowledge.figures.national[&nurse].median == Cell::Number(99_000);
    let release = knowledge
        .sources
        .values()
        .any(|source| source.release == "May 2026");
    assert_eq!(figure, release, "half of the update is visible");
    figure
}

#[test]
fn a_crash_at_any_step_leaves_all_old_or_all_new() {
    let scene = Scene::new();
    let folder = scene.folder.path("");
    let files = halves(&scene);
    write::gather(&folder, &files).expect("gathered");
    assert!(!is_new(&scene.folder), "gathered is not yet decided");
    write::decide(&folder).expect("decided");
    assert!(
        is_new(&scene.folder),
        "decided counts before it is in place"
    );
    std::fs::rename(
        folder.join(".update-ready/data/national.csv"),
        folder.join("data/national.csv"),
    )
    .expect("half in place");
    assert!(is_new(&scene.folder), "half in place");
    write::finish(&folder).expect("finished");
    assert!(is_new(&scene.folder));
    assert!(!folder.join(".update-ready").exists());
    write::gather(&folder, &files).expect("gathered again");
    write::finish(&folder).expect("cleared");
    assert!(
        !folder.join(".update-gathering").exists(),
        "what was never decided is cleared away"
    );
}

#[test]
fn a_program_killed_in_the_middle_leaves_all_old_or_all_new() {
    let scene = Scene::new();
    scene.file(
        "n.csv",
        &national(&scene.knowledge)
            .set("29-1141", "A_MEDIAN", "99000")
            .csv(),
    );
    scene.file("s.csv", &by_state(&scene.knowledge).csv());
    let (old_national, old_sources) = (
        scene.folder.read("data/national.csv"),
        scene.folder.read("sources.yaml"),
    );
    let mut ends = [0, 0];
    for round in 0..25_u64 {
        scene.folder.write("data/national.csv", &old_national);
        scene.folder.write("sources.yaml", &old_sources);
        let mut child = Command::new(env!("CARGO_BIN_EXE_careerbot"))
            .args(["figures", "update"])
            .args(NEXT_RELEASE)
            .current_dir(scene.folder.root())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_micros(round * 1_500));
        let _ = child.kill();
        child.wait().expect("an end");
        ends[usize::from(is_new(&scene.folder))] += 1;
        write::finish(&scene.folder.path("")).expect("finished");
        is_new(&scene.folder);
    }
    assert!(
        ends[0] > 0,
        "every program was killed too late to prove anything: {ends:?}"
    );
}
