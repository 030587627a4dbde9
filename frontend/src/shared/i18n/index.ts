export {
  createLanguage,
  LanguageContext,
  useLanguage,
  type Catalogue,
  type Language,
  type Translate,
  type Values,
} from './language';
