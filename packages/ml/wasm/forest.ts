// Scores 64 rows at a time; see src/boosting/compiled-forest.ts for the tables and the idea.

const BLOCK: usize = 64;

// For each feature in use: its bin of every row, twice, as the two columns differ where the value is missing. A table entry is
// four u32: position of the feature in a row (bytes), address of its bounds, bytes of the first step (a power of two), address
// of the columns. A missing value is bin 255 in the first column (beyond every threshold) and 0 in the second.
export function binRows(rows: usize, rowBytes: usize, table: usize, features: i32, count: i32): void {
  for (let feature = 0; feature < features; feature++) {
    const offset = <usize>load<u32>(table);
    const bounds = <usize>load<u32>(table, 4);
    const firstStep = <usize>load<u32>(table, 8);
    let column = <usize>load<u32>(table, 12);
    table += 16;
    let at = rows + offset;
    for (let row = 0; row < count; row += 4) {
      const v0 = load<f32>(at);
      const v1 = load<f32>(at + rowBytes);
      const v2 = load<f32>(at + 2 * rowBytes);
      const v3 = load<f32>(at + 3 * rowBytes);
      at += 4 * rowBytes;
      let b0 = bounds;
      let b1 = bounds;
      let b2 = bounds;
      let b3 = bounds;
      for (let step = firstStep; step >= 4; step >>= 1) {
        b0 += (<usize>(v0 > load<f32>(b0 + step - 4))) * step;
        b1 += (<usize>(v1 > load<f32>(b1 + step - 4))) * step;
        b2 += (<usize>(v2 > load<f32>(b2 + step - 4))) * step;
        b3 += (<usize>(v3 > load<f32>(b3 + step - 4))) * step;
      }
      const bins =
        (<u32>(b0 - bounds) >> 2) |
        ((<u32>(b1 - bounds) >> 2) << 8) |
        ((<u32>(b2 - bounds) >> 2) << 16) |
        ((<u32>(b3 - bounds) >> 2) << 24);
      // Every comparison with NaN is false, so a missing value is in bin 0 already.
      const missing =
        (v0 == v0 ? 0 : <u32>0xff) |
        (v1 == v1 ? 0 : <u32>0xff00) |
        (v2 == v2 ? 0 : <u32>0xff0000) |
        (v3 == v3 ? 0 : <u32>0xff000000);
      store<u32>(column, bins | missing);
      store<u32>(column, bins, 64);
      column += 4;
    }
  }
}

// Trees one after the other. A tree is: u32 number of nodes, u32 unused, then its nodes from the last to the first, four u32
// each: address of the column, last bin that goes left, addresses of the children's results; and, after all nodes, the leaf
// values as doubles. A result is the number of the leaf that each of the 64 rows ends in.
export function addTrees(
  trees: usize,
  from: i32,
  to: i32,
  results: usize,
  count: i32,
  scores: usize,
): void {
  const scoresEnd = scores + ((<usize>count) << 3);
  for (let tree = from; tree < to; tree++) {
    let at = <usize>load<u32>(trees + ((<usize>tree) << 2));
    const nodes = load<u32>(at);
    at += 8;
    let result = results + ((<usize>nodes) - 1) * BLOCK;
    for (let node = nodes; node > 0; node--) {
      const column = <usize>load<u32>(at);
      const last = i8x16.splat(<i8>load<u32>(at, 4));
      const left = <usize>load<u32>(at, 8);
      const right = <usize>load<u32>(at, 12);
      v128.store(result, v128.bitselect(v128.load(right), v128.load(left), i8x16.gt_u(v128.load(column), last)));
      v128.store(
        result,
        v128.bitselect(v128.load(right, 16), v128.load(left, 16), i8x16.gt_u(v128.load(column, 16), last)),
        16,
      );
      v128.store(
        result,
        v128.bitselect(v128.load(right, 32), v128.load(left, 32), i8x16.gt_u(v128.load(column, 32), last)),
        32,
      );
      v128.store(
        result,
        v128.bitselect(v128.load(right, 48), v128.load(left, 48), i8x16.gt_u(v128.load(column, 48), last)),
        48,
      );
      at += 16;
      result -= BLOCK;
    }
    let leaf = results;
    for (let score = scores; score < scoresEnd; score += 8) {
      const number = nodes ? <usize>load<u8>(leaf) : 0;
      store<f64>(score, load<f64>(score) + load<f64>(at + (number << 3)));
      leaf++;
    }
  }
}
