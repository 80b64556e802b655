//! The app as the operator's pages know it: what opens it, and where it can be had.

/// Everything about the app that pages and phones ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MobileApp {
    /// What a link begins with that opens the app on the same phone, for example `https://login.example.com/s/`.
    pub open_url: String,
    /// Android's name of the app and the SHA-256 fingerprints of the certificates that sign it, as the Play Console shows them.
    pub android: Option<AndroidApp>,
    /// Apple's names of the app: team and bundle, for example `ABCDE12345.com.example.avain`.
    pub ios_app_ids: Vec<String>,
    /// The app in the Play Store.
    pub android_store: Option<String>,
    /// The app in the App Store.
    pub ios_store: Option<String>,
}

/// The app on Android.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndroidApp {
    /// The package, for example `com.example.avain`.
    pub package: String,
    /// Fingerprints such as `14:6D:E9:…`, 32 bytes each.
    pub fingerprints: Vec<String>,
}

impl MobileApp {
    /// Whether a link can open it on any phone.
    pub const fn can_be_opened(&self) -> bool {
        self.android.is_some() || !self.ios_app_ids.is_empty()
    }
}
