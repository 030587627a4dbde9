import { createLanguage } from '@/shared/i18n';
import formats from '@/shared/formats/sw.json';
import common from '@/shared/locales/sw.json';
import shop from '../locales/sw.json?first';

export default createLanguage('sw', [common, shop], formats);
