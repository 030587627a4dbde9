export { ChartCard } from './chart-card';
export { Sparkline } from './sparkline';
