import { riskModel } from '@kindred/ml/explanation/additive-risk.ts';
import { flatFromBytes } from '@kindred/ml/flat-bytes.ts';
import { z } from 'zod';

export const RISK_KIND = 'risk';
export const RISK_VERSION = 1;

const shape = riskModel.extend({ scores: z.instanceof(Float64Array) });

/** The model of the scores, and the score of each row that stayed. */
export const parseRisk = (bytes: Uint8Array) => shape.parse(flatFromBytes(RISK_KIND, RISK_VERSION, bytes));
