import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

export const mlflowGone: Failure = {
  name: 'MLflow gone',
  skipped: ({ mlflow }) => (mlflow ? undefined : 'MLflow is not installed'),
  async strike({ mlflow }) {
    await mlflow?.kill();
    await seconds(60);
    await mlflow?.start();
  },
  inLog: awayInLog('mlflow'),
  inMetrics: awayInMetrics('mlflow'),
};
