import { describe, expect, it } from 'vitest';
import { isMissing, readBoolean, readDate } from './cell-values.ts';
import { NumberReader } from './number-reader.ts';

const read = <T>(reader: (b: Buffer, from: number, to: number) => T, text: string): T => {
  const bytes = Buffer.from(`..${text}..`);
  return reader(bytes, 2, bytes.length - 2);
};

describe('cells', () => {
  it('hold the numbers that JavaScript reads in them, to the last bit', () => {
    const reader = new NumberReader(true);
    const texts = [
      '0',
      '-0',
      '+7',
      '.5',
      '5.',
      '1e3',
      '1E-7',
      '123456789012345',
      '1234567890123456789',
      '0.1',
      '3.14159265358979323846',
    ];
    let state = 99;
    for (let i = 0; i < 5000; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const number = (state / 2 ** 32 - 0.5) * 10 ** ((state % 60) - 30);
      texts.push(String(number), number.toFixed(state % 12), number.toExponential(state % 17));
    }
    for (const text of texts) {
      expect(
        read((...at) => reader.read(...at), text),
        text,
      ).toBe(Number(text));
      expect(
        read((...at) => reader.read(...at), text.replace('.', ',')),
        text,
      ).toBe(Number(text));
    }
    for (const text of ['', '-', '.', '1e', '1e+', '1..2', '1,2.3', '0x10', '1 000', '1_0', 'e5', '--1', '１']) {
      expect(
        read((...at) => reader.read(...at), text),
        text,
      ).toBeNaN();
    }
    const point = new NumberReader(false);
    expect(read((...at) => point.read(...at), '1,5')).toBeNaN();
  });

  it('tells whole numbers apart', () => {
    const reader = new NumberReader(false);
    const whole = (text: string) => {
      read((...at) => reader.read(...at), text);
      return reader.integer;
    };
    expect(['12', '-007', '1.0', '1e3'].map(whole)).toEqual([true, true, false, false]);
  });

  it('hold days and moments that exist', () => {
    const day = Date.UTC(2024, 1, 29);
    for (const text of [
      '2024-02-29',
      '29.02.2024',
      '2024-02-29 00:00',
      '2024-02-29T03:00:00+03:00',
      '2024-02-29T00:00:00.000Z',
    ]) {
      expect(read(readDate, text), text).toBe(day);
    }
    expect(read(readDate, '2024-02-29T23:59:58.5')).toBe(day + 86_400_000 - 1500);
    for (const text of [
      '2023-02-29',
      '2024-13-01',
      '31.04.2024',
      '2024-02-29T24:00',
      '2024-02-2x',
      '0024-01-01',
      '2024-02-29x',
      '1.2.2024',
    ]) {
      expect(read(readDate, text), text).toBeNaN();
    }
  });

  it('know words for yes, no and nothing', () => {
    expect(
      ['TRUE', 'yes', 'Да', 'False', 'no', 'нет', 'y', '1', 'note'].map((text) => read(readBoolean, text)),
    ).toEqual([1, 1, 1, 0, 0, 0, -1, -1, -1]);
    expect(
      ['', 'NA', 'n/a', 'NaN', 'NULL', 'None', '<NA>', 'nil', 'nano', '0'].map((text) => read(isMissing, text)),
    ).toEqual([true, true, true, true, true, true, true, false, false, false]);
  });
});
