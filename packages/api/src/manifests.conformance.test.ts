import { describe, expect, it } from 'vitest';
import {
  buildOverlay,
  devSecrets,
  findKeda,
  findKubernetesValidate,
  findKustomize,
  validateManifests,
} from './test/manifest-tools.ts';

const kustomize = findKustomize();
const python = findKubernetesValidate();
const keda = findKeda();
const NOT_VALID = /^(?!.*: valid$)/;

/** SKIPPED where nothing puts an overlay together, or Python lacks Kubernetes' schemas; KEDA's kinds, where its CRDs are not there. */
describe.skipIf(kustomize === undefined || python === undefined)('Kubernetes manifests', () => {
  const build = (overlay: string) => buildOverlay(kustomize ?? ['', ''], overlay);
  const validate = (manifests: string, crds?: string) => validateManifests(python ?? '', manifests, crds);

  it('of the overlay dev, and the Secrets it wants, are what Kubernetes takes', async () => {
    const lines = await validate(`${await build('dev')}---\n${await devSecrets()}`);
    expect(lines.filter((line) => NOT_VALID.test(line))).toEqual([]);
    expect(lines).toEqual(expect.arrayContaining(['Deployment kindred-worker: valid', 'Job bucket: valid']));
  });

  it.skipIf(keda === undefined)('of the overlay prod are what Kubernetes and KEDA take', async () => {
    const lines = await validate(await build('prod'), keda);
    expect(lines.filter((line) => NOT_VALID.test(line))).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining(['HorizontalPodAutoscaler kindred-api: valid', 'ScaledObject kindred-worker: valid']),
    );
  });

  it.skipIf(keda === undefined)('would be found wrong if they were', async () => {
    const sound = await build('prod');
    const wrong = async (from: RegExp, to: string) => {
      const broken = sound.replace(from, to);
      expect(broken).not.toBe(sound);
      return (await validate(broken, keda)).filter((line) => NOT_VALID.test(line));
    };
    expect(await wrong(/startupProbe/, 'startProbe')).toEqual([
      expect.stringContaining('Deployment kindred-api: WRONG'),
    ]);
    expect(await wrong(/minReplicaCount/, 'minimum')).toEqual([
      expect.stringContaining('ScaledObject kindred-worker: '),
    ]);
    expect(await wrong(/targetQueryValue/, 'target')).toEqual([
      expect.stringContaining('reads no target from metadata'),
    ]);
  });
});
