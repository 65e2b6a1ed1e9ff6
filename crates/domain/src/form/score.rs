//! The score and the verdict of a form.

use serde::Serialize;

use super::{Form, Status};
use crate::decimal::Decimal;
use crate::template::{Item, PassRule};

/// What a form says as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 不合格.
    Fail,
    /// 未填完: something that applies is not answered, so what is answered says nothing about the whole.
    Incomplete,
    /// 合格.
    Pass,
    /// 良.
    Good,
    /// 已登记: the form records and does not judge, or nothing has been answered.
    Recorded,
}

impl Verdict {
    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Fail => "不合格",
            Self::Incomplete => "未填完",
            Self::Pass => "合格",
            Self::Good => "良",
            Self::Recorded => "已登记",
        }
    }
}

/// The score of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The points earned.
    pub earned: Decimal,
    /// The points that the answered items could earn.
    pub answered_max: Decimal,
    /// The points that all applicable items could earn, unanswered ones included.
    pub applicable_max: Decimal,
    /// `earned` of `applicable_max` in percent, to one place; none for an unscored form.
    pub percent: Option<Decimal>,
    /// `earned` of `answered_max` in percent, to one place: the live score while the form is being filled in.
    pub percent_so_far: Option<Decimal>,
    /// The verdict on the form as a whole; a form with something unanswered has none but 未填完, or 不合格 where a red
    /// line is crossed already.
    pub verdict: Verdict,
    /// The verdict on what is answered: for the hint beside a form that is being filled in, and never for a report.
    pub verdict_so_far: Verdict,
    /// The items that failed, in order.
    pub failed: Vec<String>,
    /// Those of them that cross the red line.
    pub red_lines: Vec<String>,
    /// The failed item that makes the whole form 0, where there is one.
    pub zeroed_by: Option<String>,
    /// Items whose stored value is no answer; they are left out.
    pub ill_typed: Vec<String>,
    /// How many applicable items are answered.
    pub answered: usize,
    /// How many items are applicable; one whose stored value is no answer is among them, and not answered.
    pub applicable: usize,
}

impl Form<'_> {
    /// The score and the verdict.
    ///
    /// Percent = earned of the maxima of the applicable items; 不适用 leaves the denominator, and so does a value that is
    /// no answer.
    /// 合格 from 80 %, 良 from 90 %; a failed L4 item is 不合格 whatever the score.
    /// The marks are compared exactly, before rounding.
    ///
    /// # Example
    /// A kitchen check with one dish at 65 ℃ is 不合格 whatever the rest says; reheated and retested at 76 ℃ it is 良.
    /// ```
    /// use domain::form::{Entry, Form, Verdict};
    /// use domain::{setting::Settings, template::{Part, TemplateRef, find}};
    /// use serde_json::json;
    ///
    /// let reference: TemplateRef = "T01@1".parse().expect("a reference");
    /// let (template, settings) = (find(&reference).expect("built in"), Settings::default());
    /// let mut form = Form::new(template, Part::All, None, &settings);
    /// let mut answer = |code: &str, result| {
    ///     form.set(code, Entry { result, ..Entry::default() });
    ///     form.score()
    /// };
    /// answer("T01.01", json!("pass")); // 8 of 8
    /// answer("T01.02", json!("na")); // leaves the denominator
    /// answer("T01.03", json!(6)); // 6 of 8, 75 %: not failed
    /// let cold = answer("T01.07", json!([{"v": "65", "of": "红烧肉"}])); // 0 of 10, L4
    /// assert_eq!(cold.verdict_so_far, Verdict::Fail);
    /// assert_eq!(cold.percent_so_far.map(|percent| percent.to_string()).as_deref(), Some("53.8"));
    /// let hot = answer("T01.07", json!([{"v": "65", "of": "红烧肉"}, {"v": "76", "of": "红烧肉", "retest": true}]));
    /// assert_eq!(hot.verdict_so_far, Verdict::Good);
    /// assert_eq!(hot.percent_so_far.map(|percent| percent.to_string()).as_deref(), Some("92.3"));
    /// // 24 of 94, when nothing more is answered.
    /// assert_eq!(hot.percent.map(|percent| percent.to_string()).as_deref(), Some("25.5"));
    /// ```
    pub fn score(&self) -> Score {
        let mut score = Score {
            earned: Decimal::ZERO,
            answered_max: Decimal::ZERO,
            applicable_max: Decimal::ZERO,
            percent: None,
            percent_so_far: None,
            verdict: Verdict::Recorded,
            verdict_so_far: Verdict::Recorded,
            failed: Vec::new(),
            red_lines: Vec::new(),
            zeroed_by: None,
            ill_typed: Vec::new(),
            answered: 0,
            applicable: 0,
        };
        for item in self.items() {
            self.add(item, &mut score);
        }
        if score.zeroed_by.is_some() {
            score.earned = Decimal::ZERO;
        }
        score.percent = percent(score.earned, score.applicable_max);
        score.percent_so_far = percent(score.earned, score.answered_max);
        score.verdict = self.verdict(&score, score.applicable_max, score.answered == score.applicable);
        score.verdict_so_far = self.verdict(&score, score.answered_max, true);
        score
    }

    fn add(&self, item: &Item, score: &mut Score) {
        let judgement = self.judge(item);
        match judgement.status {
            Status::NotAsked | Status::NotApplicable => {}
            Status::IllTyped(_) => {
                score.applicable += 1;
                score.ill_typed.push(item.code.clone());
            }
            Status::Unanswered | Status::NeedsMethod => {
                score.applicable += 1;
                score.applicable_max += judgement.max;
            }
            Status::Judged => {
                score.applicable += 1;
                score.answered += 1;
                score.applicable_max += judgement.max;
                score.answered_max += judgement.max;
                score.earned += judgement.earned;
                if judgement.is_failed {
                    score.failed.push(item.code.clone());
                    if item.is_red_line() {
                        score.red_lines.push(item.code.clone());
                    }
                    if item.rules.zeroes_form {
                        score.zeroed_by = Some(item.code.clone());
                    }
                }
            }
        }
    }

    /// The verdict at a denominator.
    ///
    /// One answer of fifteen that is good is no good form: 100 % of what was answered would tell whoever reads it that all
    /// was looked at.
    fn verdict(&self, score: &Score, max: Decimal, is_complete: bool) -> Verdict {
        if !score.red_lines.is_empty() || score.zeroed_by.is_some() {
            return Verdict::Fail;
        }
        if !is_complete {
            return Verdict::Incomplete;
        }
        let reaches = |percent: Decimal| score.earned * Decimal::ONE_HUNDRED >= max * percent;
        let by_score = |pass: Decimal| {
            if max.is_zero() {
                Verdict::Recorded
            } else if !reaches(pass) {
                Verdict::Fail
            } else if reaches(self.settings.number("score.good_percent")) {
                Verdict::Good
            } else {
                Verdict::Pass
            }
        };
        let pass_mark = self.settings.number("score.pass_percent");
        match &self.template.pass {
            PassRule::AtLeast(percent) => by_score(pass_mark.max(Decimal::from(*percent))),
            PassRule::ScoreAndRemarks => by_score(pass_mark),
            PassRule::All if !score.failed.is_empty() => Verdict::Fail,
            PassRule::All if score.answered == 0 => Verdict::Recorded,
            PassRule::All => Verdict::Pass,
            PassRule::RedLine { .. } if self.template.is_scored() => by_score(pass_mark),
            PassRule::RedLine { .. } if score.answered == 0 => Verdict::Recorded,
            PassRule::RedLine { .. } => Verdict::Pass,
            PassRule::Recorded => Verdict::Recorded,
        }
    }
}

fn percent(earned: Decimal, max: Decimal) -> Option<Decimal> {
    (!max.is_zero()).then(|| (earned * Decimal::ONE_HUNDRED / max).round_dp(1).normalize())
}
