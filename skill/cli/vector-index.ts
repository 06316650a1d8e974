/** `index status` and `index move`: where the vectors of the music are kept, and bringing them somewhere else. */
import { type Command, Option } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import { openKeptIndex } from '../../media-index/index/kept-index.js';
import { openMilvus } from '../../media-index/index/milvus.js';
import { readAddress } from '../../media-index/index/milvus-client.js';
import { moveIndex } from '../../media-index/index/move-index.js';
import { openApp } from './app.js';
import { printJson, printLine } from './terminal.js';

export function addVectorIndexCommands(program: Command): void {
  const group = program
    .command('index')
    .description('where the vectors of the music are kept')
    .addHelpText('after', '\nExample:\n  emoheal index status');
  group
    .command('status')
    .option('--json', 'print one JSON value')
    .description('kind, size and state of the index in use')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp();
      await app.search();
      const { index } = await app.kept();
      const status = { kind: index.kind, vectors: await index.count(), model: index.model.id, ...index.state() };
      if (options.json) return printJson(status);
      for (const [name, value] of Object.entries(status)) printLine(`${name.padEnd(10)} ${value}`);
    });
  group
    .command('move')
    .addOption(new Option('--to <where>', 'where to').choices(['milvus', 'faiss']).makeOptionMandatory())
    .option('--url <address>', 'address of the Milvus server (default: EMOHEAL_VECTOR_URL)')
    .description('bring the index to a Milvus server, or back; may be stopped and run again')
    .addHelpText(
      'after',
      '\nExamples:\n  emoheal index move --to milvus --url http://localhost:19530\n  emoheal index move --to faiss --url http://localhost:19530\n\nThe library itself stays where it is. Afterwards start with EMOHEAL_VECTOR_URL set, or without it.',
    )
    .action(async ({ to, url }: { to: 'milvus' | 'faiss'; url?: string }) => {
      await using app = await openApp();
      const address = url ?? app.config.vectorUrl;
      if (!address) {
        throw new EmohealError('bad-input', 'No Milvus server is named.', {
          remedy: 'Give --url http://HOST:19530, or set EMOHEAL_VECTOR_URL.',
        });
      }
      const onWarning = (message: string) => process.stderr.write(`${message}\n`);
      const { model } = await app.encoder();
      const home = await openKeptIndex(model, { dataDir: app.config.dataDir, onWarning });
      const server = await openMilvus(model, readAddress(address));
      const [from, target] = to === 'milvus' ? [home.index, server] : [server, home.index];
      try {
        const moved = await moveIndex(from, target, {
          onProgress: (done, all) => process.stderr.write(`\r${done} of ${all} vectors`),
        });
        if (moved.moved > 0) process.stderr.write('\n');
        if (to === 'faiss') home.keep();
        printLine(
          `${moved.moved} vectors brought, ${moved.already} were there already${moved.others ? `, ${moved.others} others were left alone` : ''}; checked.`,
        );
      } finally {
        await home.close();
        await server.close();
      }
    });
}
