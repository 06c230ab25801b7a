/** Invented people in real units, for the playground: nobody's name, number or address. */
export const SAMPLE_ROSTER = new URL('./sample-roster.csv', import.meta.url);
