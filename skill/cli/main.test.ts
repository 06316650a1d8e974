import { Command } from 'commander';
import { expect, it } from 'vitest';
import { COMMANDS } from './main.js';

it('each command is in the file from which it is loaded, and no other is', async () => {
  for (const { names, load } of COMMANDS) {
    const program = new Command();
    (await load())(program);
    expect(program.commands.map((command) => command.name())).toEqual(names);
  }
});
