import { generate } from "lean-qr/nano";

interface Props {
  text: string;
  label: string;
}

const QUIET = 4;

// Dark on light whatever the colours of the page: cameras want it so.
export function QrCode({ text, label }: Props) {
  const code = generate(text);
  const size = code.size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      className="border-border mx-auto my-4 size-52 rounded-base border bg-white"
      shapeRendering="crispEdges"
    >
      <path d={pathOf(code)} fill="#000" />
    </svg>
  );
}

// One bar for each run of dark modules in a row.
function pathOf(code: ReturnType<typeof generate>): string {
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      const start = x;
      while (x < code.size && code.get(x, y)) {
        x++;
      }
      if (x > start) {
        path += `M${start + QUIET} ${y + QUIET}h${x - start}v1h${start - x}z`;
      }
    }
  }
  return path;
}
