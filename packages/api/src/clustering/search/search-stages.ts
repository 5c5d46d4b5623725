import type { Stage } from '../../pipelines/stage.ts';
import { finalsStage } from './finals.ts';
import { screenStage } from './screen.ts';

export const searchStages: readonly Stage[] = [screenStage, finalsStage];
