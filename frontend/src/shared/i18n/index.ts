export {
  createLanguage,
  LanguageContext,
  useLanguage,
  type Catalogue,
  type Language,
  type Translate,
} from './language';
export { speak, type Message, type Values } from './messages';
