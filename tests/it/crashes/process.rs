//! The real program in a process of its own, plain or under a tool that harms it.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// An upper bound, so that a server which never comes back fails the test. Promised are ten seconds (I16): `tests/crash` judges the
/// slowest start, so that a machine which itself stands still for a while breaks no build.
const READY_WITHIN: Duration = Duration::from_mins(1);
/// How long one question may take.
const PROBE: Duration = Duration::from_secs(2);
const LOG_LINES: usize = 60;

static SLOWEST: AtomicU64 = AtomicU64::new(0);

/// The longest that anybody has waited for a server so far.
pub(super) fn slowest_start() -> String {
    format!("slowest start so far {} ms", SLOWEST.load(Ordering::SeqCst))
}

/// The confirmation codes that were printed, by telephone number.
pub(super) type Codes = watch::Sender<BTreeMap<String, String>>;

/// What is put before the program's name.
#[derive(Default)]
pub(super) struct Tool {
    pub(super) command: Vec<String>,
    pub(super) environment: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Starting,
    Ready,
    Ended,
}

/// A server process.
pub(super) struct Process {
    child: Child,
    stage: watch::Receiver<Stage>,
    log: Arc<Mutex<VecDeque<String>>>,
}

impl Process {
    /// Starts the program with that configuration; it need not come up.
    pub(super) fn spawn(config: &Path, tool: &Tool, codes: &Codes) -> Self {
        let program = env!("CARGO_BIN_EXE_avain").to_owned();
        let words: Vec<&String> = tool.command.iter().chain([&program]).collect();
        let mut child = Command::new(words[0])
            .args(&words[1..])
            .args(["serve", "--config"])
            .arg(config)
            .envs(tool.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("starting {words:?}: {error}"));
        let (sender, stage) = watch::channel(Stage::Starting);
        let log = Arc::new(Mutex::new(VecDeque::new()));
        let (output, errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (codes, kept) = (codes.clone(), Arc::clone(&log));
        std::thread::spawn(move || read_messages(output, &codes));
        std::thread::spawn(move || read_log(errors, &sender, &kept));
        Self { child, stage, log }
    }

    /// Starts the program, which must answer within ten seconds.
    pub(super) async fn start(config: &Path, url: &str, codes: &Codes) -> Self {
        let mut process = Self::spawn(config, &Tool::default(), codes);
        assert!(process.is_ready(url).await, "the server ended before it was ready:\n{}", process.log());
        process
    }

    /// Waits until it answers; `false` when it ended before.
    pub(super) async fn is_ready(&mut self, url: &str) -> bool {
        let mut stage = self.stage.clone();
        self.in_time(async {
            stage.wait_for(|stage| *stage != Stage::Starting).await.unwrap();
            while *stage.borrow() == Stage::Ready {
                if answers(url).await {
                    return true;
                }
            }
            false
        })
        .await
    }

    /// Waits until a server that never ended answers again.
    pub(super) async fn answers_again(&self, url: &str) {
        self.in_time(async { while !answers(url).await {} }).await;
    }

    async fn in_time<T>(&self, what: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let done = tokio::time::timeout(READY_WITHIN, what).await;
        SLOWEST.fetch_max(u64::try_from(begun.elapsed().as_millis()).unwrap(), Ordering::SeqCst);
        done.unwrap_or_else(|_| {
            panic!("not ready within {READY_WITHIN:?}, {:?}:\n{}", *self.stage.borrow(), self.log())
        })
    }

    /// Waits until it has ended.
    pub(super) async fn ended(&self) {
        self.stage.clone().wait_for(|stage| *stage == Stage::Ended).await.unwrap();
    }

    /// `kill -9`.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The last lines of its log.
    pub(super) fn log(&self) -> String {
        self.log.lock().unwrap().make_contiguous().join("\n")
    }
}

/// No server outlives its test.
impl Drop for Process {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether it is ready now. Whoever asks, asks again: a server that dies gives no answer.
async fn answers(url: &str) -> bool {
    let client = reqwest::Client::builder().timeout(PROBE).build().unwrap();
    let response = client.get(format!("{url}/health/ready")).send().await;
    response.is_ok_and(|response| response.status().is_success())
}

/// Takes the confirmation codes out of what the server prints; the rest is for nobody.
fn read_messages(output: ChildStdout, codes: &Codes) {
    let mut number = None;
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Some(header) = line.strip_prefix("--- sms to ") {
            number = header.split(' ').next().map(str::to_owned);
        } else if let Some(number) = number.take() {
            let code = line.split(' ').next().unwrap_or_default().to_owned();
            codes.send_modify(|codes| drop(codes.insert(number, code)));
        }
    }
}

fn read_log(errors: ChildStderr, stage: &watch::Sender<Stage>, kept: &Mutex<VecDeque<String>>) {
    for line in BufReader::new(errors).lines().map_while(Result::ok) {
        if line.contains("ready") {
            stage.send_replace(Stage::Ready);
        }
        let mut kept = kept.lock().unwrap();
        if kept.len() == LOG_LINES {
            kept.pop_front();
        }
        kept.push_back(line);
    }
    stage.send_replace(Stage::Ended);
}
