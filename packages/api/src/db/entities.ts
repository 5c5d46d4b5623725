import { ApiKey } from '../access/api-key.entity.ts';
import { AuditEntry } from '../access/audit/audit-entry.entity.ts';
import { Session } from '../access/session.entity.ts';
import { SignInAttempts } from '../access/sign-in-attempts.entity.ts';
import { User } from '../access/user.entity.ts';
import { Artifact } from '../artifacts/artifact.entity.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { DriftReport } from '../drift/drift-report.entity.ts';
import { DvcRevision } from '../dvc/dvc-revision.entity.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { JobLogLine } from '../jobs/log/log-line.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { LineageEdge } from '../lineage/lineage-edge.entity.ts';
import { Metric } from '../metrics/metric.entity.ts';
import { MlflowOutbox } from '../mlflow/mlflow-outbox.entity.ts';
import { Deployment } from '../models/deployment.entity.ts';
import { ModelAlias } from '../models/model-alias.entity.ts';
import { ModelPromotion } from '../models/model-promotion.entity.ts';
import { ModelVersion } from '../models/model-version.entity.ts';
import { RegisteredModel } from '../models/registered-model.entity.ts';
import { Preset } from '../presets/preset.entity.ts';
import { ValidationResult } from '../quality/validation-result.entity.ts';
import { Schedule } from '../schedules/schedule.entity.ts';
import { ScheduleRun } from '../schedules/schedule-run.entity.ts';
import { ColumnRoles } from '../stores/column-roles.entity.ts';
import { ServiceProcess } from '../system/service-process.entity.ts';
import { UploadedTable } from '../uploads/uploaded-table.entity.ts';

/** THE LIST of entities. */
export const ENTITIES = [
  Dataset,
  DatasetVersion,
  UploadedTable,
  Job,
  StageRun,
  JobLogLine,
  Artifact,
  Metric,
  ExperimentRun,
  RegisteredModel,
  ModelVersion,
  ModelAlias,
  ModelPromotion,
  Deployment,
  ValidationResult,
  DriftReport,
  LineageEdge,
  MlflowOutbox,
  DvcRevision,
  Preset,
  ColumnRoles,
  Schedule,
  ScheduleRun,
  ServiceProcess,
  User,
  Session,
  ApiKey,
  SignInAttempts,
  AuditEntry,
];
