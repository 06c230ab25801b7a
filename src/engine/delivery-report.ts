/** Says in the log and the metrics what became of a message; never what it says. */
import type { AdapterLog } from '../chat/index.ts';
import { laneKey } from '../chat/index.ts';
import type { Called } from './call.ts';
import type { Claimed, DeliveryLabels, DeliveryObserver, Settled } from './outbox.ts';

const labelsOf = (claim: Claimed): DeliveryLabels => ({
  platform: claim.lane.slice(0, claim.lane.indexOf(':')),
  operation: claim.operation,
});

export function reportDelivery(
  claim: Claimed,
  { delivery, looked, verdict }: Called,
  settled: Settled,
  to: { log: AdapterLog; observe: DeliveryObserver },
): void {
  const { log, observe } = to;
  const labels = labelsOf(claim);
  const fields = { message: claim.id, lane: claim.lane, attempts: claim.attempts };
  if (delivery?.outcome === 'uncertain') {
    observe.uncertain(labels);
    log.warn({ ...fields, cause: delivery.cause }, 'A call may or may not have arrived');
  }
  if (looked) log.info({ ...fields, looked }, 'A message was looked for that may have been sent');
  if (delivery?.outcome === 'ok') observe.sent(labels);
  if (settled === 'lost') {
    log.warn(fields, 'A claim was lost before its outcome was recorded: it is unknown');
    return;
  }
  switch (verdict.kind) {
    case 'pause': {
      const { scope, afterMs } = verdict;
      const cause = delivery?.outcome === 'retry' ? delivery.cause : null;
      observe.retried({ ...labels, scope });
      log.info({ ...fields, scope, afterMs, cause }, 'A message was refused for now');
      return;
    }
    case 'gone': {
      const { cause } = verdict;
      observe.gone({ ...labels, cause });
      if (settled === 'parked') observe.dead({ ...labels, reason: 'gone' });
      log.warn({ ...fields, cause, outcome: settled }, 'Nobody can be reached in this chat');
      return;
    }
    case 'dead': {
      const { reason, cause } = verdict;
      observe.dead({ ...labels, reason });
      const text = 'A message was parked among the dead letters';
      if (reason === 'bug') log.error({ ...fields, reason, cause }, text);
      else log.warn({ ...fields, reason, cause }, text);
      return;
    }
    case 'vanished':
      log.info(fields, 'A message to be changed is not there any more');
      return;
    case 'moved':
      log.info({ ...fields, to: laneKey(verdict.to) }, 'A chat has a new id');
      return;
    case 'dropped':
      observe.expired(labels);
      log.info(fields, 'A message expired before it could be sent');
      return;
    case 'done':
    case 'page':
    case 'again':
      return;
  }
}
