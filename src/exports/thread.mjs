// The beginning of the other thread of `write.ts`. A thread does not inherit what lets its parent load
// TypeScript (`node --import tsx`), so that this file is JavaScript and loads it itself.
import { register } from 'tsx/esm/api';

register();
await import('./write-thread.ts');
