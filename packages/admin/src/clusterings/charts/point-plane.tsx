import InIcon from '@mui/icons-material/ZoomInOutlined';
import AllIcon from '@mui/icons-material/ZoomOutMapOutlined';
import OutIcon from '@mui/icons-material/ZoomOutOutlined';
import { Box, Chip, IconButton, Stack, Tooltip, Typography, useTheme } from '@mui/material';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../../display/numbers.ts';
import { clusterColor } from '../cluster-color.ts';
import { useClusterName } from '../cluster-name.tsx';
import { type AxisNames, type Marks, Plane } from './draw-points.ts';
import { usePlaneHands } from './use-plane-hands.ts';
import { moved, type View, zoomed } from './window.ts';

export interface PointPlaneProps {
  readonly title: string;
  readonly height: number | string;
  readonly names: AxisNames;
  readonly whole: View;
  readonly marks: Marks;
  readonly clusters: readonly { readonly label: number; readonly rows: number }[];
  /** What is told of a mark under the pointer. */
  readonly tipOf: (at: number) => string;
  /** What is seen has changed. */
  readonly onView?: (view: View) => void;
  readonly note?: ReactNode;
  /** Goes there when it changes. */
  readonly goTo?: View | undefined;
}

/** Points to zoom and move in, by wheel, fingers, buttons or keys; clusters are hidden by the legend. */
export function PointPlane(props: PointPlaneProps) {
  const { title, height, names, whole, marks, clusters, tipOf, onView, note, goTo } = props;
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const nameOf = useClusterName();
  const { palette, typography } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<View>(whole);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [tip, setTip] = useState<{ readonly at: number; readonly x: number; readonly y: number }>();

  const draw = () => {
    const [box, paper] = [frame.current, canvas.current];
    const pen = paper?.getContext('2d');
    if (!box || !paper || !pen) return;
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(box.clientWidth * ratio), Math.round(box.clientHeight * ratio)];
    if (paper.width !== wide || paper.height !== high) Object.assign(paper, { width: wide, height: high });
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, box.clientWidth, box.clientHeight);
    const look = {
      text: palette.text.primary,
      muted: palette.text.secondary,
      line: palette.divider,
      ground: palette.action.hover,
      font: typography.fontFamily ?? 'sans-serif',
    };
    new Plane(box, view.current).draw(pen, marks, hidden, names, look);
  };
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(draw);
  useEffect(() => {
    if (!frame.current) return;
    const watcher = new ResizeObserver(() => latest.current());
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);

  const look = (wanted: View) => {
    view.current = wanted;
    setTip(undefined);
    requestAnimationFrame(() => latest.current());
    onView?.(wanted);
  };
  const going = useRef(look);
  going.current = look;
  useEffect(() => {
    if (goTo) going.current(goTo);
  }, [goTo]);
  const hands = usePlaneHands(frame, {
    plane: (box) => new Plane(box, view.current),
    zoom: (by, at) => look(zoomed(view.current, whole, by, at)),
    move: (right, up) => look(moved(view.current, right, up)),
    all: () => look(whole),
    hover(box, x, y) {
      const at = new Plane(box, view.current).nearest(marks, hidden, x, y);
      setTip(at < 0 ? undefined : { at, x, y });
    },
    leave: () => setTip(undefined),
  });
  const toggle = (label: number) => {
    const others = new Set(hidden);
    if (!others.delete(label)) others.add(label);
    setHidden(others);
  };

  return (
    <Box>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5, flexWrap: 'wrap' }}>
        <Typography variant="caption" color="textSecondary" sx={{ flex: 1, minWidth: 160 }} role="status">
          {note}
        </Typography>
        {(
          [
            ['zoom_in', InIcon, () => look(zoomed(view.current, whole, 0.7))],
            ['zoom_out', OutIcon, () => look(zoomed(view.current, whole, 1 / 0.7))],
            ['zoom_all', AllIcon, () => look(whole)],
          ] as const
        ).map(([name, Icon, onClick]) => (
          <Tooltip key={name} title={translate(`clusterings.points.${name}`)}>
            <IconButton size="small" onClick={onClick} aria-label={translate(`clusterings.points.${name}`)}>
              <Icon fontSize="small" />
            </IconButton>
          </Tooltip>
        ))}
      </Stack>
      <Box
        ref={frame}
        tabIndex={0}
        role="application"
        aria-label={translate('clusterings.points.about', { title })}
        {...hands}
        sx={{
          position: 'relative',
          height,
          width: '100%',
          minWidth: 0,
          touchAction: 'none',
          cursor: 'grab',
          '&:active': { cursor: 'grabbing' },
        }}
      >
        <canvas ref={canvas} aria-hidden style={{ position: 'absolute', inset: 0, width: '100%', height: '100%' }} />
        {tip && (
          <Box
            sx={{
              position: 'absolute',
              left: `min(${tip.x + 14}px, calc(100% - 190px))`,
              top: tip.y + 14,
              maxWidth: 260,
              px: 1,
              py: 0.5,
              borderRadius: 1,
              bgcolor: 'background.paper',
              border: '1px solid',
              borderColor: 'divider',
              fontSize: 12,
              whiteSpace: 'pre-line',
              pointerEvents: 'none',
            }}
          >
            {tipOf(tip.at)}
          </Box>
        )}
      </Box>
      <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mt: 1, maxHeight: 96, overflowY: 'auto' }}>
        {clusters.map(({ label, rows }) => (
          <Chip
            key={label}
            size="small"
            variant="outlined"
            clickable
            onClick={() => toggle(label)}
            aria-pressed={!hidden.has(label)}
            icon={
              <Box
                component="span"
                sx={{
                  width: 10,
                  height: 10,
                  borderRadius: '50%',
                  bgcolor: `${clusterColor(label)} !important`,
                  ml: '8px !important',
                }}
              />
            }
            label={`${nameOf(label)} · ${number(rows, locale)}`}
            sx={{ opacity: hidden.has(label) ? 0.45 : 1, textDecoration: hidden.has(label) ? 'line-through' : 'none' }}
          />
        ))}
      </Box>
    </Box>
  );
}
