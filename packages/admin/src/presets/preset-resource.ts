import type { Resource } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { DeletePreset, PresetList, type PresetRow } from './preset-documents.ts';

/** Presets are known by their names. */
export type Preset = Result<typeof PresetRow> & { readonly id: string };

export const presetResource: Resource = {
  // They are few: all of them are one page.
  page: async (ask, _request, signal) => {
    const { presets } = await ask(PresetList, {}, { signal });
    const nodes = presets.map((preset) => ({ ...preset, id: preset.name }));
    return {
      nodes,
      pageInfo: { endCursor: null, hasNextPage: false },
      totalCount: { count: nodes.length, exact: true },
    };
  },
  remove: async (ask, name) => succeeded((await ask(DeletePreset, { pipeline: 'clustering', name })).result),
};
