// What can go wrong, in the one form in which the phone shows it: what happened, and what to do now.
export class Trouble extends Error {
  constructor(code, title, detail = "", reference = "") {
    super(title);
    Object.assign(this, { code, title, detail, reference });
  }

  get advice() {
    return ADVICE[this.code] ?? "";
  }
}

// The server's own texts say what to do; here is what it cannot know of this page.
const REMOVE = "Press “Remove this phone” under “About this phone”, and activate it again.";

const ADVICE = {
  os_version_too_old: "This phone is simulated: choose a newer Android below.",
  device_revoked: REMOVE,
  device_unknown: REMOVE,
  unreachable: "Check that the server runs and that this device is connected, and try again.",
  link_unreadable: "Scan the code on the sign-in page of your web application.",
  link_foreign: "Was it really the sign-in page of your company’s server? If somebody sent you this code, do not use it.",
  no_code_found: "Take the whole code with its white border into the picture, sharp and not too small. A screenshot serves best.",
  clipboard_empty: "Copy a screenshot of the sign-in page first.",
  clipboard_refused: "Press Ctrl+V (on a Mac ⌘V) on this page instead.",
  camera_refused: "Allow the camera for this page: press the sign at the left of the address, choose Camera, Allow, and try again.",
  camera_missing: "Connect a camera, or use the screen or a picture instead.",
  camera_busy: "Another program may be using the camera. Close it, and try again.",
  camera_impossible: "Open this page over HTTPS or on localhost, or use a picture instead.",
  screen_refused: "Choose the window with the sign-in page when the browser asks, or use a picture instead.",
};
