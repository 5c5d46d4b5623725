import { Box, useTheme } from '@mui/material';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { useTranslate } from 'react-admin';
import { clusterColor } from '../cluster-color.ts';
import { type Tree, treeLines } from './tree-lines.ts';

const WIDTH = 1000;
const HEIGHT = 420;
const LEFT = 46;
const BOTTOM = 34;
const TOP = 12;

export interface TreeViewProps {
  readonly tree: Tree;
  readonly labels: readonly number[];
  /** Where clusters were told apart; the line is drawn where the hand has it. */
  readonly cut: number;
  readonly line: number;
  readonly clusters: number;
  onMove(height: number): void;
  /** By keys: one cluster more or fewer. */
  onStep(by: number): void;
}

/** A tree of merges and a line to cut it by, which hands and keys move. */
export function TreeView({ tree, labels, cut, line, clusters, onMove, onStep }: TreeViewProps) {
  const translate = useTranslate();
  const { palette } = useTheme();
  const svg = useRef<SVGSVGElement>(null);
  const held = useRef(false);
  const { brackets, order } = useMemo(() => treeLines(tree, labels, cut), [tree, labels, cut]);
  const highest = 1.04 * (tree.heights.at(-1) ?? 1) || 1;
  const leaves = order.length;
  const x = (place: number) => LEFT + ((place + 0.5) / leaves) * (WIDTH - LEFT);
  const y = (height: number) => TOP + (1 - Math.min(1, height / highest)) * (HEIGHT - TOP - BOTTOM);
  const move = ({ clientY }: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return;
    const at = ((clientY - box.top) / box.height) * HEIGHT;
    onMove(Math.max(highest * 1e-4, (1 - (at - TOP) / (HEIGHT - TOP - BOTTOM)) * highest));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowRight: -1, ArrowDown: 1, ArrowLeft: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onStep(by);
  };
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Box
        component="svg"
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        sx={{ width: '100%', minWidth: 520, display: 'block', touchAction: 'pan-x', userSelect: 'none' }}
        onPointerDown={(event: PointerEvent) => {
          held.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          move(event);
        }}
        onPointerMove={(event: PointerEvent) => held.current && move(event)}
        onPointerUp={() => {
          held.current = false;
        }}
        onPointerCancel={() => {
          held.current = false;
        }}
      >
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line x1={LEFT} x2={WIDTH} y1={y(share * highest)} y2={y(share * highest)} stroke={palette.divider} />
            <text x={LEFT - 6} y={y(share * highest) + 4} textAnchor="end" fontSize="12" fill={palette.text.secondary}>
              {Number((share * highest).toPrecision(3))}
            </text>
          </g>
        ))}
        {brackets.map(({ left, right, leftFrom, rightFrom, height, label }, at) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a merge is its place
            key={at}
            d={`M${x(left)} ${y(leftFrom)}V${y(height)}H${x(right)}V${y(rightFrom)}`}
            fill="none"
            strokeWidth="1.8"
            stroke={label === null ? palette.text.secondary : clusterColor(label)}
          />
        ))}
        {order.map((leaf, place) => (
          <g key={leaf}>
            <circle cx={x(place)} cy={y(0)} r="4" fill={clusterColor(labels[leaf] ?? -1)} />
            <text
              x={x(place)}
              y={HEIGHT - 10}
              textAnchor="middle"
              fontSize={leaves > 24 ? 10 : 12}
              fill={palette.text.secondary}
            >
              {tree.counts[leaf]}
            </text>
          </g>
        ))}
        <g
          role="slider"
          tabIndex={0}
          aria-label={translate('clusterings.dendrogram.line')}
          aria-orientation="vertical"
          aria-valuemin={1}
          aria-valuemax={leaves}
          aria-valuenow={clusters}
          onKeyDown={onKeyDown}
          style={{ cursor: 'ns-resize' }}
        >
          <rect x={LEFT} y={y(line) - 10} width={WIDTH - LEFT} height="20" fill="transparent" />
          <line
            x1={LEFT}
            x2={WIDTH}
            y1={y(line)}
            y2={y(line)}
            stroke={palette.error.main}
            strokeWidth="2"
            strokeDasharray="7 5"
          />
          <circle cx={WIDTH - 10} cy={y(line)} r="7" fill={palette.error.main} />
        </g>
      </Box>
    </Box>
  );
}
