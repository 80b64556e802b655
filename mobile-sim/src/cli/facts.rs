//! What the phone says of itself, on the command line and in print.

use avain_proto::v1::{Platform, PlatformFacts};
use clap::{Args, ValueEnum};

use super::terminal::printable;

/// What the phone says of itself; what is not given is a Pixel 8 with Android 14, or an iPhone 15 with iOS 17.
#[derive(Args)]
pub(super) struct FactOptions {
    /// The phone's system; android when left out
    #[arg(long)]
    platform: Option<PlatformOption>,
    /// The OS version as the system tells it; any text, the server judges
    #[arg(long, value_name = "V", allow_hyphen_values = true)]
    os: Option<String>,
    /// The phone's brand
    #[arg(long, value_name = "B")]
    brand: Option<String>,
    /// The phone's model
    #[arg(long, value_name = "M")]
    model: Option<String>,
    /// Android's API level; 0 when only --os is given
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    api_level: Option<i32>,
    /// The app's version
    #[arg(long, value_name = "V")]
    app_version: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum PlatformOption {
    Android,
    Ios,
}

impl FactOptions {
    /// The given options over what the phone said before, or over a usual phone of the platform.
    pub(super) fn over(&self, before: Option<PlatformFacts>) -> PlatformFacts {
        let mut facts = match (self.platform, before) {
            (None, Some(facts)) => facts,
            (Some(PlatformOption::Ios), _) => iphone(),
            (Some(PlatformOption::Android) | None, _) => pixel(),
        };
        if let Some(os) = &self.os {
            facts.os_version.clone_from(os);
            facts.api_level = 0;
        }
        if let Some(level) = self.api_level {
            facts.api_level = level;
        }
        for (option, fact) in [
            (&self.brand, &mut facts.brand),
            (&self.model, &mut facts.model),
            (&self.app_version, &mut facts.app_version),
        ] {
            if let Some(text) = option {
                fact.clone_from(text);
            }
        }
        facts
    }
}

fn pixel() -> PlatformFacts {
    facts(Platform::Android, "14", 34, "Google", "Pixel 8")
}

fn iphone() -> PlatformFacts {
    facts(Platform::Ios, "17.0", 0, "Apple", "iPhone15,4")
}

fn facts(platform: Platform, os_version: &str, api_level: i32, brand: &str, model: &str) -> PlatformFacts {
    PlatformFacts {
        platform: platform.into(),
        os_version: os_version.to_owned(),
        api_level,
        brand: brand.to_owned(),
        model: model.to_owned(),
        app_version: "1.0.0".to_owned(),
    }
}

/// The phone in one line.
pub(super) fn describe(facts: &PlatformFacts) -> String {
    let system = match facts.platform() {
        Platform::Android => "Android",
        Platform::Ios => "iOS",
        Platform::Unspecified => "unknown system",
    };
    let level =
        if facts.api_level == 0 { String::new() } else { format!(" (API level {})", facts.api_level) };
    let PlatformFacts { os_version, brand, model, app_version, .. } = facts;
    printable(&format!("{brand} {model}, {system} {os_version}{level}, app {app_version}"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn a_given_version_is_not_hidden_by_an_api_level_that_nobody_gave() {
        let options = |line: &[&str]| Options::parse_from([&["options"], line].concat()).facts.over(None);
        assert_eq!(options(&[]), pixel());
        assert_eq!(options(&["--os", "11"]).api_level, 0);
        assert_eq!(options(&["--os", "-1", "--api-level", "30"]).api_level, 30);
        assert_eq!(
            options(&["--platform", "ios", "--brand", "B"]),
            PlatformFacts { brand: "B".to_owned(), ..iphone() }
        );
    }

    #[derive(clap::Parser)]
    struct Options {
        #[command(flatten)]
        facts: FactOptions,
    }
}
