// What was copied: a screenshot, or the text of a code.
import { readPicture } from "./picture.js";
import { Trouble } from "./trouble.js";

export const canReadClipboard = () => Boolean(navigator.clipboard?.read);

// The text of the code that the clipboard holds, after the button was pressed.
export async function readClipboard() {
  const items = await navigator.clipboard.read().catch(() => {
    throw new Trouble("clipboard_refused", "The browser does not give this page the clipboard");
  });
  for (const item of items) {
    const picture = item.types.find((type) => type.startsWith("image/"));
    if (picture) return await readPicture(await item.getType(picture));
    if (item.types.includes("text/plain")) return (await (await item.getType("text/plain")).text()).trim();
  }
  throw new Trouble("clipboard_empty", "Nothing usable was copied");
}

// The same from a paste event (Ctrl+V), which needs no permission.
export async function readPasted(data) {
  const picture = [...data.files].find((file) => file.type.startsWith("image/"));
  if (picture) return await readPicture(picture);
  const text = data.getData("text/plain").trim();
  if (text === "") throw new Trouble("clipboard_empty", "Nothing usable was copied");
  return text;
}
