import { playgroundHarness } from '../support/playground-contract.ts';
import { adapterSuite } from './adapter-suite.ts';

adapterSuite({
  name: 'playground',
  make: playgroundHarness,
  lacks: {
    move: 'a room of the page keeps its id',
    'move-told': 'a room of the page keeps its id',
    'not-started': 'the bot may write first to everyone on the page',
    forms: 'the page asks one question after the other',
    home: 'the page has no page of a person’s own',
    'look-up': 'a send of the page is never uncertain',
    'fail-retry': 'a send is kept in this process and cannot be refused for now',
    'fail-uncertain': 'a send is kept in this process and cannot be lost on its way',
    'fail-bug': 'the page draws whatever the contract allows',
  },
});
