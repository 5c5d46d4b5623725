import { defineRanker } from '../estimator.ts';
import { explain } from '../explanation/tree-shap.ts';
import { fitGradientBoosting } from './fit.ts';
import { gradientBoostingModel, MODEL_VERSION } from './model-bytes.ts';
import { gradientBoostingParams } from './params.ts';
import { predictGradientBoosting } from './predict.ts';

export const gradientBoosting = defineRanker({
  name: 'gradientBoosting',
  kind: 'ranker',
  title: 'Gradient-boosted trees with LambdaMART',
  params: gradientBoostingParams,
  modelVersion: MODEL_VERSION,
  model: gradientBoostingModel,
  fit: (data, params) => fitGradientBoosting(data, params),
  score: (model, X) => predictGradientBoosting(model, X),
  explain,
});
