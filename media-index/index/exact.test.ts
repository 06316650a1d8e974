import { createExactIndex } from './exact.js';
import { vectorIndexContract } from './vector-index.contract.js';

vectorIndexContract('exact search', (model) => createExactIndex(model));
