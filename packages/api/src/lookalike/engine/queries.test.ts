import { expect, test } from 'vitest';
import { minimumCheque, newCustomers } from './queries.ts';

test.each([
  ['кэшбэк 10% при покупке от 1500 руб', 1500],
  ['10% от 1 500 ₽', 1500],
  ['Скидка 20%, минимальный чек 700 р.', 700],
  ['от 10 000 рублей', 10_000],
  ['чек: нет, 300₽', 300],
  ['кэшбэк 100%', 0],
  ['кэшбэк от 50%', 0],
  ['доставка за 60 минут, более 190 городов', 0],
  ['магазин 1000 мелочей', 0],
  ['от 30 ₽', 0],
  ['от 5 до 2000 ₽', 2000],
  ['работает 100 раз', 0],
  ['', 0],
])('the minimum cheque of %j is %d', (text, cheque) => {
  expect(minimumCheque(text)).toBe(cheque);
});

test('a new customer bought in the window and never before it', () => {
  // Users 0..3 of one brand: before and inside, inside only, after only, first and last day.
  const byBrand = {
    offsets: Int32Array.of(0, 6),
    user: Int32Array.of(0, 0, 1, 2, 3, 3),
    day: Uint16Array.of(9, 12, 12, 21, 10, 20),
  };
  expect([...newCustomers(byBrand, { brand: 0, start: 10, end: 20, cheque: 0 })]).toEqual([1, 3]);
  expect([...newCustomers(byBrand, { brand: 0, start: 11, end: 21, cheque: 0 })]).toEqual([1, 2]);
});
