const WIDTH = 96;
const HEIGHT = 28;

/** A distribution as small bars, without a library: a page has hundreds of them. */
export function Histogram({ counts, label }: { readonly counts: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      style={{ flexShrink: 0, color: 'inherit', opacity: 0.75 }}
    >
      {counts.map((count, at) => {
        // What is there is seen, however little it is.
        const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={at}
            x={at * step}
            y={HEIGHT - height}
            width={Math.max(0.5, step - 1)}
            height={height}
            fill="#6b6be0"
          />
        );
      })}
    </svg>
  );
}
