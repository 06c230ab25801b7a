/** A cast on several platforms at once, in one bot. */
import type { Cast, Colleague } from './colleague.ts';

/** People join the casts in turn, which shifts at every tenth; a unit's room is where its head is. */
export async function mixedCast(...making: (() => Promise<Cast>)[]): Promise<Cast> {
  const casts = await Promise.all(making.map((make) => make()));
  const castOf = new Map<Colleague, Cast>();
  return {
    adapters: casts.flatMap(({ adapters }) => adapters),
    colleague(name) {
      const at = castOf.size;
      const cast = casts[(at + Math.floor(at / 10)) % casts.length];
      if (!cast) throw new Error('a cast of nobody');
      const colleague = cast.colleague(name);
      castOf.set(colleague, cast);
      return colleague;
    },
    async room(unitName, head) {
      const cast = castOf.get(head);
      if (!cast) throw new Error(`${head.name} is on no platform`);
      return cast.room(unitName, head);
    },
    async taken() {
      await Promise.all(casts.map((cast) => cast.taken()));
    },
    async close() {
      await Promise.all(casts.map((cast) => cast.close()));
    },
  };
}
