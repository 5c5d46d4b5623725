import { registerLocale } from 'echarts/core';
import langRU from 'echarts/i18n/langRU-obj.js';

registerLocale('RU', langRU);

/** What charts tell screen readers, and names of months, in the console's language; English comes with ECharts. */
export const echartsLocale = (locale: string): string => (locale === 'ru' ? 'RU' : 'EN');
