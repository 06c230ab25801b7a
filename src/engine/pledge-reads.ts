/** What units have registered to achieve, and how far they are. */
import type { Address } from '../chat/index.ts';
import type { UnitView } from './turn-context.ts';

export interface PledgeView {
  readonly unitId: number;
  readonly version: number;
  readonly text: string;
  /** Verified reports aimed at, by content item. */
  readonly targets: Readonly<Record<string, number>>;
  /** Who registered it, or changed it last. */
  readonly byName: string;
  /** Instants, ISO. */
  readonly registeredAt: string;
  readonly changedAt: string;
}

export interface PledgeReads {
  pledge(campaign: string, unitId: number): Promise<PledgeView | null>;
  /** Verified reports of a unit in the campaign, by content item; items without any are left out. */
  verifiedByItem(campaign: string, unitId: number): Promise<Readonly<Record<string, number>>>;
  /** The units of a day, by name, and whether each has registered. */
  unitsPledging(
    campaign: string,
    on: string,
  ): Promise<{ readonly unit: UnitView; readonly registered: boolean }[]>;
  /** Groups linked to a unit that the bot has not left. */
  roomsOf(unitId: number): Promise<Address[]>;
}
