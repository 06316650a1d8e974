/** A real S3 server in this process, with a bucket, for tests and benches: s3rver over a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';

export const BUCKET = 'emoheal-sounds';
/** The keys that this server knows. */
export const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

export interface S3Server {
  url: string;
  port: number;
  close(): Promise<void>;
}

export async function startS3(port = 0): Promise<S3Server> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'emoheal-s3-'));
  const server = new S3rver({
    port,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  const address = await server.run();
  return {
    port: address.port,
    url: `s3://${BUCKET}/house?endpoint=http://127.0.0.1:${address.port}`,
    async close() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
