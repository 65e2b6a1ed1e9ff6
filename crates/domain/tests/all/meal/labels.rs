//! The label of a sample: a tablet that never got the record counts and disposes by it.

use domain::checked_time::ClockState::{None as Nobody, Person, Server};
use domain::meal::{BadLabel, Held, Sample, SampleLabel, keep_ms, proved_age, samples_by_short, short_code};
use domain::time::UtcMillis;
use proptest::prelude::*;

use super::{at, day, id, moment, number};

fn sample() -> Sample {
    Sample {
        id: id(100),
        meal: id(10),
        date: day("2026-11-23"),
        dish: None,
        dish_name: "冬瓜汤".into(),
        fridge: None,
        box_no: "A-07".into(),
        grams: Some(number("130.5")),
        min_g: number("125"),
        keep_h: 48,
        taken: moment(Server, 1, "2026-11-23T11:02:00"),
        is_void: false,
    }
}

#[test]
fn a_tablet_that_never_got_the_record_counts_from_the_label() {
    let text = SampleLabel::of(&sample(), id(1), "冬瓜汤").to_string();
    let label: SampleLabel = text.parse().expect("a label");
    assert_eq!((label.dish.as_str(), label.grams), ("冬瓜汤", Some(number("130.5"))));
    let age = |now: &str| proved_age(&label.moment(), None, &moment(Server, 9, now));
    assert!(age("2026-11-25T11:01:59") < keep_ms(label.keep_h));
    assert_eq!(age("2026-11-25T11:02:00"), keep_ms(label.keep_h));
}

#[test]
fn of_an_unchecked_clock_a_label_prints_no_instant_and_counts_from_when_it_was_first_seen() {
    let taken = moment(Nobody, 1, "2016-01-01T11:02:00");
    let label = SampleLabel::of(&Sample { taken, ..sample() }, id(1), "汤");
    assert_eq!(label.printed_ready_at(), None, "时钟未核对");
    let held = Held { first: moment(Server, 9, "2026-11-23T12:00:00"), counted_ms: 0 };
    let now = moment(Server, 8, "2026-11-25T12:00:00");
    assert_eq!(proved_age(&label.moment(), Some(&held), &now), keep_ms(48));
    assert_eq!(proved_age(&label.moment(), None, &now), 0);
}

#[test]
fn a_label_prints_the_instant_from_which_it_may_certainly_go() {
    let printed = |state| {
        let taken = moment(state, 1, "2026-11-23T11:02:00");
        SampleLabel::of(&Sample { taken, ..sample() }, id(1), "汤").printed_ready_at()
    };
    assert_eq!(printed(Server), Some(at("2026-11-25T11:02:00")));
    assert_eq!(printed(Person), Some(at("2026-11-25T11:12:00")), "a person may be wrong by 10 minutes");
}

#[test]
fn a_label_of_another_school_says_so_by_its_campus() {
    let label: SampleLabel = SampleLabel::of(&sample(), id(2), "汤").to_string().parse().expect("a label");
    assert_eq!(label.campus, id(2));
}

#[test]
fn what_is_no_label_and_what_is_damaged_are_told_apart() {
    let text = SampleLabel::of(&sample(), id(1), "冬瓜汤").to_string();
    for other in ["", "RP1.A.B", "http://school/x", "冬瓜汤"] {
        assert_eq!(other.parse::<SampleLabel>(), Err(BadLabel::NoLabel), "{other}");
    }
    assert_eq!(text[..text.len() - 1].parse::<SampleLabel>(), Err(BadLabel::Damaged));
    let other_sample = text.replacen("00064", "00065", 1);
    assert_eq!(other_sample.parse::<SampleLabel>(), Err(BadLabel::Damaged), "the short code follows from the sample");
}

#[test]
fn a_short_code_is_found_as_people_write_it() {
    let samples: Vec<Sample> = (100..130).map(|number| Sample { id: id(number), ..sample() }).collect();
    for sample in &samples {
        let code = short_code(sample.id);
        let typed = format!(
            " {} {}",
            code[..2].to_lowercase().replace('q', "0").replace('b', "8"),
            &code[2..].replace('S', "5")
        );
        assert!(samples_by_short(&typed, &samples).iter().any(|found| found.id == sample.id), "{code} {typed}");
    }
    assert!(samples_by_short("", &samples).is_empty());
}

proptest! {
    #[test]
    fn a_label_reads_back_in_either_case_and_width(
        sample: u128, campus: u128, taken in 0i64..4_000_000_000_000, state in 0usize..3, keep_h in 0u32..1_000,
        grams in prop::option::of(0i64..10_000_000), dish in "\\PC{0,20}",
    ) {
        let label = SampleLabel {
            sample: id(sample),
            campus: id(campus),
            taken: UtcMillis(taken),
            state: [Server, Person, Nobody][state],
            keep_h,
            grams: grams.map(|thousandths| domain::decimal::Decimal::new(thousandths, 3).normalize()),
            dish,
        };
        let text = label.to_string();
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b".-".contains(&byte)));
        prop_assert_eq!(text.to_lowercase().parse(), Ok(label));
    }

    #[test]
    fn any_text_is_a_label_or_none(text: String) {
        let _ = text.parse::<SampleLabel>();
        let _ = format!("RS1.{text}").parse::<SampleLabel>();
    }
}
