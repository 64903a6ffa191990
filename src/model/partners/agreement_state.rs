//! What an agreement comes to: in force, lived, ending, or missing although there are joint papers.

use serde::Serialize;

/// How an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In force, with joint papers of its units or visits since it was signed.
    Active,
    /// In force; joint papers are those of other units alone.
    ActiveElsewhere,
    /// In force without joint papers or visits since it was signed.
    Dormant,
    /// Ended, and there are joint papers since it was signed.
    EndedActive,
    /// Ended without any.
    Ended,
    /// Not yet begun.
    NotBegun,
    /// The partner's name is no university, company or known partner in any spelling: nothing can be counted.
    NotIdentified,
    /// No agreement, although a partner abroad or a company has at least three joint papers.
    WithoutAgreement,
}

impl State {
    /// The name in `agreements_status.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Active => "active",
            State::ActiveElsewhere => "active_elsewhere",
            State::Dormant => "dormant",
            State::EndedActive => "ended_active",
            State::Ended => "ended",
            State::NotBegun => "not_begun",
            State::NotIdentified => "not_identified",
            State::WithoutAgreement => "without_agreement",
        }
    }
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing.
    Keep,
    /// It ends within twelve months, or has ended, and is lived.
    Renew,
    /// Give it life, or let it end.
    ReviveOrClose,
    /// It ends or has ended, and nobody uses it.
    Close,
    /// Sign one.
    Sign,
    /// Tell the partner's identity in the sheet of partners.
    Identify,
}

impl Step {
    /// The name in `agreements_status.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Keep => "keep",
            Step::Renew => "renew",
            Step::ReviveOrClose => "revive_or_close",
            Step::Close => "close",
            Step::Sign => "sign",
            Step::Identify => "identify",
        }
    }
}

/// A row of `agreements_status.csv`: an agreement, or a partner without one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementState {
    /// The office's number; empty where there is no agreement.
    pub agreement: String,
    /// The partner as the sheet prints it; without an agreement as affiliations print it.
    pub partner: String,
    /// As in `partners.csv`; empty where it could not be identified.
    pub partner_key: String,
    /// English name of its country.
    pub country: String,
    /// Whether it is a company.
    pub company: bool,
    /// Kind of agreement as printed.
    pub kind: String,
    /// Ids of the units responsible, `;` between them; without an agreement the unit with most joint papers.
    pub units: String,
    /// Day of signing, `YYYY-MM-DD`.
    pub signed: String,
    /// Last day.
    pub ends: String,
    /// How it stands.
    pub state: State,
    /// Whole months from the day of the data to the last day; negative where it has ended.
    pub months_left: Option<i32>,
    /// In force, and ends within twelve months of the day of the data.
    pub ends_soon: bool,
    /// Joint papers of its units in the window.
    pub papers_of_units: u64,
    /// Joint papers of the university in the window.
    pub papers: u64,
    /// Of these, since the year of signing.
    pub papers_since_signing: u64,
    /// Year of the last joint paper.
    pub last_year: Option<i32>,
    /// Mean field-weighted citation impact of the joint papers.
    pub impact: Option<f64>,
    /// Visits from and to the partner since it was signed.
    pub visits: u64,
    /// What to do.
    pub step: Step,
    /// File and row.
    pub source: String,
}
