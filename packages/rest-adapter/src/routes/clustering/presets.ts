import { z } from 'zod';
import { plainRoute } from '../../route.ts';

interface PresetAnswer {
  readonly name: string;
  readonly description: string;
  readonly builtIn: boolean;
  readonly params: Record<string, unknown>;
}

export const presets = plainRoute({
  id: 'listPresets',
  method: 'get',
  path: '/api/presets',
  tag: 'clustering',
  summary: 'Parameters under a name, to start from',
  query: z.object({ name: z.string().optional().meta({ description: 'Only this one.' }) }),
  response: z
    .array(
      z.object({
        name: z.string(),
        description: z.string(),
        built_in: z.boolean(),
        parameters: z.record(z.string(), z.unknown()),
      }),
    )
    .meta({ id: 'Presets' }),
  errors: {},
  document:
    'query Presets($name: String) { presets(pipeline: "clustering", name: $name) { name description builtIn params } }',
  async handle(run, { query }) {
    const found = (await run({ name: query.get('name') })) as readonly PresetAnswer[];
    return {
      value: found.map(({ name, description, builtIn, params }) => ({
        name,
        description,
        built_in: builtIn,
        parameters: params,
      })),
    };
  },
});
