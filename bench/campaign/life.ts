/** What a generated campaign's people do besides reporting, written as it would have come about. */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../src/campaign/calendar.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { insertAll, type Row } from './insert.ts';
import type { People } from './people.ts';
import type { Random } from './random.ts';

const CITATION = 'Cách làm cụ thể, kết quả rõ, đồng nghiệp học tập được ngay.';
const REMARKS = [
  'Chấp hành tốt quy chế, gương mẫu trong công việc và sinh hoạt.',
  'Tận tình với học viên, được đồng nghiệp tin cậy.',
  'Giữ gìn đoàn kết nội bộ, phát ngôn đúng mực.',
];
const QUESTIONS = [
  'Đề nghị hướng dẫn cách tính kết quả khi hai đơn vị cùng thực hiện một nhiệm vụ.',
  'Báo cáo gửi tuần trước vẫn chưa thấy phản hồi, đề nghị kiểm tra giúp.',
  'Đề nghị làm rõ minh chứng cần nộp đối với hội thảo cấp cơ sở.',
];

export interface Life {
  /** Most units' pledges; the launch to everybody, at a time of the campaign's first day. */
  beginning(firstMonday: string): Promise<void>;
  /** A seminar announced on this day, with a reminder on the day before it. */
  seminar(day: string): Promise<void>;
  /** What happens in the week of this Monday apart from reports, until its end. */
  week(monday: string): Promise<void>;
  /** The office looks at most of what was drawn for the audit, on this day. */
  audit(day: string): Promise<void>;
  /** Leave to report late for a few units. @returns them */
  late(from: string): Promise<ReadonlySet<number>>;
}

export function createLife(db: Database, campaign: Campaign, people: People, random: Random): Life {
  const { code } = campaign;
  const at = (day: string, hour: number): string =>
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: campaign.zone, plainTime: { hour } })
      .toInstant()
      .toString();
  const units = [...new Map(people.people.map(({ unit }) => [unit.id, unit])).values()];
  const headOf = (unitId: number): number => people.leaders.get(unitId)?.[0] ?? 0;
  const conduct = campaign.items.filter(({ mode }) => mode === 'conduct');
  const counted = campaign.items.filter(({ mode }) => mode === 'count');
  const office = (): number => random.pick(people.office);
  let exemplars = 0;

  async function remarks(monday: string): Promise<void> {
    const rows = Array.from({ length: Math.ceil(units.length / 4) }, (): Row => {
      const person = random.pick(people.people);
      const head = headOf(person.unit.id);
      const ofUnit = random.chance(0.2) || person.id === head;
      const audience = ofUnit ? `collective_${person.unit.kind}` : person.audience;
      const day = addDays(monday, random.int(0, 4));
      return {
        campaign: code,
        item: random.pick(conduct.filter((item) => item.audience === audience)).id,
        unit_id: person.unit.id,
        person_id: ofUnit ? null : person.id,
        text: random.pick(REMARKS),
        by_id: head,
        at: at(day, 15),
        withdrawn_at: random.chance(0.05) ? at(day, 16) : null,
      };
    });
    await insertAll(db, 'remark', rows);
  }

  /** Of the week before: its verified reports are known by now. */
  async function nominations(monday: string): Promise<void> {
    const reports = await db.query<{ id: number; author: number; unit: number; kind: string }>(
      `select id, author_id as author, unit_id as unit, kind from report
       where campaign = $1::text and week = $2::date and status = 'verified'
         and not exists (select from exemplar e where e.report_id = report.id)
       order by id`,
      [code, addDays(monday, -7)],
    );
    const rows: Row[] = [];
    const taken = new Set<number>();
    const wanted = Math.min(reports.length, 8);
    while (taken.size < wanted) {
      const { id, author, unit, kind } = random.pick(reports);
      if (taken.has(id)) continue;
      taken.add(id);
      const status = STATUSES[exemplars++ % STATUSES.length] ?? 'nominated';
      const consented = ['consented', 'approved', 'refused', 'withdrawn'].includes(status);
      const decided = ['approved', 'refused', 'withdrawn'].includes(status);
      rows.push({
        campaign: code,
        report_id: id,
        citation: CITATION,
        status,
        version: 1,
        nominated_by: headOf(unit),
        nominated_at: at(monday, 9),
        consented_by: consented ? (kind === 'personal' ? author : headOf(unit)) : null,
        consented_at: consented ? at(addDays(monday, 1), 9) : null,
        evidence: false,
        decided_by: decided ? office() : null,
        decided_at: decided ? at(addDays(monday, 2), 9) : null,
        withdrawn_by: status === 'withdrawn' ? author : null,
        withdrawn_at: status === 'withdrawn' ? at(addDays(monday, 3), 9) : null,
        reason: status === 'refused' ? 'Nội dung tương tự đã được giới thiệu.' : null,
      });
    }
    await insertAll(db, 'exemplar', rows);
  }

  /** Most are answered in time, some late, some never: those are escalated by the schedule. */
  async function tickets(monday: string): Promise<void> {
    const rows: Row[] = [];
    const said: Row[] = [];
    for (let n = 0; n < 6; n += 1) {
      const [next] = await db.query<{ id: number }>(`select nextval('ticket_number')::int as id`);
      const id = next?.id ?? 0;
      const author = random.pick(people.people);
      const day = addDays(monday, random.int(0, 4));
      const answered = random.chance(0.7) ? addDays(day, random.int(1, 3)) : null;
      const about = random.weighted({ unit: 1, system: 2, other: 2 });
      rows.push({
        id,
        campaign: code,
        author_id: author.id,
        about,
        about_unit_id: about === 'unit' ? author.unit.id : null,
        status: answered === null ? 'open' : 'answered',
        version: 1,
        opened_at: at(day, 10),
        due_on: addDays(day, 7),
      });
      said.push({
        ticket_id: id,
        author_id: author.id,
        at: at(day, 10),
        text: random.pick(QUESTIONS),
      });
      if (answered !== null)
        said.push({
          ticket_id: id,
          author_id: office(),
          at: at(answered, 14),
          text: 'Đã kiểm tra và hướng dẫn. Đề nghị đồng chí xem lại trong mục báo cáo của mình.',
        });
    }
    await insertAll(db, 'ticket', rows);
    await insertAll(db, 'ticket_message', said);
  }

  const announced = (row: Row): Row => ({
    campaign: code,
    audience: { scope: 'everybody' },
    status: 'scheduled',
    version: 1,
    created_by: office(),
    ...row,
  });

  return {
    async beginning(firstMonday) {
      await insertAll(
        db,
        'pledge',
        units
          .filter(() => random.chance(0.9))
          .map((unit) => {
            const own = counted.filter(
              ({ audience }) => audience === 'staff' || audience === `collective_${unit.kind}`,
            );
            const targets = Array.from({ length: 3 }, (): [string, number] => [
              random.pick(own).id,
              random.int(2, 40),
            ]);
            return {
              campaign: code,
              unit_id: unit.id,
              version: 1,
              text: 'Hoàn thành vượt mức nhiệm vụ, mỗi đồng chí có ít nhất một sáng kiến.',
              targets: Object.fromEntries(targets),
              registered_by: headOf(unit.id),
              registered_at: at(firstMonday, 8),
              changed_at: at(firstMonday, 8),
            };
          }),
      );
      await insertAll(db, 'announcement', [
        announced({
          kind: 'launch',
          title: 'Phát động phong trào thi đua',
          body: 'Kính mời đồng chí hưởng ứng phong trào. Báo cáo kết quả bằng lệnh /baocao.',
          created_at: at(firstMonday, 7),
          send_at: at(firstMonday, 7),
        }),
      ]);
    },
    async seminar(day) {
      const takesPlace = addDays(day, 2);
      const [event] = await db.query<{ id: number }>(
        `insert into announcement (campaign, kind, title, body, audience, status, version,
           created_by, created_at, send_at, event_at, event_place, remind_at)
         values ($1::text, 'event', 'Tọa đàm trao đổi kinh nghiệm thi đua',
           'Kính mời đồng chí tham dự và trao đổi cách làm hay.', '{"scope": "leaders"}',
           'scheduled', 1, $2::int, $3::timestamptz, $3::timestamptz, $4::timestamptz,
           'Hội trường lớn, nhà A1', $5::timestamptz) returning id`,
        [code, office(), at(day, 8), at(takesPlace, 14), at(addDays(day, 1), 8)],
      );
      if (!event) throw new Error('the seminar was not recorded');
    },
    async week(monday) {
      await remarks(monday);
      await nominations(monday);
      await tickets(monday);
      await db.query(
        `update announcement_recipient set answered_at = $1::timestamptz,
           answer = (array['yes', 'yes', 'maybe', 'no'])[1 + person_id % 4]
         where answer is null and person_id % 3 > 0 and announcement_id in (
           select id from announcement where kind = 'event')`,
        [at(monday, 20)],
      );
    },
    async audit(day) {
      await db.query(
        `update audit_sample set version = version + 1, checked_by = $1::int,
           checked_at = $2::timestamptz,
           result = case when report_id % 9 = 0 then 'doubtful' else 'sound' end,
           note = case when report_id % 9 = 0 then 'Cần đơn vị làm rõ minh chứng.' end
         where result = 'waiting' and report_id % 5 > 0`,
        [office(), at(day, 16)],
      );
    },
    async late(from) {
      const chosen = new Set(Array.from({ length: 4 }, () => random.pick(units).id));
      await insertAll(
        db,
        'late_leave',
        [...chosen].map((unitId) => ({
          campaign: code,
          unit_id: unitId,
          valid_to: addDays(from, 7),
          given_by: office(),
          given_at: at(from, 7),
        })),
      );
      return chosen;
    },
  };
}

/** Each in its turn, so that a campaign of any size has all. */
const STATUSES = [
  'approved',
  'nominated',
  'consented',
  'approved',
  'declined',
  'refused',
  'approved',
  'withdrawn',
];
