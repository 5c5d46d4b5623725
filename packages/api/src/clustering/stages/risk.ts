import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fitRisk, riskColor, riskScores } from '@kindred/ml/explanation/additive-risk.ts';
import { flatToBytes } from '@kindred/ml/flat-bytes.ts';
import { DomainError } from '../../errors.ts';
import type { Stage } from '../../pipelines/stage.ts';
import { stageParams } from '../clustering-params.ts';
import { RISK_KIND, RISK_VERSION } from '../risk-file.ts';
import { readRowMatrix } from '../row-matrix.ts';

/** A risk score for each row: the weighted sum of its selected features. */
export const riskStage: Stage = {
  name: 'risk',
  codeVersion: 1,
  inputs: ['selected.bin'],
  params: ['risk'],
  weight: 2,
  async run(context) {
    const { weights, ...thresholds } = stageParams(context).risk;
    const matrix = await readRowMatrix(context, 'selected.bin');
    const unknown = Object.keys(weights).find((name) => !matrix.names.includes(name));
    if (unknown !== undefined) {
      throw new DomainError(
        'INVALID_INPUT',
        `There is a weight for ${unknown}, which is none of the features: ${matrix.names.join(', ')}`,
        {
          details: { field: 'risk.weights', feature: unknown },
        },
      );
    }
    const model = fitRisk(
      matrix,
      Float64Array.from(matrix.names, (name) => weights[name] ?? 1),
    );
    const scores = riskScores(model, matrix);
    const file = join(context.scratch, 'risk.bin');
    await writeFile(file, flatToBytes(RISK_KIND, RISK_VERSION, { ...model, scores }));
    await context.output('risk.bin', file);
    const counts = { green: 0, yellow: 0, red: 0 };
    for (const score of scores) counts[riskColor(score, thresholds)]++;
    return {
      summary: { rows: matrix.rows, ...counts, mean: scores.reduce((sum, score) => sum + score, 0) / matrix.rows },
    };
  },
};
