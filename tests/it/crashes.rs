//! The crash suite: what was acknowledged survives, whatever happens to the process, the disk, the database or the clock.
//!
//! 1. An [`installation`] is prepared: a folder, a configuration, invitations.
//! 2. The real program runs in it as a [`process`]; the [`load`] enrols phones and signs browsers in through the front door.
//! 3. A fault strikes. Whoever got no answer repeats the step, as phones and browsers do.
//! 4. The [`checker`] compares the [`history`] of what was acknowledged with what the database holds.
//!
//! `tests/crash` runs the long form. The variables: `AVAIN_KILLS` (how many), `AVAIN_EVERY` (each how manieth write is
//! tried), `AVAIN_SEED`.

mod checker;
mod cluster;
mod damage;
mod dice;
mod every_write;
mod first_start;
mod front;
mod full_disk;
mod history;
mod installation;
mod kill_nine;
mod load;
mod nodes;
mod postgres;
mod process;
mod stepped_clock;
mod visitor;
