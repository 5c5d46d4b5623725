import { builder } from '../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { paramsObject } from '../graphql/params-object.ts';
import { deletePreset, listPresets, type PresetView, savePreset } from './preset.operations.ts';

export const PresetRef = builder.objectRef<PresetView>('Preset').implement({
  description: 'Parameters of a pipeline under a name.',
  fields: (t) => ({
    pipeline: t.exposeString('pipeline'),
    name: t.exposeString('name'),
    description: t.exposeString('description'),
    params: t.field({
      type: 'Json',
      description: 'All parameters, those that the preset does not name with their defaults.',
      resolve: (preset) => preset.params,
    }),
    builtIn: t.exposeBoolean('builtIn', { description: 'Comes with the service: it cannot be deleted.' }),
  }),
});

builder.queryField('presets', (t) =>
  t.field({
    type: [PresetRef],
    args: { pipeline: t.arg.string({ required: true }), name: t.arg.string() },
    resolve: (_root, { pipeline, name }, { core }) => listPresets(core, pipeline, name ?? undefined),
  }),
);

const expected = { types: [NotFoundError, ConflictError, InvalidInputError] };

builder.mutationFields((t) => ({
  savePreset: t.field({
    type: PresetRef,
    description: 'Under a name, in place of the parameters that have it.',
    errors: expected,
    args: {
      pipeline: t.arg.string({ required: true }),
      name: t.arg.string({ required: true }),
      description: t.arg.string(),
      params: t.arg({ type: 'Json', required: true }),
    },
    resolve: (_root, { pipeline, name, description, params }, { core }) =>
      savePreset(core, { pipeline, name, description: description ?? undefined, params: paramsObject(params ?? null) }),
  }),
  deletePreset: t.field({
    type: PresetRef,
    description: 'Gives back what is gone, so that it can be saved again.',
    errors: expected,
    args: { pipeline: t.arg.string({ required: true }), name: t.arg.string({ required: true }) },
    resolve: (_root, { pipeline, name }, { core }) => deletePreset(core, pipeline, name),
  }),
}));
