export { ChartCard } from './chart-card';
export { ShareLine } from './share-line';
export { Sparkline } from './sparkline';
