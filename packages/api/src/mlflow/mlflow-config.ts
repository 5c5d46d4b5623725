/** Where MLflow's tracking server is, and how it lets us in. */
export interface MlflowConfig {
  /** Without a slash at the end and without credentials. */
  readonly uri: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly token: string | undefined;
}

interface Settings {
  readonly MLFLOW_TRACKING_URI?: string | undefined;
  readonly MLFLOW_TRACKING_USERNAME?: string | undefined;
  readonly MLFLOW_TRACKING_PASSWORD?: string | undefined;
  readonly MLFLOW_TRACKING_TOKEN?: string | undefined;
}

/** MLflow's settings by the names that its own client has for them; undefined where no server is named. */
export function mlflowConfig(settings: Settings): MlflowConfig | undefined {
  if (settings.MLFLOW_TRACKING_URI === undefined) return undefined;
  const { origin, pathname, username, password } = new URL(settings.MLFLOW_TRACKING_URI);
  return {
    uri: `${origin}${pathname.replace(/\/+$/, '')}`,
    username: settings.MLFLOW_TRACKING_USERNAME ?? (username === '' ? undefined : decodeURIComponent(username)),
    password: settings.MLFLOW_TRACKING_PASSWORD ?? (password === '' ? undefined : decodeURIComponent(password)),
    token: settings.MLFLOW_TRACKING_TOKEN,
  };
}
