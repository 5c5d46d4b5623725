/**
 * The inner loops of the first-purchase model, over one block of memory that all of them share. Addresses and strides are in
 * bytes; numbers are float32 but for the sums, which are float64.
 *
 * Users' vectors lie row by row; items' lie factor by factor, so that neighbouring items are neighbours in memory and take one
 * instruction together. Results of both implementations are equal to the bit: every number is the same float32 operations in
 * the same order.
 */
export interface HazardKernel {
  readonly buffer: ArrayBuffer;
  /**
   * Hazards of a tile of users and items: out[u][i] = exp(min(a_u + c_i + o_ui + x_u . y_i, largest)), within 3e-7 of it.
   * `offsets` is the address of one uint32 a user: where that user's row of log offsets begins. `first` is the tile's first item
   * in bytes, in the offsets' rows and in `items` alike. Users are done by fours and items by eights: there is room for both
   * beyond the counts.
   */
  hazards(
    users: number,
    width: number,
    offsets: number,
    items: number,
    itemBytes: number,
    first: number,
    userCount: number,
    itemCount: number,
    largest: number,
    out: number,
    outBytes: number,
  ): void;
  /**
   * The lower triangle of (1, v)(1, v)' for every vector v: (1), (v1, v1 v1), (v2, v2 v1, v2 v2) and so on, eight columns to a
   * panel, vectors one below the other within it. The vectors' own first numbers are not read.
   */
  products(
    vectors: number,
    vectorBytes: number,
    factorBytes: number,
    count: number,
    width: number,
    out: number,
    panelBytes: number,
  ): void;
  /**
   * sums[row] += sum over `count` columns of hazard[row][column] * products[column]. The sum over one call is in float32, in the
   * order of the columns. Rows are done by fours.
   */
  accumulate(
    hazards: number,
    rowBytes: number,
    columnBytes: number,
    rows: number,
    count: number,
    products: number,
    panelBytes: number,
    panels: number,
    sums: number,
  ): void;
}

/** Gives kernels over a memory of that many bytes, all zero. */
export type HazardKernelFactory = (bytes: number) => HazardKernel;
