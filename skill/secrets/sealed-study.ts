/** The secret of a study, from which follows who gets which way: sealed where it is kept, plain for who works with it. */
import type { Study } from '../../engine/checkins/study.js';
import type { Records } from '../../engine/records.js';
import { isSealed, type SecretBox } from '../../engine/secrets/secret-box.js';

const PURPOSE = 'a study';

/** What lies there unsealed, or under an older key, is sealed anew at once. */
export async function sealedStudies(kept: Records<Study>, box: SecretBox): Promise<Records<Study>> {
  const opened = (study: Study): Study => ({
    ...study,
    secret: isSealed(study.secret) ? box.open(study.secret, PURPOSE).toString('hex') : study.secret,
  });
  const sealed = (study: Study): Study => ({ ...study, secret: box.seal(Buffer.from(study.secret, 'hex'), PURPOSE) });
  const each = (all: Readonly<Record<string, Study>>, work: (study: Study) => Study) =>
    Object.fromEntries(Object.entries(all).map(([key, study]) => [key, work(study)]));
  const records: Records<Study> = {
    read: async () => each(await kept.read(), opened),
    change: (work) =>
      kept.change((all) => {
        const plain = each(all, opened);
        const result = work(plain);
        for (const key of Object.keys(all)) if (!(key in plain)) delete all[key];
        Object.assign(all, each(plain, sealed));
        return result;
      }),
    close: () => kept.close(),
  };
  if (Object.values(await kept.read()).some(({ secret }) => !box.isCurrent(secret))) await records.change(() => {});
  return records;
}
