/**
 * The boards calculated from the rules, independently of the product: exact fractions of a point in
 * whole hundredths, plain loops, its own way of writing numbers.
 */
import type { Campaign } from '../../src/campaign/types.ts';

export interface Entry {
  readonly id: number;
  readonly week: 1 | 2;
  readonly item: string;
  readonly author: string;
  readonly coAuthor: { readonly code: string; answer: 'waiting' | 'confirmed' | 'declined' } | null;
  status: 'submitted' | 'verified' | 'returned' | 'rejected' | 'withdrawn';
}

export interface Ledger {
  readonly people: readonly {
    readonly code: string;
    readonly name: string;
    readonly unit: string;
  }[];
  readonly entries: Entry[];
}

interface Figures {
  /** In hundredths of a point. */
  points: number;
  participants: Set<string>;
  byPerson: Map<string, number>;
}

const KINDS: Readonly<Record<string, string>> = {
  'vien-triet-hoc': 'research',
  'vien-ktct': 'research',
  'van-phong': 'support',
};

/** Everyone's and every unit's figures of a week. */
function figuresOf(ledger: Ledger, campaign: Campaign, week: 1 | 2): Map<string, Figures> {
  const units = new Map<string, Figures>();
  const unitOf = new Map(ledger.people.map(({ code, unit }) => [code, unit]));
  for (const unit of new Set(unitOf.values()))
    units.set(unit, { points: 0, participants: new Set(), byPerson: new Map() });
  const used = new Map<string, number>();
  const verified = ledger.entries.filter((e) => e.week === week && e.status === 'verified');
  for (const entry of verified.toSorted((a, b) => a.id - b.id)) {
    const item = campaign.items.find(({ id }) => id === entry.item);
    if (!item) throw new Error(entry.item);
    const sharing = entry.coAuthor !== null && entry.coAuthor.answer !== 'declined';
    const share = Math.floor((item.weight * 100) / (sharing ? 2 : 1));
    const earners = [entry.author];
    if (entry.coAuthor?.answer === 'confirmed') earners.push(entry.coAuthor.code);
    for (const person of earners) {
      const key = `${person} ${entry.item}`;
      const left = item.weeklyCap === null ? share : item.weeklyCap * 100 - (used.get(key) ?? 0);
      const earned = Math.min(share, left);
      used.set(key, (used.get(key) ?? 0) + earned);
      const unit = units.get(unitOf.get(person) ?? '');
      if (!unit) throw new Error(person);
      unit.points += earned;
      unit.participants.add(person);
      unit.byPerson.set(person, (unit.byPerson.get(person) ?? 0) + earned);
    }
  }
  return units;
}

function placesOf(
  figures: Map<string, Figures>,
  campaign: Campaign,
  sizes: readonly { readonly code: string; readonly people: number }[],
): Map<string, { place: number; of: number; score: number }> {
  const places = new Map<string, { place: number; of: number; score: number }>();
  for (const kind of new Set(Object.values(KINDS))) {
    const group = sizes.filter(({ code }) => KINDS[code] === kind);
    const points = group.reduce((sum, { code }) => sum + (figures.get(code)?.points ?? 0) / 100, 0);
    const people = group.reduce((sum, each) => sum + each.people, 0);
    const k = campaign.comparison.shrinkage;
    const scores = group.map(({ code, people: n }) => ({
      code,
      score: ((figures.get(code)?.points ?? 0) / 100 + k * (points / people)) / (n + k),
    }));
    for (const { code, score } of scores)
      places.set(code, {
        place: 1 + scores.filter((other) => other.score - score > 1e-9).length,
        of: group.length,
        score,
      });
  }
  return places;
}

/** 1234.5 → 1.234,5 */
function vietnamese(value: number): string {
  const [whole = '', fraction = ''] = (Math.round(value * 100) / 100).toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  const rest = fraction.replace(/0+$/, '');
  return rest ? `${grouped},${rest}` : grouped;
}

/**
 * Lines that a unit's board of a week must contain.
 * @param before the ledger when week 1 was posted; null for week 1 itself
 */
export function expectedBoard(
  ledger: Ledger,
  campaign: Campaign,
  sizes: readonly { readonly code: string; readonly name: string; readonly people: number }[],
  unit: string,
  week: 1 | 2,
  before: Ledger | null,
): string[] {
  const figures = figuresOf(ledger, campaign, week);
  const own = figures.get(unit);
  const place = placesOf(figures, campaign, sizes).get(unit);
  const size = sizes.find(({ code }) => code === unit)?.people ?? 0;
  if (!own || !place) throw new Error(unit);
  const lines = [
    `Tổng điểm: ${vietnamese(own.points / 100)}`,
    `Điểm quy đổi trên 100 người: ${vietnamese(place.score * 100)}`,
    `Số đồng chí có báo cáo được xác nhận: ${own.participants.size}/${size} (${vietnamese(Math.round((1000 * own.participants.size) / size) / 10)}%)`,
    'Số liệu tham khảo, không phải kết quả bình xét.',
  ];
  const names = new Map(ledger.people.map(({ code, name }) => [code, name]));
  const best = [...own.byPerson].sort((a, b) => b[1] - a[1])[0];
  if (best) lines.push(names.get(best[0]) ?? '');
  if (own.byPerson.size > 10) lines.push(`và ${own.byPerson.size - 10} đồng chí khác`);

  if (before === null) {
    lines.push(`Vị trí trong nhóm: ${place.place}/${place.of}`);
    return lines;
  }
  const firstThen = figuresOf(before, campaign, 1);
  const firstNow = figuresOf(ledger, campaign, 1);
  const pointsThen = (firstThen.get(unit)?.points ?? 0) / 100;
  const pointsNow = (firstNow.get(unit)?.points ?? 0) / 100;
  if (pointsThen !== pointsNow)
    lines.push(`Tuần 28: tổng điểm từ ${vietnamese(pointsThen)} thành ${vietnamese(pointsNow)}`);
  const was = placesOf(firstNow, campaign, sizes).get(unit)?.place ?? 0;
  const moved = was - place.place;
  lines.push(
    moved === 0
      ? `${place.place}/${place.of} (giữ nguyên so với tuần trước)`
      : `${place.place}/${place.of} (${moved > 0 ? '▲ tăng' : '▼ giảm'} ${Math.abs(moved)} bậc so với tuần trước)`,
  );
  return lines;
}
