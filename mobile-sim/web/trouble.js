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

const NEW_INVITATION = "Ask your company’s user administrator for a new invitation.";
const NEW_SIGN_IN = "Start the sign-in again in the browser, and scan the new code.";

const ADVICE = {
  activation_code_malformed: "Compare the code with the e-mail.",
  activation_code_unknown: "Compare the code with the e-mail.",
  activation_code_in_use: "Go on with the phone that began with this code, or wait until its time has run out.",
  activation_code_expired: NEW_INVITATION,
  activation_code_used: NEW_INVITATION,
  activation_code_void: NEW_INVITATION,
  confirmation_code_locked: NEW_INVITATION,
  confirmation_code_wrong: "Compare the digits with the newest text message.",
  confirmation_code_expired: "Begin again with the activation code; a new text message comes.",
  enrolment_expired: "Begin again with the activation code; a new text message comes.",
  os_version_too_old: "Choose a newer Android version below; the activation code stays unused.",
  frame_expired: "Scan again: each code is good for five seconds.",
  frame_invalid: "Scan again, with the whole code in the picture.",
  attempt_expired: NEW_SIGN_IN,
  attempt_cancelled: NEW_SIGN_IN,
  attempt_finished: NEW_SIGN_IN,
  attempt_taken: NEW_SIGN_IN,
  number_wrong: "If this is you, start the sign-in again and press the number that its page shows. If somebody else began it, there is nothing left to do.",
  device_revoked: "Remove this phone below, and activate it again with a new invitation.",
  device_unknown: "Remove this phone below, and activate it again with a new invitation.",
  too_many_requests: "Wait a moment, and try again.",
  busy: "Wait a moment, and try again.",
  internal: "Give the error reference to support.",
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
