/** The clustering pipeline: its stages, and what a job of it starts from. */
import type { z } from 'zod';
import { definePipeline, type Pipeline } from '../pipelines/pipeline.ts';
import type { Json } from '../pipelines/stage.ts';
import { UploadedTable } from '../uploads/uploaded-table.entity.ts';
import { clusteringParams } from './clustering-params.ts';
import { clusteringStages } from './stages/stages.ts';

export const CLUSTERING = 'clustering';
