// A chart as a picture of its own. What is on the page is styled by the page's sheet and its tokens; a picture travels
// alone, so each element takes its resolved style along.

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "color",
];
const HEAD = 34;
const MARGIN = 16;
const NAMESPACE = "http://www.w3.org/2000/svg";

type Picture = { svg: string; width: number; height: number };

/** The drawn chart, without cross-hair and controls, under its title. */
export function chartPicture(figure: HTMLElement, title: string): Picture | null {
  const stage = figure.querySelector<HTMLElement>(".ch-stage-box");
  if (stage === null) {
    return null;
  }
  const box = stage.getBoundingClientRect();
  const [width, height] = [
    Math.ceil(box.width) + 2 * MARGIN,
    Math.ceil(box.height) + HEAD + MARGIN,
  ];
  const root = document.createElementNS(NAMESPACE, "svg");
  root.setAttribute("xmlns", NAMESPACE);
  root.setAttribute("width", String(width));
  root.setAttribute("height", String(height));
  root.append(ground(width, height), heading(title, stage));
  for (const layer of stage.querySelectorAll<SVGSVGElement>(":scope > svg")) {
    root.append(placed(layer, layer.getBoundingClientRect().top - box.top));
  }
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

function ground(width: number, height: number): SVGElement {
  const rect = document.createElementNS(NAMESPACE, "rect");
  rect.setAttribute("width", String(width));
  rect.setAttribute("height", String(height));
  rect.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  return rect;
}

function heading(title: string, like: HTMLElement): SVGElement {
  const text = document.createElementNS(NAMESPACE, "text");
  const { color, fontFamily } = getComputedStyle(like);
  text.textContent = title;
  text.setAttribute("x", String(MARGIN));
  text.setAttribute("y", "23");
  text.setAttribute("style", `fill:${color};font:600 15px ${fontFamily.replaceAll('"', "'")}`);
  return text;
}

function placed(layer: SVGSVGElement, top: number): SVGElement {
  const copy = layer.cloneNode(true) as SVGSVGElement;
  const originals = [layer, ...layer.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, index) => {
    const computed = getComputedStyle(original);
    const style = STYLES.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";");
    copies[index]?.setAttribute("style", style.replaceAll('"', "'"));
    copies[index]?.removeAttribute("class");
  });
  copy.setAttribute("x", String(MARGIN));
  copy.setAttribute("y", String(HEAD + top));
  return copy;
}

/** The picture as PNG at twice its size, for screens that have the pixels. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((done) => canvas.toBlob(done, "image/png"));
}
