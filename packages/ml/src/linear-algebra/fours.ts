/** The next multiple of four: the width of the kernels' tiles. */
export const toFours = (count: number): number => Math.ceil(count / 4) * 4;
