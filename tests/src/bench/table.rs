//! The table that a benchmark prints.

use std::time::Duration;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Time,
    /// Bytes.
    Bytes,
}

/// What a figure has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// At most so many times its baseline.
    Times(f64),
    /// At most this, in the figure's unit.
    Most(f64),
    /// None: it stands there to explain another.
    None,
}

/// One figure, with its baseline where there is one.
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What it counts.
    pub unit: Unit,
    /// Each run's figure; the table shows the median.
    pub ours: Vec<f64>,
    /// Each run's baseline.
    pub baseline: Vec<f64>,
    /// What it has to be.
    pub aim: Aim,
    /// What else is worth knowing.
    pub note: String,
}

impl Row {
    /// A row without figures.
    pub fn new(what: impl Into<String>, unit: Unit, aim: Aim) -> Self {
        Self { what: what.into(), unit, ours: Vec::new(), baseline: Vec::new(), aim, note: String::new() }
    }

    /// Adds the times of one run.
    pub fn add(&mut self, ours: Duration, baseline: Duration) {
        self.ours.push(ours.as_secs_f64());
        self.baseline.push(baseline.as_secs_f64());
    }

    /// Prints the rows under their heads.
    pub fn print(rows: &[Self]) {
        println!("{:<58} {:>10} {:>10} {:>7} {:>9}  note", "what", "ours", "baseline", "ratio", "aim");
        for row in rows {
            row.print_one();
        }
    }

    fn print_one(&self) {
        let ours = share(&self.ours, 0.5);
        let baseline = share(&self.baseline, 0.5);
        let ratio = ours / baseline;
        let is_met = match self.aim {
            Aim::Times(most) => ratio <= most,
            Aim::Most(most) => ours <= most,
            Aim::None => true,
        };
        let aim = match self.aim {
            Aim::Times(most) => format!("{most:.1}x"),
            Aim::Most(most) => self.unit.show(most),
            Aim::None => String::new(),
        };
        println!(
            "{:<58} {:>10} {:>10} {:>7} {:>9}  {}{}",
            self.what,
            self.unit.show(ours),
            if self.baseline.is_empty() { String::new() } else { self.unit.show(baseline) },
            if self.baseline.is_empty() { String::new() } else { format!("{ratio:.2}x") },
            aim,
            self.note,
            if is_met { "" } else { " (missed)" },
        );
    }
}

impl Unit {
    fn show(self, figure: f64) -> String {
        match self {
            Self::Time if figure < 1.0 => format!("{:.2} ms", figure * 1e3),
            Self::Time => format!("{figure:.2} s"),
            Self::Bytes if figure < 1e6 => format!("{:.1} KB", figure / 1e3),
            Self::Bytes => format!("{:.1} MB", figure / 1e6),
        }
    }
}

/// The figure that `part` of all are not above; 0.5 gives the median.
pub fn share(figures: &[f64], part: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
