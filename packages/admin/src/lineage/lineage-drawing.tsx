import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { layeredLayout, type Place } from './layered-layout.ts';
import { LineageBox } from './lineage-box.tsx';
import type { LineageGraph, LineageNode } from './lineage-documents.ts';
import { type Graph, keepOnly } from './without-steps.ts';

const WIDTH = 190;
const HEIGHT = 52;
const ACROSS = 64;
const DOWN = 16;

/** What runs and files of stages are: between what people name. */
const STEPS: ReadonlySet<LineageNode['kind']> = new Set(['artifact', 'stage_run']);

export interface LineageDrawingProps {
  readonly graph: LineageGraph;
  /** Kind and key of the node that was asked about. */
  readonly focus: string;
  /** With the runs and files of stages. */
  readonly steps: boolean;
}

/** The graph from left to right, in columns; boxes are links to what they stand for. */
export function LineageDrawing({ graph, focus, steps }: LineageDrawingProps) {
  const translate = useTranslate();
  const drawn = keepOnly(byKey(graph), (node) => steps || !STEPS.has(node.kind) || keyOf(node) === focus);
  const { places, layers, rows } = layeredLayout(drawn);
  const width = layers * (WIDTH + ACROSS) - ACROSS;
  const height = rows * (HEIGHT + DOWN) - DOWN;
  // Columns stand in the middle of the tallest one.
  const heightOf = new Map<number, number>();
  for (const { layer, row } of places.values()) heightOf.set(layer, Math.max(heightOf.get(layer) ?? 0, row + 1));
  const corner = ({ layer, row }: Place) => ({
    x: layer * (WIDTH + ACROSS),
    y: row * (HEIGHT + DOWN) + ((rows - (heightOf.get(layer) ?? rows)) * (HEIGHT + DOWN)) / 2,
  });
  return (
    <Box
      sx={{ overflow: 'auto', maxHeight: '70vh', p: 0.5 }}
      tabIndex={0}
      role="region"
      aria-label={translate('lineage.graph')}
    >
      <Box sx={{ position: 'relative', width, height: Math.max(height, HEIGHT) }}>
        <Box
          component="svg"
          aria-hidden="true"
          width={width}
          height={Math.max(height, HEIGHT)}
          sx={{ position: 'absolute', inset: 0 }}
        >
          {drawn.links.map(([from, to]) => {
            const [a, b] = [places.get(from), places.get(to)];
            return a && b ? (
              <LinkLine key={`${from} ${to}`} from={corner(a)} to={corner(b)} near={from === focus || to === focus} />
            ) : null;
          })}
        </Box>
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {[...places].map(([key, place]) => {
            const node = drawn.nodes.get(key);
            const { x, y } = corner(place);
            return node ? (
              <Box
                component="li"
                key={key}
                sx={{ position: 'absolute', left: x, top: y, width: WIDTH, height: HEIGHT }}
              >
                <LineageBox node={node} focused={key === focus} />
              </Box>
            ) : null;
          })}
        </Box>
      </Box>
    </Box>
  );
}

interface LinkLineProps {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** Of the node that was asked about. */
  readonly near: boolean;
}

function LinkLine({ from, to, near }: LinkLineProps) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  return (
    <Box
      component="path"
      d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
      sx={{
        fill: 'none',
        strokeWidth: near ? 2 : 1.25,
        stroke: ({ palette }) => (near ? palette.primary.main : palette.text.disabled),
      }}
    />
  );
}

function keyOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}:${key}`;
}

function byKey({ nodes, links }: LineageGraph): Graph<LineageNode> {
  return {
    nodes: new Map(nodes.map((node) => [keyOf(node), node])),
    links: links.map(({ from, to }) => [keyOf(from), keyOf(to)] as const),
  };
}
