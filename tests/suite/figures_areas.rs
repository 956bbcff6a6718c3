//! `careerbot figures update` with pay by area and by industry, as BLS packs it: several tables in one archive.

use std::io::{Cursor, Read as _, Write as _};

use careerbot::knowledge::{Cell, Hourly, SocCode, State};

use crate::folder::Folder;

const HEAD: &str = "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,NAICS,NAICS_TITLE,I_GROUP,OCC_CODE,OCC_TITLE,TOT_EMP,H_PCT10,H_MEDIAN,H_PCT90,A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90\n";
const METRO: &str = "41180,\"St. Louis, MO-IL\",4,MO,000000,Cross-industry,cross-industry,00-0000,All Occupations,\"1,300,000\",13.10,24.00,60.01,27250,37000,49920,78000,124820\n41180,\"St. Louis, MO-IL\",4,MO,000000,Cross-industry,cross-industry,29-1141,Registered Nurses,\"32,100\",30.00,41.50,#,62400,73000,86320,99000,#\n";
const RURAL: &str = "2900001,Central Missouri nonmetropolitan area,6,MO,000000,Cross-industry,cross-industry,00-0000,All Occupations,9000,12.00,19.00,40.00,24960,30000,39520,52000,83200\n2900001,Central Missouri nonmetropolitan area,6,MO,000000,Cross-industry,cross-industry,29-2061,Licensed Practical Nurses,**,*,*,*,*,*,*,*,*\n";

/// An archive of CSV files, one of each text.
fn archive(texts: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (place, text) in texts.iter().enumerate() {
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file(format!("oesm25ma/part{place}.csv"), options)
            .expect("a member");
        archive
            .write_all(format!("{HEAD}{text}").as_bytes())
            .expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// Runs the update on a table; exit code and everything that is printed.
fn update(folder: &Folder, option: &str, bytes: &[u8]) -> (i32, String) {
    std::fs::write(folder.root().join("table.zip"), bytes).expect("written");
    let output = folder
        .program()
        .args(["figures", "update", option, "table.zip"])
        .output()
        .expect("the program runs");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (output.status.code().expect("an exit code"), text)
}

fn soc(code: &str) -> SocCode {
    SocCode::parse(code).expect("a code")
}

#[test]
fn both_kinds_of_areas_come_from_one_archive_with_their_cities() {
    let folder = Folder::new();
    let (code, said) = update(&folder, "--oews-area", &archive(&[METRO, RURAL]));
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("wrote data/area_pay.csv, data/areas.csv, data/cities.csv"),
        "{said}"
    );
    let areas = folder.load().expect("what was written loads").figures.areas;
    let missouri = State::from_code("MO").expect("a state");
    let city = areas
        .area_of_city("Saint Louis", Some(missouri))
        .expect("an area");
    assert_eq!(
        (areas.get(city).code.as_str(), areas.get(city).states.len()),
        ("0041180", 2)
    );
    let nurse = areas.pay(soc("29-1141"), city).expect("a row");
    assert_eq!(nurse.median, Cell::Number(86_320));
    assert_eq!(nurse.pct90, Cell::TopCoded);
    assert_eq!(
        (nurse.hourly_median, nurse.hourly90),
        (Hourly::Cents(4150), Hourly::TopCoded)
    );
    let rural = areas.rural(missouri).next().expect("an area");
    assert_eq!(
        areas.pay(soc("29-2061"), rural).map(|pay| pay.employment),
        Some(Cell::NotReleased)
    );
    assert_eq!(areas.pay(soc("29-1141"), rural), None);

    let (code, said) = update(&folder, "--oews-area", &archive(&[METRO, RURAL]));
    assert!(code == 0 && said.contains("nothing to write"), "{said}");
    let (_, said) = update(
        &folder,
        "--oews-area",
        &archive(&[&METRO.replace("86320", "87000"), RURAL]),
    );
    assert!(
        said.contains("Registered nurse: 1 figure changes in states, areas and workplaces"),
        "{said}"
    );
}

#[test]
fn half_an_archive_or_an_impossible_row_changes_nothing() {
    let folder = Folder::new();
    for (bytes, expected) in [
        (
            archive(&[METRO]),
            "no nonmetropolitan area; give the whole oesm25ma.zip",
        ),
        (
            archive(&[METRO, &RURAL.replace("24960", "94960")]),
            "A_PCT10 of 00-0000 is 94960, which is above A_PCT25 30000",
        ),
        (
            archive(&[&METRO.replace("MO-IL", "MO-XX"), RURAL]),
            "unknown state \"XX\" of area",
        ),
        (
            archive(&[&METRO.replace("41.50", "41.555"), RURAL]),
            "H_MEDIAN of 29-1141 cannot be \"41.555\"",
        ),
        (
            archive(&[&METRO.replacen("41180,", "St. Louis,", 1), RURAL]),
            "AREA cannot be \"St. Louis\"",
        ),
    ] {
        let (code, said) = update(&folder, "--oews-area", &bytes);
        assert!(
            code == 1 && said.contains(expected) && said.contains("nothing was written"),
            "{expected}: {said}"
        );
        assert!(!folder.path("data/areas.csv").exists());
    }
}

#[test]
fn figures_that_stand_packed_stay_packed() {
    let folder = Folder::new();
    assert_eq!(
        update(&folder, "--oews-area", &archive(&[METRO, RURAL])).0,
        0
    );
    let text = folder.read("data/area_pay.csv");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(text.as_bytes()).expect("packed");
    folder.write("data/area_pay.csv.gz", packer.finish().expect("packed"));
    let problems = folder.load().expect_err("both stand there");
    assert!(
        problems
            .iter()
            .any(|problem| problem.to_string().contains("remove one of the two")),
        "{problems:?}"
    );
    std::fs::remove_file(folder.path("data/area_pay.csv")).expect("removed");
    let loaded = folder.load().expect("packed figures load").figures.areas;

    let (code, said) = update(
        &folder,
        "--oews-area",
        &archive(&[&METRO.replace("86320", "87000"), RURAL]),
    );
    assert!(
        code == 0 && said.contains("wrote data/area_pay.csv"),
        "{said}"
    );
    assert!(!folder.path("data/area_pay.csv").exists());
    let mut unpacked = String::new();
    let bytes = std::fs::read(folder.path("data/area_pay.csv.gz")).expect("the packed file");
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_string(&mut unpacked)
        .expect("gzip");
    assert_eq!(unpacked, text.replace("86320", "87000"));
    assert_ne!(folder.load().expect("loads").figures.areas, loaded);

    folder.write("data/area_pay.csv.gz", b"no gzip");
    let problems = folder.load().expect_err("a broken file");
    assert!(
        problems[0]
            .to_string()
            .starts_with("knowledge/data/area_pay.csv.gz: cannot be unpacked"),
        "{problems:?}"
    );
}

#[test]
fn industries_come_from_every_table_of_the_archive() {
    let folder = Folder::new();
    folder.write(
        "data/settings.csv",
        "setting,name,industry,title,words,source\nhospitals,hospitals,622000,Hospitals,hospital,bls-oews-2025\nhome-health,home health,621600,Home Health Care Services,home health,bls-oews-2025\n",
    );
    let row = |industry: &str, median: &str| {
        format!(
            "99,U.S.,1,US,{industry},Industry,3-digit,29-1141,Registered Nurses,10,1,2,3,10,20,{median},50,60\n"
        )
    };
    let three = row("622000", "40") + &row("541000", "44");
    let (code, said) = update(
        &folder,
        "--oews-industry",
        &archive(&[&three, &row("621600", "30")]),
    );
    assert_eq!(code, 0, "{said}");
    let settings = folder.load().expect("loads").figures.settings;
    let best: Vec<&str> = settings
        .best_paying(soc("29-1141"))
        .iter()
        .map(|(id, _)| settings.get(*id).name.as_str())
        .collect();
    assert_eq!(best, ["hospitals", "home health"]);
    let (code, said) = update(&folder, "--oews-industry", &archive(&[&three]));
    assert!(
        code == 1 && said.contains("no row for industry 621600 (Home Health Care Services)"),
        "{said}"
    );
}

#[test]
fn an_area_or_a_workplace_that_is_gone_is_a_question_and_no_fact() {
    let folder = Folder::new();
    let other = METRO.replace("41180,\"St. Louis, MO-IL\"", "27620,\"Jefferson City, MO\"");
    let whole = archive(&[METRO, &other, RURAL]);
    assert_eq!(update(&folder, "--oews-area", &whole).0, 0);
    let before = folder.read("data/area_pay.csv");
    let without_nurses: String = METRO
        .lines()
        .filter(|line| !line.contains("29-1141"))
        .map(|line| format!("{line}\n"))
        .collect();
    for (bytes, expected) in [
        (
            archive(&[METRO, RURAL]),
            "no row for Jefferson City, MO, which has 2 now",
        ),
        (
            archive(&[&without_nurses, &other, RURAL]),
            "(29-1141) in St. Louis, MO-IL, which stands now",
        ),
    ] {
        let (code, said) = update(&folder, "--oews-area", &bytes);
        assert!(
            code == 1 && said.contains(expected) && said.contains("--accept-missing"),
            "{expected}: {said}"
        );
        assert_eq!(folder.read("data/area_pay.csv"), before);
    }
    std::fs::write(folder.root().join("table.zip"), archive(&[METRO, RURAL])).expect("written");
    let taken = folder
        .program()
        .args(["figures", "update", "--oews-area", "table.zip"])
        .arg("--accept-missing")
        .output()
        .expect("the program runs");
    assert!(taken.status.success());
    assert!(!folder.read("data/areas.csv").contains("Jefferson"));

    folder.write(
        "data/settings.csv",
        "setting,name,industry,title,words,source\nhospitals,hospitals,622000,Hospitals,hospital,bls-oews-2025\n",
    );
    let row = |code: &str| {
        format!("99,U.S.,1,US,622000,Industry,3-digit,{code},Title,10,1,2,3,10,20,40,50,60\n")
    };
    let both = archive(&[&(row("29-1141") + &row("29-2061"))]);
    assert_eq!(update(&folder, "--oews-industry", &both).0, 0);
    let (code, said) = update(&folder, "--oews-industry", &archive(&[&row("29-2061")]));
    assert!(
        code == 1 && said.contains("(29-1141) in hospitals, which stands now"),
        "{said}"
    );
}
