/** What went wrong with a form as a whole, read out when it appears. */
export function FormProblem({ text }: { text: string | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && (
        <p className="rounded-btn border border-sale px-4 py-3 text-sm font-medium text-sale">
          {text}
        </p>
      )}
    </div>
  );
}
