import { cva } from 'class-variance-authority';
import type { VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import type { LinkProps } from 'react-router';
import { cn } from './cn';

export const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg border text-[13px] font-[550] whitespace-nowrap transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        plain: 'border-line bg-surface shadow-card enabled:hover:bg-tile [a&]:hover:bg-tile',
        primary:
          'border-ink bg-ink text-paper enabled:hover:bg-ink/85 [a&]:hover:bg-ink/85 shadow-card',
        danger: 'border-danger bg-danger text-surface enabled:hover:opacity-90',
        ghost: 'border-transparent enabled:hover:bg-ink/6 [a&]:hover:bg-ink/6',
        link: 'h-auto! border-transparent px-0! text-brand hover:underline',
      },
      size: { normal: 'h-[34px] px-3', small: 'h-8 px-3', icon: 'size-[34px]' },
    },
    defaultVariants: { look: 'plain', size: 'normal' },
  },
);

type Look = VariantProps<typeof buttonStyle>;
type ButtonProps = ComponentProps<'button'> & Look & { busy?: boolean };

export function Button({ look, size, busy, className, disabled, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={cn(buttonStyle({ look, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    />
  );
}

/** A button with a picture only; its label is for those who do not see it, and its tooltip. */
export function IconButton({ label, ...rest }: ButtonProps & { label: string }) {
  return <Button look="ghost" size="icon" aria-label={label} title={label} {...rest} />;
}

export function ButtonLink({
  look,
  size,
  className,
  ...rest
}: LinkProps & Look & { children?: ReactNode }) {
  return <Link className={cn(buttonStyle({ look, size }), className)} {...rest} />;
}
