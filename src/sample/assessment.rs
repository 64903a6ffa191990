//! `assessment.toml` of the sample, every switch written out and explained.

use crate::sample::affiliation::CITY;
use crate::sample::units::University;

/// The text of the file.
pub fn toml(university: &University) -> String {
    let whole = &university.units[0];
    format!(
        r#"# A sample assessment. The university does not exist; its people, papers and numbers are invented.
# Lines that begin with # are explanation.

# Gregorian year of the self-assessment.
year = 2025

# Languages of pages and charts; the first is the main one.
languages = ["en", "fa"]

# Editions to score; `sanjeh editions list` shows all.
editions = ["the/wur/2026", "qs/wur/2026", "arwu/2025"]

# Publication years of the unit profile. Without this line: the five full years before `year`.
publications = [2020, 2024]

[institution]
name.en = "{}"
name.fa = "{}"
country = "Iran"                 # as affiliations print it
city = "{CITY}"                 # as affiliations print it
# Other spellings and abbreviations in affiliations; more stand in aliases.csv.
aliases = ["SvUMS", "Sarv University of Medical Science"]
invented = true                  # prints "invented" on every page

[attribution]
# author ids in the staff sheet, what the affiliation says, names of staff beside our own affiliation
by = ["roster", "affiliation", "name"]
combine = "union"                # where they disagree: union | roster_first | affiliation_first
fractional = "author"            # shares: author | author_affiliation | organisation | lead
units_at = "publication"         # posts of staff at the time of the paper, or "today"
employment_window = true         # count a roster match only while the person was employed
grace_years = 1                  # years after leaving in which papers still appear
name_confidence = 0.9            # least confidence of a match by name that is used without a decision

[stability]
samples = 1000                   # how often publications are drawn again for the intervals; 0 gives none

[calibration]
use = true                       # own published scores (benchmarks/) stand in for scales that are not public

[policy]
document_types = []              # of the unit profile, e.g. ["article", "review"]; empty counts all
counting = "full"                # a paper counts whole for each unit, or by the unit's share: full | fractional
several_posts = "whole"          # FTE of a person with several posts: whole | split
residency_is_doctoral = false    # clinical residents count as doctorates
ppp_year = "start_year"          # PPP rate of a fiscal year: start_year | day_weighted
minimum_units = 3                # fewest units of a type for a comparison among them

[calendar]
# Days that documents print, in either calendar: "2025-03-20" or "1403-12-30".
data = "2025-03-20"            # the day at which the data stood
# Without these lines: the ends of Ordibehesht and Khordad of the year.
# objections = "1404-02-31"      # last day on which a unit may object to its list of papers
# corrections = "1404-03-31"     # last day on which corrections are taken in

[sensitivity]
draws = 10000                    # most draws of `sanjeh sensitivity`
seed = 2026
spreading = "sobol"              # how points are spread: sobol | random
# what is uncertain
inputs = ["weights", "normaliser", "aggregation", "missing", "benchmark", "measurement", "attribution"]
indicator_noise = 0.25           # weights of indicators vary by up to this share of themselves
group_noise = 0.25               # those of groups
weight_sets = 1000               # sets of weights that are drawn from
measurement_samples = 100        # samples of each unit's publications that are drawn from
# alternatives beside the edition's and the assessment's own
normalisers = ["min_max", "z_score", "percentile_rank"]   # also normal_cdf
means = ["arithmetic", "geometric", "harmonic"]
missing = ["renormalise", "own_lower_quartile", "zero"]
benchmarks = ["peers", "units"]  # without published constants; without peers as well
policies = ["full", "fractional", "without_many_authors", "roster_only", "affiliation_only"]
bootstrap = 200                  # samples for the bands of the indices

[advice]
# the best plan under a budget, from strategies/catalogue.csv; without a budget none is made
budget = 200000
currency = "million rial"        # of the budget
editions = []                    # whose totals are to rise, e.g. ["the/wur/2026=2", "qs/wur/2026"]; empty: all that give one
levels = 3                       # in how many intensities each strategy is weighed, up to its capacity
gap = 0.01                       # how far the plan may lie from the best, as a share of what it brings
"#,
        whole.en, whole.fa
    )
}
