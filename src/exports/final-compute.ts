/** Computes the figures of a final document. Pure; the same rules of points as the weekly standings. */
import type { Campaign } from '../campaign/types.ts';
import type { SheetReport } from '../digests/types.ts';
import { givenNameFirst } from '../people/fold.ts';
import { itemOf } from '../reports/items.ts';
import { grouped } from '../standings/grouped.ts';
import {
  type CollectiveShare,
  collectiveShares,
  type Share,
  sharesOf,
} from '../standings/shares.ts';
import type { UnitOfWeek } from '../standings/types.ts';
import {
  byUnitName,
  type Counted,
  type FinalData,
  type FinalItem,
  type FinalPeriod,
  type FinalPerson,
  type FinalReport,
  type FinalSource,
  type FinalUnit,
} from './final-data.ts';

export interface FinalAsk {
  readonly period: FinalPeriod;
  /** Null: the whole campaign. */
  readonly unitId: number | null;
  /** ISO instant, and the campaign day it is. */
  readonly asOf: string;
  readonly day: string;
}

interface Shares {
  readonly personal: readonly Share[];
  readonly collective: readonly CollectiveShare[];
}

/** @returns null when the unit asked for neither exists in the period nor has a verified report */
export function computeFinal(
  source: FinalSource,
  ask: FinalAsk,
  campaign: Campaign,
): FinalData | null {
  const data = computeAll(source, ask, campaign);
  return ask.unitId === null ? data : forUnit(data, ask.unitId);
}

/** One unit's part of the campaign's figures; null when it has none. */
export function forUnit(data: FinalData, unitId: number): FinalData | null {
  const unit = data.units.find((each) => each.unit.unitId === unitId);
  if (!unit) return null;
  const { participants, personal, collective, items, remarks } = unit;
  const counted = new Set([...personal.reports, ...collective.reports]);
  return {
    ...data,
    of: unit.unit,
    units: [unit],
    totals: {
      headcount: unit.unit.headcount,
      participants,
      personal,
      collective,
      items,
      remarks,
    },
    exemplars: data.exemplars.filter((exemplar) => exemplar.unit.unitId === unitId),
    reports: data.reports.filter(({ id }) => counted.has(id)),
  };
}

function computeAll(source: FinalSource, ask: FinalAsk, campaign: Campaign): FinalData {
  const shares = sharesOver(source.reports, campaign);
  const places = new Map(source.places.map((place) => [place.unitId, place]));
  const members = new Map(source.members.map((m) => [`${m.personId} ${m.unitId}`, m]));
  const pledges = new Map(source.pledges.map((pledge) => [pledge.unitId, pledge]));
  const remarks = new Map(source.remarks.map(({ unitId, ...counts }) => [unitId, counts]));
  const personal = grouped(shares.personal, ({ unitId }) => unitId);
  const collective = grouped(shares.collective, ({ unitId }) => unitId);

  const figures = (unit: UnitOfWeek): FinalUnit => {
    const own = personal.get(unit.unitId) ?? [];
    const theirs = collective.get(unit.unitId) ?? [];
    const pledge = pledges.get(unit.unitId);
    return {
      unit,
      place: places.get(unit.unitId) ?? null,
      ...summed(own, theirs, campaign),
      people: unit.headcount < campaign.comparison.smallUnit ? null : peopleOf(own, members),
      pledge: pledge
        ? { text: pledge.text, targets: targetsOf(pledge.targets, [...own, ...theirs], campaign) }
        : null,
      remarks: remarks.get(unit.unitId) ?? { people: 0, unit: 0 },
    };
  };

  const units = source.units.toSorted(byUnitName).map(figures);
  const byId = new Map(source.units.map((unit) => [unit.unitId, unit]));
  const { code, name, motto, organisation, zone, document, comparison, items } = campaign;
  return {
    campaign: { code, name, motto, organisation, zone, document, comparison, items },
    period: ask.period,
    asOf: ask.asOf,
    day: ask.day,
    of: null,
    units,
    totals: {
      ...summed(shares.personal, shares.collective, campaign),
      headcount: units.reduce((sum, { unit }) => sum + unit.headcount, 0),
      remarks: {
        people: units.reduce((sum, unit) => sum + unit.remarks.people, 0),
        unit: units.reduce((sum, unit) => sum + unit.remarks.unit, 0),
      },
    },
    exemplars: source.exemplars.flatMap(({ unitId, ...exemplar }) => {
      const unit = byId.get(unitId);
      return unit ? [{ ...exemplar, unit }] : [];
    }),
    reports: source.reports
      .flatMap((report) => listed(report, byId, campaign))
      .sort((a, b) => a.id - b.id),
  };
}

/** Caps are per week. */
function sharesOver(reports: readonly FinalReport[], campaign: Campaign): Shares {
  const weeks = [...grouped(reports, ({ week }) => week).values()];
  return {
    personal: weeks.flatMap((week) => sharesOf(week, campaign)),
    collective: weeks.flatMap((week) => collectiveShares(week, campaign)),
  };
}

const ascending = (a: number, b: number): number => a - b;
const reportsOf = (shares: readonly CollectiveShare[]): number[] =>
  [...new Set(shares.map(({ report }) => report.id))].sort(ascending);
const countedOf = (shares: readonly CollectiveShare[]): Counted => ({
  reports: reportsOf(shares),
  points: shares.reduce((sum, { cents }) => sum + cents, 0) / 100,
});

function summed(
  personal: readonly Share[],
  collective: readonly CollectiveShare[],
  campaign: Campaign,
): Pick<FinalUnit, 'participants' | 'personal' | 'collective' | 'items'> {
  return {
    participants: {
      // Who moved takes part in both units, as in their standings.
      people: new Set(personal.map(({ personId, unitId }) => `${personId} ${unitId}`)).size,
      reports: reportsOf(personal),
    },
    personal: countedOf(personal),
    collective: countedOf(collective),
    items: itemsOf([...collective, ...personal], campaign),
  };
}

function itemsOf(shares: readonly CollectiveShare[], campaign: Campaign): FinalItem[] {
  const order = new Map(campaign.items.map(({ id }, at) => [id, at]));
  const place = (id: string): number => order.get(id) ?? campaign.items.length;
  return [...grouped(shares, ({ report }) => report.item)]
    .map(([item, own]): FinalItem => ({ item, ...labelled(item, campaign), ...countedOf(own) }))
    .sort((a, b) => place(a.item) - place(b.item) || (a.item < b.item ? -1 : 1));
}

function labelled(id: string, campaign: Campaign): Pick<FinalItem, 'label' | 'audience'> {
  const item = itemOf(campaign, id);
  return { label: item?.label ?? { vi: id, en: id }, audience: item?.audience ?? null };
}

function peopleOf(
  shares: readonly Share[],
  members: ReadonlyMap<string, FinalSource['members'][number]>,
): FinalPerson[] {
  return [...grouped(shares, ({ personId }) => personId)]
    .flatMap(([personId, own]): FinalPerson[] => {
      const member = members.get(`${personId} ${own[0]?.unitId}`);
      if (!member) return [];
      const { name, audience, cohort } = member;
      return [{ personId, name, audience, cohort, ...countedOf(own) }];
    })
    .sort(
      (a, b) => b.points - a.points || givenNameFirst(a.name, b.name) || a.personId - b.personId,
    );
}

/** Targets are numbers of verified reports. Items nobody aims at any more are left out. */
function targetsOf(
  targets: Readonly<Record<string, number>>,
  shares: readonly CollectiveShare[],
  campaign: Campaign,
): NonNullable<FinalUnit['pledge']>['targets'] {
  const byItem = grouped(shares, ({ report }) => report.item);
  return campaign.items.flatMap(({ id, label }) => {
    const target = targets[id] ?? 0;
    return target > 0
      ? [{ item: id, label, target, reports: reportsOf(byItem.get(id) ?? []) }]
      : [];
  });
}

/** As it stands in the list of reports: nobody named in units too small for individual figures. */
function listed(
  report: FinalReport,
  units: ReadonlyMap<number, UnitOfWeek>,
  campaign: Campaign,
): SheetReport[] {
  const unit = units.get(report.author.unitId);
  if (!unit) return [];
  const named = report.kind === 'personal' && unit.headcount >= campaign.comparison.smallUnit;
  const { id, kind, item, title, doneOn, submittedOn, verifiedOn, week, verifierName } = report;
  return [
    {
      id,
      kind,
      item,
      itemLabel: labelled(item, campaign).label,
      title,
      authorName: named ? report.authorName : null,
      unit,
      doneOn,
      submittedOn,
      verifiedOn,
      week,
      verifierName,
      evidence: report.evidence,
    },
  ];
}
