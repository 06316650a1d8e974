/** What every Transcriber keeps to, whichever adapter. */
import { describe, expect, it } from 'vitest';
import type { Transcriber } from '../ports.js';

export function transcriberContract(name: string, make: () => Transcriber, spoken: () => Float32Array): void {
  describe(`Transcriber: ${name}`, () => {
    it('hears words in speech, with its length', async () => {
      const pcm = spoken();
      const heard = await make().transcribe(pcm, { language: 'en' });
      expect(heard.text).toMatch(/\w/);
      expect(heard.language).toBe('en');
      expect(heard.durationSec).toBeCloseTo(pcm.length / 16_000, 3);
    });

    it('answers silence with an empty text', async () => {
      expect((await make().transcribe(new Float32Array(32_000))).text).toBe('');
    });

    it('refuses more than a minute', async () => {
      await expect(make().transcribe(new Float32Array(61 * 16_000))).rejects.toMatchObject({ code: 'too-large' });
    });

    it('rejects a cancelled call', async () => {
      await expect(make().transcribe(spoken(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'cancelled',
      });
    });
  });
}
