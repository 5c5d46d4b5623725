import { clusterColor } from '../cluster-color.ts';
import { ticks, type View } from './window.ts';

/** Marks of a plane, as lists side by side. */
export interface Marks {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Cluster of most of its points. */
  readonly label: readonly number[];
  /** Points that it stands for. */
  readonly count: readonly number[];
  /** Every mark is one point. */
  readonly exact: boolean;
}

/** What the axes of a plane are called, and how their numbers are written. */
export interface AxisNames {
  readonly x: string;
  readonly y: string;
  readonly textOf?: Readonly<Record<'x' | 'y', (value: number, digits: number) => string>>;
  /** Fine lines between the numbers, over a ground of their own: a net of degrees. */
  readonly net?: boolean;
}

export interface PlaneLook {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly font: string;
}

/** Pixels beside the points: for the axes. */
const LEFT = 58;
const BOTTOM = 42;
const MARGIN = 10;

/** The part of a frame that shows points, and what is where in it. */
export class Plane {
  readonly width: number;
  readonly height: number;
  readonly view: View;

  constructor(frame: { readonly clientWidth: number; readonly clientHeight: number }, view: View) {
    this.width = Math.max(1, frame.clientWidth - LEFT - MARGIN);
    this.height = Math.max(1, frame.clientHeight - BOTTOM - MARGIN);
    this.view = view;
  }

  toX(value: number): number {
    const [from, to] = this.view.x;
    return LEFT + ((value - from) / (to - from)) * this.width;
  }

  toY(value: number): number {
    const [from, to] = this.view.y;
    return MARGIN + (1 - (value - from) / (to - from)) * this.height;
  }

  /** A place in the frame, in shares of the plane from its lower left corner. */
  share(x: number, y: number): readonly [number, number] {
    return [(x - LEFT) / this.width, 1 - (y - MARGIN) / this.height];
  }

  draw(
    pen: CanvasRenderingContext2D,
    marks: Marks,
    hidden: ReadonlySet<number>,
    names: AxisNames,
    look: PlaneLook,
  ): void {
    if (names.net) this.#net(pen, names, look);
    this.#axes(pen, names, look);
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, MARGIN, this.width, this.height);
    pen.clip();
    pen.globalAlpha = marks.exact ? 0.75 : 0.65;
    const largest = Math.max(2, ...marks.count);
    for (const [at, label] of marks.label.entries()) {
      if (hidden.has(label)) continue;
      pen.fillStyle = clusterColor(label);
      pen.beginPath();
      pen.arc(this.toX(marks.x[at] ?? 0), this.toY(marks.y[at] ?? 0), radius(marks, at, largest), 0, 7);
      pen.fill();
    }
    pen.restore();
  }

  /** The mark at a place in the frame; -1 for none within ten pixels. */
  nearest(marks: Marks, hidden: ReadonlySet<number>, x: number, y: number): number {
    let nearest = -1;
    let least = 100;
    for (const [at, label] of marks.label.entries()) {
      if (hidden.has(label)) continue;
      const distance = (this.toX(marks.x[at] ?? 0) - x) ** 2 + (this.toY(marks.y[at] ?? 0) - y) ** 2;
      if (distance < least) [nearest, least] = [at, distance];
    }
    return nearest;
  }

  /** @param finer how many times as many as there are numbers. */
  #ticks({ textOf }: AxisNames, finer = 1) {
    return {
      x: ticks(this.view.x, finer * Math.max(2, this.width / 110), textOf?.x),
      y: ticks(this.view.y, finer * Math.max(2, this.height / 70), textOf?.y),
    };
  }

  /** Five lines to a number. */
  #net(pen: CanvasRenderingContext2D, names: AxisNames, look: PlaneLook): void {
    const [right, bottom] = [LEFT + this.width, MARGIN + this.height];
    pen.fillStyle = look.ground;
    pen.fillRect(LEFT, MARGIN, this.width, this.height);
    pen.strokeStyle = look.line;
    pen.lineWidth = 1;
    pen.globalAlpha = 0.5;
    const fine = this.#ticks(names, 5);
    for (const [value] of fine.x) line(pen, this.toX(value), MARGIN, this.toX(value), bottom);
    for (const [value] of fine.y) line(pen, LEFT, this.toY(value), right, this.toY(value));
    pen.globalAlpha = 1;
  }

  #axes(pen: CanvasRenderingContext2D, names: AxisNames, look: PlaneLook): void {
    const bottom = MARGIN + this.height;
    pen.font = `12px ${look.font}`;
    pen.strokeStyle = look.line;
    pen.fillStyle = look.muted;
    pen.lineWidth = 1;
    pen.textAlign = 'center';
    const marked = this.#ticks(names);
    for (const [value, text] of marked.x) {
      line(pen, this.toX(value), MARGIN, this.toX(value), bottom);
      pen.fillText(text, this.toX(value), bottom + 15);
    }
    pen.textAlign = 'right';
    for (const [value, text] of marked.y) {
      line(pen, LEFT, this.toY(value), LEFT + this.width, this.toY(value));
      pen.fillText(text, LEFT - 6, this.toY(value) + 4);
    }
    pen.textAlign = 'center';
    pen.fillStyle = look.text;
    pen.fillText(names.x, LEFT + this.width / 2, bottom + 33);
    pen.save();
    pen.translate(13, MARGIN + this.height / 2);
    pen.rotate(-Math.PI / 2);
    pen.fillText(names.y, 0, 0);
    pen.restore();
  }
}

const radius = ({ exact, count }: Marks, at: number, largest: number) =>
  exact ? 3.5 : 1.6 + (4.4 * Math.log(count[at] ?? 1)) / Math.log(largest);

function line(pen: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}
