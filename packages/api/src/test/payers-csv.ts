/** Three kinds of payers: small, large, and those in arrears; the column kind tells which. */
export function payersCsv(rows: number): string {
  let state = 4;
  /** About normal, the same every time: the sum of three uniform ones. */
  const normal = () => {
    let sum = 0;
    for (let turn = 0; turn < 3; turn++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      sum += state / 0x7fffffff - 0.5;
    }
    return 2 * sum;
  };
  const lines = ['income,debt,age,town,kind,active,since'];
  for (let row = 0; row < rows; row++) {
    const kind = row % 3;
    const income = [20, 90, 40][kind] + 3 * normal();
    const debt = [5, 8, 60][kind] + 2 * normal();
    const age = row % 29 === 0 ? '' : (40 + 8 * normal()).toFixed(1);
    const known = `${['Omsk', 'Tula'][row % 2]},${'abc'[kind]},${row % 2 === 0 ? 'Yes' : 'no'},${10 + (row % 9)}.03.2021`;
    lines.push(`${income.toFixed(3)},${debt.toFixed(3)},${age},${known}`);
  }
  return `${lines.join('\n')}\n`;
}
