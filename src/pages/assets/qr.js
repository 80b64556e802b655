// Draws a QR code into an SVG: one path in module units, with a border of four modules on white.
import { correction, generate } from "./vendor/lean-qr.mjs";

const QUIET_ZONE = 4;
const SVG = "http://www.w3.org/2000/svg";

export function drawQr(holder, text) {
  const code = generate(text, { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M });
  const size = code.size + 2 * QUIET_ZONE;
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) path += `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z`;
    }
  }
  const svg = holder.querySelector("svg") ?? holder.appendChild(newSvg());
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.querySelector("rect").setAttribute("width", size);
  svg.querySelector("rect").setAttribute("height", size);
  svg.querySelector("path").setAttribute("d", path);
}

function newSvg() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS(SVG, "rect")).setAttribute("fill", "#fff");
  svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("fill", "#000");
  return svg;
}
