import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryLabels, DeliveryObserver } from '../engine/outbox.ts';

/** The outbox as it stands. */
export interface OutboxState {
  /** Messages waiting. */
  readonly depth: number;
  /** Seconds since the oldest message that is due was due; 0 when none is. */
  readonly oldestSeconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  /** One turn and how it ended. */
  turn(kind: string, outcome: 'committed' | 'duplicate' | 'failed', seconds: number): void;
  /** For the deliverer: every call of a platform, every message given up. */
  readonly deliveries: DeliveryObserver;
  /** One occurrence of a schedule. */
  schedule(id: string, outcome: 'done' | 'skipped' | 'failed'): void;
}

/**
 * The process's numbers, with a registry of its own so that two can live side by side.
 * @param outbox asked whenever the numbers are read; a rejection leaves its gauges at their last value
 */
export function createMetrics(outbox: () => Promise<OutboxState>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Histogram({
    name: 'bot_turn_seconds',
    help: 'Time from an event to its commit.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const deliveries = new Counter({
    name: 'bot_deliveries_total',
    help: 'Outcomes of deliveries.',
    labelNames: ['platform', 'operation', 'outcome'],
    registers,
  });
  const schedules = new Counter({
    name: 'bot_schedule_runs_total',
    help: 'Occurrences of schedules.',
    labelNames: ['schedule', 'outcome'],
    registers,
  });
  // Numbers must be readable while the database is away; /health says that it is.
  let asking: Promise<OutboxState | null> | null = null;
  const state = (): Promise<OutboxState | null> => {
    asking ??= outbox()
      .catch(() => null)
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  new Gauge({
    name: 'bot_outbox_messages',
    help: 'Messages waiting to be delivered.',
    registers,
    async collect() {
      const known = await state();
      if (known) this.set(known.depth);
    },
  });
  new Gauge({
    name: 'bot_outbox_oldest_seconds',
    help: 'How long the oldest due message has waited.',
    registers,
    async collect() {
      const known = await state();
      if (known) this.set(known.oldestSeconds);
    },
  });
  const counts =
    (outcome: keyof DeliveryObserver) =>
    ({ platform, operation }: DeliveryLabels): void =>
      deliveries.inc({ platform, operation, outcome });
  return {
    registry,
    turn: (kind, outcome, seconds) => turns.observe({ kind, outcome }, seconds),
    deliveries: {
      sent: counts('sent'),
      retried: counts('retried'),
      uncertain: counts('uncertain'),
      gone: counts('gone'),
      dead: counts('dead'),
      expired: counts('expired'),
    },
    schedule: (schedule, outcome) => schedules.inc({ schedule, outcome }),
  };
}
