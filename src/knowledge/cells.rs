//! Cells of BLS's tables, by the year and by the hour, and the row of pay that the tables by place and workplace share.
//!
//! Knows the notation of BLS, not what a table is about.

/// The lowest annual wage that BLS no longer gives exactly, in USD: "$115.00 or more per hour or $239,200 or more per
/// year" (note 5 of the OEWS May 2025 tables).
pub const TOP_CODE_USD: u32 = 239_200;

/// One cell of a wage or employment table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A published number: USD a year before tax, or jobs.
    Number(u32),
    /// `#`: at or above [`TOP_CODE_USD`]; BLS gives no exact figure.
    TopCoded,
    /// `*`: BLS has not released the figure. Quartiles by state may also be empty: then they are not at hand.
    NotReleased,
}

impl Cell {
    /// Parses a cell in BLS's notation: a number (commas allowed), `#`, or `*` / `**`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "#" => Some(Self::TopCoded),
            "*" | "**" => Some(Self::NotReleased),
            number => number.replace(',', "").parse().ok().map(Self::Number),
        }
    }

    /// The published number, if there is one.
    pub fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::TopCoded | Self::NotReleased => None,
        }
    }

    /// What to compare by: a top-coded wage counts as the threshold.
    pub fn at_least(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::TopCoded => Some(TOP_CODE_USD),
            Self::NotReleased => None,
        }
    }
}

/// The lowest hourly wage that BLS no longer gives exactly, in cents; see [`TOP_CODE_USD`].
pub const TOP_CODE_CENTS: u32 = 11_500;

/// One cell of pay by the hour, as BLS publishes it: never the year divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hourly {
    /// US cents an hour before tax.
    Cents(u32),
    /// `#`: at or above [`TOP_CODE_CENTS`].
    TopCoded,
    /// `*`: not released, or an occupation that BLS publishes by the year only.
    NotReleased,
}

impl Hourly {
    /// Parses dollars and cents (`47.02`), `#`, or `*` / `**`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "#" => Some(Self::TopCoded),
            "*" | "**" => Some(Self::NotReleased),
            number => {
                let (dollars, cents) = number.split_once('.').unwrap_or((number, "0"));
                let cents = match cents.len() {
                    1 => cents.parse::<u32>().ok()? * 10,
                    2 => cents.parse().ok()?,
                    _ => return None,
                };
                let dollars: u32 = dollars.replace(',', "").parse().ok()?;
                Some(Self::Cents(dollars.checked_mul(100)?.checked_add(cents)?))
            }
        }
    }

    /// The published pay in cents, if there is one.
    pub fn cents(self) -> Option<u32> {
        match self {
            Self::Cents(cents) => Some(cents),
            Self::TopCoded | Self::NotReleased => None,
        }
    }
}

impl std::fmt::Display for Hourly {
    /// As it stands in a file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cents(cents) => write!(f, "{}.{:02}", cents / 100, cents % 100),
            Self::TopCoded => f.write_str("#"),
            Self::NotReleased => f.write_str("*"),
        }
    }
}

/// Pay and jobs of one occupation in a place or a kind of workplace (OEWS): wage and salary workers only, before tax. BLS has no
/// pay by experience: the percentiles are those of all who do the work there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pay {
    /// Jobs, without the self-employed.
    pub employment: Cell,
    /// 10th percentile, USD a year.
    pub pct10: Cell,
    /// 25th percentile, USD a year.
    pub pct25: Cell,
    /// Median, USD a year.
    pub median: Cell,
    /// 75th percentile, USD a year.
    pub pct75: Cell,
    /// 90th percentile, USD a year.
    pub pct90: Cell,
    /// 10th percentile by the hour.
    pub hourly10: Hourly,
    /// Median by the hour.
    pub hourly_median: Hourly,
    /// 90th percentile by the hour.
    pub hourly90: Hourly,
}

/// A header: the columns given, those of a row of pay, and the columns given behind the semicolon.
macro_rules! pay_header {
    ($($before:literal),+ $(; $behind:literal)?) => {
        &[
            $($before,)+ "employment", "pct10", "pct25", "median", "pct75", "pct90", "hourly10", "hourly_median", "hourly90",
            $($behind)?
        ]
    };
}
pub(crate) use pay_header;

/// Rows of pay, best paid first; those whose median was not released are left out, top-coded medians stand first.
pub(crate) fn best_paid<'a, Id: Copy + Ord + 'a>(
    rows: impl Iterator<Item = &'a (Id, Pay)>,
) -> Vec<(Id, &'a Pay)> {
    let released = rows.filter(|(_, pay)| pay.median != Cell::NotReleased);
    let mut found: Vec<(Id, &Pay)> = released.map(|(id, pay)| (*id, pay)).collect();
    found.sort_by_key(|(id, pay)| (std::cmp::Reverse(pay.median.at_least()), *id));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_follow_the_notation_of_bls() {
        assert_eq!(Cell::parse("97,550"), Some(Cell::Number(97_550)));
        assert_eq!(Cell::parse("#"), Some(Cell::TopCoded));
        assert_eq!(Cell::parse("**"), Some(Cell::NotReleased));
        assert_eq!(Cell::parse("-5"), None);
        assert_eq!(Hourly::parse("47.02"), Some(Hourly::Cents(4702)));
        assert_eq!(Hourly::parse("1,047.5"), Some(Hourly::Cents(104_750)));
        assert_eq!(
            ["#", "**"].map(Hourly::parse),
            [Some(Hourly::TopCoded), Some(Hourly::NotReleased)]
        );
        assert_eq!(["", "-1", "1.234", "x"].map(Hourly::parse), [None; 4]);
        assert_eq!(Hourly::Cents(4705).to_string(), "47.05");
    }
}
