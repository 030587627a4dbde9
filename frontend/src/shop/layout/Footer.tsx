import { Mail, PackageSearch, ShieldCheck, Truck, type LucideIcon } from 'lucide-react';
import { Link } from '@/shop/Link';
import { useT } from '../i18n';
import { useShop } from '../shop';
import { LocaleForm } from './LocaleForm';
import { useCategories } from './useCategories';

export function Footer() {
  const t = useT();
  const { store } = useShop();
  const categories = useCategories();
  return (
    <footer className="no-print mt-24 border-t border-line">
      <Promises />
      <div className="wrap grid gap-10 py-14 lg:grid-cols-[1.5fr_3fr]">
        <div className="max-w-xs">
          <p className="font-display text-3xl">{store.name}</p>
          <p className="mt-2 text-muted">{t('footer.tagline')}</p>
          <LocaleForm className="mt-6" />
        </div>
        <nav
          aria-label={t('footer.label')}
          className="grid grid-cols-2 gap-x-6 gap-y-10 sm:grid-cols-3"
        >
          <FooterColumn title={t('footer.shop')}>
            <FooterLink to="/products">{t('listing.all')}</FooterLink>
            <FooterLink to="/products?sort=newest">{t('home.new')}</FooterLink>
            <FooterLink to="/products?on_sale=true">{t('footer.sale')}</FooterLink>
          </FooterColumn>
          <FooterColumn title={t('header.categories')}>
            {categories.slice(0, 6).map(({ id, slug, name }) => (
              <FooterLink key={id} to={`/c/${slug}`}>
                {name}
              </FooterLink>
            ))}
          </FooterColumn>
          <FooterColumn title={t('footer.help')}>
            <FooterLink to="/track">{t('footer.track')}</FooterLink>
            <FooterLink to="/account">{t('header.account')}</FooterLink>
          </FooterColumn>
        </nav>
      </div>
    </footer>
  );
}

function FooterColumn({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h2 className="font-semibold">{title}</h2>
      <ul className="mt-2 flex flex-col">{children}</ul>
    </div>
  );
}

function FooterLink({ to, children }: { to: string; children: React.ReactNode }) {
  return (
    <li>
      <Link to={to} className="inline-block py-1.5 text-muted hover:text-ink hover:underline">
        {children}
      </Link>
    </li>
  );
}

/** What the shop really does, by its settings. */
function Promises() {
  const t = useT();
  const { store, region } = useShop();
  const promises: [LucideIcon, string, React.ReactNode][] = [
    [Truck, t('promise.delivery'), t('promise.deliveryText', { region: region.name })],
    [ShieldCheck, t('promise.payment'), t('promise.paymentText')],
    [PackageSearch, t('promise.tracking'), t('promise.trackingText')],
  ];
  if (store.support_email) {
    const { support_email: email } = store;
    const link = (
      <a className="link" href={`mailto:${email}`}>
        {email}
      </a>
    );
    promises.push([Mail, t('promise.help'), link]);
  }
  return (
    <div className="wrap">
      <ul className="grid gap-6 border-b border-line py-10 sm:grid-cols-2 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
        {promises.map(([Icon, title, text]) => (
          <li key={title} className="flex items-start gap-3">
            <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-brand" />
            <div className="min-w-0">
              <p className="font-medium">{title}</p>
              <p className="text-sm break-words text-muted">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
