import { createLanguage } from '@/shared/i18n';
import formats from '@/shared/formats/en.json';
import common from '@/shared/locales/en.json';
import shop from '../locales/en.json?first';

export default createLanguage('en', [common, shop], formats);
