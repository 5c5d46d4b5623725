import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Plane } from './draw-points.ts';

export interface PlaneHands {
  plane(frame: HTMLElement): Plane;
  zoom(by: number, at?: readonly [number, number]): void;
  /** In shares of what is seen. */
  move(right: number, up: number): void;
  all(): void;
  hover(frame: HTMLElement, x: number, y: number): void;
  leave(): void;
}

const STEP = 0.12;

const STEPS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-STEP, 0]],
  ['ArrowRight', [STEP, 0]],
  ['ArrowUp', [0, STEP]],
  ['ArrowDown', [0, -STEP]],
]);

const ZOOMS: ReadonlyMap<string, number> = new Map([
  ['+', 0.7],
  ['=', 0.7],
  ['-', 1 / 0.7],
]);

/** Wheel, one or two fingers and keys on a plane of points. */
export function usePlaneHands(frame: RefObject<HTMLElement | null>, hands: PlaneHands) {
  const latest = useRef(hands);
  latest.current = hands;
  const held = useRef(new Map<number, readonly [number, number]>());
  // React's own listener of the wheel is passive: the page would scroll along.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = latest.current.plane(element).share(event.offsetX, event.offsetY);
      latest.current.zoom(1.0015 ** event.deltaY, at);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame]);

  const shareOf = ({ currentTarget, nativeEvent }: PointerEvent<HTMLElement>) =>
    latest.current.plane(currentTarget).share(nativeEvent.offsetX, nativeEvent.offsetY);
  const release = ({ pointerId }: PointerEvent<HTMLElement>) => void held.current.delete(pointerId);
  return {
    onDoubleClick: () => latest.current.zoom(0.5),
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current.set(event.pointerId, shareOf(event));
    },
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: () => latest.current.leave(),
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const before = held.current.get(event.pointerId);
      const { offsetX, offsetY } = event.nativeEvent;
      if (!before) return latest.current.hover(event.currentTarget, offsetX, offsetY);
      const now = shareOf(event);
      const [, other] = [...held.current].find(([id]) => id !== event.pointerId) ?? [];
      if (other) {
        const distance = ([x, y]: readonly [number, number]) => Math.hypot(x - other[0], y - other[1]);
        latest.current.zoom(distance(before) / Math.max(1e-3, distance(now)), other);
      } else latest.current.move(before[0] - now[0], before[1] - now[1]);
      held.current.set(event.pointerId, now);
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const { zoom, move, all } = latest.current;
      const steps = STEPS.get(event.key);
      const factor = ZOOMS.get(event.key);
      const act = steps ? () => move(...steps) : factor ? () => zoom(factor) : event.key === '0' ? all : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    },
  };
}
