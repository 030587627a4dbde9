export { CARD_NUMBER, CardFields } from './CardFields';
export { email, newPassword, optional, orNull, password, required } from './fields';
export { FormProblem } from './FormProblem';
export { PasswordField } from './PasswordField';
export { sentence, within, wordsFor } from './problems';
export { SaveButtons } from './SaveButtons';
export { SubmitButton } from './SubmitButton';
export { useZodForm, type ZodForm } from './useZodForm';
