// Shapley values of one row over all trees; the formulas and the tables are those of src/explanation/tree-shap.ts and
// path-tables.ts, and so is the order of every sum: even and odd points apart, added at the end.
//
// A tree's header is eight u32: nodes, bytes of the points of one edge, addresses of: node records, edge records, weights and (after
// them) what contradicting edges take, agree, contradict, take-agree.
// A node's record is six u32: position of the feature in the row (bytes), threshold (f32), 1 if missing goes left, place of the
// node's edge (bytes), edge before of the same feature or -1, address of the feature's value in the output.
// An edge's record is two f64: share of the node's rows that take it; the leaf's value, or 1 where no leaf follows.

const NODE: usize = 24;
const EDGE: usize = 16;

export function explainRow(trees: usize, count: i32, row: usize, sums: usize, agrees: usize): void {
  for (let tree = 0; tree < count; tree++) {
    const header = trees + ((<usize>tree) << 5);
    const nodes = load<u32>(header);
    if (nodes == 0) continue;
    descend(header, nodes, row, sums, agrees);
    ascend(header, nodes, sums, agrees);
  }
}

function descend(header: usize, nodes: u32, row: usize, sums: usize, agrees: usize): void {
  const bytes = <usize>load<u32>(header, 4);
  let record = <usize>load<u32>(header, 8);
  let edges = <usize>load<u32>(header, 12);
  const weights = <usize>load<u32>(header, 16);
  const agree = <usize>load<u32>(header, 20);
  const contradict = <usize>load<u32>(header, 24);
  memory.copy(sums + 2 * (<usize>nodes) * bytes, weights, bytes);
  let place: usize = 0;
  let edge: usize = 0;
  for (let node: u32 = 0; node < nodes; node++) {
    const value = load<f32>(row + <usize>load<u32>(record));
    const goesLeft = i32(value <= load<f32>(record, 4)) | (i32(value != value) & load<i32>(record, 8));
    const from = sums + <usize>load<u32>(record, 12);
    const same = load<i32>(record, 16);
    const agreed = same < 0 ? 1 : <i32>load<u8>(agrees + same);
    record += NODE;
    for (let side = 0; side < 2; side++) {
      const own = agreed & (goesLeft ^ side);
      store<u8>(agrees + edge, own);
      const end = load<f64>(edges, 8);
      const to = sums + place;
      if (agreed) {
        const ends = f64x2.splat(end);
        const factors = (own ? agree : contradict) + place;
        for (let q: usize = 0; q < bytes; q += 16) {
          v128.store(to + q, f64x2.mul(f64x2.mul(v128.load(from + q), ends), v128.load(factors + q)));
        }
      } else {
        const factor = f64x2.splat(end * load<f64>(edges));
        for (let q: usize = 0; q < bytes; q += 16) v128.store(to + q, f64x2.mul(v128.load(from + q), factor));
      }
      edges += EDGE;
      place += bytes;
      edge++;
    }
  }
}

function ascend(header: usize, nodes: u32, sums: usize, agrees: usize): void {
  const bytes = <usize>load<u32>(header, 4);
  const takeContradict = <usize>load<u32>(header, 16) + bytes;
  const takeAgree = <usize>load<u32>(header, 28);
  let record = <usize>load<u32>(header, 8) + (<usize>nodes) * NODE;
  let edge = 2 * <usize>nodes;
  let first = edge * bytes;
  while (edge > 0) {
    record -= NODE;
    edge -= 2;
    first -= 2 * bytes;
    const second = first + bytes;
    const to = sums + <usize>load<u32>(record, 12);
    const same = load<i32>(record, 16);
    if (same >= 0 && load<u8>(agrees + same) == 0) {
      for (let q: usize = 0; q < bytes; q += 16) {
        v128.store(to + q, f64x2.add(v128.load(sums + first + q), v128.load(sums + second + q)));
      }
      continue;
    }
    const leftAgrees = load<u8>(agrees + edge) != 0;
    const agreeing = leftAgrees ? first : second;
    const other = leftAgrees ? second : first;
    const taken = takeAgree + agreeing;
    let given = f64x2.splat(0);
    for (let q: usize = 0; q < bytes; q += 16) {
      const high = v128.load(sums + agreeing + q);
      const low = v128.load(sums + other + q);
      given = f64x2.add(
        given,
        f64x2.add(f64x2.mul(high, v128.load(taken + q)), f64x2.mul(low, v128.load(takeContradict + q))),
      );
      v128.store(to + q, f64x2.add(high, low));
    }
    if (same >= 0) {
      const before = takeAgree + (<usize>same) * bytes;
      for (let q: usize = 0; q < bytes; q += 16) {
        given = f64x2.sub(given, f64x2.mul(v128.load(to + q), v128.load(before + q)));
      }
    }
    const target = <usize>load<u32>(record, 20);
    store<f64>(target, load<f64>(target) + (f64x2.extract_lane(given, 0) + f64x2.extract_lane(given, 1)));
  }
}
