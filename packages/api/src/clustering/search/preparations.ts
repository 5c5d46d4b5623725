/**
 * Ways to prepare the columns that a search tries. None leaves rows out, so that all trials label the same rows. The first is
 * also the space in which all of them are judged.
 */
export const PREPARATIONS = {
  standard: {
    title: 'standard scale',
    // The fence is wide: it moves only what would stretch the scale for all others.
    params: { outliers: 'quantileFence', outlier_action: 'clip', transform: 'none', scale: 'standardScaler' },
  },
  robust: {
    title: 'robust scale',
    params: { outliers: 'iqrFence', outlier_action: 'clip', transform: 'none', scale: 'robustScaler' },
  },
  bent: {
    title: 'bent towards normal',
    params: { outliers: 'quantileFence', outlier_action: 'clip', transform: 'automatic', scale: 'standardScaler' },
  },
} as const;
export type Preparation = keyof typeof PREPARATIONS;

export const REFERENCE: Preparation = 'standard';
