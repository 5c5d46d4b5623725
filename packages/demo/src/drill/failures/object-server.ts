import { findMinio, startMinio } from '@kindred/api/test/throwaway-minio.ts';
import { startNetwork, type ThrowawayNetwork } from '@kindred/api/test/throwaway-network.ts';
import { findMoto, startS3 } from '@kindred/api/test/throwaway-s3.ts';

/** An S3 server of the drill's own, behind a network that can break. */
export interface ObjectServer {
  readonly program: 'MinIO' | 'moto';
  /** Through the network. */
  readonly url: string;
  readonly network: ThrowawayNetwork;
  readonly key: string;
  readonly secret: string;
  stop(): Promise<void>;
}

type Installed = Readonly<Record<'minio' | 'moto', string | undefined>>;

/** Where their programs are; undefined where neither is installed. */
export function findObjectServer(): Installed | undefined {
  const installed = { minio: findMinio(), moto: findMoto() };
  return (installed.minio ?? installed.moto) ? installed : undefined;
}

/** MinIO where it is built, with a key that may work in its bucket and do nothing else; else moto's server, which lets everybody in. */
export async function startObjectServer({ minio, moto }: Installed, folder: string): Promise<ObjectServer> {
  const [key, secret] = ['drill', 'secret-of-the-drill'];
  if (minio === undefined) {
    const server = await startS3(moto ?? '');
    return { program: 'moto', url: server.url, network: server, key, secret, stop: () => server.stop() };
  }
  const server = await startMinio(minio, folder);
  server.makeBucket(key, secret);
  const network = await startNetwork(Number(new URL(server.url).port));
  return {
    program: 'MinIO',
    url: `http://127.0.0.1:${network.port}`,
    network,
    key,
    secret,
    async stop() {
      await network.disconnect();
      await server.stop();
    },
  };
}
