// Finds the QR code in a picture or in what a video shows.
import { decodeQR } from "./vendor/qr/decode.js";
import { Trouble } from "./trouble.js";

const LARGEST_SIDE = 4096;
// A single picture may take its time; of a video there is a next frame.
const THOROUGH = { effort: Infinity, timeLimit: 2000 };

const canvas = document.createElement("canvas");
const context = canvas.getContext("2d", { willReadFrequently: true });

export async function readPicture(file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new Trouble("no_code_found", "This file is no picture");
  const text = read(bitmap, bitmap.width, bitmap.height, THOROUGH);
  bitmap.close();
  if (text === null) throw new Trouble("no_code_found", "There is no readable QR code in this picture");
  return text;
}

// Gives the text, or null while there is none in view.
export function readVideo(video) {
  return video.videoWidth > 0 ? read(video, video.videoWidth, video.videoHeight) : null;
}

function read(source, width, height, options) {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  // Transparent pictures count as white.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), options);
  } catch {
    // The decoder says by an error that it sees no code.
    return null;
  }
}
