//! What processes cost, as Linux tells it in `/proc`; elsewhere nothing is known.

use std::fs;
use std::time::Duration;

/// `USER_HZ`, which is 100 on every Linux that shows times to programs.
const TICK: Duration = Duration::from_millis(10);

/// The memory of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory {
    /// Now.
    pub(super) resident_kib: u64,
    /// At most since it started.
    pub(super) peak_kib: u64,
}

/// The CPU time of a process so far, all threads; `None` for this process.
pub(super) fn cpu_time(pid: Option<u32>) -> Option<Duration> {
    cpu_in(&fs::read_to_string(place(pid, "stat")).ok()?)
}

/// The memory of a process.
pub(super) fn memory(pid: u32) -> Option<Memory> {
    let status = fs::read_to_string(place(Some(pid), "status")).ok()?;
    Some(Memory { resident_kib: kib_in(&status, "VmRSS:")?, peak_kib: kib_in(&status, "VmHWM:")? })
}

/// How many files and connections this process may have open; `None` where the system does not tell.
pub fn open_files_allowed() -> Option<u64> {
    let limits = fs::read_to_string(place(None, "limits")).ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn place(pid: Option<u32>, file: &str) -> String {
    let process = pid.map_or_else(|| "self".to_owned(), |pid| pid.to_string());
    format!("/proc/{process}/{file}")
}

/// The name of the program, in brackets, may hold anything; the times are the 12th and 13th field after it.
fn cpu_in(stat: &str) -> Option<Duration> {
    let (_, after) = stat.rsplit_once(')')?;
    let mut times = after.split_whitespace().skip(11).map_while(|field| field.parse::<u32>().ok());
    Some(TICK * times.next()?.checked_add(times.next()?)?)
}

fn kib_in(status: &str, name: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name))?;
    value.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_behind_any_program_name() {
        let stat = "42 (a ) b) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 3 0 100 1000 200";
        assert_eq!(cpu_in(stat), Some(Duration::from_secs(3)));
        assert_eq!(cpu_in("nonsense"), None);
    }

    #[test]
    fn memory_is_found_by_its_name() {
        let status = "Name:\tavain\nVmHWM:\t   20480 kB\nVmRSS:\t   14336 kB\n";
        assert_eq!(kib_in(status, "VmRSS:"), Some(14336));
        assert_eq!(kib_in(status, "VmPeak:"), None);
    }
}
