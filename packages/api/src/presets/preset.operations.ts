import { type Core, pipelineNamed } from '../core.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { parseParams } from '../jobs/create-job.ts';
import type { Json } from '../pipelines/stage.ts';
import { BUILT_IN_PRESETS } from './built-in-presets.ts';
import { Preset } from './preset.entity.ts';

export interface PresetView {
  readonly pipeline: string;
  readonly name: string;
  readonly description: string;
  /** All parameters, those that the preset does not name with their defaults. */
  readonly params: Record<string, Json>;
  readonly builtIn: boolean;
}

const MOST_NAME = 100;

/** Those that come with the service, then those that somebody saved, by name; a saved one hides a built-in one of its name. */
export async function listPresets(
  core: Core,
  pipeline: string,
  name?: string,
  em = core.database.fork(),
): Promise<PresetView[]> {
  const saved = await em.find(Preset, { pipeline }, { orderBy: { name: 'asc' } });
  const hidden = new Set(saved.map((preset) => preset.name));
  const builtIn = BUILT_IN_PRESETS.filter((preset) => preset.pipeline === pipeline && !hidden.has(preset.name));
  const { params } = pipelineNamed(core, pipeline);
  return [
    ...builtIn.map((preset) => ({ ...preset, builtIn: true })),
    ...saved.map((preset) => ({ ...preset, builtIn: false })),
  ]
    .filter((preset) => name === undefined || preset.name === name)
    .map((preset) => ({
      pipeline,
      name: preset.name,
      description: preset.description,
      builtIn: preset.builtIn,
      // One that a newer release no longer understands is shown as it was saved.
      params: params.safeParse(preset.params).data ?? preset.params,
    }));
}

/** @throws DomainError NOT_FOUND naming those that there are. */
export async function presetNamed(core: Core, pipeline: string, name: string, em?: Em): Promise<PresetView> {
  const all = await listPresets(core, pipeline, undefined, em);
  const found = all.find((preset) => preset.name === name);
  if (found) return found;
  const names = all.map((preset) => preset.name).join(', ');
  throw new DomainError('NOT_FOUND', `There is no preset ${name}; there are ${names}`, { details: { preset: name } });
}

/**
 * Saves parameters under a name, in place of those that have it.
 * @throws DomainError INVALID_INPUT for parameters that do not fit the pipeline, or a name that is none.
 */
export async function savePreset(
  core: Core,
  preset: { pipeline: string; name: string; description?: string | undefined; params: Record<string, Json> },
): Promise<PresetView> {
  const { pipeline, description = '', params } = preset;
  const name = preset.name.trim();
  if (name === '' || name.length > MOST_NAME) {
    throw new DomainError('INVALID_INPUT', `The name of a preset has 1 to ${MOST_NAME} characters`, {
      details: { field: 'name' },
    });
  }
  parseParams(pipelineNamed(core, pipeline), params);
  await core.database.fork().transactional(async (tx) => {
    await tx.upsert(
      Preset,
      { pipeline, name, description, params, updatedAt: new Date() },
      { onConflictFields: ['pipeline', 'name'] },
    );
  });
  return presetNamed(core, pipeline, name);
}

/** @returns what is gone. @throws DomainError NOT_FOUND; INVALID_STATE for one that comes with the service. */
export async function deletePreset(core: Core, pipeline: string, name: string): Promise<PresetView> {
  const preset = await presetNamed(core, pipeline, name);
  if (preset.builtIn) {
    throw new DomainError('INVALID_STATE', `The preset ${name} comes with the service and stays`, {
      details: { preset: name },
    });
  }
  await core.database.fork().nativeDelete(Preset, { pipeline, name });
  return preset;
}
