//! The registers that are compiled in: a new one is a file and a line here.

use std::sync::{LazyLock, OnceLock};

use super::error::RegisterError;
use super::parse::parse;
use super::shape::Register;

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!($name, ".txt"), include_str!(concat!("../../presets/registers/", $name, ".txt")))),+]
    };
}

/// The files of the registers, in the order of the menu.
const SOURCES: &[(&str, &str)] = sources![
    "duty_shift",
    "shift_handover",
    "post_check",
    "morning_check",
    "return_to_work",
    "delivery",
    "delivery_line",
    "temperature_reading",
    "food_sample",
    "sample_disposal",
    "snack_issue",
    "disinfection_log",
    "additive_use",
    "waste",
    "pest_control",
    "quick_test",
    "inspector_visit",
    "training",
    "feedback",
    "work_log",
    "class_attendance",
    "class_checkup",
    "child_handover",
    "medicine_slip",
    "child",
    "pickup_authorisation",
    "visitor_entry",
    "vehicle_entry",
    "pupil_exit",
    "goods_pass",
    "boarders",
    "boarder_leave",
    "duty_roster",
    "incident",
    "supplier",
    "supplier_licence",
    "health_certificate",
    "special_equipment",
    "meter",
    "meter_reading",
    "loan",
    "watering",
    "pruning",
    "disclosure",
];

/// Files that were handed in, behind those that are compiled in.
static HANDED_IN: OnceLock<&'static [(&'static str, &'static str)]> = OnceLock::new();

static REGISTERS: LazyLock<Result<Vec<Register>, RegisterError>> = LazyLock::new(|| {
    let handed_in = HANDED_IN.get().copied().unwrap_or_default();
    SOURCES.iter().chain(handed_in).map(|(file, text)| parse(file, text)).collect()
});

/// Hands in further registers, as names and texts of their files, and gives whether they count.
///
/// They count where this is the first call, and nothing has read a register yet: what has read one knows no others. With it a test builds
/// a register from its file alone, behind every door.
///
/// # Errors
/// The first mistake of the files; none of them counts then.
pub fn hand_in(files: &'static [(&'static str, &'static str)]) -> Result<bool, RegisterError> {
    let parsed: Vec<Register> = files.iter().map(|(file, text)| parse(file, text)).collect::<Result<_, _>>()?;
    let is_first = HANDED_IN.set(files).is_ok();
    Ok(is_first && parsed.iter().all(|register| self::register(&register.kind).is_some()))
}

/// The registers that are compiled in.
pub fn all() -> &'static [Register] {
    // The files are compiled in, and a test parses every one of them.
    REGISTERS.as_ref().expect("the compiled-in registers parse")
}

/// The register of a kind; none for a kind that has no declaration.
pub fn register(kind: &str) -> Option<&'static Register> {
    all().iter().find(|register| register.kind == kind)
}
