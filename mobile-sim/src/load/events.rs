//! An event stream (WHATWG HTML section 9.2), as far as the sign-in page's stream goes.

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// Its name; `message` where the stream gives none.
    pub(super) name: String,
    /// Its data.
    pub(super) data: String,
}

/// Turns bytes as they come into events.
#[derive(Debug, Default)]
pub(super) struct EventReader {
    rest: Vec<u8>,
}

impl EventReader {
    /// Takes the next bytes, in any pieces; gives back the events that they complete. Comments are no events.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.rest.extend_from_slice(bytes);
        let mut events = Vec::new();
        while let Some(end) = self.rest.windows(2).position(|pair| pair == b"\n\n") {
            let block: Vec<u8> = self.rest.drain(..end + 2).collect();
            events.extend(event(&String::from_utf8_lossy(&block)));
        }
        events
    }
}

fn event(block: &str) -> Option<Event> {
    let mut event = Event::default();
    let mut lines = Vec::new();
    for line in block.lines() {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut event.name),
            "data" => lines.push(value),
            _ => {}
        }
    }
    if lines.is_empty() {
        return None;
    }
    if event.name.is_empty() {
        "message".clone_into(&mut event.name);
    }
    event.data = lines.join("\n");
    Some(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(name: &str, data: &str) -> Event {
        Event { name: name.to_owned(), data: data.to_owned() }
    }

    const STREAM: &str = "event: state\ndata: {\"state\":\"waiting\"}\n\n: still here\n\nevent: frame\ndata: HTTP://A/Q/1\n\ndata:one\ndata: two\n\n";

    #[test]
    fn events_are_the_same_however_the_bytes_are_cut() {
        let expected = vec![
            made("state", "{\"state\":\"waiting\"}"),
            made("frame", "HTTP://A/Q/1"),
            made("message", "one\ntwo"),
        ];
        for length in 1..=STREAM.len() {
            let mut reader = EventReader::default();
            let found: Vec<Event> =
                STREAM.as_bytes().chunks(length).flat_map(|piece| reader.push(piece)).collect();
            assert_eq!(found, expected, "pieces of {length}");
        }
    }

    #[test]
    fn an_unfinished_event_is_no_event() {
        assert_eq!(EventReader::default().push(b"event: frame\ndata: half\n"), []);
    }
}
