import type { Route } from './route.ts';
import { compareJobs } from './routes/clustering/compare-jobs.ts';
import { dendrogramCut, takeDendrogramCut } from './routes/clustering/dendrogram.ts';
import { forecastJob } from './routes/clustering/forecast.ts';
import { downloadFile } from './routes/clustering/job-file.ts';
import { createJob, getJob, listJobs, removeJob } from './routes/clustering/jobs.ts';
import { downloadLabelFile, getLabelJob, labelDataset, predictRows } from './routes/clustering/label-rows.ts';
import { getLeaderboard } from './routes/clustering/leaderboard.ts';
import { clusteringMap, placeCheck } from './routes/clustering/map.ts';
import { clusteringPoints } from './routes/clustering/points.ts';
import { presets } from './routes/clustering/presets.ts';
import { riskAnalysis, riskExplanation, riskPicture } from './routes/clustering/risk.ts';
import { stageRoutes } from './routes/clustering/run-stages.ts';
import {
  createSearch,
  createSearchedJob,
  downloadSearchFile,
  getSearch,
  listSearches,
  saveSearchedPreset,
} from './routes/clustering/searches.ts';
import { dataBatch } from './routes/data-batch.ts';
import { dataCommit } from './routes/data-commit.ts';
import { removeDataset, replaceDataset, updateDataset } from './routes/datasets/change-dataset.ts';
import { getColumnRoles, putColumnRoles } from './routes/datasets/column-roles.ts';
import { createDataset } from './routes/datasets/create-dataset.ts';
import { downloadDataset } from './routes/datasets/download-dataset.ts';
import { getDataset, getProfile } from './routes/datasets/get-dataset.ts';
import { listDatasets } from './routes/datasets/list-datasets.ts';
import { driftReportFile } from './routes/drift-file.ts';
import { experiments } from './routes/experiments.ts';
import { lookalike } from './routes/lookalike.ts';
import { lookalikeBatch } from './routes/lookalike-batch.ts';
import { modelInfo } from './routes/model-info.ts';
import { monitoringDataQuality } from './routes/monitoring-data-quality.ts';
import { monitoringDrift } from './routes/monitoring-drift.ts';
import { ready } from './routes/ready.ts';
import {
  changeSchedule,
  createSchedule,
  getSchedule,
  listSchedules,
  removeSchedule,
  runSchedule,
} from './routes/schedules.ts';
import { status } from './routes/status.ts';

/** THE LIST of REST routes: the service, openapi.yml and its test are made from it. */
export const ROUTES: readonly Route[] = [
  ready,
  status,
  dataBatch,
  dataCommit,
  lookalike,
  lookalikeBatch,
  modelInfo,
  monitoringDrift,
  driftReportFile,
  monitoringDataQuality,
  experiments,
  listDatasets,
  createDataset,
  getDataset,
  replaceDataset,
  updateDataset,
  removeDataset,
  downloadDataset,
  getProfile,
  getColumnRoles,
  putColumnRoles,
  placeCheck,
  listJobs,
  createJob,
  forecastJob,
  getJob,
  removeJob,
  ...stageRoutes,
  downloadFile,
  clusteringPoints,
  compareJobs,
  predictRows,
  labelDataset,
  getLabelJob,
  downloadLabelFile,
  listSearches,
  createSearch,
  getSearch,
  getLeaderboard,
  downloadSearchFile,
  createSearchedJob,
  saveSearchedPreset,
  clusteringMap,
  dendrogramCut,
  takeDendrogramCut,
  presets,
  riskAnalysis,
  riskExplanation,
  riskPicture,
  listSchedules,
  createSchedule,
  getSchedule,
  changeSchedule,
  removeSchedule,
  runSchedule,
];
