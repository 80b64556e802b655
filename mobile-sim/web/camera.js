// Watches the camera, or a window of this screen, until a QR code is in view.
import { readVideo } from "./picture.js";
import { Trouble } from "./trouble.js";

const CAMERA = { video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } } };
const SCREEN = { video: true, selfBrowserSurface: "exclude", monitorTypeSurfaces: "include" };
const LOOK_EVERY = 100;

// Some phones have the function and refuse every call.
export const canSeeScreen = () => Boolean(navigator.mediaDevices?.getDisplayMedia) && !matchMedia("(pointer: coarse)").matches;

// Both give the text of the first code in view, or null when `signal` ended it.
export async function watchCamera(video, signal) {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new Trouble("camera_impossible", "The browser gives this page no camera");
  }
  const stream = await navigator.mediaDevices.getUserMedia(CAMERA).catch((error) => { throw cameraTrouble(error); });
  return await watch(stream, video, signal);
}

export async function watchScreen(video, signal) {
  const options = { ...SCREEN };
  if (globalThis.CaptureController) {
    options.controller = new globalThis.CaptureController();
  }
  const stream = await navigator.mediaDevices.getDisplayMedia(options).catch(() => {
    throw new Trouble("screen_refused", "No window was chosen");
  });
  try {
    // The phone stays in front: the next step is on it. Whole screens and other windows have no such choice.
    options.controller?.setFocusBehavior("no-focus-change");
  } catch {
    // It is a nicety.
  }
  return await watch(stream, video, signal);
}

async function watch(stream, video, signal) {
  try {
    video.srcObject = stream;
    await video.play();
    return await firstCode(stream, video, signal);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

function firstCode(stream, video, signal) {
  return new Promise((resolve, reject) => {
    const finish = (settle, value) => {
      clearInterval(looking);
      settle(value);
    };
    const looking = setInterval(() => {
      const text = readVideo(video);
      if (text !== null) finish(resolve, text);
    }, LOOK_EVERY);
    if (signal.aborted) finish(resolve, null);
    signal.addEventListener("abort", () => finish(resolve, null));
    stream.getVideoTracks()[0].addEventListener("ended", () => {
      finish(reject, new Trouble("camera_busy", "The picture stopped"));
    });
  });
}

function cameraTrouble(error) {
  switch (error.name) {
    case "NotAllowedError": return new Trouble("camera_refused", "The camera is not allowed");
    case "NotFoundError": return new Trouble("camera_missing", "There is no camera");
    default: return new Trouble("camera_busy", "The camera does not start", error.message);
  }
}
