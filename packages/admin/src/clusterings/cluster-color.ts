/** As the service's charts have them: colours that people who are colour-blind can tell apart (after Okabe and Ito 2008). */
const COLORS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#b8a900',
  '#7a5195',
  '#66a6d1',
  '#f3c766',
  '#66c5ab',
  '#e0afca',
  '#005180',
  '#a37100',
  '#006b4e',
  '#8f4a72',
] as const;

const NOISE = '#9aa0a6';

/** The colour of a cluster, on every page the same; of -1, the noise's. */
export function clusterColor(label: number): string {
  return label < 0 ? NOISE : (COLORS[label % COLORS.length] ?? NOISE);
}
